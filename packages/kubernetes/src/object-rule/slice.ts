/**
 * Validates ResourceSlices and DeviceTaintRules as the API server does: names of drivers, pools and
 * devices, the nodes that reach a device, attributes, capacities and counters. Fields of features
 * that are off by default are not validated.
 *
 * Source: Kubernetes API references of ResourceSlice and DeviceTaintRule; Kubernetes 1.37 for
 * limits such as 128 devices per slice.
 */
import { isLabelKey, isLabelValue } from '../words/label.js'
import { parseSemver } from '../cel/semver.js'
import type {
  WireDevice,
  WireDeviceAttribute,
  WireDeviceTaint,
  WireDeviceTaintRuleSpec,
  WireNodeReach,
  WireResourceSliceSpec,
} from '../wire/objects.js'
import { cause, unless, unlessOneOf, type Cause, type Place } from '../validation/cause.js'
import { isDnsSubdomain, unlessDnsLabel, unlessDnsSubdomain } from '../validation/name.js'
import { wrongNodeTerms } from '../validation/node-affinity.js'
import { wrongDeviceCapacity } from './device-capacity.js'
import { isDriverName, unlessLonger } from './device.js'

const sliceDevicesMax = 128
/** For a slice with taints or counters. */
const advancedDevicesMax = 64
const counterSetsMax = 8
const countersMax = 32
const consumptionsMax = 2
const namedValuesMax = 32
const valueLengthMax = 64
const taintsMax = 16
const conditionsMax = 4

/** Errors in a slice. */
export const wrongResourceSlice = (spec: WireResourceSliceSpec): readonly Cause[] => {
  const { driver = '', pool = {}, devices, sharedCounters = [] } = spec
  const at = ['spec']
  const isAdvanced = (devices ?? []).some(
    ({ taints = [], consumesCounters = [] }) => taints.length + consumesCounters.length > 0,
  )
  return [
    ...unlessDriver(driver, [...at, 'driver']),
    ...wrongPool(pool, [...at, 'pool']),
    ...wrongNodeReach(spec, at, ['perDeviceNodeSelection']),
    ...unless(
      spec.nodeSelector === undefined || spec.nodeSelector.nodeSelectorTerms?.length === 1,
      [...at, 'nodeSelector', 'nodeSelectorTerms'],
      spec.nodeSelector?.nodeSelectorTerms?.length,
      'exactly one term',
    ),
    ...unless(
      devices === undefined || spec.sharedCounters === undefined,
      at,
      'both',
      'either devices or sharedCounters, which are in a slice of their own',
    ),
    ...wrongItems(
      devices ?? [],
      isAdvanced ? advancedDevicesMax : sliceDevicesMax,
      [...at, 'devices'],
      {
        nameOf: ({ name = '' }) => name,
        wrong: (device, place) => wrongDevice(device, spec.perDeviceNodeSelection === true, place),
      },
    ),
    ...wrongItems(sharedCounters, counterSetsMax, [...at, 'sharedCounters'], {
      nameOf: ({ name = '' }) => name,
      wrong: ({ name = '', counters = {} }, place) => [
        ...unlessDnsLabel(name, [...place, 'name']),
        ...wrongCounters(counters, [...place, 'counters']),
      ],
    }),
  ]
}

/** Errors in a rule that taints devices. */
export const wrongDeviceTaintRule = ({
  deviceSelector: { driver, pool, device } = {},
  taint = {},
}: WireDeviceTaintRuleSpec): readonly Cause[] => {
  const at = ['spec', 'deviceSelector']
  return [
    ...(driver === undefined ? [] : unlessDriver(driver, [...at, 'driver'])),
    ...(pool === undefined ? [] : unlessPoolName(pool, [...at, 'pool'])),
    ...(device === undefined ? [] : unlessDnsLabel(device, [...at, 'device'])),
    ...wrongTaint(taint, ['spec', 'taint']),
  ]
}

interface ItemRules<Item> {
  readonly nameOf: (item: Item) => string
  readonly wrong: (item: Item, at: Place) => readonly Cause[]
}

