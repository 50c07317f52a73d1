/**
 * What a name means: `kind/name` as kubectl has it, short names of kinds included,
 * `namespace/name`, `name`, or `kind/namespace/name`.
 */
import type { KubernetesInput } from '../read/input.js'
import type { Wanting } from '../workload/share.js'
import { fullName, type WorkloadKind } from '../workload/workload.js'

/** Something that can be explained; `title` says it in full and means nothing else. */
export interface Subject {
  readonly title: string
  /** Nothing, where it is a workload of whatever kind. */
  readonly kind: WorkloadKind | undefined
  /** `namespace/name`. */
  readonly name: string
}

const aliases: ReadonlyMap<string, WorkloadKind> = new Map(
  (
    [
      ['Pod', 'pod', 'pods', 'po'],
      ['Deployment', 'deployment', 'deployments', 'deploy', 'deployment.apps'],
      ['ReplicaSet', 'replicaset', 'replicasets', 'rs', 'replicaset.apps'],
      ['StatefulSet', 'statefulset', 'statefulsets', 'sts', 'statefulset.apps'],
      ['DaemonSet', 'daemonset', 'daemonsets', 'ds', 'daemonset.apps'],
      ['Job', 'job', 'jobs', 'job.batch'],
    ] as const
  ).flatMap(([kind, ...names]) => names.map((name) => [name, kind] as const)),
)

interface Asked {
  readonly typed: string
  readonly kind: WorkloadKind
  readonly name: string
}

const askedFor = (text: string): Asked | undefined => {
  const slash = text.indexOf('/')
  const typed = text.slice(0, Math.max(0, slash))
  const kind = aliases.get(typed.toLowerCase())
  return kind === undefined ? undefined : { typed, kind, name: text.slice(slash + 1) }
}

/** All that a text may mean. A name alone is a workload's, or else a pod's. */
export const subjectsOf = (input: KubernetesInput, text: string): readonly Subject[] => {
  const asked = askedFor(text)
  if (asked !== undefined) {
    const found = like(asked.name, namesOfKind(input, asked.kind))
    if (found.length > 0) return found.map((name) => ofKind(asked.kind, name))
  }
  const workloads = like(text, namesOf(input))
  return workloads.length > 0
    ? workloads.map((name) => ({ title: name, kind: undefined, name }))
    : like(text, namesOfKind(input, 'Pod')).map((name) => ofKind('Pod', name))
}

/** What might have been meant, written in the way of the text. */
export const namesNear = (input: KubernetesInput, text: string): readonly string[] => {
  const asked = askedFor(text)
  if (asked === undefined) return namesOf(input)
  const names = namesOfKind(input, asked.kind)
  const known = names.length > 0 ? names : namesOf(input)
  const short = (name: string): string => name.slice(name.indexOf('/') + 1)
  const written = known.map((name) => (asked.name.includes('/') ? name : short(name)))
  return names.length > 0 ? written.map((name) => `${asked.typed}/${name}`) : written
}

const ofKind = (kind: WorkloadKind, name: string): Subject => ({
  title: `${kind.toLowerCase()}/${name}`,
  kind,
  name,
})

/** The name itself, or else all that it is the last part of. */
const like = (name: string, names: readonly string[]): readonly string[] =>
  names.includes(name) ? [name] : names.filter((full) => full.endsWith(`/${name}`))

/** The names of workloads of which a pod is wanted. */
export const namesOf = (input: KubernetesInput): readonly string[] => [
  ...new Set(input.wanting.filter(({ count }) => count !== 0).map(({ name }) => name)),
]

const namesOfKind = (input: KubernetesInput, kind: WorkloadKind): readonly string[] => {
  const wanting = input.wanting.filter(({ count }) => count !== 0)
  return kind === 'Pod'
    ? [...podsIn(input).map(podName), ...input.ended.map(({ name }) => name)]
    : [...new Set(wanting.filter((one) => one.kind === kind).map(({ name }) => name))]
}

/** The name under which plans have what such a title means: that of a workload, for a pod too. */
export const planNameOf = (input: KubernetesInput, title: string): string => {
  const subject = subjectsOf(input, title).find((one) => one.title === title)
  const pod =
    subject?.kind === 'Pod' ? podsIn(input).find((one) => podName(one) === subject.name) : undefined
  return pod?.name ?? subject?.name ?? title
}

/** Pods that there are, on nodes or not. */
export const podsIn = (input: KubernetesInput): readonly Wanting[] =>
  [...input.wanting, ...input.repeated, ...input.running].filter(({ named }) => named !== undefined)

/** A pod's own name, also where it goes by that of its workload. */
export const podName = ({ metadata }: Wanting): string => fullName(metadata)
