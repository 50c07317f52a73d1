/**
 * Warns of input objects that the simulation of a cluster over time leaves out:
 * ReplicationControllers, HorizontalPodAutoscalers, pods of the input that have no node, and
 * objects that the caller leaves out, such as a CronJob whose runs take an unknown time.
 */
import type { KubernetesWarning } from '../words/warning.js'

/** An object as it is written. */
export interface NamedObject {
  readonly from: string
  readonly kind: string
  /** `namespace/name`. */
  readonly name: string
  /** Whether it is a pod with a node. */
  readonly isBound: boolean
  /** Why the caller does not simulate it, although there is a controller of its kind. */
  readonly omission?: string
}

/** Kinds of objects that hold back or move pods in a cluster, and that no controller here reads. */
const otherRules = ['HorizontalPodAutoscaler']

/** A warning for the first object of each kind of rule, and how many more there are. */
const rulesNotSimulated = (objects: readonly NamedObject[]): readonly KubernetesWarning[] =>
  otherRules.flatMap((kind) => {
    const [first, ...others] = objects.filter((one) => one.kind === kind)
    if (first === undefined) return []
    const more = others.length === 0 ? '' : `, nor are ${others.length} others`
    const text = `it is not simulated${more}: a cluster may do otherwise`
    return [{ code: 'NotSimulated', from: first.from, subject: `${kind} ${first.name}`, text }]
  })

/** Warnings of workloads of another kind, of pods that wait for a node, and of rules. */
export const objectsNotSimulated = (
  objects: readonly NamedObject[],
): readonly KubernetesWarning[] => [
  ...workloadsNotSimulated(objects),
  ...rulesNotSimulated(objects),
]

const workloadsNotSimulated = (objects: readonly NamedObject[]): readonly KubernetesWarning[] =>
  objects.flatMap((object) => {
    const { from, kind, name } = object
    const text = omissionOf(object)
    return text === undefined
      ? []
      : [{ code: 'NotSimulated', from, subject: `${kind} ${name}`, text }]
  })

const omissionOf = ({ kind, isBound, omission }: NamedObject): string | undefined => {
  if (kind === 'Pod' && !isBound)
    return 'only pods with a node are simulated, and those that a workload makes'
  return kind === 'ReplicationController'
    ? 'ReplicationControllers are not simulated: it makes no pods'
    : omission
}
