/**
 * Properties of `churn`: each step does what `place` and `evict` would do, one after the other; a
 * call with an unknown id changes nothing.
 */
import { anyClass, build, picture, isRefuted, worldOf } from '@stowage/testing'
import { anyPackedClass, anyRoomyClass } from '../../../testing/src/arbitrary/class.js'
import { anyNodes } from '../../../testing/src/arbitrary/node.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allowIndexes,
  batch,
  bind,
  churn,
  classSpecOf,
  cpu,
  define,
  empty,
  encode,
  evict,
  getOrThrow,
  join,
  nodeIds,
  nodeSpecOf,
  place,
  replicasOn,
  trial,
  type ClassId,
  type DecidedBy,
  type Draft,
  type ReplicaId,
  type View,
} from '../index.js'

const none = -1

/** A step in numbers that a world turns into ids: any class, any replica or any earlier step. */
const anyStep = fc.record({
  start: fc.option(fc.nat(9), { freq: 4 }),
  stop: fc.option(fc.record({ isOfCall: fc.boolean(), number: fc.nat(40) })),
})
type Step = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never

const replicasIn = (view: View): readonly ReplicaId[] =>
  nodeIds(view).flatMap((node) => replicasOn(view, node).map(({ id }) => id))

/** The arrays of some steps; no replica is stopped twice. */
const arraysOf = (steps: readonly Step[], classes: readonly ClassId[], view: View) => {
  const running = [...replicasIn(view)]
  const starts = Float64Array.from(steps, ({ start }) =>
    start === null ? none : classes[start % classes.length]!,
  )
  const open: number[] = []
  const stops = Float64Array.from(steps, ({ start, stop }, step) => {
    if (start !== null) open.push(-2 - step)
    const from: number[] = stop?.isOfCall === true ? open : running
    return stop === null || from.length === 0 ? none : from.splice(stop.number % from.length, 1)[0]!
  })
  return { starts, stops }
}

/** The same steps by a request, an answer and an Either each. */
const oneByOne = (
  draft: Draft,
  { starts, stops }: Parameters<typeof churn>[1],
  decideBy?: DecidedBy,
) => {
  const replicas = starts.map(() => none)
  const nodes = starts.map(() => none)
  for (const [step, start] of starts.entries()) {
    if (start !== none) {
      const request = { class: start as ClassId, count: 1 }
      const options = decideBy === undefined ? {} : { decideBy }
      const [placement] = place(draft, [request], options).answers[0]!.placed
      replicas[step] = placement?.replica ?? none
      nodes[step] = placement?.node ?? none
    }
    const stop = stops[step]!
    const replica = stop < none ? replicas[-2 - stop]! : stop
    if (replica !== none) getOrThrow(evict(draft, replica as ReplicaId))
  }
  return { replicas, nodes }
}

const churnsAlike = (by: typeof churn) =>
  fc.property(
    worldOf(fc.oneof(anyClass, anyPackedClass, anyRoomyClass), { nodes: anyNodes }),
    fc.array(anyStep, { maxLength: 60, size: 'max' }),
    fc.constantFrom<DecidedBy | undefined>('index', 'scan', undefined),
    fc.boolean(),
    (world, steps, decideBy, isTried) => {
      const { cluster, classes } = build(world)
      if (classes.length === 0) return
      const arrays = arraysOf(steps, classes, cluster)
      const options = decideBy === undefined ? {} : { decideBy }
      const within = <Found>(body: (draft: Draft) => Found) =>
        batch(cluster, (draft) =>
          JSON.stringify(isTried ? trial(draft, () => [true, body(draft)]) : body(draft)),
        )
      const [expected, one] = within((draft) => {
        const { replicas, nodes } = oneByOne(draft, arrays, decideBy)
        return [[...replicas], [...nodes]]
      })
      const [actual, other] = within((draft) => {
        const { replicas, nodes } = getOrThrow(by(draft, arrays, options))
        return [[...replicas], [...nodes]]
      })
      expect(other).toBe(one)
      expect(encode(actual)).toEqual(encode(expected))
      expect(picture(actual)).toEqual(picture(expected))
    },
  )

/** `churn` with other arrays than it was given. */
const misread =
  (reading: (steps: Parameters<typeof churn>[1]) => Parameters<typeof churn>[1]): typeof churn =>
  (draft, steps, options) =>
    churn(draft, reading(steps), options)

