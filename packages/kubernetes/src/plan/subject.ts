/**
 * Finds the pods or workloads that a user may mean by a name, when an explanation is requested. A
 * name has one of four forms: `name`, `namespace/name`, `kind/name` or `kind/namespace/name`.
 */
import type { KubernetesInput } from '../read/input.js'
import type { PendingWorkload, RunningPod } from '../workload/share.js'
import { podAt } from '../workload/replica.js'
import type { WorkloadKind } from '../workload/kind.js'
import { fullName } from '../workload/workload.js'
import { nameAt } from '../workload/written-labels.js'

/** A pod or workload that can be explained. `title` identifies it uniquely. */
export interface Subject {
  readonly title: string
  /** `undefined` for a workload of any kind. */
  readonly kind: WorkloadKind | undefined
  /** `namespace/name`. */
  readonly name: string
}

interface Owner {
  readonly kind: WorkloadKind
  readonly name: string
}

/** A kind may be short, as in kubectl (`deploy`). */
const aliases: ReadonlyMap<string, WorkloadKind> = new Map(
  (
    [
      ['Pod', 'pod', 'pods', 'po'],
      ['Deployment', 'deployment', 'deployments', 'deploy'],
      ['ReplicaSet', 'replicaset', 'replicasets', 'rs'],
      ['StatefulSet', 'statefulset', 'statefulsets', 'sts'],
      ['DaemonSet', 'daemonset', 'daemonsets', 'ds'],
      ['ReplicationController', 'replicationcontroller', 'replicationcontrollers', 'rc'],
      ['Job', 'job', 'jobs'],
      ['CronJob', 'cronjob', 'cronjobs', 'cj'],
    ] as const
  ).flatMap(([kind, ...names]) => names.map((name) => [name, kind] as const)),
)

/** A kind may have its group, and a version before it: `deployments.v1.apps`. */
const withoutGroup = (kind: string): string =>
  /^([a-z]+)(?:\.v1)?\.(?:apps|batch)$/.exec(kind)?.[1] ?? kind

interface TypedName {
  readonly typed: string
  readonly kind: WorkloadKind
  readonly name: string
}

const typedName = (text: string): TypedName | undefined => {
  const slash = text.indexOf('/')
  const typed = text.slice(0, Math.max(0, slash))
  const kind = aliases.get(withoutGroup(typed.toLowerCase()))
  return kind === undefined ? undefined : { typed, kind, name: text.slice(slash + 1) }
}

/**
 * All subjects that a text may name: `kind/name` as in kubectl, `namespace/name`, `name` or
 * `kind/namespace/name`. A name without kind means a workload, or a pod when no workload matches.
 */
export const subjectsOf = (input: KubernetesInput, text: string): readonly Subject[] => {
  const reference = typedName(text)
  if (reference !== undefined) {
    const found = like(reference.name, namesOfKind(input, reference.kind))
    if (found.length > 0) return found.map((name) => subjectOfKind(reference.kind, name))
  }
  const workloads = like(text, workloadNames(input))
  if (workloads.length > 0) return workloads.map((name) => ({ title: name, kind: undefined, name }))
  const owners = ownersIn(input)
  const names = like(text, [...new Set(owners.map(({ name }) => name))])
  return names.length > 0
    ? owners
        .filter(({ name }) => names.includes(name))
        .map(({ kind, name }) => subjectOfKind(kind, name))
    : like(text, namesOfKind(input, 'Pod')).map((name) => subjectOfKind('Pod', name))
}

/** The controllers that pods name, also those that are not among the objects; each once. */
const ownersIn = ({ pending, running }: KubernetesInput): readonly Owner[] => [
  ...new Map(
    [...pending, ...running]
      .flatMap(controllerOf)
      .map((owner) => [`${owner.kind} ${owner.name}`, owner] as const),
  ).values(),
]

/** Known names in the form of the given text, for a message about an unknown name. */
export const namesNear = (input: KubernetesInput, text: string): readonly string[] => {
  const reference = typedName(text)
  if (reference === undefined) {
    const workloads = workloadNames(input)
    const owners = ownersIn(input).map(({ name }) => name)
    const some = [...new Set([...workloads, ...owners])]
    return some.length > 0 ? some : namesOfKind(input, 'Pod')
  }
  const names = namesOfKind(input, reference.kind)
  const known = names.length > 0 ? names : workloadNames(input)
  const short = (name: string): string => name.slice(name.indexOf('/') + 1)
  const written = known.map((name) => (reference.name.includes('/') ? name : short(name)))
  return names.length > 0 ? written.map((name) => `${reference.typed}/${name}`) : written
}

const subjectOfKind = (kind: WorkloadKind, name: string): Subject => ({
  title: `${kind.toLowerCase()}/${name}`,
  kind,
  name,
})

