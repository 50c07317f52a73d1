/**
 * Computes two effects of a scheduler on the waiting pods of a history (a list of steps done to a
 * cluster): (1) the message that says why no node takes a pod; (2) the pods that preemption evicts.
 * The kernel's `step` places the pods, not this file.
 */
import { getOrThrow, instant } from '@stowage/kernel'
import { openScheduler, readObjects, schedulePod, type Verdict } from '@stowage/kubernetes'
import { nodeDocument } from './nodes.js'
import {
  happen,
  namespace,
  objectReport,
  shownIn,
  templateOf,
  type HistoryWorld,
  type ShownPod,
} from './world.js'

/** The message of the scheduler for a pod that waits; `undefined` for one that has its node. */
export const refusalOf = (world: HistoryWorld, pod: ShownPod): string | undefined => {
  if (pod.replica !== undefined) return undefined
  const { preFilter, rejected = {} } = verdictOn(world, pod)
  const all = world.nodes.size
  const rejections = Object.values(rejected)
  if (preFilter !== undefined)
    return `0/${all} nodes are available: ${preFilter.reasons.join(', ')}. ${unhelpful(all, all, 0)}`
  const reasons = rejections.flatMap((one) => one.reasons)
  if (classOf(world, pod)?.['preemptionPolicy'] === 'Never')
    return `0/${all} nodes are available: ${reasonCounts(reasons)}. ${ineligible}`
  const helpless = rejections.filter(({ code }) => code !== 'Unschedulable').length
  return `0/${all} nodes are available: ${reasonCounts(reasons)}. ${unhelpful(all, helpless, all - helpless)}`
}

/** What preemption says of a pod of a class that preempts none. */
const ineligible = 'preemption: not eligible due to preemptionPolicy=Never.'

const unhelpful = (all: number, helpless: number, others: number): string =>
  `preemption: 0/${all} nodes are available: ${[
    ...(helpless === 0 ? [] : [`${helpless} Preemption is not helpful for scheduling`]),
    ...(others === 0 ? [] : [`${others} No preemption victims found for incoming pod`]),
  ].join(', ')}.`

/** Each reason with how many nodes gave it, in the order of the texts. */
const reasonCounts = (reasons: readonly string[]): string => {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ')
}

const waitingName = 'waiting'

const verdictOn = (world: HistoryWorld, pod: ShownPod): Verdict => {
  const objects = [
    ...[...world.nodes.values()].map(nodeDocument),
    ...shownIn(world).pods.flatMap((one) =>
      one.replica === undefined ? [] : [podDocument(world, one)],
    ),
    podDocument(world, pod),
    ...world.budgets.map((budget) => budgetDocument(world, budget.name)),
  ]
  const read = objects.flatMap((value) => readObjects({ from: 'history', value }).objects)
  const state = openScheduler(read, instant(world.now))
  const name = `${namespace}/${waitingName}`
  const [, { verdict }] = getOrThrow(schedulePod(state, { at: instant(world.now), pod: name }))
  return verdict
}

/** A pod as the scheduler finds it; it keeps the priority of its class. */
const podDocument = (world: HistoryWorld, pod: ShownPod): object => {
  const { spec = {} } = templateOf(world, pod)
  const isWaiting = pod.replica === undefined
  const priority = priorityOf(world, pod)
  const preemptionPolicy = classOf(world, pod)?.['preemptionPolicy'] ?? 'PreemptLowerPriority'
  return {
    ...{ apiVersion: 'v1', kind: 'Pod' },
    metadata: {
      name: isWaiting ? waitingName : pod.name!.slice(namespace.length + 1),
      ...{ namespace, labels: Object.fromEntries(pod.labels) },
    },
    spec: {
      ...{ ...spec, priority, preemptionPolicy },
      ...(isWaiting ? dueNode(pod) : { nodeName: pod.node }),
    },
    ...(isWaiting ? {} : { status: { phase: 'Running' } }),
  }
}

/** A daemon pod goes to its node alone. */
const dueNode = ({ node }: ShownPod): object =>
  node === undefined
    ? {}
    : {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                { matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] },
              ],
            },
          },
        },
      }

/** The PriorityClass of a pod, as it is stored. */
const classOf = (
  world: HistoryWorld,
  pod: ShownPod,
): Readonly<Record<string, unknown>> | undefined =>
  world.objects.get(`PriorityClass ${templateOf(world, pod).spec?.priorityClassName ?? ''}`)?.stored

const priorityOf = (world: HistoryWorld, pod: ShownPod): number => {
  const value = classOf(world, pod)?.['value']
  return typeof value === 'number' ? value : 0
}

/** Preemption reads the budgets by their status. */
const budgetDocument = (world: HistoryWorld, name: string): object => {
  const bare = name.slice(name.indexOf('/') + 1)
  const shown = shownIn(world).objects.find(
    (one) => one.kind === 'PodDisruptionBudget' && one.name === bare,
  )
  const { stored } = world.objects.get(`PodDisruptionBudget ${bare}`)!
  return {
    ...stored,
    metadata: { ...(stored['metadata'] as object), namespace },
    status: shown?.status ?? {},
  }
}

const preemptedCondition = {
  ...{ type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler' },
  message: 'default-scheduler: preempting to accommodate a higher priority pod',
}

/**
 * Lets the victims go of the first pod that waits and has some, by priority, unless some pod is
 * going already.
 */
export const preempt = (world: HistoryWorld): void => {
  const { pods } = shownIn(world)
  if (pods.some(({ isLeaving }) => isLeaving)) return
  const waiting = pods
    .filter((pod) => pod.replica === undefined && priorityOf(world, pod) > 0)
    .sort((one, other) => priorityOf(world, other) - priorityOf(world, one))
  for (const victim of firstVictims(world, waiting)) {
    happen(world, objectReport('Pod', victim, { conditions: [preemptedCondition] }))
    happen(world, objectReport('Pod', victim, null))
  }
}

const firstVictims = (world: HistoryWorld, waiting: readonly ShownPod[]): readonly string[] => {
  for (const pod of waiting) {
    const { victims = [] } = verdictOn(world, pod).preemption ?? {}
    if (victims.length > 0) return victims
  }
  return []
}
