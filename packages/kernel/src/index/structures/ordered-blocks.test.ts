/** Tests the sorted list in blocks against a plain list that is sorted again after each change. */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Amounts } from '../../cluster/column.js'
import type { DimensionId } from '../../rule/id.js'
import { blockSizeMax, type BlockOrder, type Demand } from './block.js'
import {
  firstFit,
  insertRow as insertSorted,
  newOrderedBlocks,
  removeRow,
  type OrderedBlocks,
} from './ordered-blocks.js'

const nodes = 300

/** Few amounts, so that many are equal, and enough moves that blocks are split and merged. */
const anyFree = fc.tuple(fc.integer({ min: -2, max: 9 }), fc.integer({ min: -1, max: 3 }))
const anyMove = fc.record({ row: fc.nat(nodes - 1), free: anyFree, leaves: fc.boolean() })
const anyPhase = fc.record({
  moves: fc.array(anyMove, { minLength: 40, maxLength: 120, size: 'max' }),
  sweep: fc.option(fc.tuple(fc.nat(nodes), fc.boolean(), anyFree)),
})
const anyDemand = fc
  .uniqueArray(fc.tuple(fc.nat(1), fc.integer({ min: 1, max: 9 })), { selector: ([d]) => d })
  .map((demand): Demand => demand)

/** Inserts a node with its free amounts. */
const insertRow = (list: OrderedBlocks, row: number, free: Amounts): void => {
  list.order.free.set(free, row * list.order.width)
  insertSorted(list, row)
}

/** Gives a node other free amounts. */
const moveRow = (list: OrderedBlocks, row: number, free: Amounts): void => {
  removeRow(list, row)
  insertRow(list, row, free)
}

const ways = { firstFit, insertRow, moveRow, removeRow }

const listOf = (order: Omit<BlockOrder, 'free'>): OrderedBlocks =>
  newOrderedBlocks({ ...order, free: new Float64Array(order.width * order.ranks.length) })

const findsTheFirst = (by: typeof ways) =>
  fc.property(
    fc.record({ dimension: fc.nat(1), sign: fc.constantFrom<1 | -1>(1, -1) }),
    fc.array(anyPhase, { maxLength: 4 }),
    fc.array(anyDemand, { minLength: 1, maxLength: 6 }),
    ({ dimension, sign }, phases, demands) => {
      const ranks = Int32Array.from({ length: nodes }, (_, row) => (row * 7) % nodes)
      const order = { dimension: dimension as DimensionId, sign, width: 2, ranks }
      const list = listOf(order)
      const inside = new Map<number, Amounts>()
      for (const { moves, sweep } of phases) {
        for (const { row, free, leaves } of moves)
          move(by, list, inside, row, leaves ? undefined : free)
        if (sweep !== null) {
          const [count, leaves, free] = sweep
          for (let row = 0; row < count; row++)
            move(by, list, inside, row, leaves ? undefined : free)
        }
        expect(rowsOf(list)).toEqual(inOrder(order, inside))
        isSound(list)
        for (const demand of demands)
          expect(by.firstFit(list, demand)).toBe(firstByTheBook(order, inside, demand))
        isSound(list)
      }
    },
  )

/** Puts a node where it belongs, or takes it out. */
const move = (
  by: typeof ways,
  list: OrderedBlocks,
  inside: Map<number, Amounts>,
  row: number,
  amounts: readonly number[] | undefined,
): void => {
  const isInside = inside.has(row)
  if (amounts === undefined) {
    inside.delete(row)
    if (isInside) by.removeRow(list, row)
    return
  }
  const free = Float64Array.from(amounts)
  inside.set(row, free)
  if (isInside) by.moveRow(list, row, free)
  else by.insertRow(list, row, free)
}

type Inside = ReadonlyMap<number, Amounts>
type Sorting = Omit<BlockOrder, 'free' | 'width'>

const firstByTheBook = (order: Sorting, inside: Inside, demand: Demand): number | undefined =>
  inOrder(order, inside).find((row) =>
    demand.every(([dimension, amount]) => inside.get(row)![dimension]! >= amount),
  )

const inOrder = ({ dimension, sign, ranks }: Sorting, inside: Inside): readonly number[] =>
  [...inside]
    .sort(
      ([a, one], [b, other]) =>
        sign * (one[dimension]! - other[dimension]!) || ranks[a]! - ranks[b]!,
    )
    .map(([row]) => row)

type AnyBlock = OrderedBlocks['blocks'][number]

const rowsIn = ({ rows, count }: AnyBlock): readonly number[] => [...rows.subarray(0, count)]

const rowsOf = ({ blocks }: OrderedBlocks): readonly number[] => blocks.flatMap(rowsIn)

/** The most that any node of a block has free, by dimension. */
const mostIn = ({ order: { width, free } }: OrderedBlocks, block: AnyBlock): readonly number[] =>
  Array.from({ length: width }, (_, d) =>
    Math.max(...rowsIn(block).map((row) => free[row * width + d]!)),
  )

/**
 * No block is empty where there are several, none is full, each is found by its first node, and
 * none has more free than it says.
 */
const isSound = (list: OrderedBlocks): void => {
  const { order, blocks, keys } = list
  const counts = blocks.map(({ count }) => count)
  if (counts.length > 1) expect(Math.min(...counts)).toBeGreaterThan(0)
  expect(Math.max(...counts)).toBeLessThan(blockSizeMax)
  const begin = blocks.map(
    ({ rows }) => order.sign * order.free[rows[0]! * order.width + order.dimension]!,
  )
  if (rowsOf(list).length > 0) expect(keys).toEqual(begin)
  expect(keys).toHaveLength(blocks.length)
  for (const block of blocks)
    mostIn(list, block).forEach((most, d) => expect(block.freeMax[d]).toBeGreaterThanOrEqual(most))
}