/** The name itself if it is known, otherwise all names that end with it. */
const like = (name: string, names: readonly string[]): readonly string[] =>
  names.includes(name) ? [name] : names.filter((full) => full.endsWith(`/${name}`))

/** The names of workloads, also of those that want no pods. */
export const workloadNames = ({ pending, running }: KubernetesInput): readonly string[] => [
  ...new Set([...pending, ...running.filter(({ kind }) => kind !== 'Pod')].map(({ name }) => name)),
]

const namesOfKind = (input: KubernetesInput, kind: WorkloadKind): readonly string[] => {
  if (kind === 'Pod')
    return [
      ...new Set([
        ...podsIn(input).map(podName),
        ...input.ended.map(({ name }) => name),
        ...input.pending.flatMap(indexedNames),
      ]),
    ]
  const all = [...input.pending, ...input.running]
  const tops = all.filter((one) => one.kind === kind).map(({ name }) => name)
  const owners = all.flatMap((one) => controllerOf(one).filter((owner) => owner.kind === kind))
  return [...new Set([...tops, ...owners.map(({ name }) => name)])]
}

/** The names of the pods that a StatefulSet is yet to make. */
const indexedNames = (workload: PendingWorkload): readonly string[] =>
  (workload.indices ?? []).flatMap((index) => indexedName(workload, index) ?? [])

const indexedName = ({ kind, metadata }: PendingWorkload, index: number): string | undefined => {
  const name = nameAt(kind, metadata.name, index)
  return name === undefined ? undefined : fullName({ namespace: metadata.namespace, name })
}

/** The pending workloads, with the pod of this name as one of its own if an index names it. */
export const withPodApart = (
  pending: readonly PendingWorkload[],
  name: string,
): readonly PendingWorkload[] =>
  pending.flatMap((workload) => {
    const { indices = [], named } = workload
    const at =
      named === undefined ? indices.findIndex((index) => indexedName(workload, index) === name) : -1
    if (at < 0) return [workload]
    const part = (some: readonly number[]): readonly PendingWorkload[] =>
      some.length === 0 ? [] : [{ ...workload, count: some.length, indices: some }]
    return [
      ...part(indices.slice(0, at)),
      podAt(workload, indices[at]!),
      ...part(indices.slice(at + 1)),
    ]
  })

/** The controller that a pod names, such as the ReplicaSet between it and its Deployment. */
const controllerOf = ({ metadata }: PendingWorkload): readonly Owner[] =>
  metadata.ownerReferences
    .filter(({ controller }) => controller === true)
    .flatMap(({ kind, name }) => {
      const known = aliases.get(kind.toLowerCase())
      const { namespace } = metadata
      return known === undefined ? [] : [{ kind: known, name: fullName({ namespace, name }) }]
    })

/**
 * Whether pods belong to a workload, either at the top of their chain of owners or as the
 * controller that they name.
 */
export const isPartOf = (
  pods: PendingWorkload,
  { kind, name }: Pick<Subject, 'kind' | 'name'>,
): boolean =>
  (pods.name === name && (kind === undefined || pods.kind === kind)) ||
  (kind !== undefined &&
    controllerOf(pods).some((owner) => owner.kind === kind && owner.name === name))

/** The pods of a workload that run, those that stay before those that leave. */
export const runningPodsOf = (
  { running }: KubernetesInput,
  subject: Pick<Subject, 'kind' | 'name'>,
): readonly RunningPod[] => {
  const own = running.filter((pod) =>
    subject.kind === 'Pod' ? podName(pod) === subject.name : isPartOf(pod, subject),
  )
  return [...own.filter(({ leaving }) => !leaving), ...own.filter(({ leaving }) => leaving)]
}

/**
 * The name under which a plan lists the subject of a title: that of its workload, also for a pod
 * or a ReplicaSet.
 */
export const planNameOf = (input: KubernetesInput, title: string): string => {
  const subject = subjectsOf(input, title).find((one) => one.title === title)
  if (subject === undefined) return title
  const pod =
    subject.kind === 'Pod'
      ? podsIn(input).find((one) => podName(one) === subject.name)
      : [...input.pending, ...input.running].find((one) => isPartOf(one, subject))
  const owner = input.pending.find((one) => indexedNames(one).includes(subject.name))
  return (pod ?? (subject.kind === 'Pod' ? owner : undefined))?.name ?? subject.name
}

/** The pods that have names, on nodes or not. */
export const podsIn = (input: KubernetesInput): readonly PendingWorkload[] =>
  [...input.pending, ...input.repeated, ...input.running].filter(({ named }) => named !== undefined)

/** A pod's own name, even when the plan lists it under its workload. */
export const podName = ({ metadata, named }: PendingWorkload): string =>
  fullName(named === undefined ? metadata : { ...metadata, name: named.name })
