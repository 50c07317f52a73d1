/** A line of nodes against a list that is sorted anew each time. */
import { refuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Amounts } from '../../cluster/column.js'
import type { DimensionId } from '../../rule/id.js'
import { sortKey, type BlockOrder, type Demand } from './block.js'
import {
  firstFit,
  newOrderedBlocks,
  insertRow,
  updateRow,
  removeRow,
  type OrderedBlocks,
} from './ordered-blocks.js'

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

const ways = {
  firstWithRoom: firstFit,
  putInLine: insertRow,
  retellInLine: updateRow,
  takeFromLine: removeRow,
}

const findsTheFirst = (by: typeof ways) =>
  fc.property(
    fc.record({ dimension: fc.nat(1), sign: fc.constantFrom<1 | -1>(1, -1) }),
    fc.array(anyPhase, { maxLength: 4 }),
    fc.array(anyDemand, { minLength: 1, maxLength: 6 }),
    (ordering, phases, demands) => {
      const ranks = Int32Array.from({ length: nodes }, (_, row) => (row * 7) % nodes)
      const sorting = { ...ordering, dimension: ordering.dimension as DimensionId, width: 2, ranks }
      const line = newOrderedBlocks(sorting)
      const inside = new Map<number, Amounts>()
      for (const { moves, sweep } of phases) {
        for (const { row, left, leaves } of moves)
          move(by, line, inside, row, leaves ? undefined : left)
        if (sweep !== null) {
          const [count, leaves, left] = sweep
          for (let row = 0; row < count; row++)
            move(by, line, inside, row, leaves ? undefined : left)
        }
        expect(toldBy(line)).toEqual(inOrder(sorting, inside))
        standsWell(line)
        for (const demand of demands)
          expect(by.firstWithRoom(line, demand)).toBe(firstByTheBook(sorting, inside, demand))
      }
    },
  )

/** Puts a node where it belongs, or takes it out. */
const move = (
  by: typeof ways,
  line: OrderedBlocks,
  inside: Map<number, Amounts>,
  row: number,
  amounts: readonly number[] | undefined,
): void => {
  const { order } = line
  const before = inside.get(row)
  const left = amounts === undefined ? undefined : Float64Array.from(amounts)
  if (left === undefined) inside.delete(row)
  else inside.set(row, left)
  if (before !== undefined && left !== undefined && sortKey(order, before) === sortKey(order, left))
    return by.retellInLine(line, row, left)
  if (before !== undefined) by.takeFromLine(line, row, sortKey(order, before))
  if (left !== undefined) by.putInLine(line, row, left)
}

const firstByTheBook = (
  sorting: BlockOrder,
  inside: ReadonlyMap<number, Amounts>,
  demand: Demand,
): number | undefined =>
  inOrder(
    sorting,
    [...inside].filter(([, left]) =>
      demand.every(([dimension, amount]) => left[dimension]! >= amount),
    ),
  )[0]

const inOrder = (
  sorting: BlockOrder,
  inside: Iterable<readonly [row: number, left: Amounts]>,
): readonly number[] =>
  [...inside]
    .sort(
      ([a, one], [b, other]) =>
        sortKey(sorting, one) - sortKey(sorting, other) || sorting.ranks[a]! - sorting.ranks[b]!,
    )
    .map(([row]) => row)

const toldBy = ({ blocks }: OrderedBlocks): readonly number[] =>
  blocks.flatMap(({ count, rows }) => [...rows.subarray(0, count)])

/** The most that any node of a block has left, by dimension. */
const mostIn = (
  { order: { width } }: OrderedBlocks,
  { count, free }: OrderedBlocks['blocks'][number],
) =>
  Array.from({ length: width }, (_, d) =>
    Math.max(...Array.from({ length: count }, (_, at) => free[at * width + d]!)),
  )

/**
 * No block is empty where there are several, each is found by its first node, and none has more
 * left than it says.
 */
const standsWell = (line: OrderedBlocks): void => {
  const { order, blocks, keys } = line
  if (blocks.length > 1) expect(blocks.map(({ count }) => count)).not.toContain(0)
  const begin = blocks.map(({ free }) => sortKey(order, free))
  if (toldBy(line).length > 0) expect([...keys.subarray(0, blocks.length)]).toEqual(begin)
  for (const block of blocks)
    mostIn(line, block).forEach((most, d) => expect(block.freeMax[d]).toBeGreaterThanOrEqual(most))
}

