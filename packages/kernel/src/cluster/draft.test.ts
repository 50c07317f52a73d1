/**
 * Tests of drafts and trials: a trial keeps all or nothing, and a draft is closed when its batch is
 * over.
 */
import { isDeepStrictEqual } from 'node:util'
import { anyWorld, build, moves, picture, plainClass, plainNode, isRefuted } from '@stowage/testing'
import { anyOperations } from '../../../testing/src/arbitrary/history.js'
import { defineRecipe } from '../../../testing/src/lower/world.js'
import type { Moves } from '../../../testing/src/play/moves.js'
import type { Operation } from '../../../testing/src/play/operation.js'
import { play } from '../../../testing/src/play/play.js'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  batch,
  bind,
  define,
  internDimension,
  empty,
  explain,
  getOrThrow,
  join,
  leave,
  nodeIds,
  nodeLoad,
  place,
  plan,
  reclass,
  replicasOn,
  setPhase,
  evict,
  trial,
  internWord,
  type ClassId,
  type Draft,
  type NodeId,
} from '../index.js'
import { stateOf } from './cluster.js'
import { writable } from './draft.js'
import { copyLoads } from './loads.js'

type Trial = Extract<Operation, { readonly _tag: 'Trial' }>
const anyEnd = fc.constantFrom<Trial['end']>('kept', 'rolled back', 'thrown')

/**
 * Tallies that count what comes and goes in a trial in a way of their own are meant to tell that
 * there is one.
 */
const withoutRemoval = <Value>(value: Value): Value =>
  JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (key === 'removal' ? undefined : inner)),
  ) as Value

/**
 * What was kept is as if there had been no trial; what was not kept is as if nothing had been done,
 * then and later.
 */
const trialsAreAllOrNothing = (playing: Moves) =>
  fc.property(
    anyWorld.map(withoutRemoval),
    anyEnd,
    anyOperations.map(withoutRemoval),
    anyOperations.map(withoutRemoval),
    anyOperations.map(withoutRemoval),
    (world, end, before, body, after) => {
      const seen = (middle: readonly Operation[], by: Moves) => {
        const { cluster, classes } = build(world)
        const operations = [...before, ...middle, ...after]
        const [, last] = play(cluster, classes, [{ taken: false, operations }], by)
        return {
          sight: last!.observation,
          later: last!.outcomes.slice(operations.length - after.length),
        }
      }
      expect(seen([{ _tag: 'Trial', end, body }], playing)).toEqual(
        seen(end === 'kept' ? body : [], moves),
      )
    },
  )

describe('trial', () => {
  it('keeps all or nothing', () => fc.assert(trialsAreAllOrNothing(moves), { numRuns: 200 }))

  it.each<[string, typeof trial]>([
    ['puts nothing back', (draft, body) => body(draft)[1]],
    ['keeps nothing', (draft, body) => trial(draft, (tried) => [false, body(tried)[1]])],
    ['puts nothing back when the body throws', keepingWhatThrew],
    ['puts replicas back and not what they took', leaking],
  ])('is refuted when it %s', (_, broken) => {
    expect(isRefuted(trialsAreAllOrNothing({ ...moves, trial: broken }))).toBe(true)
  })

  it('can look before it decides, and nest', () => {
    const { cluster, classes } = build({
      nodes: [{ name: 'a', capacity: [['slots', 2]], attributes: [], marks: [] }],
      classes: [{ ...plainClass, occupies: [['slots', 1]] }],
      replicas: [],
    })
    const [, loads] = batch(cluster, (draft) => {
      const loadNow = () => picture(draft).nodes[0]!.load
      const placeOne = () => place(draft, [{ class: classes[0]!, count: 1 }])
      const seen = trial(draft, () => {
        placeOne()
        const inner = trial(draft, () => [false, [placeOne(), loadNow()][1]])
        return [true, [inner, loadNow()]]
      })
      return [...seen, loadNow()]
    })
    expect(loads).toEqual([[['slots', 2]], [['slots', 1]], [['slots', 1]]])
  })
})

