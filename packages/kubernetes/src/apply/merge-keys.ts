/**
 * Lists how a strategic merge patch treats the lists and objects of a Kubernetes object: by which
 * field the items of a list are found again, and which objects keep only the fields of the patch.
 *
 * Source: Kubernetes API reference, `x-kubernetes-patch-merge-key` and
 * `x-kubernetes-patch-strategy` of the fields named here.
 */
import { isObject, own } from '@stowage/documents'

const mergeKeys: ReadonlyMap<string, string> = new Map([
  ['containers', 'name'],
  ['initContainers', 'name'],
  ['ephemeralContainers', 'name'],
  ['volumes', 'name'],
  ['env', 'name'],
  ['volumeMounts', 'mountPath'],
  ['volumeDevices', 'devicePath'],
  ['imagePullSecrets', 'name'],
  ['hostAliases', 'ip'],
  ['topologySpreadConstraints', 'topologyKey'],
  ['resourceClaims', 'name'],
  ['schedulingGates', 'name'],
  ['ownerReferences', 'uid'],
  ['conditions', 'type'],
])

/**
 * The field that identifies the items of a list with this name; `undefined` when a patch replaces
 * the whole list, such as `tolerations`.
 */
export const mergeKeyOf = (name: string, items: readonly unknown[]): string | undefined => {
  // A container's ports are told apart by `containerPort`, those of a Service by `port`.
  const key = name === 'ports' ? portKeyOf(items) : mergeKeys.get(name)
  const isKeyed = (item: unknown): boolean => isObject(item) && own(item, key ?? '') !== undefined
  return key !== undefined && items.every(isKeyed) ? key : undefined
}

const portKeyOf = ([first]: readonly unknown[]): string =>
  isObject(first) && Object.hasOwn(first, 'containerPort') ? 'containerPort' : 'port'

/** What identifies an item of a list: a port also by its protocol. */
export const itemId = (item: unknown, key: string): unknown => {
  if (!isObject(item)) return undefined
  const value = own(item, key)
  const isPort = key === 'containerPort' || key === 'port'
  return isPort ? `${String(value)}/${String(own(item, 'protocol') ?? 'TCP')}` : value
}

/**
 * Whether an object keeps only the fields that the patch names: the `strategy` of a Deployment, and
 * an item of `volumes`.
 */
export const retainsPatchKeys = (name: string): boolean => name === 'strategy' || name === 'volumes'
