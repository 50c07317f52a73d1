/**
 * Workloads: whatever wants pods of one shape, by a name, in a number.
 */
import type { PodLike } from '../surroundings/pod-like.js'
import type { Labels, LabelSelector } from '../words/label-selector.js'
import type { Metadata } from '../words/metadata.js'
import {
  notHonouredInPod,
  notHonouredInStatefulSet,
  notHonouredInTemplate,
} from '../words/not-honoured.js'
import type { Kind, KubernetesObject } from '../words/object.js'
import type { Pod } from '../words/pod.js'
import { podsOfJob } from '../words/workload.js'

/** The kinds that want pods; all others say something about these. */
const wanting = ['Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'] as const

export type WorkloadKind = (typeof wanting)[number]

export interface Workload extends PodLike {
  readonly from: string
  readonly kind: WorkloadKind
  /** Namespace and name, as kubectl writes them together: `shop/cart`. */
  readonly name: string
  readonly metadata: Metadata
  /** Where in its document the pod's spec stands. */
  readonly at: readonly (string | number)[]
  readonly count: number | 'one per node'
  /** When a pod began to run. */
  readonly startTime: string | undefined
  /** Where room is made for a pod. */
  readonly nominatedNodeName: string | undefined
  /** Whether a pod is leaving to make room for another. */
  readonly isPreempted: boolean
  /** Paths of fields with a meaning for scheduling that is not honoured yet. */
  readonly notHonoured: readonly string[]
}

/** Without a namespace, or with an empty one, an object is in `default`. */
export const namespaceOf = ({ namespace }: Pick<Metadata, 'namespace'>): string =>
  namespace === undefined || namespace === '' ? 'default' : namespace

export const fullName = (metadata: Pick<Metadata, 'namespace' | 'name'>): string =>
  `${namespaceOf(metadata)}/${metadata.name}`

/** What a workload is called in messages. */
export const titleOf = ({ kind, name }: Pick<Workload, 'kind' | 'name'>): string =>
  `${kind} ${name}`

type Wanting = Extract<KubernetesObject, { readonly kind: WorkloadKind }>

export const isWanting = (found: KubernetesObject): found is Wanting =>
  (wanting as readonly Kind[]).includes(found.kind)

const insidePod = ['spec']
const insideTemplate = ['spec', 'template', 'spec']

export const workloadOf = (found: Wanting): Workload => {
  const { from, kind, object } = found
  const inside = kind === 'Pod' ? insidePod : insideTemplate
  return {
    from,
    kind,
    name: fullName(object.metadata),
    metadata: object.metadata,
    namespace: namespaceOf(object.metadata),
    labels: labelsOf(found),
    ownerSelector: selectorOf(found),
    named: kind === 'Pod' ? object.metadata : undefined,
    at: [...found.at, ...inside],
    spec: kind === 'Pod' ? found.object.spec : found.object.spec.template.spec,
    status: kind === 'Pod' ? found.object.status : undefined,
    count: countOf(found),
    ...ofStatus(kind === 'Pod' ? found.object : undefined),
    notHonoured: notHonouredIn(found),
  }
}

const ofStatus = (
  pod: Pod | undefined,
): Pick<Workload, 'resourceClaimStatuses' | 'startTime' | 'nominatedNodeName' | 'isPreempted'> => {
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

/** Those of the pods. */
const labelsOf = (found: Wanting): Labels =>
  found.kind === 'Pod'
    ? found.object.metadata.labels
    : (found.object.spec.template.metadata?.labels ?? new Map())

/** What the controller selects that will own the pods; upstream looks at these kinds alone. */
const selectorOf = (found: Wanting): LabelSelector | undefined => {
  switch (found.kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
      return found.object.spec.selector
    default:
      return undefined
  }
}

const notHonouredIn = ({ kind, raw }: Wanting): readonly string[] => {
  const under = (inside: readonly string[], paths: (spec: unknown) => readonly string[]) =>
    paths(at(raw, inside)).map((path) => [...inside, path].join('.'))
  if (kind === 'Pod') return under(insidePod, notHonouredInPod)
  return [
    ...under(insideTemplate, notHonouredInPod),
    ...under(insideTemplate, notHonouredInTemplate),
    ...(kind === 'StatefulSet' ? under(['spec'], notHonouredInStatefulSet) : []),
  ]
}

const countOf = (found: Wanting): Workload['count'] => {
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
