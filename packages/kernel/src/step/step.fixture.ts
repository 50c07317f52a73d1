/**
 * Provides a harness for tests of `step`:
 * 1. a controller that executes the commands in its reports and records what it saw in each pass;
 * 2. random histories of valid events.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import * as fc from 'fast-check'
import { findNode } from '../cluster/find.js'
import { bind, define } from '../cluster/write.js'
import { classSpecOf } from '../rule/constructors.js'
import { cpu } from '../rule/dimension.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import type { ClassId, ReplicaId } from '../rule/id.js'
import { instant } from '../rule/instant.js'
import type { Phase } from '../rule/match.js'
import type { AskFailure, Intent, NodeChange, ReplicaChange } from '../time/decision.js'
import type { Controller } from '../time/controller.js'
import type { StepEvent } from '../time/event.js'
import { startSteps, type StepState } from '../time/state.js'
import type { StepResult } from '../time/step-result.js'
import { step } from './step.js'

/** What a report tells the controller to do in the next pass, or to take in at once. */
export type Line =
  | { readonly define: number; readonly priority?: number }
  | { readonly start: number; readonly of: string; readonly only?: readonly string[] }
  | { readonly withdraw: number; readonly of: string }
  | { readonly stop: number }
  | { readonly intent: unknown }
  | { readonly wakeAt: number }
  /** An answer as it is, whatever the instant. */
  | { readonly wrongWake: number }
  | { readonly bind: string; readonly of: string; readonly phase: Phase }
  | { readonly adopt: number }
  | { readonly fail: 'learning' | 'deciding' | 'report' }

/** What the controller saw in one pass. */
export interface Sight {
  readonly now: number
  readonly nodes: readonly NodeChange[]
  readonly replicas: readonly ReplicaChange[]
  /** Absent when none failed. */
  readonly failures?: readonly AskFailure[]
}
export interface Script {
  readonly classes: ReadonlyMap<string, ClassId>
  readonly lines: readonly (readonly [about: string, line: Line])[]
  readonly sights: readonly Sight[]
  /** The reports that answered an order, by its number. */
  readonly answers?: readonly (readonly [order: number, about: string])[]
}

/** A controller that follows reports. */
export const scripted = (name: string): Controller<Script> => ({
  name,
  start: { classes: new Map(), lines: [], sights: [] },
  learn: (draft, memory, { about, report, order }) => {
    const line = report as Line
    if (order !== undefined)
      return E.right({
        memory: { ...memory, answers: [...(memory.answers ?? []), [order, about]] },
      })
    const known = { memory }
    if ('define' in line) {
      const classSpec = classSpecOf([[cpu, line.define]], { priority: line.priority ?? 0 })
      const id = getOrThrow(define(draft, classSpec))
      return E.right({ memory: { ...memory, classes: new Map([...memory.classes, [about, id]]) } })
    }
    if ('bind' in line) {
      const [node, id] = [findNode(draft, line.bind), memory.classes.get(line.of)]
      if (O.isNone(node) || id === undefined) return E.right(known)
      const replica = getOrThrow(bind(draft, id, node.value, line.phase))
      return E.right({ ...known, replicas: [{ replica, owner: about }] })
    }
    if ('adopt' in line)
      return E.right({ ...known, replicas: [{ replica: line.adopt as ReplicaId, owner: about }] })
    if ('fail' in line && line.fail === 'learning') throw new Error('a defect of the author')
    if ('fail' in line && line.fail === 'report')
      return E.left({ at: ['fail'], found: '"report"', expected: 'a line' })
    return E.right({ memory: { ...memory, lines: [...memory.lines, [about, line]] } })
  },
  decide: (view, memory) => {
    if (memory.lines.some(([, line]) => 'fail' in line)) throw new Error('a defect of the author')
    const { now, nodes, replicas, failures } = view
    const sight = { now, nodes, replicas, ...(failures.length === 0 ? {} : { failures }) }
    const laterLines = memory.lines.filter(([, line]) => 'wakeAt' in line && !(line.wakeAt <= now))
    const wakes = laterLines.flatMap(([, line]) => ('wakeAt' in line ? [line.wakeAt] : []))
    const wrongWake = memory.lines.flatMap(([, line]) =>
      'wrongWake' in line ? [line.wrongWake] : [],
    )
    return {
      memory: {
        ...memory,
        lines: laterLines,
        sights: [...memory.sights, sight],
      },
      intents: memory.lines.flatMap(([about, line]) =>
        intentsOf(view.cluster, memory, about, line),
      ),
      ...(wakes.length === 0 ? {} : { wakeAt: instant(wakes.reduce((a, b) => Math.min(a, b))) }),
      ...(wrongWake[0] === undefined ? {} : { wakeAt: instant(wrongWake[0]) }),
    }
  },
  toData: ({ classes, lines, sights, answers = [] }) => [
    ...[[...classes], lines, sights],
    ...(answers.length === 0 ? [] : [answers]),
  ],
})

