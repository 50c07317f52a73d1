/**
 * Implements the admission plugin Priority:
 * 1. sets the priority and the preemption policy of a pod from its PriorityClass, and refuses a pod
 *    that states other values;
 * 2. in a second function, which refuses nothing, only fills in what is missing, for a pod that
 *    exists already or that names an unknown PriorityClass.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption".
 */
import * as E from 'fp-ts/lib/Either.js'
import { builtInPriorities } from '../words/preemption.js'
import type { WirePod, WirePriorityClass } from '../wire/objects.js'
import type { AdmissionCluster } from './cluster.js'
import { withSpec, type PodPlugin } from './plugin.js'

interface ResolvedPriority {
  readonly name: string
  readonly value: number
  readonly policy: string
}

const otherwise = 'PreemptLowerPriority'

/** Sets the priority, the preemption policy and the name of the default class. */
export const withPriority: PodPlugin = (pod, { priorityClasses }) => {
  const { priority, preemptionPolicy, priorityClassName = '' } = pod.spec ?? {}
  const resolved = resolve(priorityClasses, priorityClassName)
  if (resolved === undefined)
    return E.left(`no PriorityClass with name ${priorityClassName} was found`)
  const { name, value, policy } = resolved
  if (priority !== undefined && priority !== value)
    return E.left(
      `the integer value of priority (${priority}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`,
    )
  if (preemptionPolicy !== undefined && preemptionPolicy !== policy)
    return E.left(
      `the string value of PreemptionPolicy (${preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${policy} from the given PriorityClass name`,
    )
  return E.right(
    withSpec(pod, (spec) => ({
      ...spec,
      priority: value,
      preemptionPolicy: policy,
      ...(name === '' ? {} : { priorityClassName: name }),
    })),
  )
}

/**
 * The pod with the priority and the preemption policy that it lacks: those of its class, or of the
 * default class when there is no such class. What the pod has stays.
 */
export const withAssumedPriority = (
  pod: WirePod,
  { priorityClasses }: Pick<AdmissionCluster, 'priorityClasses'>,
): WirePod => {
  const { priority, preemptionPolicy, priorityClassName = '' } = pod.spec ?? {}
  const isByNumber = priority !== undefined && priorityClassName === ''
  const own = isByNumber ? undefined : resolve(priorityClasses, priorityClassName)
  const policy = preemptionPolicy ?? own?.policy
  return withSpec(pod, (spec) => ({
    ...spec,
    priority: priority ?? (own ?? defaultOf(priorityClasses)).value,
    ...(policy === undefined ? {} : { preemptionPolicy: policy }),
  }))
}

/** Whether a pod may name this class; every pod may name none. */
export const hasPriorityClass = (
  { priorityClasses }: Pick<AdmissionCluster, 'priorityClasses'>,
  name: string,
): boolean => resolve(priorityClasses, name) !== undefined

/** The priority of pods that name no class. */
export const defaultPriority = ({
  priorityClasses,
}: Pick<AdmissionCluster, 'priorityClasses'>): number => defaultOf(priorityClasses).value

const resolve = (
  classes: readonly WirePriorityClass[],
  name: string,
): ResolvedPriority | undefined => {
  const builtIn = builtInPriorities.get(name)
  if (builtIn !== undefined) return { name, value: builtIn, policy: otherwise }
  if (name === '') return defaultOf(classes)
  const found = classes.find(({ metadata }) => metadata?.name === name)
  return found === undefined ? undefined : resolvedOf(found)
}

const resolvedOf = ({
  metadata,
  value = 0,
  preemptionPolicy,
}: WirePriorityClass): ResolvedPriority => ({
  name: metadata?.name ?? '',
  value,
  policy: preemptionPolicy ?? otherwise,
})

/** Of several default classes, the one with the lowest value. */
const defaultOf = (classes: readonly WirePriorityClass[]): ResolvedPriority =>
  classes
    .filter(({ globalDefault }) => globalDefault === true)
    .map(resolvedOf)
    .reduce<ResolvedPriority | undefined>(
      (lowest, one) => (lowest === undefined || one.value < lowest.value ? one : lowest),
      undefined,
    ) ?? { name: '', value: 0, policy: otherwise }
