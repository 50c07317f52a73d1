import { refuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { enter, equalToFirst, first, type Entry, type Heap } from './heap.js'

interface Ways {
  readonly enter: typeof enter
  readonly first: typeof first
  readonly equalToFirst: typeof equalToFirst
}
const ways: Ways = { enter, first, equalToFirst }

const anyMoves = fc.array(
  fc.record({ row: fc.nat(9), value: fc.integer({ min: -2, max: 2 }), leaves: fc.boolean() }),
)

/** After every move, against a list of all that stand. */
const findsTheFirst = (by: Ways) =>
  fc.property(anyMoves, (moves) => {
    const heap: Heap = []
    const standing = new Map<number, Entry>()
    const stands = (entry: Entry): boolean => standing.get(entry.row) === entry
    for (const { row, value, leaves } of moves) {
      if (leaves) standing.delete(row)
      else {
        const entry = { row, value, rank: 9 - row }
        standing.set(row, entry)
        by.enter(heap, entry)
      }
      const sorted = [...standing.values()].sort((a, b) => b.value - a.value || a.rank - b.rank)
      expect(by.first(heap, stands)).toBe(sorted[0])
      const equal = new Set(by.equalToFirst(heap, stands))
      expect(equal).toEqual(new Set(sorted.filter(({ value: one }) => one === sorted[0]!.value)))
    }
  })

describe('a heap', () => {
  it('has first what is best of all that stands', () => fc.assert(findsTheFirst(ways)))

  it.each<[string, Partial<Ways>]>([
    ['what is new goes last', { enter: (heap, entry) => void heap.push(entry) }],
    ['what stands no more is still first', { first: (heap) => heap[0] }],
    ['one is enough', { equalToFirst: (heap, stands) => equalToFirst(heap, stands).slice(0, 1) }],
    ['those that went are equal too', { equalToFirst: (heap) => equalToFirst(heap, () => true) }],
  ])('is refuted when %s', (_, broken) => {
    expect(refuted(findsTheFirst({ ...ways, ...broken }))).toBe(true)
  })
})
