/** A line of nodes against a list that is sorted anew each time. */
import { refuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Amounts } from '../cluster/column.js'
import type { Dimension } from '../rule/id.js'
import {
  firstWithRoom,
  keyOf,
  newLine,
  putInLine,
  retellInLine,
  takeFromLine,
  type Demand,
  type Line,
  type Sorting,
} from './line.js'

const nodes = 300

/** Few amounts, so that many are equal, and enough moves that blocks are split and put together. */
const anyLeft = fc.tuple(fc.integer({ min: -2, max: 9 }), fc.integer({ min: -1, max: 3 }))
const anyMove = fc.record({ row: fc.nat(nodes - 1), left: anyLeft, leaves: fc.boolean() })
const anyPhase = fc.record({
  moves: fc.array(anyMove, { minLength: 40, maxLength: 120, size: 'max' }),
  sweep: fc.option(fc.tuple(fc.nat(nodes), fc.boolean(), anyLeft)),
})
const anyDemand = fc
  .uniqueArray(fc.tuple(fc.nat(1), fc.integer({ min: 1, max: 9 })), { selector: ([d]) => d })
  .map((demand): Demand => demand)

const ways = { firstWithRoom, putInLine, retellInLine, takeFromLine }

const findsTheFirst = (by: typeof ways) =>
  fc.property(
    fc.record({ dimension: fc.nat(1), sign: fc.constantFrom<1 | -1>(1, -1) }),
    fc.array(anyPhase, { maxLength: 4 }),
    fc.array(anyDemand, { minLength: 1, maxLength: 6 }),
    (ordering, phases, demands) => {
      const ranks = Int32Array.from({ length: nodes }, (_, row) => (row * 7) % nodes)
      const sorting = { ...ordering, dimension: ordering.dimension as Dimension, width: 2, ranks }
      const line = newLine(sorting)
      const inside = new Map<number, Amounts>()
      for (const { moves, sweep } of phases) {
        for (const { row, left, leaves } of moves)
          move(by, line, inside, row, leaves ? undefined : left)
        if (sweep !== null) {
          const [count, leaves, left] = sweep
          for (let row = 0; row < count; row++)
            move(by, line, inside, row, leaves ? undefined : left)
        }
        for (const demand of demands)
          expect(by.firstWithRoom(line, demand)).toBe(firstByTheBook(sorting, inside, demand))
      }
    },
  )

/** Puts a node where it belongs, or takes it out. */
const move = (
  by: typeof ways,
  line: Line,
  inside: Map<number, Amounts>,
  row: number,
  amounts: readonly number[] | undefined,
): void => {
  const { sorting } = line
  const before = inside.get(row)
  const left = amounts === undefined ? undefined : Float64Array.from(amounts)
  if (left === undefined) inside.delete(row)
  else inside.set(row, left)
  if (before !== undefined && left !== undefined && keyOf(sorting, before) === keyOf(sorting, left))
    return by.retellInLine(line, row, left)
  if (before !== undefined) by.takeFromLine(line, row, keyOf(sorting, before))
  if (left !== undefined) by.putInLine(line, row, left)
}

const firstByTheBook = (
  sorting: Sorting,
  inside: ReadonlyMap<number, Amounts>,
  demand: Demand,
): number | undefined =>
  [...inside]
    .filter(([, left]) => demand.every(([dimension, amount]) => left[dimension]! >= amount))
    .sort(
      ([a, one], [b, other]) =>
        keyOf(sorting, one) - keyOf(sorting, other) || sorting.ranks[a]! - sorting.ranks[b]!,
    )
    .map(([row]) => row)[0]

describe('a line of nodes', () => {
  it('has first what comes first of all that have room', () => fc.assert(findsTheFirst(ways)))

  it.each<[string, Partial<typeof ways>]>([
    ['what went stays', { takeFromLine: () => undefined }],
    ['what keeps its key keeps all', { retellInLine: () => undefined }],
    [
      'only the first dimension is asked for',
      {
        firstWithRoom: (line, demand) =>
          firstWithRoom(
            line,
            demand.filter(([d]) => d === 0),
          ),
      },
    ],
    [
      'equals come as they came',
      {
        putInLine: (line, row, left) => {
          const ranks = line.sorting.ranks.slice()
          ranks[row] = nodes
          putInLine({ ...line, sorting: { ...line.sorting, ranks } }, row, left)
        },
      },
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(refuted(findsTheFirst({ ...ways, ...broken }))).toBe(true)
  })
})
