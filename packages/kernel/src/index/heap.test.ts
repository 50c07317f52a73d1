import { refuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { depart, enter, equalToFirst, move, newHeap } from './heap.js'

const ways = { enter, depart, move, equalToFirst }
type Ways = typeof ways

const nodes = 10
const anyMoves = fc.array(
  fc.record({
    rank: fc.nat(nodes - 1),
    value: fc.integer({ min: -2, max: 2 }),
    leaves: fc.boolean(),
  }),
  { maxLength: 60 },
)

/** After every move, against a list of all that are in it. */
const hasTheBestFirst = (by: Ways) =>
  fc.property(anyMoves, (moves) => {
    const [heap, places] = [newHeap(), new Int32Array(nodes)]
    const inside = new Map<number, number>()
    for (const { rank, value, leaves } of moves) {
      if (leaves && !inside.has(rank)) continue
      if (leaves) by.depart(heap, places, rank)
      else (inside.has(rank) ? by.move : by.enter)(heap, places, rank, value)
      if (leaves) inside.delete(rank)
      else inside.set(rank, value)
      const sorted = [...inside].sort(([a, one], [b, other]) => other - one || a - b)
      expect(heap.ranks[0]).toBe(sorted[0]?.[0])
      const equal = sorted.filter(([, one]) => one === sorted[0]![1]).map(([one]) => one)
      expect([...by.equalToFirst(heap)].sort((a, b) => a - b)).toEqual(equal)
    }
  })

describe('a heap', () => {
  it('has first what is best of all that is in it', () => fc.assert(hasTheBestFirst(ways)))

  it.each<[string, Partial<Ways>]>([
    [
      'what is new goes last',
      {
        enter: ({ ranks, values }, places, rank, value) => {
          places[rank] = ranks.push(rank) - 1
          values.push(value)
        },
      },
    ],
    ['what went stays', { depart: () => undefined }],
    ['what changed stays where it was', { move: () => undefined }],
    ['one is enough', { equalToFirst: ({ ranks }) => ranks.slice(0, 1) }],
    ['all are equal', { equalToFirst: ({ ranks }) => ranks }],
  ])('is refuted when %s', (_, broken) => {
    expect(refuted(hasTheBestFirst({ ...ways, ...broken }))).toBe(true)
  })
})
