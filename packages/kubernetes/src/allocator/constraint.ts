/**
 * Checks the constraints of a ResourceClaim while the search adds and removes devices one by one. A
 * constraint names an attribute that all devices must have: with the same value (`matchAttribute`),
 * or each with a different value (`distinctAttribute`).
 *
 * Source: the API reference of DeviceConstraint.
 */
import type { DeviceConstraint } from '../words/resource-claim.js'
import type { Device, DeviceAttribute } from '../words/resource-slice.js'

/** A constraint with the devices that were added to it. */
export interface ConstraintCheck {
  /** Adds a device if the constraint allows it. A device of another request is always allowed. */
  readonly add: (request: string, driver: string, device: Device) => boolean
  /** Removes the device that was added last for the request. */
  readonly remove: (request: string) => void
}

/** A check without devices; `undefined` for a constraint of an unknown type. */
export const constraintCheck = ({
  requests,
  matchAttribute,
  distinctAttribute,
}: DeviceConstraint): ConstraintCheck | undefined => {
  const attribute = matchAttribute ?? distinctAttribute
  if (attribute === undefined) return undefined
  const values: string[] = []
  return {
    add: (request, driver, device) => {
      if (!constrains(requests, request)) return true
      const value = attributeText(driver, device, attribute)
      if (value === undefined) return false
      const isAllowed =
        matchAttribute === undefined
          ? !values.includes(value)
          : values.length === 0 || values[0] === value
      if (isAllowed) values.push(value)
      return isAllowed
    },
    remove: (request) => {
      if (constrains(requests, request)) values.pop()
    },
  }
}

/** A constraint names requests, or alternatives as `request/alternative`; without any, all. */
const constrains = (requests: readonly string[], request: string): boolean =>
  requests.length === 0 ||
  requests.includes(request) ||
  requests.includes(request.slice(0, Math.max(0, request.indexOf('/'))))

/** Equal for equal values of the same type; `undefined` when the device lacks the attribute. */
const attributeText = (
  driver: string,
  { attributes }: Device,
  name: string,
): string | undefined => {
  const slash = name.indexOf('/')
  const isOfDriver = slash >= 0 && name.slice(0, slash) === driver
  const found =
    attributes.get(name) ?? (isOfDriver ? attributes.get(name.slice(slash + 1)) : undefined)
  return found === undefined ? undefined : valueText(found)
}

const valueText = ({ string, int, bool, version }: DeviceAttribute): string | undefined => {
  if (string !== undefined) return `string ${string}`
  if (int !== undefined) return `int ${int}`
  if (bool !== undefined) return `bool ${bool}`
  return version === undefined ? undefined : `version ${version}`
}