describe('a list of nodes in blocks', () => {
  it('finds the first of all that have room', () => fc.assert(findsTheFirst(ways)))

  it.each<[string, Partial<typeof ways>]>([
    ['what left stays', { removeRow: () => undefined }],
    ['what moved stays where it was', { moveRow: () => undefined }],
    [
      'only the first dimension is demanded',
      {
        firstFit: (list, demand) =>
          firstFit(
            list,
            demand.filter(([d]) => d === 0),
          ),
      },
    ],
    [
      'equals come as they came',
      {
        insertRow: (list, row, free) => {
          const ranks = list.order.ranks.slice()
          ranks[row] = nodes
          insertRow({ ...list, order: { ...list.order, ranks } }, row, free)
        },
      },
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(findsTheFirst({ ...ways, ...broken }))).toBe(true)
  })
})

describe('the blocks of a list', () => {
  const filled = (
    count: number,
    freeOf: (row: number) => readonly [number, number],
    sign: 1 | -1 = 1,
  ): OrderedBlocks => {
    const ranks = Int32Array.from({ length: Math.max(count, 64) }, (_, row) => row)
    const list = listOf({ dimension: 0 as DimensionId, sign, width: 2, ranks })
    for (let row = 0; row < count; row++) insertRow(list, row, Float64Array.from(freeOf(row)))
    return list
  }
  const countsOf = ({ blocks }: OrderedBlocks): readonly number[] =>
    blocks.map(({ count }) => count)

  it('are split when they are full, and know the most of each half', () => {
    const list = filled(63, (row) => [row, 100 - row])
    expect(countsOf(list)).toEqual([63])
    insertRow(list, 63, Float64Array.of(70, 3))
    expect(countsOf(list)).toEqual([32, 32])
    expect(list.blocks.map(({ freeMax }) => [...freeMax])).toEqual(
      list.blocks.map((block) => mostIn(list, block)),
    )
  })

  it('are split between equals by rank', () => {
    expect(filled(64, () => [7, 1]).blocks.map(rowsIn)).toEqual([
      Array.from({ length: 32 }, (_, row) => row),
      Array.from({ length: 32 }, (_, row) => 32 + row),
    ])
  })

  it('are merged when there is little in both, and go when nothing is', () => {
    const list = filled(64, (row) => [row, 100 - row])
    for (let row = 8; row < 32; row++) removeRow(list, row)
    for (let row = 63; row > 40; row--) removeRow(list, row)
    expect(countsOf(list)).toEqual([8, 9])
    removeRow(list, 7)
    expect(countsOf(list)).toEqual([16])
    isSound(list)
    for (const row of rowsOf(list)) removeRow(list, row)
    expect(countsOf(list)).toEqual([0])
    const two = filled(64, (row) => [row, 0])
    for (let row = 0; row < 32; row++) removeRow(two, row)
    expect(countsOf(two)).toEqual([32])
    isSound(two)
  })

  it('may be any number, and as many again', () => {
    const list = filled(3_000, (row) => [(row * 7) % 3_000, 0])
    isSound(list)
    expect(list.blocks.length).toBeGreaterThan(47)
    for (let row = 0; row < 3_000; row++) removeRow(list, row)
    expect(countsOf(list)).toEqual([0])
    for (let row = 0; row < 3_000; row++)
      insertRow(list, row, Float64Array.of((row * 7) % 3_000, 0))
    isSound(list)
    expect(rowsOf(list)).toHaveLength(3_000)
  })

  it('are searched from the first that has just enough, whatever block that is in', () => {
    const list = filled(0, () => [0, 0])
    for (let row = 33; row < 64; row++) insertRow(list, row, Float64Array.of(1, 0))
    for (let row = 0; row < 33; row++) insertRow(list, row, Float64Array.of(5, 0))
    expect(list.blocks.map(({ rows }) => rows[0])).toEqual([33, 1])
    expect(firstFit(list, [[0, 5]])).toBe(0)
  })

  /** How often it is looked at what single nodes have free. */
  const looksAt = (list: OrderedBlocks, demand: Demand): number => {
    let looks = 0
    const free = new Proxy(list.order.free, {
      get: (target, name) => {
        looks++
        return target[name as unknown as number]
      },
    })
    firstFit({ ...list, order: { ...list.order, free } }, demand)
    return looks
  }

  it('are skipped where no node has enough', () => {
    for (const count of [10, 600])
      expect(
        looksAt(
          filled(count, (row) => [row, 1], -1),
          [[1, 2]],
        ),
      ).toBe(0)
  })

  it('are skipped where all have too little of what they are sorted by', () => {
    const list = filled(600, (row) => [row, 1])
    const demand: Demand = [
      [1, 1],
      [0, 400],
    ]
    // Six to find the place in the block, and one for each dimension of the node there.
    expect(looksAt(list, demand)).toBeLessThan(9)
    expect(looksAt(list, demand.slice(1))).toBeLessThan(8)
  })

  it('are searched in vain once', () => {
    const list = filled(10, (row) => [row, row === 4 ? 9 : 1], -1)
    moveRow(list, 4, Float64Array.of(4, 1))
    const [block] = list.blocks
    expect([...block!.freeMax]).toEqual([9, 9])
    // At least once at each node, and at both dimensions of all for what is the most.
    expect(looksAt(list, [[1, 2]])).toBeGreaterThanOrEqual(10 + 20)
    expect([...block!.freeMax]).toEqual([9, 1])
    expect(looksAt(list, [[1, 2]])).toBe(0)
  })
})
