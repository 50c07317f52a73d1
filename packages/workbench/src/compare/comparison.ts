/**
 * Answers the question `compare`: plans the same workloads three times (all on EC2, all on Fargate,
 * each where it asks to run) and puts the results side by side.
 */
import { warningOrder, type IgnoredDocument, type Warning } from '@stowage/documents'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { byCodeUnit } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { billOf, type Bill } from '../bill/bill.js'
import type { PriceList } from '../machines/price-list.js'
import type { Platform } from '../platform/platform.js'
import { worldIds, type WorldId, type Worlds } from '../platform/worlds.js'
import { noMachines, type Question, type QuestionPart } from '../question/question.js'
import type { Faults } from '../text/fault.js'
import { worldSummary, type WorldSummary } from './summary.js'
import { countInWorld, workloadInWorld, type WorkloadInWorld } from './workload.js'

/** The answer to `compare`. */
export interface Comparisons {
  readonly comparisons: readonly Comparison[]
  readonly ignored: readonly IgnoredDocument[]
  /** Whether every replica has a place in every world. */
  readonly isPlaced: boolean
}

/** The three worlds of one platform. */
export interface Comparison {
  readonly platform: Platform
  /** By name, in code-unit order. */
  readonly workloads: readonly WorkloadComparison[]
  readonly worlds: Readonly<Record<WorldId, WorldSummary>>
  /** Absent without prices. */
  readonly bills?: Readonly<Record<WorldId, Bill>>
  readonly warnings: readonly Warning[]
}

/** One workload in each world. */
export interface WorkloadComparison extends Readonly<Record<WorldId, WorkloadInWorld>> {
  readonly name: string
  /** The name of its cluster; absent when there is one cluster only. */
  readonly cluster?: string
  /** How many replicas it asks for in the mixed world. */
  readonly count: number
  /** The fields that must change before Fargate takes it. */
  readonly changes: readonly string[]
}

/** Compares the worlds; a `Left` names each platform without worlds or without machines. */
export const compareWorlds = (
  { parts, ignored }: Question,
  prices?: PriceList,
): E.Either<Faults, Comparisons> => {
  const faults = parts.flatMap(faultsIn)
  if (faults.length > 0) return E.left(faults)
  const comparisons = parts.flatMap(({ platform, planner: { worlds } }) =>
    worlds === undefined ? [] : [comparisonOf(platform, worlds(), prices)],
  )
  return E.right({ comparisons, ignored, isPlaced: comparisons.every(hasAllPlaces) })
}

const faultsIn = (part: QuestionPart): Faults => {
  const { platform, planner } = part
  if (planner.worlds === undefined)
    return [
      {
        ...{ from: '--compare', at: [], found: `workloads of ${platform.title}` },
        expected: 'task definitions and services of Amazon ECS alone',
      },
    ]
  const expected = 'some among the files, or --nodes TYPE=COUNT'
  return planner.hasMachines ? [] : [{ ...noMachines(part), expected }]
}

const comparisonOf = (
  platform: Platform,
  worlds: Worlds,
  prices: PriceList | undefined,
): Comparison => ({
  platform,
  workloads: [...worlds.terms]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([name]) => workloadComparison(worlds, name)),
  worlds: byWorld((id) => worldSummary(worlds[id])),
  ...(prices === undefined ? {} : { bills: byWorld((id) => billOf(worlds[id], worlds, prices)) }),
  warnings: uniqueWarnings(worldIds.flatMap((id) => worlds[id].warnings)),
})

const byWorld = <Value>(of: (id: WorldId) => Value): Readonly<Record<WorldId, Value>> => ({
  ...{ ec2: of('ec2'), fargate: of('fargate'), mixed: of('mixed') },
})

const workloadComparison = (worlds: Worlds, name: string): WorkloadComparison => {
  const inWorlds = byWorld((id) => workloadInWorld(worlds[id], name))
  const changes = worlds.changes.get(name) ?? []
  const cluster = worlds.mixed.clusters?.get(name)
  return {
    ...{ name, ...inWorlds, count: countInWorld(inWorlds.mixed), changes },
    ...(cluster === undefined ? {} : { cluster }),
  }
}

/** Plans of the same workloads repeat each other's warnings. */
export const uniqueWarnings = (warnings: readonly Warning[]): readonly Warning[] =>
  RA.sort(warningOrder)([...new Map(warnings.map((one) => [JSON.stringify(one), one])).values()])

const hasAllPlaces = ({ worlds }: Comparison): boolean =>
  worldIds.every((id) => worlds[id].unplaced === 0)
