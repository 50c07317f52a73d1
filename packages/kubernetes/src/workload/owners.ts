/**
 * Finds the topmost owner of each workload in a dump of a live cluster, such as the Deployment that
 * owns a pod through a ReplicaSet. An existing pod counts as one replica of its topmost owner, so
 * that nothing is counted twice.
 */
import { controllerRefOf, type OwnerReference } from '../words/metadata.js'
import { fullName, titleOf, type KubernetesWorkload } from './workload.js'

const ownerGroups: ReadonlyMap<string, string> = new Map([
  ['Deployment', 'apps'],
  ['ReplicaSet', 'apps'],
  ['StatefulSet', 'apps'],
  ['DaemonSet', 'apps'],
  ['ReplicationController', ''],
  ['Job', 'batch'],
])

/**
 * Whether the reference is to a kind of Kubernetes, and not to one of the same name in another API
 * group. A Job that a CronJob has made is a workload of its own, beside the CronJob's next one.
 */
const isOwnKind = ({ apiVersion, kind }: OwnerReference): boolean => {
  const group = ownerGroups.get(kind)
  if (group === undefined || apiVersion === undefined) return group !== undefined
  return group === (apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '')
}

/**
 * The possible titles of a workload's owner. The pods of a Deployment refer to its ReplicaSet. If
 * that is missing, its name still yields the Deployment's: it is this name and the template hash,
 * which is also a label of the pods.
 */
const ownersOf = ({ metadata }: KubernetesWorkload): readonly string[] => {
  const owner = controllerRefOf(metadata)
  if (owner === undefined || !isOwnKind(owner)) return []
  const title = (kind: string, name: string): string =>
    `${kind} ${fullName({ namespace: metadata.namespace, name })}`
  const hash = `-${metadata.labels.get('pod-template-hash') ?? ''}`
  const isHashed = owner.kind === 'ReplicaSet' && hash !== '-' && owner.name.endsWith(hash)
  return [
    title(owner.kind, owner.name),
    ...(isHashed ? [title('Deployment', owner.name.slice(0, -hash.length))] : []),
  ]
}

/**
 * Finds the workload at the top of the chain of known owners: the workload itself when it has none,
 * or when the chain comes back to where it was. Every chain is followed once.
 */
export const topOwners = (
  workloads: readonly KubernetesWorkload[],
): ((workload: KubernetesWorkload) => KubernetesWorkload) => {
  const byTitle = new Map(workloads.map((workload) => [titleOf(workload), workload]))
  const tops = new Map<KubernetesWorkload, KubernetesWorkload>()
  const ownerOf = (workload: KubernetesWorkload): KubernetesWorkload | undefined =>
    ownersOf(workload)
      .map((title) => byTitle.get(title))
      .find((found) => found !== undefined)
  return (workload) => {
    const chain = new Set<KubernetesWorkload>()
    let top = tops.get(workload)
    for (let next: KubernetesWorkload | undefined = workload; top === undefined; ) {
      chain.add(next)
      const owner = ownerOf(next)
      if (owner === undefined) top = next
      else if (chain.has(owner)) top = workload
      else top = tops.get((next = owner))
    }
    for (const one of chain) tops.set(one, top === workload ? one : top)
    return top
  }
}
