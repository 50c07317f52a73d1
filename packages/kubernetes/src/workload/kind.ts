/**
 * Lists the kinds of objects that are pods or make pods from a template, and looks up the template
 * of each.
 */
import type { Kind, KubernetesObject } from '../words/object.js'
import type { PodTemplate } from '../words/pod.js'

/** The kinds of workloads. */
const workloadKinds = [
  'Pod',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'ReplicationController',
  'Job',
  'CronJob',
] as const

/** The kinds of objects that are pods or make pods. */
export type WorkloadKind = (typeof workloadKinds)[number]

/** An object that is a pod or makes pods. */
export type WorkloadObject = Extract<KubernetesObject, { readonly kind: WorkloadKind }>

/** Whether the object is a pod or a controller of pods. */
export const isWorkload = (found: KubernetesObject): found is WorkloadObject =>
  (workloadKinds as readonly Kind[]).includes(found.kind) &&
  (found.kind !== 'ReplicationController' || found.object.spec?.template !== undefined)

/** The path of the template in its object; empty for a pod, which is like a template itself. */
export const templatePath = ({ kind }: Pick<WorkloadObject, 'kind'>): readonly string[] => {
  switch (kind) {
    case 'Pod':
      return []
    case 'CronJob':
      return ['spec', 'jobTemplate', 'spec', 'template']
    default:
      return ['spec', 'template']
  }
}

/** The template, or the pod itself. */
export const templateOf = (found: WorkloadObject): PodTemplate => {
  switch (found.kind) {
    case 'Pod':
      return found.object
    case 'CronJob':
      return found.object.spec.jobTemplate.spec.template
    case 'ReplicationController':
      // `isWorkload` is false without a template.
      return found.object.spec!.template!
    default:
      return found.object.spec.template
  }
}
