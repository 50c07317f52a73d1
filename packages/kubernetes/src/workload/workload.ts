/**
 * Workloads: whatever wants pods of one shape, by a name, in a number.
 */
import type { Metadata } from '../words/metadata.js'
import {
  notHonouredInPod,
  notHonouredInStatefulSet,
  notHonouredInTemplate,
} from '../words/not-honoured.js'
import type { Kind, KubernetesObject } from '../words/object.js'
import type { PodSpec } from '../words/pod.js'
import { podsOfJob } from '../words/workload.js'

export type WorkloadKind = Exclude<Kind, 'Node' | 'PriorityClass'>

export interface Workload {
  readonly from: string
  readonly kind: WorkloadKind
  /** Namespace and name, as kubectl writes them together: `shop/cart`. */
  readonly name: string
  readonly metadata: Metadata
  /** Where in its document the pod's spec stands. */
  readonly at: readonly (string | number)[]
  readonly spec: PodSpec
  readonly count: number | 'one per node'
  /** Paths of fields with a meaning for scheduling that is not honoured yet. */
  readonly notHonoured: readonly string[]
}

/** Without a namespace, or with an empty one, an object is in `default`. */
export const fullName = ({ namespace, name }: Pick<Metadata, 'namespace' | 'name'>): string =>
  `${namespace === undefined || namespace === '' ? 'default' : namespace}/${name}`

/** What a workload is called in messages. */
export const titleOf = ({ kind, name }: Pick<Workload, 'kind' | 'name'>): string =>
  `${kind} ${name}`

type Wanting = Extract<KubernetesObject, { readonly kind: WorkloadKind }>

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
    at: [...found.at, ...inside],
    spec: kind === 'Pod' ? found.object.spec : found.object.spec.template.spec,
    count: countOf(found),
    notHonoured: notHonouredIn(found),
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
