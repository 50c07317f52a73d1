/**
 * Converts decoded objects to workloads. A workload is a pod, or a controller that requests a
 * number of pods from one template.
 */
import type { PodLike } from '../surroundings/pod-like.js'
import type { LabelSelector } from '../words/label-selector.js'
import { alsoAsking } from '../words/label-selector.js'
import { controllerRefOf, type Metadata } from '../words/metadata.js'
import type { Likeness } from '../words/object.js'
import { notHonouredInPod, notHonouredInTemplate } from './not-honoured.js'
import type { Pod } from '../words/pod.js'
import type { NamedClaimTemplate, UpdateStrategy } from '../words/workload.js'
import { templateOf, templatePath, type WorkloadKind, type WorkloadObject } from './kind.js'
import { podCountOf, type PodCount } from './pod-count.js'
import { labelsOfPods, type RevisionLabel } from './written-labels.js'

/**
 * A Pod, or a controller that requests pods of one template; pod fields describe the pod or the
 * template. `indices` are the numbers that tell the pods of a StatefulSet or an Indexed Job apart.
 */
export interface KubernetesWorkload extends PodLike, PodCount {
  readonly from: string
  readonly kind: WorkloadKind
  /** Namespace and name, as kubectl writes them together: `shop/cart`. */
  readonly name: string
  readonly metadata: Metadata
  /** The path of the pod's spec in its document. */
  readonly at: readonly (string | number)[]
  /** When the pod started. */
  readonly startTime: string | undefined
  /** The node to which the pod is nominated. */
  readonly nominatedNodeName: string | undefined
  /** Whether the pod leaves because it was preempted. */
  readonly isPreempted: boolean
  /** The claims that a StatefulSet makes for each of its pods; none for other kinds. */
  readonly claimTemplates: readonly NamedClaimTemplate[]
  /** Paths of fields with a meaning for scheduling that is not honoured yet. */
  readonly notHonoured: readonly string[]
  /** The template, or the pod itself, as it was read. */
  readonly template: unknown
  /** The label that all pods of the present template have and no others. */
  readonly revision?: RevisionLabel | undefined
  /** How a controller replaces its pods after its template has changed. */
  readonly update?: UpdatePolicy
  /** Whether its controller makes one pod after the other, each once the one before it is ready. */
  readonly isOrdered?: boolean
  /** Whether a pod that leaves is replaced only once it is gone, as when its name is taken. */
  readonly isReplacedOnceGone?: boolean
  /** Existing pods only: what it has in common with pods that are alike. */
  readonly likeness?: Likeness | undefined
}

/** How pods of an older template are replaced. */
export interface UpdatePolicy {
  readonly strategy: UpdateStrategy | undefined
  readonly paused: boolean
  /** The lowest ordinal of a StatefulSet whose pod is replaced. */
  readonly indexMin?: number
}

/** The namespace of an object; `default` when it has none or an empty one. */
export const namespaceOf = ({ namespace }: Pick<Metadata, 'namespace'>): string =>
  namespace === undefined || namespace === '' ? 'default' : namespace

/** `namespace/name` of an object. */
export const fullName = (metadata: Pick<Metadata, 'namespace' | 'name'>): string =>
  `${namespaceOf(metadata)}/${metadata.name}`

/** `namespace/name` of the controller of an object, if it is of the kind. */
export const controllerNameOf = (
  metadata: Pick<Metadata, 'namespace' | 'ownerReferences'>,
  kind: string,
): string | undefined => {
  const ref = controllerRefOf(metadata)
  return ref?.kind === kind
    ? fullName({ namespace: metadata.namespace, name: ref.name })
    : undefined
}

/** The title of a workload in messages. */
export const titleOf = ({ kind, name }: { readonly kind: string; readonly name: string }): string =>
  `${kind} ${name}`

/** The workload of an object, without a label that tells its pods from those of older templates. */
export const workloadOf = (found: WorkloadObject): KubernetesWorkload =>
  revisedWorkload(found, undefined)

