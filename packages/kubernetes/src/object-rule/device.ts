/**
 * Validates ResourceClaims, ResourceClaimTemplates and DeviceClasses as the API server does, except
 * for driver configuration and derived attributes.
 *
 * Source: Kubernetes API references of ResourceClaim, ResourceClaimTemplate and DeviceClass.
 */
import { duplicates, isObject } from '@stowage/documents'
import { isLabelKey, isLabelValue } from '../words/label.js'
import { selectorFault } from '../cel/selector.js'
import type {
  WireDeviceClassSpec,
  WireDeviceConstraint,
  WireDeviceRequest,
  WireDeviceSelector,
  WireDeviceShare,
  WireResourceClaimSpec,
  WireToleration,
} from '../wire/objects.js'
import { cause, unless, unlessOneOf, type Cause, type Place } from '../validation/cause.js'
import { isDnsSubdomain, unlessDnsLabel, unlessDnsSubdomain } from '../validation/name.js'
import { isExtendedName } from '../validation/resources.js'

/** The most requests, constraints or selectors in one list. */
const listMax = 32
const firstAvailableMax = 8
const tolerationsMax = 16

/**
 * Errors in what a claim requests.
 *
 * No scheduler reads configuration for drivers, and the feature of derived attributes is off by
 * default.
 */
export const wrongDeviceClaim = (
  { devices: { requests = [], constraints = [] } = {} }: WireResourceClaimSpec,
  at: Place,
): readonly Cause[] => {
  const inDevices = [...at, 'devices']
  const names = requestNames(requests)
  return [
    ...unlessLonger(requests, listMax, [...inDevices, 'requests']),
    ...unlessDistinct(requests, [...inDevices, 'requests']),
    ...requests.flatMap((one, i) => wrongClaimRequest(one, [...inDevices, 'requests', i])),
    ...unlessLonger(constraints, listMax, [...inDevices, 'constraints']),
    ...constraints.flatMap((one, i) =>
      wrongDeviceConstraint(one, names, [...inDevices, 'constraints', i]),
    ),
  ]
}

/** Errors in a class of devices. */
export const wrongDeviceClass = ({
  selectors = [],
  extendedResourceName,
  config = [],
}: WireDeviceClassSpec): readonly Cause[] => [
  ...wrongSelectors(selectors, ['spec', 'selectors']),
  ...unless(
    extendedResourceName === undefined || isExtendedName(extendedResourceName),
    ['spec', 'extendedResourceName'],
    extendedResourceName,
    'the name of an extended resource, such as example.com/gpu',
  ),
  ...unlessLonger(config, listMax, ['spec', 'config']),
  ...config.flatMap(({ opaque }, i) => {
    const at = ['spec', 'config', i, 'opaque']
    if (opaque === undefined) return [cause(at, undefined, 'the configuration of a driver')]
    const { driver = '', parameters } = opaque
    return [
      ...unless(isDriverName(driver), [...at, 'driver'], driver, 'the name of a driver'),
      ...unless(isObject(parameters), [...at, 'parameters'], parameters, 'an object'),
    ]
  }),
]

/** A DNS subdomain of at most 63 characters, whose letters may be capitals. */
export const isDriverName = (name: string): boolean =>
  name.length <= 63 && isDnsSubdomain(name.toLowerCase())

/** One cause when a list is too long. */
export const unlessLonger = (list: readonly unknown[], max: number, at: Place): readonly Cause[] =>
  unless(list.length <= max, at, list.length, `at most ${max}`)

/** Two requests of one claim, or two alternatives of one request, have different names. */
const unlessDistinct = (
  list: readonly { readonly name?: string }[],
  at: Place,
): readonly Cause[] => {
  const repeats = new Set(duplicates(list, ({ name = '' }) => name).map(({ index }) => index))
  return list.flatMap(({ name = '' }, i) =>
    unless(!repeats.has(i), [...at, i, 'name'], name, 'a name that no other one of the list has', [
      ...at,
      i,
    ]),
  )
}

/** The names by which a constraint may refer to requests and to their alternatives. */
const requestNames = (requests: readonly WireDeviceRequest[]): readonly string[] =>
  requests.flatMap(({ name = '', firstAvailable = [] }) => [
    name,
    ...firstAvailable.map((one) => `${name}/${one.name ?? ''}`),
  ])

