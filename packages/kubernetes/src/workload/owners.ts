/**
 * Who owns whom, in a dump of a live cluster: a Deployment's ReplicaSets and their pods come along with the Deployment, and must
 * not be counted beside it. A pod that already exists is one of its owner's replicas.
 */
import type { Metadata } from '../words/metadata.js'
import { titleOf, type Workload } from './workload.js'

const controllerOf = ({ metadata }: Workload): string | undefined => {
  const owner = metadata.ownerReferences.find(({ controller }) => controller === true)
  return owner && `${owner.kind} ${namespaceOf(metadata)}/${owner.name}`
}

const namespaceOf = (metadata: Metadata): string => metadata.namespace ?? 'default'

/** The workload at the top of the chain of owners, among those that are there: itself, when nobody owns it. */
export const topOwners = (workloads: readonly Workload[]): ((workload: Workload) => Workload) => {
  const byTitle = new Map(workloads.map((workload) => [titleOf(workload), workload]))
  const topOf = (workload: Workload, steps: number): Workload => {
    const owner = byTitle.get(controllerOf(workload) ?? '')
    return owner === undefined || steps === 0 ? workload : topOf(owner, steps - 1)
  }
  return (workload) => topOf(workload, workloads.length)
}
