/**
 * Warns of each pod whose PriorityClass is missing from the input and for which a default priority
 * is assumed. An existing pod gets the default, and so does every pod when the input has no
 * PriorityClass at all. Admission refuses any other pod with a missing class.
 */
import type { AdmissionCluster } from '../admission/cluster.js'
import { defaultPriority, hasPriorityClass } from '../admission/priority.js'
import type { KubernetesWarning } from '../words/warning.js'
import { isStored } from './stored.js'
import { titleOf, type KubernetesWorkload } from './workload.js'

/** A warning for each workload, as it was read, that is kept although its class is missing. */
export const priorityWarnings = (
  workloads: readonly KubernetesWorkload[],
  cluster: AdmissionCluster,
): readonly KubernetesWarning[] =>
  workloads
    .filter(({ kind, template, spec: { priority, priorityClassName = '' } }) => {
      const isAdmitted = kind === 'Pod' && isStored(template)
      const remains = cluster.priorityClasses.length === 0 || isAdmitted
      return priority === undefined && !hasPriorityClass(cluster, priorityClassName) && remains
    })
    .map((workload) => ({
      code: 'PriorityAssumed',
      from: workload.from,
      subject: titleOf(workload),
      text: `${classNotFound(workload)}: its priority is not known, ${defaultPriority(cluster)} is assumed`,
    }))

/** The message of the API server. */
const classNotFound = ({ spec: { priorityClassName = '' } }: KubernetesWorkload): string =>
  `no PriorityClass with name ${priorityClassName} was found`
