/**
 * Searches devices for all ResourceClaims of a pod on one node, by backtracking over claims,
 * requests and devices. The first full solution is taken, as in kube-scheduler; among equal
 * devices, the first in the order of the pools is taken.
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation", and the API references of
 * DeviceRequest and DeviceTaint.
 */
import type { DeviceToleration } from '../words/resource-claim.js'
import type { Quantity } from '../words/quantity.js'
import type { DeviceTaint } from '../words/resource-slice.js'
import { constraintCheck, type ConstraintCheck } from './constraint.js'
import { consumptionOf, fitsCapacity } from './consumption.js'
import { areCountersLeft, consume, type CounterAmounts } from './counters.js'
import { deviceIdOf, type DeviceId, type PoolId } from './device-id.js'
import type { CapacityAmounts, HeldDevices } from './held.js'
import type { Pool } from './pool.js'
import { devicesMax, type Alternative, type Candidate, type ClaimToAllocate } from './request.js'
import { allocationError, type AllocationError } from './selection.js'

/** A device that was found for a request. */
export interface FoundDevice extends Candidate {
  readonly request: string
  readonly isAdmin: boolean
  /** What is taken of a device that several claims share; `undefined` for a whole device. */
  readonly share: CapacityAmounts | undefined
}

/** A claim with the alternatives of each of its requests. */
export interface PreparedClaim {
  readonly claim: ClaimToAllocate
  readonly requests: readonly (readonly Alternative[])[]
}

/** What the search works with. */
export interface SearchInput {
  readonly claims: readonly PreparedClaim[]
  readonly pools: readonly Pool[]
  readonly held: HeldDevices
  /** What allocated devices leave of the counters of a pool. */
  readonly countersLeft: (pool: Pool) => CounterAmounts
}

/** The devices of each claim; `undefined` when there is no solution. */
export type SearchOutcome = readonly (readonly FoundDevice[])[] | undefined | AllocationError

/**
 * How many devices and requests are tried on a node before the search gives up. kube-scheduler
 * gives up after a time instead.
 */
const stepsMax = 200_000

/** The text of the error when the search gives up. */
export const searchTimeout = allocationError('timed out trying to allocate devices')

/** The state of a search; everything in it is undone when the search goes back. */
interface SearchState extends SearchInput {
  readonly found: FoundDevice[][]
  readonly checks: readonly (readonly ConstraintCheck[])[]
  /** Whole devices, with the claims by which this search takes them. */
  readonly taken: Map<DeviceId, number[]>
  /** Shares that this search takes of devices. */
  readonly shares: Map<DeviceId, CapacityAmounts[]>
  readonly counters: Map<PoolId, CounterAmounts>
  steps: number
}

/**
 * Searches devices for all claims. Within a request only combinations are tried, not permutations.
 */
export const searchDevices = (input: SearchInput): SearchOutcome => {
  const checks: (readonly ConstraintCheck[])[] = []
  for (const { claim } of input.claims) {
    const own = checksOf(claim)
    if ('_tag' in own) return own
    checks.push(own)
  }
  const search: SearchState = {
    ...input,
    found: input.claims.map(() => []),
    checks,
    ...{ taken: new Map(), shares: new Map(), counters: new Map(), steps: 0 },
  }
  const done = searchRequest(search, 0, 0)
  if (typeof done === 'object') return done
  return done === true ? search.found : undefined
}

const checksOf = ({
  name,
  spec,
}: ClaimToAllocate): readonly ConstraintCheck[] | AllocationError => {
  const checks: ConstraintCheck[] = []
  for (const [i, constraint] of spec.devices.constraints.entries()) {
    const check = constraintCheck(constraint)
    if (check === undefined)
      return allocationError(
        `claim ${name}, constraint #${i}: empty constraint (unsupported constraint type?)`,
      )
    checks.push(check)
  }
  return checks
}

/**
 * Whether everything from here on was found. `too many` means that no solution stays within the
 * limit of devices per claim, whatever devices the requests before have.
 */
type SearchStep = boolean | 'too many' | AllocationError

