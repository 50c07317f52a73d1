/** Property: the winner of a tournament tree is the best of its entries, after every change. */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tiesBefore, bestLeaf, hasLeaf, newTournament, setLeaf, clearLeaf } from './tournament.js'

const ways = { equalsBefore: tiesBefore, firstIn: bestLeaf, put: setLeaf, takeOut: clearLeaf }
type Ways = typeof ways

const anyMoves = fc.array(
  fc.record({
    node: fc.nat(10),
    value: fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom(-32_767, 32_767)),
    leaves: fc.boolean(),
  }),
  { maxLength: 60 },
)

const anyKind = fc.record({ isInt16: fc.boolean(), hasTies: fc.boolean() })

/** After every move, against a list of all that are in it. */
const hasTheBestFirst = (by: Ways) =>
  fc.property(anyMoves, fc.integer({ min: 1, max: 11 }), anyKind, (moves, nodes, kind) => {
    const tree = newTournament(nodes, kind)
    const inside = new Map<number, number>()
    for (const { node: any, value, leaves } of moves) {
      const node = any % nodes
      if (leaves) by.takeOut(tree, node)
      else by.put(tree, node, value)
      if (leaves) inside.delete(node)
      else inside.set(node, value)
      expect(tree.count).toBe(inside.size)
      expect(Array.from({ length: nodes }, (_, one) => hasLeaf(tree, one))).toEqual(
        Array.from({ length: nodes }, (_, one) => inside.has(one)),
      )
      if (inside.size === 0) continue
      const most = Math.max(...inside.values())
      const equal = [...inside].filter(([, one]) => one === most).map(([one]) => one)
      expect(by.firstIn(tree)).toBe(Math.min(...equal))
      if (!kind.hasTies) continue
      for (let place = 0; place <= tree.leafCount; place++)
        expect(by.equalsBefore(tree, place)).toBe(equal.filter((one) => one < place).length)
    }
  })

describe('a tournament', () => {
  it('has first what is best of all that is in it', () => fc.assert(hasTheBestFirst(ways)))

  it.each<[string, Partial<Ways>]>([
    ['what went stays', { takeOut: () => undefined }],
    [
      'what gets worse keeps its place',
      {
        put: (tree, node, value) => {
          const before = hasLeaf(tree, node) ? tree.values[tree.leafCount + node]! : value
          setLeaf(tree, node, Math.max(before, value))
        },
      },
    ],
    ['one is enough', { equalsBefore: (tree, place) => Math.min(1, tiesBefore(tree, place)) }],
    [
      'all that are in it are counted',
      { equalsBefore: (tree, place) => Math.min(place, tiesBefore(tree, place) + 1) },
    ],
    [
      'the last of the best is first',
      {
        firstIn: ({ leafCount, values }) =>
          Array.from(values.subarray(leafCount)).lastIndexOf(values[1]!),
      },
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(hasTheBestFirst({ ...ways, ...broken }))).toBe(true)
  })
})
