/**
 * The priority of a pod: its own number, or that of the class that it names, or the default class's, or 0.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption".
 */
import type { Warning } from '@stowage/kernel'
import type { KubernetesObject } from '../words/object.js'
import type { PodSpec } from '../words/pod.js'
import { builtInPriorities, type PriorityClass } from '../words/priority-class.js'
import { titleOf, type Workload } from './workload.js'

export interface Priorities {
  /** The workload as the API server admits its pods: with the priority, and with what its class says of preemption. */
  readonly admit: (workload: Workload) => Workload & { readonly priority: number }
  /** A warning for each workload that names a class which is not there. */
  readonly unknown: (workloads: readonly Workload[]) => readonly Warning[]
}

export const prioritiesOf = (objects: readonly KubernetesObject[]): Priorities => {
  const classes = objects.flatMap((found) => (found.kind === 'PriorityClass' ? [found.object] : []))
  const values = new Map([
    ...builtInPriorities,
    ...classes.map(({ metadata, value }) => [metadata.name, value] as const),
  ])
  // Were several the default, upstream would take the lowest.
  const defaults = classes.filter(({ globalDefault }) => globalDefault === true)
  const otherwise = defaults.length === 0 ? 0 : Math.min(...defaults.map(({ value }) => value))
  const ofLeast = defaults.find(({ value }) => value === otherwise)
  const classOf = ({ priority, priorityClassName = '' }: PodSpec): PriorityClass | undefined =>
    priorityClassName === '' && priority === undefined
      ? ofLeast
      : classes.find(({ metadata }) => metadata.name === priorityClassName)
  const isKnown = ({ spec }: Workload): boolean =>
    spec.priority !== undefined ||
    spec.priorityClassName === undefined ||
    spec.priorityClassName === '' ||
    values.has(spec.priorityClassName)
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
        .filter((workload) => !isKnown(workload))
        .map((workload) => ({
          from: workload.from,
          subject: titleOf(workload),
          text: `PriorityClass ${workload.spec.priorityClassName ?? ''} is not among the documents: priority ${otherwise}`,
        })),
  }
}
