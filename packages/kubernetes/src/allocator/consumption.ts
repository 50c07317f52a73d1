/**
 * Computes how much of a device's capacity, such as GPU memory, a request consumes, and checks
 * whether the device has that much left. The request policy of the capacity rounds the requested
 * amount up to the next valid amount.
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation" (consumable capacity), and the
 * API reference of CapacityRequestPolicy.
 */
import type { CapacityRequest } from '../words/resource-claim.js'
import type { CapacityPolicy, CapacityRange, DeviceCapacity } from '../words/resource-slice.js'
import { add, zero, type Quantity } from '../words/quantity.js'
import type { CapacityAmounts } from './held.js'

type Capacities = ReadonlyMap<string, DeviceCapacity>

/** A request that no arithmetic of the device can represent; it fails the whole pod. */
export interface CapacityError {
  readonly _tag: 'Error'
  readonly text: string
}

/** What the request takes of each capacity of a device. */
export const consumptionOf = (
  request: CapacityRequest | undefined,
  capacity: Capacities,
): CapacityAmounts | CapacityError => {
  const consumed = new Map<string, Quantity>()
  for (const [name, one] of capacity) {
    const amount = consumedOf(request?.requests.get(name), one)
    if (amount === undefined) return notRepresentable(name)
    consumed.set(name, amount)
  }
  return consumed
}

const notRepresentable = (name: string): CapacityError => ({
  _tag: 'Error',
  text: `capacity ${JSON.stringify(name)}: capacity request cannot be represented in the device's range arithmetic`,
})

/**
 * Whether the device has all requested capacities, each amount is valid, and enough is left beside
 * what other shares take.
 */
export const fitsCapacity = (
  request: CapacityRequest | undefined,
  capacity: Capacities,
  others: readonly CapacityAmounts[],
): boolean | CapacityError => {
  const requested = [...(request?.requests.keys() ?? [])]
  if (!requested.every((name) => capacity.has(name))) return false
  const consumed = consumptionOf(request, capacity)
  if ('_tag' in consumed) return consumed
  return [...capacity].every(([name, { value, requestPolicy }]) => {
    const amount = consumed.get(name) ?? zero
    if (requestPolicy !== undefined && !isValid(amount, requestPolicy)) return false
    const taken = others.reduce((sum, one) => add(sum, one.get(name) ?? zero), amount)
    return taken <= value
  })
}

/**
 * `undefined` when the amount cannot be represented.
 *
 * Without a policy the requested amount is consumed. A capacity that is not requested is consumed
 * by the default of its policy, or whole.
 */
const consumedOf = (
  requested: Quantity | undefined,
  { value, requestPolicy }: DeviceCapacity,
): Quantity | undefined => {
  if (requested === undefined) return requestPolicy?.default ?? value
  if (requestPolicy === undefined) return requested
  const { validRange, validValues } = requestPolicy
  if (validRange?.min !== undefined) return steppedUp(requested, validRange)
  return validValues.find((valid) => requested <= valid) ?? requested
}

/** The unit of a range's arithmetic: milli-units when all its bounds are whole in them. */
const unitOf = ({ min, max, step }: CapacityRange): bigint => {
  const bounds = [min, max, step].filter((one) => one !== undefined)
  const isMilli = bounds.every(isWholeMilli) && (step === undefined || step >= milli)
  return isMilli ? milli : whole
}

const milli = 1_000_000n
const whole = 1_000_000_000n
const wholeMax = (1n << 63n) - 1n

const isWholeMilli = (quantity: Quantity): boolean =>
  quantity % milli === 0n && quantity / milli <= wholeMax

const ceiling = (quantity: bigint, unit: bigint): bigint => (quantity + unit - 1n) / unit

/** The next amount that is a number of steps above the minimum. */
const steppedUp = (requested: Quantity, range: CapacityRange): Quantity | undefined => {
  const min = range.min ?? zero
  if (requested < min) return min
  if (range.step === undefined || range.step <= 0n) return requested
  const unit = unitOf(range)
  if (unit === milli ? !isWholeMilli(requested) : requested > wholeMax * whole) return undefined
  const [amount, least, step] = [requested, min, range.step].map((one) => ceiling(one, unit)) as [
    bigint,
    bigint,
    bigint,
  ]
  const stepped = least + step * ceiling(amount - least, step)
  return stepped > wholeMax ? undefined : ((stepped * unit) as Quantity)
}

const isValid = (amount: Quantity, policy: CapacityPolicy): boolean => {
  if (amount === policy.default) return true
  if (policy.validRange !== undefined) return isInRange(amount, policy.validRange)
  return policy.validValues.length === 0 || policy.validValues.includes(amount)
}

const isInRange = (amount: Quantity, range: CapacityRange): boolean => {
  const { min = zero, max, step } = range
  if (max !== undefined && amount > max) return false
  if (step === undefined || step <= 0n) return true
  const unit = unitOf(range)
  if (unit === milli && !isWholeMilli(amount)) return false
  return (ceiling(amount, unit) - ceiling(min, unit)) % ceiling(step, unit) === 0n
}
