/**
 * Extenders: web services that kube-scheduler calls besides its plugins. They are decoded and
 * validated, but never called here.
 */
import { isExtended } from '../demand/resource.js'
import { flag, list, optional, text, type Decoder } from '../words/decode.js'
import { wrongLabelName } from '../args/label-name.js'
import { closed, int64, or } from '../setting/closed.js'
import { Duration, seconds } from '../setting/duration.js'
import { invalid, type SettingPath, type Wrong } from '../setting/wrong.js'

/** A resource that an extender manages. */
export interface ManagedResource {
  readonly name: string
  readonly ignoredByScheduler: boolean
}
const ManagedResource: Decoder<ManagedResource> = closed({
  name: or(text, ''),
  ignoredByScheduler: or(flag, false),
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
const Tls: Decoder<Tls> = closed({
  insecure: or(flag, false),
  serverName: or(text, ''),
  certFile: or(text, ''),
  keyFile: or(text, ''),
  caFile: or(text, ''),
  certData: or(text, ''),
  keyData: or(text, ''),
  caData: or(text, ''),
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
export const Extender: Decoder<Extender> = closed({
  urlPrefix: or(text, ''),
  filterVerb: or(text, ''),
  preemptVerb: or(text, ''),
  prioritizeVerb: or(text, ''),
  weight: or(int64, 0),
  bindVerb: or(text, ''),
  enableHTTPS: or(flag, false),
  tlsConfig: optional(Tls),
  httpTimeout: or(Duration, seconds(0)),
  nodeCacheCapable: or(flag, false),
  managedResources: list(ManagedResource),
  ignorable: or(flag, false),
})

/** Errors in the extenders; `at` is the path of the list. */
export const wrongExtenders = (
  extenders: readonly Extender[],
  at: SettingPath,
): readonly Wrong[] => {
  const binders = extenders.filter(({ bindVerb }) => bindVerb !== '').length
  const found = `found ${binders} extenders implementing bind`
  const names = extenders.flatMap(({ managedResources }) =>
    managedResources.map(({ name }) => name),
  )
  const startOf = (i: number): number =>
    extenders.slice(0, i).reduce((sum, { managedResources }) => sum + managedResources.length, 0)
  return [
    ...extenders.flatMap((extender, i) => [
      ...wrongExtenderWeight(extender, [...at, i, 'weight']),
      ...extender.managedResources.flatMap(({ name }, k) =>
        wrongResource(name, names.indexOf(name) < startOf(i) + k, [
          ...at,
          i,
          'managedResources',
          k,
          'name',
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
