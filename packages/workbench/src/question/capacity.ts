/**
 * Answers the question `capacity`: what the machines have and how much of it existing replicas use
 * (replicas that wait are ignored), and how many more replicas of a workload fit on the machines.
 */
import { nearestNames, type DocumentFault, type Warning } from '@stowage/documents'
import { byCodeUnit, renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { Headroom, Note } from '../platform/explanation.js'
import type { MachineRow } from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'
import type { Faults } from '../text/fault.js'
import { unknownName } from './explain.js'
import type { Question, QuestionPart } from './question.js'

/** The machines of each platform. */
export interface Capacities {
  readonly capacities: readonly Capacity[]
}

/** The machines of one platform, with what they have and use. */
export interface Capacity {
  readonly platform: Platform
  readonly machines: readonly MachineRow[]
  readonly warnings: readonly Warning[]
}

/** How many more replicas of each workload fit that a name may mean. */
export interface Headrooms {
  readonly headrooms: readonly WorkloadHeadroom[]
  /** Whether one more of each fits. */
  readonly isPlaced: boolean
}

/** The headroom of one workload, and its platform. */
export type WorkloadHeadroom = (Headroom | Note) & {
  readonly platform: Platform
  readonly name: string
}

/** What is asked of the machines. */
export interface CapacityOptions {
  /** The name of a resource: the machine of which most is used comes first. Default: by name. */
  readonly sort?: string | undefined
  /** The name of a workload: how many more of it fit is the answer. */
  readonly of?: string | undefined
}

/**
 * The machines, or how many more replicas fit of every workload that `of` may mean. A `Left` says
 * that no machine has the resource, or that no workload has the name.
 */
export const measureCapacity = (
  question: Question,
  { sort, of }: CapacityOptions,
): E.Either<Faults, Capacities | Headrooms> =>
  of === undefined ? sortedCapacities(question, sort) : headroomsOf(question, of)

const sortedCapacities = (
  { parts }: Question,
  sort: string | undefined,
): E.Either<Faults, Capacities> => {
  const capacities = parts.map(capacityOf)
  if (sort === undefined || sort === 'name') return E.right({ capacities })
  const key = sort.toLowerCase()
  const names = resourcesIn(capacities)
  if (!names.includes(key)) return E.left([unknownResource(sort, names)])
  return E.right({
    capacities: capacities.map((one) => ({ ...one, machines: byShare(one.machines, key) })),
  })
}

const capacityOf = ({ platform, planner }: QuestionPart): Capacity => {
  const { plan, warnings } = planner.state()
  return { platform, machines: plan.nodes, warnings }
}

const resourcesIn = (capacities: readonly Capacity[]): readonly string[] => [
  ...new Set(
    capacities.flatMap(({ machines }) =>
      machines.flatMap(({ gauges }) => gauges.map(({ resource }) => resource.toLowerCase())),
    ),
  ),
]

const unknownResource = (sort: string, names: readonly string[]): DocumentFault => {
  const near = nearestNames(sort, new Set(names), sort.length)
  const all = ['name', ...(near.length === 0 ? names : near)]
  return { from: '--sort', at: [], found: renderValue(sort), expected: `one of ${all.join(', ')}` }
}

/** The machine of which most is used first; of equal ones by name. */
const byShare = (machines: readonly MachineRow[], resource: string): readonly MachineRow[] => {
  const shareOn = ({ gauges }: MachineRow): number => {
    const gauge = gauges.find((one) => one.resource.toLowerCase() === resource)
    return gauge === undefined ? -1 : shareUsed(gauge)
  }
  return [...machines].sort(
    (one, other) => shareOn(other) - shareOn(one) || byCodeUnit(one.name, other.name),
  )
}

/** What is used of a resource, as a part of 1; all of it where there is none. */
const shareUsed = ({ used, of }: MachineRow['gauges'][number]): number => (of === 0 ? 1 : used / of)

const headroomsOf = (question: Question, name: string): E.Either<Faults, Headrooms> => {
  const headrooms = question.parts.flatMap(({ platform, planner }) =>
    planner.find(name).flatMap((fullName): readonly WorkloadHeadroom[] => {
      const found = planner.headroom(fullName)
      return found === undefined ? [] : [{ ...found, platform, name: fullName }]
    }),
  )
  if (headrooms.length === 0) return E.left([unknownName('--of', name, question)])
  const isPlaced = headrooms.every((one) => one._tag === 'Note' || one.count > 0)
  return E.right({ headrooms, isPlaced })
}