describe('a line of nodes', () => {
  it('has first what comes first of all that have room', () => fc.assert(findsTheFirst(ways)))

  it.each<[string, Partial<typeof ways>]>([
    ['what went stays', { takeFromLine: () => undefined }],
    ['what keeps its key keeps all', { retellInLine: () => undefined }],
    [
      'only the first dimension is asked for',
      {
        firstWithRoom: (line, demand) =>
          firstFit(
            line,
            demand.filter(([d]) => d === 0),
          ),
      },
    ],
    [
      'equals come as they came',
      {
        putInLine: (line, row, left) => {
          const ranks = line.order.ranks.slice()
          ranks[row] = nodes
          insertRow({ ...line, order: { ...line.order, ranks } }, row, left)
        },
      },
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(refuted(findsTheFirst({ ...ways, ...broken }))).toBe(true)
  })
})

describe('the blocks of a line', () => {
  const lineOf = (
    count: number,
    leftOf: (row: number) => readonly [number, number],
    sign: 1 | -1 = 1,
  ): OrderedBlocks => {
    const ranks = Int32Array.from({ length: count }, (_, row) => row)
    const line = newOrderedBlocks({ dimension: 0 as DimensionId, sign, width: 2, ranks })
    for (let row = 0; row < count; row++) insertRow(line, row, Float64Array.from(leftOf(row)))
    return line
  }
  const countsOf = ({ blocks }: OrderedBlocks): readonly number[] =>
    blocks.map(({ count }) => count)

  it('are split when they are full, and know the most of each half', () => {
    const line = lineOf(63, (row) => [row, 100 - row])
    expect(countsOf(line)).toEqual([63])
    insertRow(line, 62, Float64Array.of(70, 3))
    expect(countsOf(line)).toEqual([32, 32])
    expect(line.blocks.map(({ freeMax }) => [...freeMax])).toEqual(
      line.blocks.map((block) => mostIn(line, block)),
    )
  })

  it('are put together when little is left of both, and go when nothing is', () => {
    const line = lineOf(64, (row) => [row, 100 - row])
    for (let row = 8; row < 32; row++) removeRow(line, row, row)
    for (let row = 63; row > 40; row--) removeRow(line, row, row)
    expect(countsOf(line)).toEqual([8, 9])
    removeRow(line, 7, 7)
    expect(countsOf(line)).toEqual([16])
    expect([...line.blocks[0]!.freeMax]).toEqual(mostIn(line, line.blocks[0]!))
    standsWell(line)
    for (const row of toldBy(line)) removeRow(line, row, row)
    expect(countsOf(line)).toEqual([0])
    const two = lineOf(64, (row) => [row, 0])
    for (let row = 0; row < 32; row++) removeRow(two, row, row)
    expect(countsOf(two)).toEqual([32])
    standsWell(two)
  })

  it('may be any number, whose first nodes take no more room than twice theirs', () => {
    const line = lineOf(3_000, (row) => [(row * 7) % 3_000, 0])
    standsWell(line)
    expect(line.blocks.length).toBeGreaterThan(32)
    expect(line.keys.length).toBe(2 ** Math.ceil(Math.log2(line.blocks.length)))
    for (let row = 0; row < 3_000; row += 2) removeRow(line, row, (row * 7) % 3_000)
    standsWell(line)
    expect(toldBy(line).length).toBe(1_500)
  })

  it('are asked from the first that has just enough, whatever block that is in', () => {
    const ranks = Int32Array.from({ length: 64 }, (_, row) => row)
    const line = newOrderedBlocks({ dimension: 0 as DimensionId, sign: 1, width: 2, ranks })
    for (let row = 33; row < 64; row++) insertRow(line, row, Float64Array.of(1, 0))
    for (let row = 0; row < 33; row++) insertRow(line, row, Float64Array.of(5, 0))
    expect(line.blocks.map(({ rows }) => rows[0])).toEqual([33, 1])
    expect(firstFit(line, [[0, 5]])).toBe(0)
  })

  /** How often it is looked at what single nodes of a block have left. */
  const looksAt = (line: OrderedBlocks, demand: Demand): number => {
    let looks = 0
    const blocks = line.blocks.map((block) => ({
      get count() {
        return block.count
      },
      rows: block.rows,
      freeMax: block.freeMax,
      get free() {
        looks++
        return block.free
      },
    }))
    firstFit({ ...line, blocks }, demand)
    return looks
  }

  it('are passed at a glance where no node has enough', () => {
    expect(
      looksAt(
        lineOf(10, (row) => [row, 1], -1),
        [[1, 2]],
      ),
    ).toBe(0)
    expect(
      looksAt(
        lineOf(600, (row) => [row, 1], -1),
        [[1, 2]],
      ),
    ).toBe(0)
  })

  it('are passed where all have too little of what they stand by', () => {
    // One look to find the place in the block, and one at the node there.
    expect(
      looksAt(
        lineOf(600, (row) => [row, 1]),
        [[0, 400]],
      ),
    ).toBe(2)
    const two: Demand = [
      [1, 1],
      [0, 400],
    ]
    expect(
      looksAt(
        lineOf(600, (row) => [row, 1]),
        two,
      ),
    ).toBe(2)
  })

  it('are looked through in vain once', () => {
    const line = lineOf(10, (row) => [row, row === 4 ? 9 : 1], -1)
    updateRow(line, 4, Float64Array.of(4, 1))
    expect(line.blocks[0]!.freeMax[1]).toBe(9)
    // One look to find the place, ten at nodes, and one at all of them for what is the most.
    expect(looksAt(line, [[1, 2]])).toBe(12)
    expect([...line.blocks[0]!.freeMax]).toEqual([9, 1])
    expect(looksAt(line, [[1, 2]])).toBe(0)
  })
})
