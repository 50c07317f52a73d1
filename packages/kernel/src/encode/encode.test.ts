/**
 * Tests that a decoded cluster equals the encoded one: the same content, the same ids, the same
 * future decisions. One state has exactly one encoding.
 */
import {
  anyHistory,
  anyWorld,
  build,
  isRefuted,
  type ClusterHistory,
  type WorldRecipe,
} from '@stowage/testing'
import { play, observe } from '../../../testing/src/play/play.js'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { stateOf, seal, take } from '../cluster/cluster.js'
import { ownsAll, type State } from '../cluster/state.js'
import {
  classAt,
  freeRow,
  freeRows,
  nodeAt,
  setGenerationAt,
  setPhaseAt,
} from '../cluster/replicas.js'
import {
  batch,
  bind,
  getOrThrow,
  internColumn,
  decode,
  define,
  empty,
  encode,
  findNode,
  giveColumn,
  giveMask,
  join,
  leave,
  internMask,
  nodeIds,
  nodeSpec,
  replicasOn,
  internWord,
  type ClassId,
  type Cluster,
} from '../index.js'

/** Numbers for a few nodes by rank, of two masks and two columns. */
const anyGifts = fc.array(fc.tuple(fc.nat(1), fc.array(fc.tuple(fc.nat(5), fc.double()))), {
  maxLength: 4,
})
type Gifts = readonly (readonly [which: number, numbers: readonly (readonly [number, number])[]])[]

const given = (cluster: Cluster, gifts: Gifts): Cluster =>
  batch(cluster, (draft) => {
    for (const [which, numbers] of gifts) {
      const all = nodeIds(draft)
      const values = numbers.flatMap(([i, number]) => (all[i] ? [[all[i], number] as const] : []))
      const ids = values.map(([node]) => node)
      giveMask(draft, internMask(draft, `mask ${which}`), ids)
      giveColumn(draft, internColumn(draft, `column ${which}`), values)
    }
  })[0]

const anyState = fc.tuple(anyWorld, anyHistory, anyGifts)
const stateWithout = ([world, history, gifts]: [WorldRecipe, ClusterHistory, Gifts]) => {
  const { cluster, classes } = build(world)
  return { cluster: given(play(cluster, classes, history).at(-1)!.cluster, gifts), classes }
}

/** Everything that the kernel's readers give of a cluster, ids included. */
const observationOf = (cluster: Cluster, classes: readonly ClassId[]) => {
  const { words, dimensions, inputs: gifts, classes: defined } = stateOf(cluster)
  return {
    version: cluster.version,
    sight: observe(cluster, classes),
    texts: [words, dimensions, gifts.masks, gifts.columns].map(({ texts }) => texts),
    gifts: nodeIds(cluster).map((id) => [
      [...gifts.members.values()].map((members) => members.has(id)),
      [...gifts.numbers.values()].map((numbers) => numbers.get(id) ?? 0),
    ]),
    classes: defined.classes.map((classSpec) => JSON.stringify(classSpec)),
    nodes: nodeIds(cluster).map((id) => [id, nodeSpec(cluster, id), replicasOn(cluster, id)]),
  }
}

const carried = (spoil: (parts: State) => void = () => undefined) =>
  fc.property(anyState, anyHistory, (state, history) => {
    const { cluster, classes } = stateWithout(state)
    const other = getOrThrow(decode(encode(cluster)))
    spoil(stateOf(other))
    const later = [cluster, other].map((from) =>
      play(
        from,
        classes,
        history.map((one) => ({ ...one, taken: false })),
      ).map((moment) => ({
        outcomes: moment.outcomes,
        ...observationOf(moment.cluster, classes),
      })),
    )
    expect(later[1]).toEqual(later[0])
  })

describe('a decoded cluster', () => {
  it('looks and goes on as the encoded one', () => fc.assert(carried()))

  it.each<[string, (parts: State) => void]>([
    [
      'free replica rows are sorted',
      ({ replicas }) => {
        const rows = [...freeRows(replicas)].sort((a, b) => a - b)
        replicas.free = 0
        for (const row of rows) freeRow(replicas, row)
      },
    ],
    ['free node rows are sorted', ({ roster }) => void roster.free.sort((a, b) => a - b)],
    [
      'a free row forgets its generation',
      ({ replicas }) => freeRows(replicas).forEach((row) => setGenerationAt(replicas, row, 0)),
    ],
    [
      'a free node row forgets its generation',
      ({ roster }) => roster.free.forEach((row) => (roster.generations[row] = 0)),
    ],
    [
      'phases are lost',
      ({ replicas }) => {
        for (let row = 0; row < replicas.rows; row++)
          if (classAt(replicas, row) >= 0) setPhaseAt(replicas, row, 1)
      },
    ],
    ['loads are lost', ({ loads }) => loads.load.forEach((amounts) => amounts.fill(0))],
    [
      'masks are lost',
      ({ inputs: gifts }) => gifts.members.forEach((_, id) => gifts.members.set(id, new Set())),
    ],
    [
      'columns are lost',
      ({ inputs: gifts }) => gifts.numbers.forEach((_, id) => gifts.numbers.set(id, new Map())),
    ],
    ['words are lost', ({ words }) => words.ids.clear()],
    ['classes are not found again', ({ classes }) => classes.ids.clear()],
  ])('is refuted when %s', (_, spoil) => expect(isRefuted(carried(spoil))).toBe(true))

  it('may be taken, as it shares nothing', () => {
    const [before] = batch(empty, (draft) => internWord(draft, 'zone'))
    const bytes = encode(before)
    const [after] = batch(take(getOrThrow(decode(bytes))), (draft) => internWord(draft, 'arch'))
    expect(encode(getOrThrow(decode(bytes)))).toEqual(bytes)
    expect(encode(after)).not.toEqual(bytes)
  })
})

