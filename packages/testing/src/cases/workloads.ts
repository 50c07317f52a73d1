/**
 * Maps the kinds of workload cases to the rules by which our controllers decide. The field names
 * are those of the recorded cases.
 */
import { workloadRules } from '@stowage/kubernetes'
import { instant, later, type Instant } from '@stowage/kernel'
import type { CaseFunctions } from './line.js'

const now = instant(1_790_000_000_000)
const ago = (seconds: number): Instant => later(now, -seconds * 1000)

type Rules = typeof workloadRules
type SizedSet = Parameters<Rules['resizedSets']>[1][number]
type RankedPod = Parameters<Rules['podsToDelete']>[0][number]
type Portion = NonNullable<Parameters<Rules['statefulUnavailableMax']>[0]>
type DaemonTemplate = Parameters<Rules['admitDaemon']>[0]

/** A portion in a case: `4` or `25%`. */
const portionIn = (text: string): Portion => (text.endsWith('%') ? text : Number(text))

interface Fenced {
  readonly replicas: number
  readonly maxSurge: string
  readonly maxUnavailable: string
}

interface Rollout extends Fenced {
  readonly statusReplicas?: number
  readonly replicaSetsOldestFirstNewLast: readonly {
    readonly Name: string
    readonly Replicas: number
    readonly Available: number
    readonly AgeSec: number
    readonly MaxReplicas?: number | null
    readonly Desired?: number | null
  }[]
}

const boundsIn = ({ replicas, maxSurge, maxUnavailable }: Fenced) => ({
  replicas,
  ...workloadRules.fencepostsOf(
    { maxSurge: portionIn(maxSurge), maxUnavailable: portionIn(maxUnavailable) },
    replicas,
  ),
})

const setsIn = ({ replicaSetsOldestFirstNewLast: sets }: Rollout) => {
  const all = sets.map(
    (set): SizedSet => ({
      name: set.Name,
      replicas: set.Replicas,
      available: set.Available,
      created: ago(set.AgeSec),
      desiredReplicas: set.Desired ?? undefined,
      maxReplicas: set.MaxReplicas ?? undefined,
    }),
  )
  return { all, old: all.slice(0, -1), newSet: all.at(-1)! }
}

const sizesAfter = (
  sets: readonly SizedSet[],
  changed: ReadonlyMap<string, number>,
): Readonly<Record<string, number>> =>
  Object.fromEntries(sets.map(({ name, replicas }) => [name, changed.get(name) ?? replicas]))

const fenceposts = (input: Fenced): unknown => {
  const bounds = boundsIn(input)
  const maxUnavailableCapped = workloadRules.unavailableMaxOf(bounds)
  const minAvailable = input.replicas - maxUnavailableCapped
  const { surge, unavailable } = bounds
  return { surge, unavailable, maxUnavailableCapped, minAvailable }
}

const deploymentRollingStep = (input: Rollout): unknown => {
  const bounds = boundsIn(input)
  const { all, old, newSet } = setsIn(input)
  const size = workloadRules.newSetSize(bounds, old, newSet.replicas)
  const scaledNew = size !== newSet.replicas
  const changed = scaledNew
    ? new Map([[newSet.name, size]])
    : workloadRules.oldSetSizes(bounds, old, newSet)
  return { scaledNew, sizes: sizesAfter(all, changed) }
}

const deploymentProportionalScale = (input: Rollout): unknown => {
  const { all, old, newSet } = setsIn(input)
  const counted = input.statusReplicas ?? 0
  const resizing = { bounds: boundsIn(input), isRolling: true, counted }
  return { sizes: sizesAfter(all, workloadRules.resizedSets(resizing, old, newSet)) }
}

interface DeletedPod {
  readonly Name: string
  readonly UID: string
  readonly Node: string
  readonly Phase: string
  readonly Ready: boolean
  readonly ReadyAgoSec: number
  readonly AgeSec: number
  readonly DeletionCost?: string
  readonly Restarts: number
  readonly SidecarRestarts: number
  readonly Related: boolean
}

const rankedPod = (pod: DeletedPod): RankedPod => ({
  ...{ name: pod.Name, uid: pod.UID, node: pod.Node === '' ? undefined : pod.Node },
  phase: pod.Phase as RankedPod['phase'],
  readyAt: pod.Ready ? ago(pod.ReadyAgoSec) : undefined,
  created: ago(pod.AgeSec),
  deletionCost: workloadRules.deletionCostOf(pod.DeletionCost),
  ...{ restarts: pod.Restarts, sidecarRestarts: pod.SidecarRestarts },
})

const replicaSetDelete = (input: {
  readonly deleteCount: number
  readonly pods: readonly DeletedPod[]
}): unknown => {
  const own = input.pods.filter(({ Related }) => !Related).map(rankedPod)
  const hasEnded = ({ Phase }: DeletedPod): boolean => Phase === 'Failed' || Phase === 'Succeeded'
  const related = input.pods.filter((pod) => !hasEnded(pod)).map(rankedPod)
  const chosen = workloadRules.podsToDelete(own, related, input.deleteCount, now)
  return { deleteInOrder: chosen.map(({ name }) => name) }
}