describe('many steps in one call', () => {
  it('do what they do one by one', () => fc.assert(churnsAlike(churn), { numRuns: 200 }))

  it.each<[string, typeof churn]>([
    ['nothing is stopped', misread(({ starts, stops }) => ({ starts, stops: stops.fill(none) }))],
    [
      'what the call itself placed is not stopped',
      misread(({ starts, stops }) => ({
        starts,
        stops: stops.map((stop) => (stop < none ? none : stop)),
      })),
    ],
    [
      'the last step is left out',
      misread(({ starts, stops }) => ({
        starts: starts.map((start, step) => (step === starts.length - 1 ? none : start)),
        stops: stops.map((stop) => (stop === -1 - starts.length ? none : stop)),
      })),
    ],
    [
      'all starts come before all stops',
      (draft, { starts, stops }, options) => {
        const both = churn(
          draft,
          {
            starts: Float64Array.of(...starts, ...stops.map(() => none)),
            stops: Float64Array.of(...starts.map(() => none), ...stops),
          },
          options,
        )
        if (both._tag === 'Left') return both
        const { replicas, nodes } = both.right
        const [from, to] = [0, starts.length]
        return {
          _tag: 'Right',
          right: {
            ...both.right,
            replicas: replicas.slice(from, to),
            nodes: nodes.slice(from, to),
          },
        }
      },
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(churnsAlike(broken))).toBe(true)
  })
})

const [small, ids] = batch(allowIndexes(empty), (draft) => {
  const node = getOrThrow(join(draft, nodeSpecOf('a', [[cpu, 3]])))
  const one = getOrThrow(define(draft, classSpecOf([[cpu, 1]])))
  const gone = getOrThrow(bind(draft, one, node, 'running'))
  getOrThrow(evict(draft, gone))
  return { node, class: one, gone, replica: getOrThrow(bind(draft, one, node, 'running')) }
})

describe('a step', () => {
  const after = (starts: readonly number[], stops: readonly number[]) =>
    batch(small, (draft) =>
      churn(draft, { starts: Float64Array.from(starts), stops: Float64Array.from(stops) }),
    )

  it('that finds no node has -1, and the others are placed', () => {
    const steps = [ids.class, ids.class, ids.class, none, ids.class]
    const [, answer] = after(steps, [none, none, none, ids.replica, -2])
    expect(answer).toMatchObject({
      right: { nodes: Float64Array.of(ids.node, ids.node, none, none, ids.node) },
    })
  })

  it('may stop what found no place, which is nothing', () => {
    const [cluster, answer] = after([ids.class, ids.class, ids.class], [none, none, -4])
    expect(answer._tag).toBe('Right')
    expect(replicasOn(cluster, ids.node)).toHaveLength(3)
  })

  it.each<[string, number[], number[], object]>([
    ['a class', [ids.class, 77], [none, none], { _tag: 'UnknownClass', class: 77, step: 1 }],
    ['a class that is no number', [NaN], [none], { _tag: 'UnknownClass', class: NaN, step: 0 }],
    ['half a class', [0.5], [none], { _tag: 'UnknownClass', class: 0.5, step: 0 }],
    ['a replica', [none], [99], { _tag: 'UnknownReplica', replica: 99, step: 0 }],
    ['a replica that is gone', [none], [ids.gone], { replica: ids.gone, step: 0 }],
    ['a replica that is no number', [none], [NaN], { replica: NaN, step: 0 }],
    ['infinitely many', [none], [-Infinity], { replica: -Infinity, step: 0 }],
    [
      'a replica that was stopped before',
      [none, none, none],
      [ids.replica, none, ids.replica],
      { _tag: 'UnknownReplica', replica: ids.replica, step: 2 },
    ],
    ['what a step placed and stopped', [ids.class, none], [-2, -2], { replica: -2, step: 1 }],
    ['what a later step places', [ids.class, ids.class], [-3, none], { replica: -3, step: 0 }],
    ['what a step places that places none', [none], [-2], { replica: -2, step: 0 }],
    ['what half a step places', [ids.class, none], [none, -2.5], { replica: -2.5, step: 1 }],
  ])('with an unknown id changes nothing: %s', (_, starts, stops, fault) => {
    const [cluster, answer] = after(starts, stops)
    expect(answer).toMatchObject({ _tag: 'Left', left: fault })
    expect(encode({ ...cluster, version: small.version })).toEqual(encode(small))
  })

  it('has a start and a stop', () => {
    expect(() => after([none, none], [none])).toThrow('found 2 starts and 1 stops')
  })

  it('tells many replicas apart', () => {
    const [crowded, replicas] = batch(small, (draft) =>
      Array.from({ length: 3_000 }, () => getOrThrow(bind(draft, ids.class, ids.node, 'running'))),
    )
    const starts = new Float64Array(replicas.length).fill(none)
    batch(crowded, (draft) => {
      const twice = Float64Array.from([...replicas.slice(1), replicas[7]!])
      expect(churn(draft, { starts, stops: twice })).toMatchObject({ left: { step: 2_999 } })
      expect(churn(draft, { starts, stops: Float64Array.from(replicas) })._tag).toBe('Right')
      expect(replicasOn(draft, ids.node)).toHaveLength(1)
    })
  })
})
