/**
 * Gives each workload its priority: the number that admission found, otherwise that of its
 * PriorityClass, otherwise that of the default class, otherwise 0. Admission refuses a pod whose
 * class does not exist. It only gets a warning if it is already on a node, or if the documents
 * contain no class at all.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption".
 */
import type { KubernetesObject } from '../words/object.js'
import type { PodSpec } from '../words/pod.js'
import { builtInPriorities, type PriorityClass } from '../words/preemption.js'
import { isPlaced, type PendingWorkload } from './share.js'
import { titleOf, type KubernetesWorkload } from './workload.js'
import type { KubernetesWarning } from '../words/warning.js'

/** Priority admission by the PriorityClasses of a cluster. */
export interface Priorities {
  /** The workload with its priority and its class's preemptionPolicy. */
  readonly admit: (workload: KubernetesWorkload) => PendingWorkload
  /** A warning for each workload that is kept although its class is missing. */
  readonly unknown: (workloads: readonly KubernetesWorkload[]) => readonly KubernetesWarning[]
}

/** Priority admission by the PriorityClasses among the objects. */
export const prioritiesOf = (objects: readonly KubernetesObject[]): Priorities => {
  const classes = objects.flatMap((found) => (found.kind === 'PriorityClass' ? [found.object] : []))
  const values = new Map([
    ...builtInPriorities,
    ...classes.map(({ metadata, value }) => [metadata.name, value] as const),
  ])
  // Were several the default, upstream would take the lowest.
  const defaults = classes.filter(({ globalDefault }) => globalDefault === true)
  const otherwise = defaults.length === 0 ? 0 : Math.min(...defaults.map(({ value }) => value))
  const ofMin = defaults.find(({ value }) => value === otherwise)
  const classOf = ({ priority, priorityClassName = '' }: PodSpec): PriorityClass | undefined =>
    priorityClassName === '' && priority === undefined
      ? ofMin
      : classes.find(({ metadata }) => metadata.name === priorityClassName)
  const isKnown = ({ spec }: KubernetesWorkload): boolean =>
    spec.priority !== undefined ||
    spec.priorityClassName === undefined ||
    spec.priorityClassName === '' ||
    values.has(spec.priorityClassName)
  const isRefused = (workload: KubernetesWorkload): boolean =>
    classes.length > 0 && !isKnown(workload) && !isPlaced(workload.spec.nodeName)
  return {
    admit: (workload) => {
      const { spec } = workload
      const named = classOf(spec)
      const priority = spec.priority ?? values.get(spec.priorityClassName ?? '') ?? otherwise
      const preemptionPolicy = spec.preemptionPolicy ?? named?.preemptionPolicy
      return { ...workload, priority, spec: { ...spec, priority, preemptionPolicy } }
    },
    unknown: (workloads) =>
      workloads
        .filter((workload) => !isKnown(workload) && !isRefused(workload))
        .map((workload) => ({
          code: 'PriorityAssumed',
          from: workload.from,
          subject: titleOf(workload),
          text: `${classNotFound(workload.spec)}: its priority is not known, ${otherwise} is assumed`,
        })),
  }
}

/** The message of the API server. */
const classNotFound = ({ priorityClassName = '' }: PodSpec): string =>
  `no PriorityClass with name ${priorityClassName} was found`
