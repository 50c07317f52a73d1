/**
 * Filters instance types by three conditions: the requirements on the node's labels, the requests
 * of its pods, and the offerings (zone and capacity type with a price). If no type is left, it
 * formats a message about the conditions that no type met.
 */
import { portsConflict, type HostPortUse } from './host-ports.js'
import {
  minValuesText,
  minValuesVerdict,
  hasOfferingFor,
  takesDemand,
  type InstanceType,
} from '../node-pool/instance-type.js'
import {
  addMeasures,
  largestMeasures,
  measuresFit,
  measureTexts,
  smallestMeasures,
  type Measures,
} from '../node-pool/measure.js'
import {
  doIntersect,
  hasMinValues,
  requirementLines,
  type Requirements,
} from '../node-pool/requirements.js'
import type { KarpenterPod } from '../node-pool/words.js'
import type { PlaceRefusal } from './refusal.js'

/** Types on which the same daemons run. */
export interface DaemonGroup {
  readonly types: readonly InstanceType[]
  readonly overhead: Measures
  readonly ports: HostPortUse
}

/** What a node must be for one more pod. */
export interface TypeDemand {
  readonly requirements: Requirements
  /** `undefined` for a node without any pod. */
  readonly pod: KarpenterPod | undefined
  readonly podRequests: Measures
  /** With those of the pods before. */
  readonly requests: Measures
  /** Too few values of labels relax what asks for them, in place of a refusal. */
  readonly relaxesMinValues: boolean
}

/** The types that are left, and the labels of which they offer too few values. */
export interface FilteredTypes {
  readonly types: readonly InstanceType[]
  readonly short: ReadonlyMap<string, number>
}

interface MetCriteria {
  requirements: boolean
  fits: boolean
  offering: boolean
  requirementsAndOffering: boolean
  fitsAndOffering: boolean
}

/** The types of the groups that take the pod, or why none does. */
export const filterTypes = (
  types: readonly InstanceType[],
  groups: readonly DaemonGroup[],
  demand: TypeDemand,
): FilteredTypes | PlaceRefusal => {
  const { requirements, pod, requests } = demand
  const eligible = new Set(types)
  const open = groups.filter(({ ports }) => pod === undefined || !portsConflict(ports, pod))
  const rows = open.flatMap((group) => {
    const total = group.overhead.size === 0 ? requests : addMeasures(requests, group.overhead)
    return group.types.filter((type) => eligible.has(type)).map((type) => ({ type, total }))
  })
  const found = rows
    .filter(({ type, total }) => takesDemand(type, total, requirements))
    .map(({ type }) => type)
  const isAsking = hasMinValues(requirements)
  const { short } = isAsking ? minValuesVerdict(found, requirements) : { short: noneShort }
  if (short.size > 0 && !demand.relaxesMinValues)
    return () => `${minValuesText(short)}, ${demandText(open, demand)}`
  return found.length > 0
    ? { types: found, short }
    : () => typeRefusal(metBy(rows, requirements), open, demand)
}

const noneShort: ReadonlyMap<string, number> = new Map()

/** A type with all requests on a node of it. */
interface TypeRow {
  readonly type: InstanceType
  readonly total: Measures
}

/** What at least one of the types meets; none fits without an offering. */
const metBy = (rows: readonly TypeRow[], requirements: Requirements): MetCriteria => {
  const met: MetCriteria = {
    ...{ requirements: false, fits: false, offering: false },
    ...{ requirementsAndOffering: false, fitsAndOffering: false },
  }
  for (const { type, total } of rows) {
    const isCompatible = doIntersect(type.requirements, requirements)
    const hasOffering = hasOfferingFor(type, requirements)
    const fits = hasOffering && measuresFit(total, type.allocatable)
    met.requirements ||= isCompatible
    met.fits ||= fits
    met.offering ||= hasOffering
    met.requirementsAndOffering ||= isCompatible && hasOffering && !fits
    met.fitsAndOffering ||= fits && !isCompatible
  }
  return met
}

/** The message names conditions alone or in pairs. */
const typeRefusal = (
  met: MetCriteria,
  groups: readonly DaemonGroup[],
  demand: TypeDemand,
): string => {
  const isTypo =
    met.requirements && !met.fits && met.offering
      ? (demand.podRequests.get('cpu')?.quantity ?? 0n) >= millionCpus
      : false
  const typo = isTypo ? ' (CPU request >= 1 Million, m vs M typo?)' : ''
  return `${unmetText(met)}, ${demandText(groups, demand)}${typo}`
}

const millionCpus = 1_000_000_000_000_000n

const unmetText = (met: MetCriteria): string => {
  if (!met.requirements && !met.fits && !met.offering)
    return 'no instance type met the scheduling requirements or had enough resources or had a required offering'
  if (!met.requirements && !met.fits)
    return 'no instance type met the scheduling requirements or had enough resources'
  if (!met.requirements && !met.offering)
    return 'no instance type met the scheduling requirements or had a required offering'
  if (!met.fits && !met.offering)
    return 'no instance type had enough resources or had a required offering'
  if (!met.requirements) return 'no instance type met all requirements'
  if (!met.fits) return 'no instance type has enough resources'
  if (!met.offering) return 'no instance type has the required offering'
  if (met.fitsAndOffering)
    return 'no instance type which had enough resources and the required offering met the scheduling requirements'
  if (met.requirementsAndOffering)
    return 'no instance type which met the scheduling requirements and the required offering had the required resources'
  return 'no instance type met the requirements/resources/offering tuple'
}

/** The requirements, and the requests of the pod with the least and the most daemons. */
const demandText = (
  groups: readonly DaemonGroup[],
  { requirements, podRequests }: TypeDemand,
): string => {
  const overheads = groups.map(({ overhead }) => overhead).filter(({ size }) => size > 0)
  const text = (overhead: Measures): string =>
    JSON.stringify(measureTexts(addMeasures(overhead, podRequests)))
  const [least, most] =
    overheads.length === 0
      ? [JSON.stringify(measureTexts(podRequests)), undefined]
      : [text(smallestMeasures(overheads)), text(largestMeasures(overheads))]
  const resources = most === undefined || most === least ? least : `min=${least}, max=${most}`
  return `requirements=${requirementLines(requirements).join(', ')}, resources=${resources}`
}
