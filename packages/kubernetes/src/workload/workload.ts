/**
 * Converts decoded objects to workloads. A workload is a pod, or a controller that requests a
 * number of pods from one template.
 */
import type { PodLike } from '../surroundings/pod-like.js'
import type { Labels, LabelSelector } from '../words/label-selector.js'
import type { Metadata } from '../words/metadata.js'
import { notHonouredInPod, notHonouredInTemplate } from '../words/not-honoured.js'
import type { Kind, KubernetesObject } from '../words/object.js'
import type { Pod } from '../words/pod.js'
import { podsOfJob, type NamedClaimTemplate, type StatefulSet } from '../words/workload.js'

/** The kinds of workloads. */
const workloadKinds = [
  'Pod',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
] as const

/** The kinds of objects that are pods or make pods. */
export type WorkloadKind = (typeof workloadKinds)[number]

/**
 * A Pod, or a controller that requests pods of one template; pod fields describe the pod or the
 * template.
 */
export interface KubernetesWorkload extends PodLike {
  readonly from: string
  readonly kind: WorkloadKind
  /** Namespace and name, as kubectl writes them together: `shop/cart`. */
  readonly name: string
  readonly metadata: Metadata
  /** The path of the pod's spec in its document. */
  readonly at: readonly (string | number)[]
  readonly count: number | 'one per node'
  /** When the pod started. */
  readonly startTime: string | undefined
  /** The node to which the pod is nominated. */
  readonly nominatedNodeName: string | undefined
  /** Whether the pod leaves because it was preempted. */
  readonly isPreempted: boolean
  /** What a StatefulSet makes for each of its pods; absent for other kinds. */
  readonly stateful?: StatefulPods | undefined
  /** Paths of fields with a meaning for scheduling that is not honoured yet. */
  readonly notHonoured: readonly string[]
}

/** How a StatefulSet numbers its pods, and the claims that each of them gets. */
export interface StatefulPods {
  readonly start: number
  readonly claimTemplates: readonly NamedClaimTemplate[]
}

/** The namespace of an object; `default` when it has none or an empty one. */
export const namespaceOf = ({ namespace }: Pick<Metadata, 'namespace'>): string =>
  namespace === undefined || namespace === '' ? 'default' : namespace

/** `namespace/name` of an object. */
export const fullName = (metadata: Pick<Metadata, 'namespace' | 'name'>): string =>
  `${namespaceOf(metadata)}/${metadata.name}`

/** The title of a workload in messages. */
export const titleOf = ({ kind, name }: Pick<KubernetesWorkload, 'kind' | 'name'>): string =>
  `${kind} ${name}`

type WorkloadObject = Extract<KubernetesObject, { readonly kind: WorkloadKind }>

/** Whether the object is a pod or a controller of pods. */
export const isWorkload = (found: KubernetesObject): found is WorkloadObject =>
  (workloadKinds as readonly Kind[]).includes(found.kind)

const insidePod = ['spec']
const insideTemplate = ['spec', 'template', 'spec']

/** The workload of an object. */
export const workloadOf = (found: WorkloadObject): KubernetesWorkload => {
  const { from, kind, object } = found
  const inside = kind === 'Pod' ? insidePod : insideTemplate
  return {
    from,
    kind,
    name: fullName(object.metadata),
    metadata: object.metadata,
    namespace: namespaceOf(object.metadata),
    labels: labelsOf(found),
    ownerSelector: controllerSelector(found),
    named: kind === 'Pod' ? object.metadata : undefined,
    at: [...found.at, ...inside],
    spec: kind === 'Pod' ? found.object.spec : found.object.spec.template.spec,
    status: kind === 'Pod' ? found.object.status : undefined,
    count: podCount(found),
    ...(found.kind === 'StatefulSet' ? { stateful: statefulPods(found.object) } : {}),
    ...ofStatus(kind === 'Pod' ? found.object : undefined),
    notHonoured: notHonouredIn(found),
  }
}

const ofStatus = (
  pod: Pod | undefined,
): Pick<
  KubernetesWorkload,
  'resourceClaimStatuses' | 'startTime' | 'nominatedNodeName' | 'isPreempted'
> => {
  const target = pod?.status?.conditions.find(({ type }) => type === 'DisruptionTarget')
  return {
    resourceClaimStatuses: pod?.status?.resourceClaimStatuses ?? [],
    startTime: pod?.status?.startTime,
    nominatedNodeName: pod?.status?.nominatedNodeName,
    isPreempted:
      pod?.metadata.deletionTimestamp !== undefined &&
      target?.status === 'True' &&
      target.reason === 'PreemptionByScheduler',
  }
}

/** The labels of the pods. */
const labelsOf = (found: WorkloadObject): Labels =>
  found.kind === 'Pod'
    ? found.object.metadata.labels
    : (found.object.spec.template.metadata?.labels ?? new Map())

/**
 * The selector of the controller that will own the pods; kube-scheduler looks at these kinds only.
 */
const controllerSelector = (found: WorkloadObject): LabelSelector | undefined => {
  switch (found.kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
      return found.object.spec.selector
    default:
      return undefined
  }
}

const statefulPods = ({ spec }: StatefulSet): StatefulPods => ({
  start: spec.ordinals?.start ?? 0,
  claimTemplates: spec.volumeClaimTemplates,
})

const notHonouredIn = ({ kind, raw }: WorkloadObject): readonly string[] => {
  const under = (inside: readonly string[], paths: (spec: unknown) => readonly string[]) =>
    paths(at(raw, inside)).map((path) => [...inside, path].join('.'))
  if (kind === 'Pod') return under(insidePod, notHonouredInPod)
  return [
    ...under(insideTemplate, notHonouredInPod),
    ...under(insideTemplate, notHonouredInTemplate),
  ]
}

const podCount = (found: WorkloadObject): KubernetesWorkload['count'] => {
  switch (found.kind) {
    case 'Pod':
      return 1
    case 'DaemonSet':
      return 'one per node'
    case 'Job':
      return podsOfJob(found.object)
    default:
      return found.object.spec.replicas ?? 1
  }
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, step) => (inner as Readonly<Record<string, unknown>> | undefined)?.[step],
    value,
  )
