/**
 * Compiles the CEL selector of a DeviceClass or of a request, and evaluates it on a device. The
 * variable `device` holds the driver, the attributes and the capacity. If the name of an attribute
 * or a capacity has no domain, the name of the driver is its domain: the attribute `model` of the
 * driver `gpu.example.com` is `device.attributes["gpu.example.com"].model`.
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation" (CEL selectors), and the API
 * reference of CELDeviceSelector.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Device, DeviceAttribute } from '../words/resource-slice.js'
import { checkedExpression, expressionTypeFault } from './check.js'
import { expressionCost, selectorCostMax } from './cost.js'
import { evaluate, type Bindings } from './evaluate.js'
import { parseExpression } from './parse.js'
import { parseSemver } from './semver.js'
import {
  celError,
  isCelError,
  type CelError,
  type CelMap,
  type CelResult,
  type CelValue,
} from './value.js'

/** A compiled selector, as a function of the driver and the device. */
export type DeviceTest = (driver: string, device: Device) => boolean | CelError

/** Compiles a selector; a `Left` says what is malformed or not supported. */
export const deviceTest = (source: string): E.Either<string, DeviceTest> => {
  const parsed = parseExpression(source)
  if (E.isLeft(parsed)) return parsed
  const fault = expressionTypeFault(parsed.right)
  if (fault !== undefined) return E.left(fault)
  return E.right((driver, device) => {
    const value = deviceValue(driver, device)
    if (isCelError(value)) return value
    const scope: Bindings = new Map([['device', value]])
    const result = evaluate(parsed.right, scope)
    return typeof result === 'boolean' || isCelError(result) ? result : notBoolean(result)
  })
}

/**
 * What is certainly wrong with a selector, as the API server finds it; `undefined` also for one
 * that is only not supported here.
 */
export const selectorFault = (source: string): string | undefined => {
  const cost = selectorCost(source)
  if (cost !== undefined && cost > selectorCostMax)
    return `it costs up to ${cost === Infinity ? 'any amount' : cost}, more than ${selectorCostMax}`
  const test = deviceTest(source)
  const isOwnLimit = E.isLeft(test) && /not supported|too large|nests deeper/.test(test.left)
  return E.isLeft(test) && !isOwnLimit ? test.left : undefined
}

/** The most that a selector may cost; `undefined` for one that is not compiled here. */
export const selectorCost = (source: string): number | undefined => {
  const parsed = parseExpression(source)
  if (E.isLeft(parsed)) return undefined
  const checked = checkedExpression(parsed.right)
  return E.isLeft(checked) ? undefined : expressionCost(checked.right)
}

const notBoolean = (result: CelValue): CelError =>
  celError(`CEL result of type ${typeNameOf(result)} could not be converted to bool`)

const typeNameOf = (value: CelValue): string => {
  if (value === null) return 'null_type'
  if (typeof value === 'object') return value._tag.toLowerCase()
  return typeof value === 'bigint' ? 'int' : typeof value === 'number' ? 'double' : typeof value
}

/** The variable `device`. */
const deviceValue = (driver: string, device: Device): CelResult => {
  const attributes: (readonly [string, CelValue])[] = []
  for (const [name, attribute] of device.attributes) {
    const value = attributeValue(attribute)
    if (isCelError(value)) return celError(`attribute ${name}: ${value.text}`)
    attributes.push([name, value])
  }
  const capacity = [...device.capacity].map(
    ([name, { value: quantity }]) => [name, { _tag: 'Quantity', quantity }] as const,
  )
  const fields: readonly (readonly [string, CelValue])[] = [
    ['driver', driver],
    ['allowMultipleAllocations', device.allowMultipleAllocations === true],
    ['attributes', byDomain(driver, attributes)],
    ['capacity', byDomain(driver, capacity)],
  ]
  return { _tag: 'Map', entries: new Map(fields), isOpen: false }
}

/** The one value that is set. */
export const attributeValue = ({ string, bool, int, version }: DeviceAttribute): CelResult => {
  if (int !== undefined) return BigInt(int)
  if (bool !== undefined) return bool
  if (string !== undefined) return string
  if (version === undefined) return celError('unsupported attribute value')
  const parsed = parseSemver(version)
  return parsed === undefined
    ? celError(`parse semantic version: ${JSON.stringify(version)} is none`)
    : { _tag: 'Semver', version: parsed }
}

/** A map by domain of maps by name, open to every domain. */
const byDomain = (driver: string, named: readonly (readonly [string, CelValue])[]): CelMap => {
  const domains = new Map<string, Map<string, CelValue>>()
  for (const [qualified, value] of named) {
    const slash = qualified.indexOf('/')
    const domain = slash < 0 ? driver : qualified.slice(0, slash)
    const entries = domains.get(domain) ?? new Map<string, CelValue>()
    domains.set(domain, entries.set(qualified.slice(slash + 1), value))
  }
  return {
    _tag: 'Map',
    isOpen: true,
    entries: new Map(
      [...domains].map(([domain, entries]) => [
        domain,
        { _tag: 'Map', isOpen: false, entries } as const,
      ]),
    ),
  }
}