/** Errors in a list whose items have names; a list that is too long is not looked at. */
const wrongItems = <Item>(
  list: readonly Item[],
  max: number,
  at: Place,
  { nameOf, wrong }: ItemRules<Item>,
): readonly Cause[] => {
  if (list.length > max) return unlessLonger(list, max, at)
  const names = new Set<string>()
  return list.flatMap((item, i) => {
    const name = nameOf(item)
    const isRepeated = names.has(name)
    names.add(name)
    return [
      ...wrong(item, [...at, i]),
      ...unless(!isRepeated, [...at, i], name, 'a name that no other one of the list has'),
    ]
  })
}

const unlessDriver = (driver: string, at: Place): readonly Cause[] =>
  unless(isDriverName(driver), at, driver, 'the name of a driver, such as gpu.example.com')

/** DNS subdomains with slashes between them. */
const unlessPoolName = (name: string, at: Place): readonly Cause[] =>
  unless(
    name.length <= 253 && name.split('/').every(isDnsSubdomain),
    at,
    name,
    'the name of a pool: DNS subdomains with slashes between them',
  )

const wrongPool = (
  { name = '', generation = 0, resourceSliceCount = 0 }: NonNullable<WireResourceSliceSpec['pool']>,
  at: Place,
): readonly Cause[] => [
  ...unlessPoolName(name, [...at, 'name']),
  ...unless(resourceSliceCount > 0, [...at, 'resourceSliceCount'], resourceSliceCount, '1 or more'),
  ...unless(generation >= 0, [...at, 'generation'], generation, '0 or more'),
]

const reachFields = ['nodeName', 'nodeSelector', 'allNodes'] as const

/** Exactly one field says which nodes reach devices; a flag may only be true. */
const wrongNodeReach = (
  reach: WireNodeReach & { readonly perDeviceNodeSelection?: boolean },
  at: Place,
  more: readonly 'perDeviceNodeSelection'[],
): readonly Cause[] => {
  const fields = [...reachFields, ...more]
  const set = fields.filter((field) => {
    const value = reach[field]
    return value !== undefined && value !== '' && value !== false
  })
  const { nodeName, nodeSelector } = reach
  return [
    ...(nodeName === undefined ? [] : unlessDnsSubdomain(nodeName, [...at, 'nodeName'])),
    ...(nodeSelector === undefined
      ? []
      : wrongNodeTerms(nodeSelector.nodeSelectorTerms ?? [], [
          ...at,
          'nodeSelector',
          'nodeSelectorTerms',
        ])),
    ...(['allNodes', ...more] as const).flatMap((field) =>
      unless(reach[field] !== false, [...at, field], false, 'true, or nothing'),
    ),
    ...unless(
      set.length === 1,
      at,
      set.length === 0 ? undefined : set.join(', '),
      `exactly one of ${fields.join(', ')}`,
    ),
  ]
}

const wrongDevice = (device: WireDevice, reachesAlone: boolean, at: Place): readonly Cause[] => {
  const { attributes = {}, capacity = {}, taints = [], consumesCounters = [] } = device
  const count = Object.keys(attributes).length + Object.keys(capacity).length
  return [
    ...unlessDnsLabel(device.name ?? '', [...at, 'name']),
    ...unless(
      count <= namedValuesMax,
      at,
      count,
      `at most ${namedValuesMax} attributes and capacities`,
    ),
    ...Object.entries(attributes).flatMap(([name, one]) => [
      ...unlessQualified(name, [...at, 'attributes']),
      ...wrongAttribute(one, [...at, 'attributes', { key: name }]),
    ]),
    ...Object.entries(capacity).flatMap(([name, one]) => [
      ...unlessQualified(name, [...at, 'capacity']),
      ...wrongDeviceCapacity(one, device.allowMultipleAllocations === true, [
        ...at,
        'capacity',
        { key: name },
      ]),
    ]),
    ...(taints.length > taintsMax
      ? unlessLonger(taints, taintsMax, [...at, 'taints'])
      : taints.flatMap((taint, i) => wrongTaint(taint, [...at, 'taints', i]))),
    ...wrongItems(consumesCounters, consumptionsMax, [...at, 'consumesCounters'], {
      nameOf: ({ counterSet = '' }) => counterSet,
      wrong: ({ counterSet = '', counters = {} }, place) => [
        ...unlessDnsLabel(counterSet, [...place, 'counterSet']),
        ...wrongCounters(counters, [...place, 'counters']),
      ],
    }),
    ...(reachesAlone ? wrongNodeReach(device, at, []) : unlessReached(device, at)),
    ...wrongConditions(device, at),
  ]
}

