/**
 * Replaces `index/structures/flat-loop.ts` of the kernel in a bundle of the WebAssembly bench: has
 * the same exports, which call the compiled loop of `loop.as.ts`.
 */
import type { FlatLayout } from '../../packages/kernel/src/index/structures/flat-layout.js'
import {
  batchRows,
  newLoopState as newInScript,
  type LoopQuery,
  type LoopState,
  type PairScore,
} from '../../packages/kernel/src/index/structures/flat-loop.js'
import type { NodeRecords } from '../../packages/kernel/src/index/structures/node-records.js'
import { doubles, instantiated, integers, shorts } from './memory.js'

export { batchRows }

/** Defined when the bench is bundled: the path of the compiled loop. */
declare const compiledLoop: string

const compiled = instantiated(compiledLoop) as {
  readonly rescore: (loop: number, count: number) => void
  readonly bestPerPartition: (loop: number) => number
}

interface LoopInMemory extends LoopState {
  /** The address of the integers that describe the loop to WebAssembly. */
  readonly address: number
}

export const newLoopState = (
  records: NodeRecords,
  layout: FlatLayout,
  query: LoopQuery,
): LoopInMemory => {
  const amounts = amountsInMemory(records)
  const { partitionOf, leafOf, rowAt, starts, sizes } = layoutInMemory(layout)
  const loop = newInScript(records, layout, query)
  const [values, counts, rows] = [shorts(loop.values), integers(loop.counts), integers(loop.rows)]
  const arrays = [
    amounts,
    doubles(numbersIn(query)),
    partitionOf,
    leafOf,
    rowAt,
    starts,
    sizes,
    values,
    counts,
    rows,
  ]
  const { byteOffset: address } = integers([
    ...arrays.map(({ byteOffset }) => byteOffset),
    records.width,
    sizes.length,
  ])
  return { ...loop, values, counts, rows, address }
}

const numbersIn = ({ freeMin, freeShare, balance }: LoopQuery): readonly number[] => {
  const pair = ({ first, second, firstAmount, secondAmount }: PairScore) => [
    first,
    second,
    firstAmount,
    secondAmount,
  ]
  const weighted = [freeShare.firstWeight, freeShare.secondWeight, freeShare.factor]
  return [...freeMin, ...pair(freeShare), ...weighted, ...pair(balance), balance.factor]
}

/** Moves the amounts into the memory of WebAssembly, once; the kernel writes them there too. */
const amountsInMemory = (records: NodeRecords): NodeRecords['amounts'] => {
  if (!moved.has(records)) Object.assign(records, { amounts: doubles(records.amounts) })
  moved.add(records)
  return records.amounts
}
const moved = new WeakSet<NodeRecords>()

const layoutInMemory = (layout: FlatLayout): FlatLayout => {
  const before = layouts.get(layout)
  if (before !== undefined) return before
  const made = {
    ...layout,
    partitionOf: integers(layout.partitionOf),
    leafOf: integers(layout.leafOf),
    rowAt: integers(layout.rowAt),
    starts: integers(layout.starts),
    sizes: integers(layout.sizes),
  }
  layouts.set(layout, made)
  return made
}
const layouts = new WeakMap<FlatLayout, FlatLayout>()

export const rescore = (loop: LoopState, count: number): void => {
  compiled.rescore((loop as LoopInMemory).address, count)
}

/** Leaves are emptied where nodes leave, which none does in the bench. */
export const clearLeafAt = (): never => {
  throw new Error('no node may leave: the leaves are in the memory of WebAssembly')
}

export const bestPerPartition = (loop: LoopState): number =>
  compiled.bestPerPartition((loop as LoopInMemory).address)
