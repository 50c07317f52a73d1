/**
 * Gathers from all objects what scheduling needs to know of devices: ResourceSlices (with the
 * taints of DeviceTaintRules), DeviceClasses, claims and templates.
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation" (device taints, extended
 * resources), and the API references of DeviceTaintRule and DeviceClass.
 */
import { byCodeUnit } from '@stowage/kernel'
import { indexSlices } from '../allocator/pool.js'
import { rememberedSelection } from '../allocator/selection.js'
import type { Devices } from '../surroundings/devices.js'
import type { Kind, KubernetesObject } from '../words/object.js'
import type { DeviceClass } from '../words/resource-claim.js'
import type { Device, DeviceTaintRule, ResourceSlice } from '../words/resource-slice.js'
import { fullName } from '../workload/workload.js'

type ObjectOf<K extends Kind> = Extract<KubernetesObject, { readonly kind: K }>['object']

/** The devices among the objects. */
export const devicesIn = (objects: readonly KubernetesObject[]): Devices => {
  const all = <K extends Kind>(kind: K): readonly ObjectOf<K>[] =>
    objects.flatMap((found) => (found.kind === kind ? [found.object as ObjectOf<K>] : []))
  const rules = all('DeviceTaintRule')
  const classes = all('DeviceClass')
  return {
    index: indexSlices(all('ResourceSlice').map((slice) => withTaints(slice, rules))),
    classes: new Map(classes.map((one) => [one.metadata.name, one])),
    classOf: classesByResource(classes),
    claims: new Map(all('ResourceClaim').map((claim) => [fullName(claim.metadata), claim])),
    templates: new Map(
      all('ResourceClaimTemplate').map((template) => [fullName(template.metadata), template]),
    ),
    placed: [],
    selection: rememberedSelection(),
  }
}

const withTaints = (slice: ResourceSlice, rules: readonly DeviceTaintRule[]): ResourceSlice => {
  if (rules.length === 0) return slice
  const devices = slice.spec.devices.map((device) => ({
    ...device,
    taints: [
      ...device.taints,
      ...rules.filter((rule) => deviceTaints(rule, slice, device)).map(({ spec }) => spec.taint),
    ],
  }))
  return { ...slice, spec: { ...slice.spec, devices } }
}

const deviceTaints = (
  { spec: { deviceSelector: selected } }: DeviceTaintRule,
  { spec: { driver, pool } }: ResourceSlice,
  { name }: Device,
): boolean =>
  selected !== undefined &&
  (selected.driver ?? driver) === driver &&
  (selected.pool ?? pool.name) === pool.name &&
  (selected.device ?? name) === name

/**
 * Each class meets the resource that it names, and one that is named after it. Of two classes that
 * name the same resource the newer one counts, and the first by name of two of the same age.
 */
const classesByResource = (classes: readonly DeviceClass[]): Devices['classOf'] => {
  const ageOf = ({ metadata }: DeviceClass): string => metadata.creationTimestamp ?? ''
  const oldestFirst = [...classes].sort(
    (a, b) => byCodeUnit(ageOf(a), ageOf(b)) || byCodeUnit(b.metadata.name, a.metadata.name),
  )
  return new Map([
    ...oldestFirst.flatMap((one) => {
      const { extendedResourceName } = one.spec
      return extendedResourceName === undefined ? [] : [[extendedResourceName, one] as const]
    }),
    ...classes.map(
      (one) => [`deviceclass.resource.kubernetes.io/${one.metadata.name}`, one] as const,
    ),
  ])
}