const unlessReached = (device: WireDevice, at: Place): readonly Cause[] =>
  unless(
    reachFields.every((field) => device[field] === undefined),
    at,
    reachFields.filter((field) => device[field] !== undefined).join(', '),
    'no nodes of its own, as perDeviceNodeSelection is not true',
  )

/**
 * A C identifier, and a domain before it if it is not one of the driver. The API server does not
 * look at a name with two slashes.
 */
const unlessQualified = (name: string, at: Place): readonly Cause[] => {
  const [identifier = '', domain, ...more] = name.split('/').reverse()
  const isGood =
    more.length > 0 ||
    (/^[A-Za-z_][A-Za-z0-9_]{0,31}$/.test(identifier) &&
      (domain === undefined || isDriverName(domain)))
  return unless(
    isGood,
    [...at, { key: name }],
    name,
    'a name such as model, or example.com/model',
    at,
  )
}

const wrongAttribute = (attribute: WireDeviceAttribute, at: Place): readonly Cause[] => {
  const { string = '', version = '' } = attribute
  const fields = Object.entries(attribute).filter(([, value]) => value !== undefined)
  return [
    ...unless(
      string.length <= valueLengthMax,
      [...at, 'string'],
      string,
      `at most ${valueLengthMax} characters`,
    ),
    ...unless(
      attribute.version === undefined || parseSemver(version) !== undefined,
      [...at, 'version'],
      version,
      'a semantic version, such as 1.2.3',
    ),
    ...unless(
      fields.length === 1,
      at,
      fields.length === 0 ? undefined : fields.map(([field]) => field).join(', '),
      'exactly one of bool, int, string, version',
    ),
  ]
}

const wrongCounters = (
  counters: Readonly<Record<string, unknown>>,
  at: Place,
): readonly Cause[] => {
  const names = Object.keys(counters)
  if (names.length === 0) return [cause(at, undefined, 'at least one counter')]
  if (names.length > countersMax) return unlessLonger(names, countersMax, at)
  return names.flatMap((name) => unlessDnsLabel(name, [...at, { key: name }], at))
}

const wrongTaint = (
  { key = '', value = '', effect }: WireDeviceTaint,
  at: Place,
): readonly Cause[] => [
  ...unless(isLabelKey(key), [...at, 'key'], key, "a label's key"),
  ...unless(isLabelValue(value), [...at, 'value'], value, "a label's value"),
  ...(effect === undefined || effect === ''
    ? [cause([...at, 'effect'], effect, 'one of NoSchedule, NoExecute, None')]
    : unlessOneOf(['NoSchedule', 'NoExecute', 'None'], effect, [...at, 'effect'])),
]

/** Conditions for which a binding waits, and those that end it: both, or neither. */
const wrongConditions = (
  { bindingConditions = [], bindingFailureConditions = [] }: WireDevice,
  at: Place,
): readonly Cause[] => {
  const lists = { bindingConditions, bindingFailureConditions } as const
  const waiting = new Set(bindingConditions)
  const [waits, ends] = [bindingConditions.length > 0, bindingFailureConditions.length > 0]
  return [
    ...Object.entries(lists).flatMap(([field, list]) =>
      list.length > conditionsMax
        ? unlessLonger(list, conditionsMax, [...at, field])
        : list.flatMap((name, i) => [
            ...unless(isLabelKey(name), [...at, field, i], name, "a label's key"),
            ...unless(
              list.indexOf(name) === i,
              [...at, field, i],
              name,
              'a name that no other one of the list has',
            ),
          ]),
    ),
    ...bindingFailureConditions.flatMap((name, i) =>
      unless(
        !waiting.has(name),
        [...at, 'bindingFailureConditions', i],
        name,
        'none of bindingConditions',
      ),
    ),
    ...unless(
      waits === ends,
      [...at, waits ? 'bindingFailureConditions' : 'bindingConditions'],
      undefined,
      'both bindingConditions and bindingFailureConditions, or neither',
    ),
  ]
}
