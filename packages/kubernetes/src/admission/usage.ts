/**
 * Computes what an object uses of a ResourceQuota, as amounts by resource name, such as
 * `requests.cpu`:
 * 1. any object: 1 of its kind, for example `count/pods`;
 * 2. a pod: its requests and limits;
 * 3. a PersistentVolumeClaim: its storage;
 * 4. a ResourceClaim: its devices;
 * 5. a Service: its ports.
 *
 * Source: Kubernetes documentation, "Resource Quotas".
 */
import { classAnnotation } from '../surroundings/storage.js'
import { add, type Quantity } from '../words/quantity.js'
import { arePages, isExtendedName, quantityOf } from '../validation/resources.js'
import type {
  WireAmounts,
  WireClaimSpec,
  WireObject,
  WirePod,
  WirePodSpec,
  WireResourceClaimSpec,
} from '../wire/objects.js'
import { quantityLike, unit } from '../wire/canonical.js'
import { isPodLevel } from '../wire/pod-level.js'
import { mergedAmounts, togetherOf } from '../wire/together.js'
import { resourceOf } from './refusal.js'

/** What an object uses, by the names of a quota. */
export const usageOf = (object: WireObject): WireAmounts => ({
  [`count/${resourceOf(object.kind)}`]: '1',
  ...usages[object.kind]?.(object),
})

const usages: Readonly<Record<string, ((object: WireObject) => WireAmounts) | undefined>> = {
  Pod: (object) => podUsage(object as WirePod),
  PersistentVolumeClaim: (object) => claimUsage(object),
  ReplicationController: () => ({ replicationcontrollers: '1' }),
  ResourceClaim: (object) => deviceUsage(object.spec ?? {}),
  ResourceQuota: () => ({ resourcequotas: '1' }),
  Service: (object) => serviceUsage(object.spec ?? {}),
}

interface ServiceSpec {
  readonly type?: string
  readonly allocateLoadBalancerNodePorts?: boolean
  readonly ports?: readonly { readonly nodePort?: number }[]
}

/**
 * A load balancer takes a port of the nodes for each of its ports, unless it is told to take those
 * alone that it names.
 */
const serviceUsage = ({
  type,
  allocateLoadBalancerNodePorts,
  ports = [],
}: ServiceSpec): WireAmounts => {
  const isBalancer = type === 'LoadBalancer'
  const named = ports.filter(({ nodePort = 0 }) => nodePort !== 0)
  const taken = isBalancer && allocateLoadBalancerNodePorts === false ? named : ports
  return {
    services: '1',
    'services.loadbalancers': isBalancer ? '1' : '0',
    'services.nodeports': isBalancer || type === 'NodePort' ? `${taken.length}` : '0',
  }
}

/** A pod that has ended counts as an object alone. */
const podUsage = ({ spec = {}, status }: WirePod): WireAmounts => {
  const { phase = '' } = (status ?? {}) as { readonly phase?: string }
  if (phase === 'Succeeded' || phase === 'Failed') return {}
  const requests = totalOf(spec, 'requests')
  const limits = totalOf(spec, 'limits')
  const counted = (name: string): boolean =>
    isComputed(name) || arePages(name) || isExtendedName(name)
  return {
    pods: '1',
    ...renameAmounts(requests, (name) => (isExtendedName(name) ? undefined : name)),
    ...renameAmounts(requests, (name) => (counted(name) ? `requests.${name}` : undefined)),
    ...renameAmounts(limits, (name) => (isComputed(name) ? `limits.${name}` : undefined)),
  }
}

/** The amounts under other names; those without a name are left out. */
const renameAmounts = (
  amounts: WireAmounts,
  nameFor: (name: string) => string | undefined,
): WireAmounts =>
  Object.fromEntries(
    Object.entries(amounts).flatMap(([name, text]) => {
      const other = nameFor(name)
      return other === undefined ? [] : [[other, text] as const]
    }),
  )

const isComputed = (name: string): boolean =>
  name === 'cpu' || name === 'memory' || name === 'ephemeral-storage'

/** The amounts of the pod with its overhead; a limit of nothing stays no limit. */
const totalOf = (spec: WirePodSpec, list: 'requests' | 'limits'): WireAmounts => {
  const own = Object.entries(spec.resources?.[list] ?? {}).filter(([name]) => isPodLevel(name))
  const together = { ...togetherOf(spec, list), ...Object.fromEntries(own) }
  const overhead = Object.entries(spec.overhead ?? {}).filter(
    ([name]) => list === 'requests' || Object.hasOwn(together, name),
  )
  return mergedAmounts(together, Object.fromEntries(overhead), add)
}

/** Storage counts in whole bytes, and by its class as well. */
const claimUsage = (claim: WireObject): WireAmounts => {
  const { resources, ...spec } = (claim.spec ?? {}) as WireClaimSpec
  const storage = resources?.requests?.['storage']
  const storageClassName =
    claim.metadata?.annotations?.[classAnnotation] ?? spec.storageClassName ?? ''
  const used: WireAmounts = {
    persistentvolumeclaims: '1',
    ...(storage === undefined ? {} : { 'requests.storage': inWholeBytes(storage) }),
  }
  const ofClass = `${storageClassName}.storageclass.storage.k8s.io`
  return storageClassName === ''
    ? used
    : { ...used, ...renameAmounts(used, (name) => `${ofClass}/${name}`) }
}

const inWholeBytes = (text: string): string => {
  const quantity = quantityOf(text)
  return quantity % unit === 0n
    ? text
    : quantityLike(((quantity / unit + 1n) * unit) as Quantity, text)
}

/** The most devices of a claim, which one that asks for all is taken to get. */
const allocationMax = 32

/**
 * Devices by their class. Of the alternatives of a request each class counts with the most that one
 * of them asks of it.
 */
const deviceUsage = ({ devices: { requests = [] } = {} }: WireResourceClaimSpec): WireAmounts => {
  const counts = new Map<string, number>()
  for (const { exactly, firstAvailable = [] } of requests) {
    const most = new Map<string, number>()
    for (const { deviceClassName = '', allocationMode = 'ExactCount', count = 1 } of [
      ...(exactly === undefined ? [] : [exactly]),
      ...firstAvailable,
    ]) {
      const number = allocationMode === 'All' ? allocationMax : count
      most.set(deviceClassName, Math.max(most.get(deviceClassName) ?? 0, number))
    }
    for (const [name, count] of most) counts.set(name, (counts.get(name) ?? 0) + count)
  }
  return Object.fromEntries(
    [...counts].map(([name, count]) => [`${name}.deviceclass.resource.k8s.io/devices`, `${count}`]),
  )
}

/** Whether a pod may end by a deadline of its own. */
export const isTerminating = ({ spec }: WirePod): boolean =>
  spec?.activeDeadlineSeconds !== undefined

/** Whether no container and not the pod itself requests or limits CPU or memory. */
export const isBestEffort = ({ spec = {} }: WirePod): boolean => {
  const { containers = [], initContainers = [], resources } = spec
  const own = Object.keys({ ...resources?.requests, ...resources?.limits })
  const bearers = own.length > 0 ? [{ resources }] : [...containers, ...initContainers]
  return bearers.every((bearer) =>
    Object.entries({ ...bearer.resources?.requests, ...bearer.resources?.limits }).every(
      ([name, text]) => (name !== 'cpu' && name !== 'memory') || quantityOf(text) === 0n,
    ),
  )
}
