/**
 * What stands in the place of `index/loop.ts` of the kernel: the same, in WebAssembly, on the same
 * nodes and classes.
 */
import type { Asked, Curve } from '../../packages/kernel/src/index/asked.js'
import type { Layout } from '../../packages/kernel/src/index/layout.js'
import {
  openRun as openInScript,
  rowsAtOnce,
  type Run,
} from '../../packages/kernel/src/index/loop.js'
import type { Holdings } from '../../packages/kernel/src/index/holdings.js'
import { doubles, instantiated, integers, shorts } from './memory.js'

export { rowsAtOnce }

/** Put here when the bench is bundled. */
declare const compiledLoop: string

const compiled = instantiated(compiledLoop) as {
  readonly look: (run: number, count: number) => void
  readonly firsts: (run: number) => number
}

interface RunInMemory extends Run {
  /** Where it is told to the loop. */
  readonly place: number
}

export const openRun = (holdings: Holdings, layout: Layout, asked: Asked): RunInMemory => {
  const cells = cellsInMemory(holdings)
  const { kinds, leaves, rows, starts, sizes } = layoutInMemory(layout)
  const run = openInScript(holdings, layout, asked)
  const [values, counts, told] = [shorts(run.values), integers(run.counts), integers(run.rows)]
  const arrays = [
    cells,
    doubles(numbersIn(asked)),
    kinds,
    leaves,
    rows,
    starts,
    sizes,
    values,
    counts,
    told,
  ]
  const { byteOffset: place } = integers([
    ...arrays.map(({ byteOffset }) => byteOffset),
    holdings.width,
    sizes.length,
  ])
  return { ...run, values, counts, rows: told, place }
}

const numbersIn = ({ free, least, balance }: Asked): readonly number[] => {
  const pair = ({ one, other, amount, otherAmount }: Curve) => [one, other, amount, otherAmount]
  const weighed = [least.weight, least.otherWeight, least.factor]
  return [...free, ...pair(least), ...weighed, ...pair(balance), balance.factor]
}

/** From now on the holdings are told there. */
const cellsInMemory = (holdings: Holdings): Holdings['cells'] => {
  if (!moved.has(holdings)) Object.assign(holdings, { cells: doubles(holdings.cells) })
  moved.add(holdings)
  return holdings.cells
}
const moved = new WeakSet<Holdings>()

const layoutInMemory = (layout: Layout): Layout => {
  const before = layouts.get(layout)
  if (before !== undefined) return before
  const made = {
    kinds: integers(layout.kinds),
    leaves: integers(layout.leaves),
    rows: integers(layout.rows),
    starts: integers(layout.starts),
    sizes: integers(layout.sizes),
  }
  layouts.set(layout, made)
  return made
}
const layouts = new WeakMap<Layout, Layout>()

export const look = (run: Run, count: number): void => {
  compiled.look((run as RunInMemory).place, count)
}

export const firsts = (run: Run): number => compiled.firsts((run as RunInMemory).place)
