/**
 * Computes the labels that controllers and the API server add to the labels of a pod template, such
 * as the name of the Job, the hash of the template (`pod-template-hash`), and the pod's index.
 *
 * Source: Kubernetes documentation, "Well-Known Labels, Annotations and Taints".
 */
import type { Labels } from '../words/label-selector.js'
import { hashText } from '../template/hash.js'
import { jobLabels } from '../object-rule/validate.js'
import { templateOf, type WorkloadObject } from './kind.js'

/** The label with the hash of the template: its key and its value. */
export type RevisionLabel = readonly [key: string, value: string]

/** The keys of labels in which the pods of one template may differ. */
export const indexKeys: readonly string[] = [
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/job-completion-index',
  'statefulset.kubernetes.io/pod-name',
]

/** The labels that all pods of a workload have. `title` is its kind and its name. */
export const labelsOfPods = (
  found: WorkloadObject,
  revision: RevisionLabel | undefined,
  title: string,
): Labels => {
  const own = templateOf(found).metadata?.labels ?? new Map<string, string>()
  switch (found.kind) {
    case 'Job':
      return found.object.spec.manualSelector === true
        ? own
        : new Map([...labelsOfJob(found.object.metadata, title), ...own])
    case 'CronJob':
      return found.object.spec.jobTemplate.spec.manualSelector === true
        ? own
        : new Map([...labelsOfJob(nextJob(found.object.metadata.name), title), ...own])
    case 'DaemonSet':
      return new Map([
        ...own,
        ['pod-template-generation', generationOf(found.object.metadata.annotations)],
        ...(revision === undefined ? [] : [revision]),
      ])
    default:
      return revision === undefined ? own : new Map([...own, revision])
  }
}

/** The name of a CronJob's Job ends with its time in minutes, which is not known yet. */
const nextJob = (name: string) => ({ name: `${name}-next`, uid: undefined })

const labelsOfJob = (
  { name, uid }: { readonly name: string; readonly uid: string | undefined },
  title: string,
): Labels => new Map(Object.entries(jobLabels(assumedName(name), uid ?? standInUid(title))))

/** A UID for an object that the API server has not stored yet; different titles differ in it. */
const standInUid = (title: string): string =>
  `00000000-0000-0000-0000-${hashText(title).toString(16).padStart(12, '0')}`

const generationOf = (annotations: ReadonlyMap<string, string>): string =>
  annotations.get('deprecated.daemonset.template.generation') ?? '1'

/** The labels of the pod with this index; none for kinds whose pods have no index. */
export const indexLabels = (kind: string, name: string, index: number): Labels => {
  switch (kind) {
    case 'StatefulSet':
      return new Map([
        ['apps.kubernetes.io/pod-index', String(index)],
        ['statefulset.kubernetes.io/pod-name', nameOfStateful(name, index)],
      ])
    case 'Job':
    case 'CronJob':
      return new Map([['batch.kubernetes.io/job-completion-index', String(index)]])
    default:
      return new Map()
  }
}

/** The name of the pod with this index; `undefined` for kinds whose pods get random names. */
export const nameAt = (kind: string, name: string, index: number): string | undefined =>
  kind === 'StatefulSet' ? nameOfStateful(name, index) : undefined

const nameOfStateful = (name: string, index: number): string => `${assumedName(name)}-${index}`

/**
 * A name that an object, or what is named after it, may have: in place of the `*` of a name that
 * is to be generated come five digits, where the API server writes five random characters.
 */
export const assumedName = (name: string): string =>
  name.replace(/\*(\d*)/, (_, number: string) => number.padStart(5, '0'))
