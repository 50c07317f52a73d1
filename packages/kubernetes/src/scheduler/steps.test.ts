/**
 * Compares consecutive scheduling cycles with those recorded from kube-scheduler: nominations,
 * preemption, sampling of nodes, and the choice among equal nodes.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { batch, empty } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readConfiguration } from '../config/configuration.js'
import { concatObjects, readObjects } from '../words/object.js'
import { attempt } from './attempt.js'
import { nominate, voidBelow } from './nomination.js'
import { openSession } from './open.js'
import type { Session } from './session.js'
import { takeOff } from './settle.js'
import { worldOf, type DecisionOptions } from './world.js'

interface Scenario {
  readonly id: string
  readonly config?: unknown
  readonly objects: readonly unknown[]
  readonly pending: readonly string[]
}
interface Step {
  readonly pod: string
  readonly node?: string
  readonly nominated?: string
  readonly victims?: readonly string[]
  readonly rejectors?: readonly string[]
}
interface Recorded {
  readonly id: string
  readonly steps: readonly Step[]
}

const folder = resolve('test/golden/kube-scheduler')
const lines = <Line>(name: string): readonly Line[] =>
  gunzipSync(readFileSync(resolve(folder, `${name}.jsonl.gz`)))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)

const certainly = <Value>(read: E.Either<unknown, Value>): Value => {
  if (E.isLeft(read)) throw new Error(JSON.stringify(read.left))
  return read.right
}

/** Something done to the session before each attempt: nothing, or a planted bug. */
type Spoil = (session: Session) => void
const unspoilt: Spoil = () => undefined

const stepsOf = (
  { config, objects, pending }: Scenario,
  recorded: readonly Step[],
  options: DecisionOptions,
  spoil: Spoil,
): readonly Step[] => {
  const configuration =
    config === undefined
      ? undefined
      : certainly(readConfiguration({ from: 'config', value: config }))
  const read = concatObjects(objects.map((value, i) => readObjects({ from: `object ${i}`, value })))
  expect(read.bad).toEqual([])
  const [, steps] = batch(empty, (draft) => {
    const session = openSession(draft, worldOf(read.objects, { configuration, ...options }))
    const placed = new Set<string>()
    const said: Step[] = []
    for (const name of pending) {
      if (placed.has(name)) continue
      spoil(session)
      const step = stepOf(session, name, recorded[said.length])
      if (step.node !== undefined) placed.add(name)
      said.push(step)
    }
    return said
  })
  return steps
}

/**
 * Of several nodes that are equally good to preempt on, upstream takes any: the recorded one is
 * followed. Victims go at once.
 */
const stepOf = (session: Session, name: string, recorded: Step | undefined): Step => {
  const pod = session.pods.get(name)!
  const { verdict, nominations, nominatedNodeName, rejectors } = attempt(session, pod)
  if (verdict.node !== undefined) return { pod: name, node: verdict.node }
  const followed = nominations.find(
    ({ node, victims }) =>
      node === recorded?.nominated && String(victims) === String(recorded.victims ?? []),
  )
  const { node, victims } = followed ??
    verdict.preemption ?? { node: nominatedNodeName, victims: [] }
  if (verdict.preemption !== undefined) voidBelow(session, pod, node!)
  nominate(session, pod, node)
  for (const victim of victims) takeOff(session, victim)
  return {
    pod: name,
    ...(node === undefined ? {} : { nominated: node }),
    ...(victims.length === 0 ? {} : { victims }),
    ...(rejectors.length === 0 ? {} : { rejectors }),
  }
}

/** The scenarios of a family in which some step is another than was recorded. */
const differing = (
  family: string,
  options: DecisionOptions,
  spoil = unspoilt,
): readonly string[] => {
  const recorded = lines<Recorded>(`${family}.steps`)
  return lines<Scenario>(`${family}.scenarios`).flatMap((scenario, i) => {
    const theirs = recorded[i]!
    expect(theirs.id).toBe(scenario.id)
    const ours = stepsOf(scenario, theirs.steps, options, spoil)
    return JSON.stringify(ours) === JSON.stringify(theirs.steps) ? [] : [scenario.id]
  })
}

const upstream: DecisionOptions = { sampled: true, tie: 'heap' }

it.each([
  ['nominated', 60],
  ['sampled', 6],
])('the recorded cycles of %s', (family, count) => {
  expect(lines(`${family}.scenarios`)).toHaveLength(count)
  expect(differing(family, upstream)).toEqual([])
})

describe('is refuted', () => {
  it.each<[string, string, DecisionOptions, Spoil]>([
    ['nominations are not heeded', 'nominated', upstream, ({ nominated }) => nominated.clear()],
    ['every node is looked at', 'sampled', { tie: 'heap' }, unspoilt],
    [
      'every search starts at the first node',
      'sampled',
      upstream,
      (session) => void (session.start = 0),
    ],
    ['the first by name is taken', 'sampled', { sampled: true }, unspoilt],
  ])('when %s', (_, family, options, spoil) => {
    expect(differing(family, options, spoil)).not.toEqual([])
  })
})
