/**
 * Who owns whom, in a dump of a live cluster: a Deployment's ReplicaSets and their pods come along
 * with the Deployment, and must not be counted beside it. A pod that already exists is one of its
 * owner's replicas.
 */
import { fullName, titleOf, type KubernetesWorkload } from './workload.js'

/**
 * The titles that a workload's owner may go by. A Deployment's pods name its ReplicaSet; where that
 * is not there, its own name still tells the Deployment, as it is the Deployment's and the hash of
 * the template, which is a label of the pods.
 */
const ownersOf = ({ metadata }: KubernetesWorkload): readonly string[] => {
  const owner = metadata.ownerReferences.find(({ controller }) => controller === true)
  if (owner === undefined) return []
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
 * The workload at the top of the chain of owners, among those that are there: itself, when nobody
 * owns it.
 */
export const topOwners = (
  workloads: readonly KubernetesWorkload[],
): ((workload: KubernetesWorkload) => KubernetesWorkload) => {
  const byTitle = new Map(workloads.map((workload) => [titleOf(workload), workload]))
  const topOf = (workload: KubernetesWorkload, steps: number): KubernetesWorkload => {
    const owner = ownersOf(workload)
      .map((title) => byTitle.get(title))
      .find((found) => found !== undefined)
    return owner === undefined || steps === 0 ? workload : topOf(owner, steps - 1)
  }
  return (workload) => topOf(workload, workloads.length)
}