/** Binds a replica so often, evicts every third, and gives every fifth another phase and class. */
const change = (draft: Draft, classes: readonly ClassId[], node: NodeId, count: number): void => {
  for (let i = 0; i < count; i++) {
    const replica = getOrThrow(bind(draft, classes[i % 2]!, node, 'assumed'))
    if (i % 5 === 0) getOrThrow(setPhase(draft, replica, 'running'))
    if (i % 7 === 0) getOrThrow(reclass(draft, replica, classes[(i + 1) % 2]!))
    if (i % 3 === 0) getOrThrow(evict(draft, replica))
  }
}

it('is undone through the chunks of the log, from wherever it began', () => {
  const { cluster, classes } = build({
    nodes: [plainNode],
    classes: [1, 2].map((slots) => ({ ...plainClass, occupies: [['slots', slots]] as const })),
    replicas: [],
  })
  batch(cluster, (draft) => {
    const [node] = nodeIds(draft)
    change(draft, classes, node!, 50)
    const seen = () => [nodeLoad(draft, node!), replicasOn(draft, node!)]
    const before = seen()
    trial(draft, () => {
      // Some ten numbers are noted a turn, and a chunk has 65,536.
      change(draft, classes, node!, 20_000)
      const within = seen()
      const more = (keep: boolean) =>
        trial(draft, () => {
          change(draft, classes, node!, 15_000)
          return [keep, 0]
        })
      more(false)
      expect(isDeepStrictEqual(seen(), within)).toBe(true)
      more(true)
      return [false, 0]
    })
    expect(isDeepStrictEqual(seen(), before)).toBe(true)
  })
})

it('has at most 2^26 replicas, and stays as it was when there should be one more', () => {
  const { cluster, classes } = build({ nodes: [plainNode], classes: [plainClass], replicas: [] })
  const more = batch(cluster, (draft) => {
    const [node] = nodeIds(draft)
    writable(draft, 'replicas').rows = 2 ** 26
    const bound = bind(draft, classes[0]!, node!, 'running')
    expect(() => place(draft, [{ class: classes[0]!, count: 1 }])).toThrow('67108864 replicas')
    expect(replicasOn(draft, node!)).toEqual([])
    return bound
  })[1]
  expect(more).toEqual(E.left({ _tag: 'TooManyReplicas', max: 2 ** 26 }))
})

const uses: readonly (readonly [string, (draft: Draft) => unknown])[] = [
  ['word', (draft) => internWord(draft, 'zone')],
  ['dimension', (draft) => internDimension(draft, 'cpu')],
  ['define', (draft) => define(draft, {} as never)],
  ['join', (draft) => join(draft, {} as never)],
  ['leave', (draft) => leave(draft, 0 as never)],
  ['bind', (draft) => bind(draft, 0 as never, 0 as never, 'running')],
  ['stop', (draft) => evict(draft, 0 as never)],
  ['setPhase', (draft) => setPhase(draft, 0 as never, 'running')],
  ['place', (draft) => place(draft, [])],
  ['plan', (draft) => plan(draft, [], new Map())],
  ['trial', (draft) => trial(draft, () => [true, 0])],
  ['nodes', nodeIds],
  ['explain', (draft) => explain(draft, { class: 0 as never })],
]

it.each(uses)('a draft whose batch is over throws on %s', (_, use) => {
  const [, draft] = batch(empty, (open) => open)
  expect(() => use(draft)).toThrow('this Draft is spent')
})

it('is the same class when a class is defined again after it was rolled back', () => {
  batch(empty, (draft) => {
    const defining = () => defineRecipe(draft, plainClass)
    expect(trial(draft, () => [false, defining()])).toBe(defining())
  })
})

function leaking<Answer>(
  draft: Draft,
  body: (draft: Draft) => readonly [keep: boolean, answer: Answer],
): Answer {
  let { loads } = stateOf(draft)
  const answer = trial(draft, (tried) => {
    const came = body(tried)
    loads = copyLoads(stateOf(tried).loads)
    return came
  })
  stateOf(draft).loads = loads
  return answer
}

function keepingWhatThrew<Answer>(
  draft: Draft,
  body: (draft: Draft) => readonly [keep: boolean, answer: Answer],
): Answer {
  const ended: { error?: unknown; answer?: Answer } = {}
  trial(draft, (tried) => {
    try {
      const [keep, answer] = body(tried)
      ended.answer = answer
      return [keep, 0]
    } catch (error) {
      ended.error = error
      return [true, 0]
    }
  })
  if (ended.error !== undefined) throw ended.error as Error
  return ended.answer as Answer
}
