/**
 * Decodes and validates the extenders of a scheduler configuration: web services that
 * kube-scheduler calls besides its plugins. Extenders are never called here.
 */
import {
  closedRecord,
  duplicates,
  flag,
  listOrEmpty,
  optional,
  text,
  withDefault,
  type Codec,
} from '@stowage/documents'
import { isExtended } from '../demand/resource.js'
import { wrongLabelName } from '../args/label-name.js'
import { int64 } from '../words/whole-number.js'
import { Duration, seconds } from '../setting/duration.js'
import { invalid, type SettingPath, type Wrong } from '../setting/wrong.js'

/** A resource that an extender manages. */
export interface ManagedResource {
  readonly name: string
  readonly ignoredByScheduler: boolean
}
const ManagedResource: Codec<ManagedResource> = closedRecord('an object', {
  name: withDefault(text, ''),
  ignoredByScheduler: withDefault(flag, false),
})

interface Tls {
  readonly insecure: boolean
  readonly serverName: string
  readonly certFile: string
  readonly keyFile: string
  readonly caFile: string
  readonly certData: string
  readonly keyData: string
  readonly caData: string
}
const Tls: Codec<Tls> = closedRecord('an object', {
  insecure: withDefault(flag, false),
  serverName: withDefault(text, ''),
  certFile: withDefault(text, ''),
  keyFile: withDefault(text, ''),
  caFile: withDefault(text, ''),
  certData: withDefault(text, ''),
  keyData: withDefault(text, ''),
  caData: withDefault(text, ''),
})

/** How an extender is called, and for what. */
export interface Extender {
  readonly urlPrefix: string
  readonly filterVerb: string
  readonly preemptVerb: string
  readonly prioritizeVerb: string
  readonly weight: number
  readonly bindVerb: string
  readonly enableHTTPS: boolean
  readonly tlsConfig: Tls | undefined
  readonly httpTimeout: Duration
  readonly nodeCacheCapable: boolean
  readonly managedResources: readonly ManagedResource[]
  readonly ignorable: boolean
}
export const Extender: Codec<Extender> = closedRecord('an object', {
  urlPrefix: withDefault(text, ''),
  filterVerb: withDefault(text, ''),
  preemptVerb: withDefault(text, ''),
  prioritizeVerb: withDefault(text, ''),
  weight: withDefault(int64, 0),
  bindVerb: withDefault(text, ''),
  enableHTTPS: withDefault(flag, false),
  tlsConfig: optional(Tls),
  httpTimeout: withDefault(Duration, seconds(0)),
  nodeCacheCapable: withDefault(flag, false),
  managedResources: listOrEmpty(ManagedResource),
  ignorable: withDefault(flag, false),
})

/** Errors in the extenders; `at` is the path of the list. */
export const wrongExtenders = (
  extenders: readonly Extender[],
  at: SettingPath,
): readonly Wrong[] => {
  const binders = extenders.filter(({ bindVerb }) => bindVerb !== '').length
  const found = `found ${binders} extenders implementing bind`
  const repeats = new Set(
    duplicates(
      extenders.flatMap(({ managedResources }) => managedResources),
      ({ name }) => name,
    ).map(({ item }) => item),
  )
  return [
    ...extenders.flatMap((extender, i) => [
      ...wrongExtenderWeight(extender, [...at, i, 'weight']),
      ...extender.managedResources.flatMap((resource, k) =>
        wrongResource(resource.name, repeats.has(resource), [
          ...at,
          ...[i, 'managedResources', k, 'name'],
        ]),
      ),
    ]),
    ...(binders > 1
      ? [invalid(at, found, 'one that binds at most', 'only one extender can implement bind')]
      : []),
  ]
}

const wrongExtenderWeight = (
  { prioritizeVerb, weight }: Extender,
  at: SettingPath,
): readonly Wrong[] =>
  prioritizeVerb === '' || weight > 0
    ? []
    : [invalid(at, weight, '1 or more', 'must have a positive weight applied to it')]

const wrongResource = (name: string, isRepeated: boolean, at: SettingPath): readonly Wrong[] => {
  const details = wrongLabelName(name)
  const plain = isExtended(name) ? [] : ['is an invalid extended resource name']
  const again = isRepeated ? ['duplicate extender managed resource name'] : []
  return [...(details.length > 0 ? details : plain), ...again].map((detail) =>
    invalid(at, name, 'the name of an extended resource, once', detail),
  )
}
