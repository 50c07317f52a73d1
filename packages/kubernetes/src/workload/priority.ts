/**
 * The priority of a pod: its own number, or that of the class that it names, or the default class's, or 0.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption".
 */
import type { Warning } from '@stowage/kernel'
import type { KubernetesObject } from '../words/object.js'
import { builtInPriorities } from '../words/priority-class.js'
import { titleOf, type Workload } from './workload.js'

export interface Priorities {
  readonly of: (workload: Workload) => { readonly priority: number }
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
  const isKnown = ({ spec }: Workload): boolean =>
    spec.priority !== undefined ||
    spec.priorityClassName === undefined ||
    spec.priorityClassName === '' ||
    values.has(spec.priorityClassName)
  return {
    of: ({ spec }) => ({
      priority: spec.priority ?? values.get(spec.priorityClassName ?? '') ?? otherwise,
    }),
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