/** The next request of a claim, and after its last one the next claim. */
const searchRequest = (search: SearchState, claim: number, request: number): SearchStep => {
  const prepared = search.claims[claim]
  if (prepared === undefined) return true
  const alternatives = prepared.requests[request]
  if (alternatives === undefined) {
    const rest = searchRequest(search, claim + 1, 0)
    return rest === 'too many' ? false : rest
  }
  const at = { claim, request }
  const [only] = alternatives
  if (only?.name.includes('/') === false) return searchDevice(search, at, only, 0, start)
  let isTooMany = true
  for (const alternative of alternatives) {
    const step = searchDevice(search, at, alternative, 0, start)
    if (step === 'too many') continue
    isTooMany = false
    if (step !== false) return step
  }
  return isTooMany ? 'too many' : false
}

interface SearchPlace {
  readonly claim: number
  readonly request: number
}

/** The position of a device in the pools. */
interface Position {
  readonly pool: number
  readonly slice: number
  readonly device: number
}
const start: Position = { pool: 0, slice: 0, device: 0 }

/** One more device of a request, `count` of which were found. */
const searchDevice = (
  search: SearchState,
  at: SearchPlace,
  alternative: Alternative,
  count: number,
  from: Position,
): SearchStep => {
  if (++search.steps > stepsMax) return searchTimeout
  if (alternative.all?.length === 0) return false
  if (count >= alternative.count) return searchRequest(search, at.claim, at.request + 1)
  if (alternative.count - count > devicesMax - search.found[at.claim]!.length) return 'too many'
  const { all } = alternative
  if (all === undefined) return searchCandidate(search, at, alternative, count, from)
  const next = all[count]!
  const taken = take(search, at, alternative, next)
  if (taken === 'constraint') return constraintError(search, at, alternative, next)
  if (typeof taken !== 'function') return taken
  const step = searchDevice(search, at, alternative, count + 1, start)
  if (step !== true) taken()
  return step
}

/** A constraint that excludes one of all devices can never be satisfied. */
const constraintError = (
  { claims }: SearchState,
  { claim }: SearchPlace,
  { name }: Alternative,
  { slice, device }: Candidate,
): AllocationError =>
  allocationError(
    `claim ${claims[claim]!.claim.name}, request ${ownNameOf(name)}: cannot add device ${deviceIdOf(slice, device)} because a claim constraint would not be satisfied`,
  )

const ownNameOf = (name: string): string => name.slice(name.indexOf('/') + 1)

/** Tries the devices from a position on. */
const searchCandidate = (
  search: SearchState,
  at: SearchPlace,
  alternative: Alternative,
  count: number,
  from: Position,
): SearchStep => {
  const { pools } = search
  for (let p = from.pool; p < pools.length; p++) {
    const { slices } = pools[p]!
    for (let s = p === from.pool ? from.slice : 0; s < slices.length; s++) {
      const { devices } = slices[s]!.spec
      const isFirst = p === from.pool && s === from.slice
      for (let d = isFirst ? from.device : 0; d < devices.length; d++) {
        const candidate = { pool: pools[p]!, slice: slices[s]!, device: devices[d]! }
        const next = { pool: p, slice: s, device: d + 1 }
        const step = tryCandidate(search, at, alternative, count, candidate, next)
        if (step !== false) return step
      }
    }
  }
  return false
}

const tryCandidate = (
  search: SearchState,
  at: SearchPlace,
  alternative: Alternative,
  count: number,
  candidate: Candidate,
  next: Position,
): SearchStep => {
  if (++search.steps > stepsMax) return searchTimeout
  const { slice, device } = candidate
  const id = deviceIdOf(slice, device)
  const isAdmin = alternative.request.adminAccess === true
  if (isAdmin ? isTakenBy(search, id, at.claim) : isInUse(search, id)) return false
  const isSelected = alternative.selects(candidate)
  if (isSelected !== true) return isSelected
  const fits = hasCapacity(search, at, alternative, candidate)
  if (fits !== true) return fits
  const taken = take(search, at, alternative, candidate)
  if (taken === 'constraint') return false
  if (typeof taken !== 'function') return taken
  const step = searchDevice(search, at, alternative, count + 1, next)
  if (step !== true) taken()
  return step
}

const isTakenBy = ({ taken }: SearchState, id: DeviceId, claim: number): boolean =>
  taken.get(id)?.includes(claim) === true

const isInUse = ({ held, taken }: SearchState, id: DeviceId): boolean =>
  held.whole.has(id) || (taken.get(id)?.length ?? 0) > 0