const wrongClaimRequest = (
  { name = '', exactly, firstAvailable = [] }: WireDeviceRequest,
  at: Place,
): readonly Cause[] => {
  const own = unlessDnsLabel(name, [...at, 'name'])
  const isBoth = exactly !== undefined && firstAvailable.length > 0
  if (isBoth || (exactly === undefined && firstAvailable.length === 0)) {
    const found = isBoth ? 'both' : undefined
    return [...own, cause(at, found, 'either exactly or firstAvailable')]
  }
  const inList = [...at, 'firstAvailable']
  return [
    ...own,
    ...(exactly === undefined ? [] : wrongShare(exactly, [...at, 'exactly'])),
    ...unlessLonger(firstAvailable, firstAvailableMax, inList),
    ...unlessDistinct(firstAvailable, inList),
    ...firstAvailable.flatMap((one, i) => [
      ...unlessDnsLabel(one.name ?? '', [...inList, i, 'name']),
      ...wrongShare(one, [...inList, i]),
    ]),
  ]
}

const wrongShare = (
  {
    deviceClassName = '',
    selectors = [],
    allocationMode,
    count = 0,
    tolerations = [],
  }: WireDeviceShare,
  at: Place,
): readonly Cause[] => [
  ...(deviceClassName === ''
    ? [cause([...at, 'deviceClassName'], deviceClassName, 'the name of a DeviceClass')]
    : unlessDnsSubdomain(deviceClassName, [...at, 'deviceClassName'])),
  ...wrongSelectors(selectors, [...at, 'selectors']),
  ...unlessOneOf(['All', 'ExactCount'], allocationMode, [...at, 'allocationMode']),
  ...(allocationMode === 'All'
    ? unless(count === 0, [...at, 'count'], count, 'no count, as all devices are requested')
    : []),
  ...(allocationMode === 'ExactCount'
    ? unless(count > 0, [...at, 'count'], count, '1 or more')
    : []),
  ...unlessLonger(tolerations, tolerationsMax, [...at, 'tolerations']),
  ...tolerations.flatMap((one, i) => wrongDeviceToleration(one, [...at, 'tolerations', i])),
]

/** Unlike that of a node's taint, it may compare values without a key. */
const wrongDeviceToleration = (
  { key = '', operator, value = '', effect }: WireToleration,
  at: Place,
): readonly Cause[] => [
  ...unless(key === '' || isLabelKey(key), [...at, 'key'], key, "a label's key"),
  ...unlessOneOf(['Exists', 'Equal'], operator, [...at, 'operator']),
  ...(operator === 'Exists'
    ? unless(value === '', [...at, 'value'], value, 'no value for Exists')
    : unless(isLabelValue(value), [...at, 'value'], value, "a label's value")),
  ...unlessOneOf(['NoSchedule', 'NoExecute', 'None'], effect, [...at, 'effect']),
]

const wrongSelectors = (selectors: readonly WireDeviceSelector[], at: Place): readonly Cause[] => [
  ...unlessLonger(selectors, listMax, at),
  ...selectors.flatMap(({ cel }, i) => {
    const where = [...at, i, 'cel']
    if (cel === undefined) return [cause(where, undefined, 'an expression in CEL')]
    const { expression = '' } = cel
    const fault = selectorFault(expression)
    return fault === undefined
      ? []
      : [cause([...where, 'expression'], expression, `an expression in CEL (${fault})`)]
  }),
]

const wrongDeviceConstraint = (
  { requests = [], matchAttribute, distinctAttribute }: WireDeviceConstraint,
  names: readonly string[],
  at: Place,
): readonly Cause[] => [
  ...requests.flatMap((name, i) =>
    unless(
      names.includes(name),
      [...at, 'requests', i],
      name,
      `the name of a request of the claim${names.length === 0 ? '' : `, such as ${names[0]!}`}`,
    ),
  ),
  ...(matchAttribute === undefined && distinctAttribute === undefined
    ? [cause(at, undefined, 'either matchAttribute or distinctAttribute')]
    : []),
  ...unlessAttribute(matchAttribute, [...at, 'matchAttribute']),
  ...unlessAttribute(distinctAttribute, [...at, 'distinctAttribute']),
]

/** An attribute has a domain, a slash and an identifier. */
const unlessAttribute = (name: string | undefined, at: Place): readonly Cause[] => {
  if (name === undefined) return []
  const [domain = '', identifier = ''] = name.split('/')
  const isGood = isDnsSubdomain(domain) && /^[A-Za-z_][A-Za-z0-9_]{0,31}$/.test(identifier)
  return unless(isGood, at, name, 'a domain and a name, such as example.com/model')
}