const minToleration = (input: {
  readonly usedTolerationSeconds: readonly (number | null)[]
}): unknown => {
  const times = input.usedTolerationSeconds.map((seconds) => seconds ?? undefined)
  return { evictAfterSeconds: workloadRules.toleratedSeconds(times) ?? null }
}

const zoneState = (input: {
  readonly ready: readonly string[]
  readonly unhealthyZoneThreshold: number
}): unknown => {
  const ready = input.ready.filter((status) => status === 'True').length
  const notReady = input.ready.length - ready
  return {
    notReady,
    state: workloadRules.zoneStateOf(ready, notReady, input.unhealthyZoneThreshold),
  }
}

const statefulSetMaxUnavailable = (input: {
  readonly maxUnavailable: string
  readonly replicas: number
}): unknown => ({
  value: workloadRules.statefulUnavailableMax(portionIn(input.maxUnavailable), input.replicas),
})

type FailureRule = Parameters<Rules['failureActionOf']>[0][number]

const jobPodFailurePolicy = (input: {
  readonly rules: readonly {
    readonly Action: FailureRule['action']
    readonly Op: string
    readonly Container: string | null
    readonly Values: readonly number[] | null
    readonly Conditions: readonly (readonly [type: string, status: string])[] | null
  }[]
  readonly exitCodesMainThenSide: Readonly<Record<'main' | 'side', number | null>>
  readonly conditions: readonly (readonly [type: string, status: string])[]
}): unknown => {
  const conditionsIn = (pairs: readonly (readonly [string, string])[]) =>
    pairs.map(([type, status]) => ({ type, status }))
  const rules = input.rules.map(({ Action, Op, Container, Values, Conditions }): FailureRule => {
    const onPodConditions = Conditions === null ? undefined : conditionsIn(Conditions)
    const onExitCodes = {
      ...{ containerName: Container ?? undefined, operator: Op, values: Values ?? [] },
    }
    return { action: Action, onPodConditions, ...(Op === '' ? {} : { onExitCodes }) }
  })
  const { main, side } = input.exitCodesMainThenSide
  const containers = [
    { name: 'main', exitCode: main ?? undefined },
    { name: 'side', exitCode: side ?? undefined },
  ]
  const conditions = conditionsIn(input.conditions)
  const action = workloadRules.failureActionOf(rules, { containers, conditions })
  return {
    action: action ?? null,
    countsTowardBackoff: workloadRules.countsAsFailure(action),
    failsJob: action === 'FailJob',
  }
}

const jobBackoff = (input: {
  readonly failures: number
  readonly lastFailureAgoSeconds: number
  readonly defaultSeconds: number
  readonly maxSeconds: number
}): unknown => {
  const { failures, lastFailureAgoSeconds, defaultSeconds, maxSeconds } = input
  const bounds = { first: defaultSeconds * 1000, max: maxSeconds * 1000 }
  const left = workloadRules.backoffLeft(failures, lastFailureAgoSeconds * 1000, bounds)
  return { remainingSeconds: left / 1000 }
}

const pdbHealthy = (input: {
  readonly pods: readonly {
    readonly name: string
    readonly ready: boolean
    readonly deleting: boolean
    readonly disruptedAgoSeconds?: number
  }[]
}): unknown => {
  const disrupted = new Map(
    input.pods.flatMap(({ name, disruptedAgoSeconds: seconds }) =>
      seconds === undefined ? [] : [[name, ago(seconds)] as const],
    ),
  )
  const pods = input.pods.map(({ name, ready, deleting }) => ({
    ...{ name, isReady: ready, isLeaving: deleting },
  }))
  return { currentHealthy: workloadRules.healthyCount(pods, disrupted, now) }
}

const daemonShouldRun = (input: {
  readonly nodeLabels: Readonly<Record<string, string>>
  readonly taints: readonly { readonly key: string; readonly effect: string }[]
  readonly nodeSelector?: Readonly<Record<string, string>>
  readonly nodeName?: string
  readonly hostNetwork?: boolean
  readonly toleratesDedicatedEffect?: string
}): unknown => {
  const { nodeSelector = {}, nodeName, hostNetwork, toleratesDedicatedEffect: effect } = input
  const dedicated = { key: 'dedicated', operator: 'Exists', value: undefined, effect }
  const template: DaemonTemplate = {
    ...{ nodeName, hostNetwork, affinity: undefined },
    nodeSelector: new Map(Object.entries(nodeSelector)),
    tolerations: effect === undefined ? [] : [{ ...dedicated, tolerationSeconds: undefined }],
  }
  const labels = new Map(Object.entries(input.nodeLabels))
  const taints = input.taints.map((taint) => ({ ...taint, value: undefined }))
  return workloadRules.admitDaemon(template, { name: 'n1', labels, taints })
}

/** The rules of the workload controllers, by the kind of a case. */
export const workloadFunctions: CaseFunctions = {
  daemonShouldRun,
  deploymentProportionalScale,
  deploymentRollingStep,
  fenceposts,
  jobBackoff,
  jobPodFailurePolicy,
  minToleration,
  pdbHealthy,
  replicaSetDelete,
  statefulSetMaxUnavailable,
  zoneState,
}
