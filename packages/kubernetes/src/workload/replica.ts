/**
 * Splits the pending pods of a StatefulSet or an Indexed Job when a rule can tell them apart: each
 * pod has labels with its index, and some selector reads one of them. Otherwise the pods stay
 * together, as one decision for all of them is faster.
 */
import { withPodDefaults } from '../admission/admit.js'
import type { PendingWorkload } from './share.js'
import { indexKeys, indexLabels } from './written-labels.js'

/** The workloads, with one for each pod that a rule tells apart by its index. */
export const splitByIndex = (
  workloads: readonly PendingWorkload[],
  selectedKeys: ReadonlySet<string>,
): readonly PendingWorkload[] =>
  indexKeys.some((key) => selectedKeys.has(key)) ? workloads.flatMap(split) : workloads

const split = (workload: PendingWorkload): readonly PendingWorkload[] => {
  const { count, indices } = workload
  if (count === 'one per node' || indices === undefined) return [workload]
  return indices.slice(0, count).map((index) => podAt(workload, index))
}

/** One pod of a workload, the one with this index. */
export const podAt = (workload: PendingWorkload, index: number): PendingWorkload => {
  const { kind, metadata } = workload
  const labels = new Map([...workload.labels, ...indexLabels(kind, metadata.name, index)])
  const spec = withPodDefaults(workload.spec, labels)
  return { ...workload, count: 1, indices: [index], labels, spec }
}