/** What was accepted gives the same bytes again, whatever is left over in rows that are free. */
const isCanonical = (encoding: typeof encode) =>
  fc.property(anyState, (state) => {
    const { cluster } = stateWithout(state)
    const bytes = encoding(cluster)
    const again = pipe(
      decode(encode(cluster)),
      E.match(
        () => undefined,
        (other) => encoding(other),
      ),
    )
    expect(again).toEqual(bytes)
  })

/** A free row still says where its last replica stood. */
const nodesOfRows = ({ replicas }: State): readonly number[] =>
  Array.from({ length: replicas.rows }, (_, row) => nodeAt(replicas, row))

describe('an encoding', () => {
  it('is one for one state', () => fc.assert(isCanonical(encode)))

  it('is refuted when it holds what free rows have left over', () => {
    const leftOver: typeof encode = (cluster) =>
      Uint8Array.from([...encode(cluster), ...nodesOfRows(stateOf(cluster))])
    expect(isRefuted(isCanonical(leftOver))).toBe(true)
  })

  it('does not depend on the order in which nodes were given to a mask or a column', () => {
    const inOrder = (order: readonly number[]) =>
      batch(empty, (draft) => {
        const ids = ['a', 'b', 'c'].map((name) =>
          getOrThrow(join(draft, { name, capacity: [], attributes: [], marks: [] })),
        )
        const numbers = order.map((i) => [ids[i]!, i] as const)
        giveMask(
          draft,
          internMask(draft, 'm'),
          numbers.map(([node]) => node),
        )
        giveColumn(draft, internColumn(draft, 'c'), numbers)
      })[0]
    expect(encode(inOrder([2, 0, 1]))).toEqual(encode(inOrder([0, 1, 2])))
  })

  it('of a spent cluster throws', () => {
    const spent = seal(stateOf(empty), 0, ownsAll, false)
    take(spent)
    expect(() => encode(spent)).toThrow('spent')
  })
})

describe('what survives', () => {
  const lone = '\ud800'
  const name = `a\u0000${lone}\u{1f6a2}`
  const classSpec = {
    facts: [],
    occupies: [],
    filters: [],
    choice: { _tag: 'Sum', scores: [], tie: { seeded: 9_007_199_254_740_991 } },
    priority: -0,
  } as const
  const [cluster, node] = batch(empty, (draft) => {
    const marks = [[[internWord(draft, lone), internWord(draft, '')] as const], []]
    const first = getOrThrow(
      join(draft, { name, capacity: [[0, -0]] as never, attributes: [], marks }),
    )
    const row = getOrThrow(define(draft, classSpec))
    for (const phase of ['assumed', 'leaving'] as const) getOrThrow(bind(draft, row, first, phase))
    giveColumn(draft, internColumn(draft, '__proto__'), [[first, -0]])
    const gone = getOrThrow(join(draft, { name: 'gone', capacity: [], attributes: [], marks: [] }))
    getOrThrow(leave(draft, gone))
    return first
  })
  const after = getOrThrow(decode(encode(cluster)))

  it('are lone surrogates, and texts of any kind', () => {
    expect(findNode(after, name)).toEqual(findNode(cluster, name))
    expect(stateOf(after).words.texts).toEqual(new Map([lone, ''].entries()))
    expect(stateOf(after).inputs.columns.texts).toEqual(new Map([[0, '__proto__']]))
  })

  it('is the sign of 0', () => {
    expect(nodeSpec(after, node)).toEqual(nodeSpec(cluster, node))
    expect(stateOf(after).classes.classes).toEqual([classSpec])
    expect(stateOf(after).inputs.numbers).toEqual(new Map([[0, new Map()]]))
  })

  it('is the generation of a row that is free', () => {
    const joined = [cluster, after].map((from) =>
      batch(from, (draft) =>
        getOrThrow(join(draft, { name: 'next', capacity: [], attributes: [], marks: [] })),
      ),
    )
    expect(joined[1]![1]).toBe(joined[0]![1])
  })
})