const intentsOf = (
  view: Parameters<typeof findNode>[0],
  { classes }: Script,
  owner: string,
  line: Line,
): readonly Intent[] => {
  if ('intent' in line) return [line.intent as Intent]
  if ('stop' in line)
    return [{ _tag: 'Stop', replica: line.stop as ReplicaId, because: 'a report said so' }]
  if (!('start' in line) && !('withdraw' in line)) return []
  const id = classes.get(line.of)
  if (id === undefined) return []
  if ('withdraw' in line) return [{ _tag: 'Withdraw', owner, class: id, count: line.withdraw }]
  const only = line.only?.flatMap((name) => {
    const node = findNode(view, name)
    return O.isSome(node) ? [node.value] : []
  })
  return [
    { _tag: 'Start', owner, class: id, count: line.start, ...(only === undefined ? {} : { only }) },
  ]
}

/** What the controller of the name remembers. */
export const scriptOf = (state: StepState, name = 'script'): Script =>
  (state.memories.get(name) as Script | undefined) ?? scripted(name).start

/** Distributes the members of a union, so that each loses its `at`. */
type WithoutInstant<Event> = Event extends unknown ? Omit<Event, 'at'> : never

/** An event at an instant. */
export const eventAt = (at: number, event: WithoutInstant<StepEvent>): StepEvent => ({
  at: instant(at),
  ...event,
})
export const tellAt = (at: number, about: string, line: Line, controller = 'script'): StepEvent =>
  eventAt(at, { _tag: 'Reported', controller, about, report: line })
export const joinAt = (at: number, name: string, amount: number): StepEvent =>
  eventAt(at, { _tag: 'NodeJoined', name, node: { capacity: { cpu: amount } } })

export const controllers = [scripted('script'), scripted('second')]
export const advance = step(controllers)

/** The result of a call that is no fault. */
export const run = (events: readonly StepEvent[], state = startSteps()): StepResult =>
  getOrThrow(advance(state, events))

/** A cluster with a node for four replicas of the class `small`, at instant 10. */
export const begin: readonly StepEvent[] = [
  joinAt(10, 'a', 4),
  tellAt(10, 'small', { define: 1 }),
  tellAt(10, 'small', { define: 1 }, 'second'),
]

const anyName = fc.constantFrom('a', 'b', 'c')
const anyReplica = fc
  .tuple(fc.nat(4), fc.nat(1))
  .map(([row, generation]) => (generation * 67_108_864 + row) as ReplicaId)
const anyLine: fc.Arbitrary<Line> = fc.oneof(
  fc.record({ start: fc.nat(3), of: fc.constant('small') }),
  fc.record({ start: fc.nat(2), of: fc.constant('small'), only: fc.array(anyName) }),
  fc.record({ withdraw: fc.nat(2), of: fc.constant('small') }),
  fc.record({ stop: anyReplica }),
  fc.record({ wakeAt: fc.integer({ min: 11, max: 60 }) }),
  fc.record({
    bind: anyName,
    of: fc.constant('small'),
    phase: fc.constantFrom<Phase>('running', 'leaving'),
  }),
  fc.record({ adopt: anyReplica }),
  fc.constant({ intent: { _tag: 'Ask', request: 'anything' } }),
  fc.constant({ intent: { _tag: 'Ask', request: 'a question', needsAnswer: true } }),
)
const anyEventBody: fc.Arbitrary<WithoutInstant<StepEvent>> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ _tag: 'ClockAdvanced' as const }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(anyName, fc.integer({ min: 1, max: 3 }), fc.boolean())
      .map(([name, amount, isNew]) => ({
        _tag: isNew ? ('NodeJoined' as const) : ('NodeChanged' as const),
        name,
        node: { capacity: { cpu: amount } },
      })),
  },
  { weight: 1, arbitrary: anyName.map((name) => ({ _tag: 'NodeLeft' as const, name })) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        anyReplica,
        fc.constantFrom(
          'ReplicaRunning' as const,
          'ReplicaLeaving' as const,
          'ReplicaStopped' as const,
        ),
      )
      .map(([replica, _tag]) => ({ _tag, replica })),
  },
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: 1, max: 12 })
      .map((order) => ({ _tag: 'OrderFailed' as const, order, because: 'no answer' })),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.constantFrom('web', 'job'), fc.constantFrom('script', 'second'), anyLine)
      .map(([about, controller, report]) => ({
        _tag: 'Reported' as const,
        ...{ controller, about, report },
      })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('script', 'second'), fc.integer({ min: 1, max: 12 }))
      .map(([controller, order]) => ({
        _tag: 'Reported' as const,
        ...{ controller, about: 'web', report: {}, order },
      })),
  },
)

/** Events with the time between them. */
export const anyDrafts = fc.array(fc.tuple(fc.nat(3), anyEventBody), { maxLength: 25 })

/** The events of a history that are no faults, instant by instant; first those of `begin`. */
export const validEvents = (
  drafts: readonly (readonly [wait: number, body: WithoutInstant<StepEvent>])[],
): readonly (readonly StepEvent[])[] => {
  const instants: (readonly StepEvent[])[] = [begin]
  let [before, after] = [startSteps(), run(begin).state]
  for (const [wait, body] of drafts) {
    const last = instants.at(-1)!
    const event = eventAt(last[0]!.at + wait, body)
    const isSame = wait === 0
    const next = isSame ? [...last, event] : [event]
    const result = advance(isSame ? before : after, next)
    if (E.isLeft(result)) continue
    if (!isSame) before = after
    after = result.right.state
    if (isSame) instants[instants.length - 1] = next
    else instants.push(next)
  }
  return instants
}
