/**
 * Prepares the device requests of a ResourceClaim for the search on one node. Each request, or each
 * alternative of a prioritized list, gets its DeviceClass, its selectors and the number of devices.
 * A request for all devices gets the list of these devices.
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation" (prioritized list, all devices),
 * and the API reference of DeviceRequest.
 */
import type {
  DeviceClass,
  DeviceRequest,
  ExactRequest,
  ResourceClaimSpec,
} from '../words/resource-claim.js'
import type { Device, ResourceSlice } from '../words/resource-slice.js'
import { fitsCapacity } from './consumption.js'
import { isReached, type AllocatingNode, type Pool } from './pool.js'
import { allocationError, type AllocationError, type Selection } from './selection.js'

/** A claim whose devices are to be allocated; `name` is `namespace/name`. */
export interface ClaimToAllocate {
  readonly name: string
  readonly spec: ResourceClaimSpec
}

/** A device with the slice and the pool that it belongs to. */
export interface Candidate {
  readonly device: Device
  readonly slice: ResourceSlice
  readonly pool: Pool
}

/** A request, or an alternative of one, that is ready for the search. */
export interface Alternative {
  /** `request`, or `request/alternative`. */
  readonly name: string
  readonly request: ExactRequest
  readonly count: number
  /** The devices of a request for all devices; `undefined` for one of a count. */
  readonly all: readonly Candidate[] | undefined
  /** Whether a device matches the selectors and its own node selection. */
  readonly selects: (candidate: Omit<Candidate, 'pool'>) => boolean | AllocationError
}

/** The surroundings of a search on one node. */
export interface Preparation {
  readonly node: AllocatingNode
  readonly pools: readonly Pool[]
  readonly classes: ReadonlyMap<string, DeviceClass>
  readonly selection: Selection
}

/** At most so many devices are allocated for a claim. */
export const devicesMax = 32

/** The alternatives of each request of a claim; a request without any has one. */
export const prepareClaim = (
  claim: ClaimToAllocate,
  preparation: Preparation,
): readonly (readonly Alternative[])[] | AllocationError => {
  const prepared: (readonly Alternative[])[] = []
  let devices = 0
  for (const request of claim.spec.devices.requests) {
    const alternatives = prepareRequest(claim, request, preparation)
    if ('_tag' in alternatives) return alternatives
    const least = alternatives.reduce((min, { count }) => Math.min(min, count), Infinity)
    if (least > devicesMax - devices)
      return allocationError(
        `claim ${claim.name}, request ${request.name}: adding ${least} devices exceeds the claim limit of ${devicesMax}, with ${devices} already accounted for`,
      )
    devices += least
    prepared.push(alternatives)
  }
  return prepared
}

const prepareRequest = (
  claim: ClaimToAllocate,
  { name, exactly, firstAvailable }: DeviceRequest,
  preparation: Preparation,
): readonly Alternative[] | AllocationError => {
  const options: readonly Option[] =
    firstAvailable.length > 0
      ? firstAvailable.map((one) => ({
          ...{ name: `${name}/${one.name}`, ownName: one.name },
          request: { ...one, adminAccess: undefined },
        }))
      : exactly === undefined
        ? []
        : [{ name, ownName: name, request: exactly }]
  const alternatives: Alternative[] = []
  for (const option of options) {
    const alternative = prepareOption(claim, option, preparation)
    if ('_tag' in alternative) return alternative
    alternatives.push(alternative)
  }
  return alternatives
}

/** A request or an alternative; errors name it by `ownName`. */
interface Option {
  readonly name: string
  readonly ownName: string
  readonly request: ExactRequest
}

const prepareOption = (
  claim: ClaimToAllocate,
  { name, ownName, request }: Option,
  preparation: Preparation,
): Alternative | AllocationError => {
  const inError = (text: string): AllocationError =>
    allocationError(`claim ${claim.name}, request ${ownName}${text}`)
  const unknown = request.selectors.findIndex(({ cel }) => cel === undefined)
  if (unknown >= 0)
    return inError(`, selector #${unknown}: CEL expression empty (unsupported selector type?)`)
  const { deviceClassName: className, allocationMode } = request
  const deviceClass = preparation.classes.get(className)
  if (deviceClass === undefined)
    return inError(
      className === ''
        ? ': missing device class name (unsupported request type?)'
        : `: could not retrieve device class ${className}: deviceclass.resource.k8s.io "${className}" not found`,
    )
  const selects = memoizeSelection(({ slice, device }) => {
    const { node, selection } = preparation
    const { selectors } = deviceClass.spec
    const ofClass = selection(`class ${className}`, selectors, slice, device)
    if (ofClass !== true) return ofClass
    const own = selection(`claim ${claim.name}`, request.selectors, slice, device)
    if (own !== true) return own
    return slice.spec.perDeviceNodeSelection !== true || isReached(node, device)
  })
  if (allocationMode === 'ExactCount')
    return { name, request, count: request.count, all: undefined, selects }
  if (allocationMode !== 'All') return inError(`: unsupported count mode ${allocationMode}`)
  const all = allDevices(preparation.pools, request, selects, inError)
  return '_tag' in all ? all : { name, request, count: all.length, all, selects }
}

const memoizeSelection = (selects: Alternative['selects']): Alternative['selects'] => {
  const known = new Map<Device, boolean | AllocationError>()
  return (candidate) => {
    const answer = known.get(candidate.device) ?? selects(candidate)
    known.set(candidate.device, answer)
    return answer
  }
}

/** Every device that matches and could ever have the requested capacity. */
const allDevices = (
  pools: readonly Pool[],
  { capacity }: ExactRequest,
  selects: Alternative['selects'],
  inError: (text: string) => AllocationError,
): readonly Candidate[] | AllocationError => {
  const all: Candidate[] = []
  for (const pool of pools) {
    if (pool.condition !== 'complete') {
      const state = pool.condition === 'incomplete' ? 'being updated' : 'invalid'
      return inError(`: asks for all devices, but resource pool ${pool.id} is currently ${state}`)
    }
    for (const slice of pool.slices)
      for (const device of slice.spec.devices) {
        const isSelected = selects({ slice, device })
        if (typeof isSelected !== 'boolean') return isSelected
        if (!isSelected) continue
        const fits = fitsCapacity(capacity, device.capacity, [])
        if (typeof fits !== 'boolean')
          return inError(`: checking capacity for device ${device.name}: ${fits.text}`)
        if (fits) all.push({ device, slice, pool })
      }
  }
  return all
}