/** Whether a share of the device is allocated, or taken by this search. */
const isShared = ({ held, shares }: SearchState, id: DeviceId): boolean =>
  held.shared.has(id) || (shares.get(id)?.length ?? 0) > 0

const hasCapacity = (
  { held, shares, claims }: SearchState,
  { claim }: SearchPlace,
  { name, request }: Alternative,
  { slice, device }: Candidate,
): boolean | AllocationError => {
  const id = deviceIdOf(slice, device)
  const others = [held.capacity.get(id) ?? new Map(), ...(shares.get(id) ?? [])]
  const fits = fitsCapacity(request.capacity, device.capacity, others)
  return typeof fits === 'boolean'
    ? fits
    : allocationError(
        `claim ${claims[claim]!.claim.name}, request ${ownNameOf(name)}: checking capacity for device ${id}: ${fits.text}`,
      )
}

type Undo = () => void

/**
 * Takes a device that matches the request; the function that is returned gives it back. `false`
 * when the device is in use, has too little left or is tainted.
 */
const take = (
  search: SearchState,
  at: SearchPlace,
  alternative: Alternative,
  candidate: Candidate,
): Undo | false | 'constraint' | AllocationError => {
  const { device, slice, pool } = candidate
  const { request, name } = alternative
  const id = deviceIdOf(slice, device)
  const isSharing = device.allowMultipleAllocations === true
  const isAdmin = request.adminAccess === true
  if (isAdmin ? !isSharing && isTakenBy(search, id, at.claim) : isInUse(search, id)) return false
  const undone: Undo[] = []
  const undo: Undo = () => {
    for (const one of undone.splice(0).reverse()) one()
  }
  if (device.consumesCounters.length > 0 && !(isSharing && isShared(search, id))) {
    if (!takeCounters(search, pool, candidate, undone)) return false
  }
  if (device.taints.some((taint) => repels(taint, request.tolerations))) {
    undo()
    return false
  }
  for (const check of search.checks[at.claim]!) {
    if (!check.add(name, slice.spec.driver, device)) {
      undo()
      return 'constraint'
    }
    undone.push(() => check.remove(name))
  }
  const fits = hasCapacity(search, at, alternative, candidate)
  if (fits !== true) {
    undo()
    return fits
  }
  const share = isSharing ? consumptionOf(request.capacity, device.capacity) : undefined
  if (share !== undefined && '_tag' in share) {
    undo()
    return allocationError(share.text)
  }
  if (share === undefined) mark(search.taken, id, at.claim, undone)
  else mark(search.shares, id, share, undone)
  const found = search.found[at.claim]!
  found.push({ ...candidate, request: name, isAdmin, share })
  undone.push(() => found.pop())
  return undo
}

/** Adds an item to the list of a device. */
const mark = <Item>(
  lists: Map<DeviceId, Item[]>,
  id: DeviceId,
  item: Item,
  undone: Undo[],
): void => {
  const list = lists.get(id) ?? []
  lists.set(id, list)
  list.push(item)
  undone.push(() => list.pop())
}

const takeCounters = (
  search: SearchState,
  pool: Pool,
  { device }: Candidate,
  undone: Undo[],
): boolean => {
  const consumed: CounterAmounts =
    search.counters.get(pool.id) ?? new Map<string, Map<string, Quantity>>()
  search.counters.set(pool.id, consumed)
  consume(consumed, device.consumesCounters, 1n)
  const giveBack: Undo = () => consume(consumed, device.consumesCounters, -1n)
  if (areCountersLeft(search.countersLeft(pool), consumed)) {
    undone.push(giveBack)
    return true
  }
  giveBack()
  return false
}

/** Only these effects keep claims away. */
const repels = (taint: DeviceTaint, tolerations: readonly DeviceToleration[]): boolean =>
  (taint.effect === 'NoSchedule' || taint.effect === 'NoExecute') &&
  !tolerations.some((toleration) => toleratesTaint(toleration, taint))

const toleratesTaint = (toleration: DeviceToleration, taint: DeviceTaint): boolean => {
  const { key = '', value = '', effect = '', operator = '' } = toleration
  if (effect !== '' && effect !== taint.effect) return false
  if (key !== '' && key !== taint.key) return false
  if (operator === 'Exists') return true
  return (operator === '' || operator === 'Equal') && value === (taint.value ?? '')
}
