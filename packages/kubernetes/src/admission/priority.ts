/**
 * The Priority plugin: it resolves the PriorityClass of a pod, or else the default class, to a
 * number and a preemption policy. A number or policy of the pod's own may only repeat them.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption".
 */
import * as E from 'fp-ts/lib/Either.js'
import { builtInPriorities } from '../words/preemption.js'
import type { WirePriorityClass } from '../wire/objects.js'
import { withSpec, type PodPlugin } from './plugin.js'

interface Resolved {
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

const resolve = (classes: readonly WirePriorityClass[], name: string): Resolved | undefined => {
  const builtIn = builtInPriorities.get(name)
  if (builtIn !== undefined) return { name, value: builtIn, policy: otherwise }
  if (name === '') return defaultOf(classes)
  const found = classes.find(({ metadata }) => metadata?.name === name)
  return found === undefined ? undefined : resolvedOf(found)
}

const resolvedOf = ({ metadata, value = 0, preemptionPolicy }: WirePriorityClass): Resolved => ({
  name: metadata?.name ?? '',
  value,
  policy: preemptionPolicy ?? otherwise,
})

/** Of several default classes, the one with the lowest value. */
const defaultOf = (classes: readonly WirePriorityClass[]): Resolved =>
  classes
    .filter(({ globalDefault }) => globalDefault === true)
    .map(resolvedOf)
    .reduce<Resolved | undefined>(
      (lowest, one) => (lowest === undefined || one.value < lowest.value ? one : lowest),
      undefined,
    ) ?? { name: '', value: 0, policy: otherwise }
