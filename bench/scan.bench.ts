/**
 * Times the scan, which decides by looking at every node, and compares its cost per node with a
 * bare loop that does only the same arithmetic on arrays of numbers.
 */
import { cpu, memory, nodeIds, nodeSpec, slots, type DimensionId } from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { placedNames } from './placed.js'
import type { Suite } from './suite.js'
import { plainClass, seededWorld, type World } from './world.js'

/** Placements of one run: each sees those before it. */
const placements = 50

interface Columns {
  readonly names: readonly string[]
  readonly capacity: readonly Float64Array[]
  readonly load: readonly Float64Array[]
}

const columnsOf = ({ cluster }: World): Columns => {
  const specs = nodeIds(cluster).flatMap((id) => {
    const spec = nodeSpec(cluster, id)
    return O.isSome(spec) ? [spec.value] : []
  })
  const column = (dimension: DimensionId): Float64Array =>
    Float64Array.from(specs, ({ capacity }) => capacity.find(([d]) => d === dimension)?.[1] ?? 0)
  const capacity = [cpu, memory, slots].map(column)
  return {
    names: specs.map(({ name }) => name),
    capacity,
    load: capacity.map(({ length }) => new Float64Array(length)),
  }
}

const [cpuAsked = 0, memoryAsked = 0, slotsAsked = 0] = plainClass.occupies.map(
  ([, amount]) => amount,
)

/** The lowest row with the highest score. */
const bareDecision = ({ capacity, load }: Columns): number => {
  const [c0, c1, c2] = capacity as [Float64Array, Float64Array, Float64Array]
  const [l0, l1, l2] = load as [Float64Array, Float64Array, Float64Array]
  let best = -1
  let chosen = -1
  for (let i = 0; i < c0.length; i++) {
    const free0 = c0[i]! - l0[i]! - cpuAsked
    const free1 = c1[i]! - l1[i]! - memoryAsked
    if (free0 < 0 || free1 < 0 || c2[i]! - l2[i]! < slotsAsked) continue
    const shares = Math.floor((free0 * 100) / c0[i]!) + Math.floor((free1 * 100) / c1[i]!)
    const score = Math.floor(shares / 2)
    if (score > best) {
      best = score
      chosen = i
    }
  }
  return chosen
}

const bareRun = (columns: Columns): readonly string[] => {
  for (const column of columns.load) column.fill(0)
  return Array.from({ length: placements }, () => {
    const row = bareDecision(columns)
    columns.load[0]![row]! += cpuAsked
    columns.load[1]![row]! += memoryAsked
    columns.load[2]![row]! += slotsAsked
    return columns.names[row]!
  })
}

const kernelRun = ({ cluster, plain }: World): readonly string[] =>
  placedNames(cluster, plain, placements, 'scan')

export const scan: Suite = {
  name: 'the scan, by the book: one plain class',
  sizes: { smoke: [16], full: [100, 1_000, 5_000, 10_000] },
  unit: 'ns per node',
  cases: (size) => {
    const world = seededWorld(42, size)
    const columns = columnsOf(world)
    const answers = [kernelRun(world), bareRun(columns)]
    return {
      perRun: placements * size,
      rows: [
        { name: 'kernel', run: () => kernelRun(world), answers },
        { name: 'bare loop', run: () => bareRun(columns), answers },
      ],
    }
  },
}