/** The workload of an object whose pods have the label `revision` of the present template. */
export const revisedWorkload = (
  found: WorkloadObject,
  revision: RevisionLabel | undefined,
): KubernetesWorkload => {
  const { from, kind, object } = found
  const name = fullName(object.metadata)
  const path = templatePath(found)
  return {
    from,
    kind,
    name,
    metadata: object.metadata,
    namespace: namespaceOf(object.metadata),
    labels: labelsOfPods(found, revision, titleOf({ kind, name })),
    ...selectionOf(found, revision),
    named: kind === 'Pod' ? object.metadata : undefined,
    at: [...found.at, ...path, 'spec'],
    spec: templateOf(found).spec,
    status: kind === 'Pod' ? found.object.status : undefined,
    ...podCountOf(found),
    claimTemplates: found.kind === 'StatefulSet' ? found.object.spec.volumeClaimTemplates : [],
    ...ofStatus(kind === 'Pod' ? found.object : undefined),
    notHonoured: notHonouredIn(found),
    template: at(found.raw, path),
    revision,
    ...updateOf(found),
    ...(found.likeness === undefined ? {} : { likeness: found.likeness }),
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

/**
 * The selector of the controller that will own the pods; kube-scheduler looks at these kinds only.
 * The ReplicaSet of a Deployment also selects by the hash of the template.
 */
const selectionOf = (
  found: WorkloadObject,
  revision: RevisionLabel | undefined,
): Pick<PodLike, 'ownerSelector' | 'ownerLabels'> => {
  switch (found.kind) {
    case 'Deployment':
      return { ownerSelector: withRevision(found.object.spec.selector, revision) }
    case 'ReplicaSet':
    case 'StatefulSet':
      return { ownerSelector: found.object.spec.selector }
    case 'ReplicationController':
      return {
        ownerSelector: undefined,
        ownerLabels: found.object.spec?.selector ?? templateOf(found).metadata?.labels,
      }
    default:
      return { ownerSelector: undefined }
  }
}

const withRevision = (
  selector: LabelSelector | undefined,
  revision: RevisionLabel | undefined,
): LabelSelector | undefined =>
  selector === undefined || revision === undefined
    ? selector
    : alsoAsking(selector, new Map([revision]))

const updateOf = (
  found: WorkloadObject,
): Pick<KubernetesWorkload, 'update' | 'isOrdered' | 'isReplacedOnceGone'> => {
  switch (found.kind) {
    case 'Deployment': {
      const { strategy, paused = false } = found.object.spec
      return { update: { strategy, paused } }
    }
    case 'StatefulSet': {
      const { ordinals, updateStrategy: strategy } = found.object.spec
      const indexMin = (ordinals?.start ?? 0) + (strategy?.rollingUpdate?.partition ?? 0)
      const isOrdered = found.object.spec.podManagementPolicy !== 'Parallel'
      return { update: { strategy, paused: false, indexMin }, isOrdered, isReplacedOnceGone: true }
    }
    case 'DaemonSet':
      return { update: { strategy: found.object.spec.updateStrategy, paused: false } }
    case 'Job': {
      const { podFailurePolicy, podReplacementPolicy } = found.object.spec
      const isReplacedOnceGone = podReplacementPolicy === 'Failed' || podFailurePolicy !== undefined
      return { isReplacedOnceGone }
    }
    default:
      return {}
  }
}

const notHonouredIn = (found: WorkloadObject): readonly string[] => {
  const { kind, raw } = found
  const under = (inside: readonly string[], paths: (spec: unknown) => readonly string[]) =>
    paths(at(raw, inside)).map((path) => [...inside, path].join('.'))
  const inside = [...templatePath(found), 'spec']
  if (kind === 'Pod') return under(inside, notHonouredInPod)
  return [...under(inside, notHonouredInPod), ...under(inside, notHonouredInTemplate)]
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, step) => (inner as Readonly<Record<string, unknown>> | undefined)?.[step],
    value,
  )
