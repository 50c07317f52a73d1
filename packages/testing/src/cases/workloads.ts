/**
 * Maps each kind of recorded case of the workload controllers (Deployment, Job and others) to the
 * function that computes our output. Field names are those of the recorded cases.
 */
import { workloadRules } from '@stowage/kubernetes'
import {
  dictionary,
  codecOf,
  flag,
  list,
  omittable,
  oneOf,
  optional,
  record,
  text,
  whole,
  type Codec,
} from '@stowage/documents'
import { instant, later, type Instant } from '@stowage/kernel'
import { amount, elapsedSeconds, finite } from './field.js'
import { caseRule, type CaseRules } from './rule.js'

const now = instant(1_790_000_000_000)
const ago = (seconds: number): Instant => later(now, -seconds * 1000)

type Rules = typeof workloadRules
type SizedSet = Parameters<Rules['resizedSets']>[1][number]
type RankedPod = Parameters<Rules['podsToDelete']>[0][number]
type Portion = NonNullable<Parameters<Rules['statefulUnavailableMax']>[0]>
type DaemonTemplate = Parameters<Rules['admitDaemon']>[0]

/** A text with a number or a percentage. */
const Share: Codec<Portion> = codecOf<Portion>('a text such as 4 or 25%', (value) =>
  typeof value !== 'string' || !/^\d{1,9}%?$/.test(value)
    ? undefined
    : value.endsWith('%')
      ? value
      : Number(value),
)

const fencepostFields = { replicas: amount, maxSurge: Share, maxUnavailable: Share }
const FencepostInput = record('an object', fencepostFields)
type FencepostInput = (typeof FencepostInput)['_A']

const Rollout = record('an object', {
  ...fencepostFields,
  statusReplicas: omittable(amount),
  replicaSetsOldestFirstNewLast: list(
    'a list of ReplicaSets, the new one last',
    record('a ReplicaSet', {
      ...{ Name: text, Replicas: amount, Available: amount, AgeSec: elapsedSeconds },
      ...{ MaxReplicas: optional(amount), Desired: optional(amount) },
    }),
    1,
  ),
})
type Rollout = (typeof Rollout)['_A']

const boundsIn = ({ replicas, ...shares }: FencepostInput) => ({
  replicas,
  ...workloadRules.fencepostsOf(shares, replicas),
})

const setsIn = ({ replicaSetsOldestFirstNewLast: sets }: Rollout) => {
  const all = sets.map(
    (set): SizedSet => ({
      name: set.Name,
      replicas: set.Replicas,
      available: set.Available,
      created: ago(set.AgeSec),
      desiredReplicas: set.Desired,
      maxReplicas: set.MaxReplicas,
    }),
  )
  return { all, old: all.slice(0, -1), newSet: all.at(-1)! }
}

const sizesAfter = (
  sets: readonly SizedSet[],
  changed: ReadonlyMap<string, number>,
): Readonly<Record<string, number>> =>
  Object.fromEntries(sets.map(({ name, replicas }) => [name, changed.get(name) ?? replicas]))

const fenceposts = caseRule(FencepostInput, (input) => {
  const bounds = boundsIn(input)
  const maxUnavailableCapped = workloadRules.unavailableMaxOf(bounds)
  const minAvailable = input.replicas - maxUnavailableCapped
  const { surge, unavailable } = bounds
  return { surge, unavailable, maxUnavailableCapped, minAvailable }
})

const deploymentRollingStep = caseRule(Rollout, (input) => {
  const bounds = boundsIn(input)
  const { all, old, newSet } = setsIn(input)
  const size = workloadRules.newSetSize(bounds, old, newSet.replicas)
  const scaledNew = size !== newSet.replicas
  const changed = scaledNew
    ? new Map([[newSet.name, size]])
    : workloadRules.oldSetSizes(bounds, old, newSet)
  return { scaledNew, sizes: sizesAfter(all, changed) }
})

const deploymentProportionalScale = caseRule(Rollout, (input) => {
  const { all, old, newSet } = setsIn(input)
  const counted = input.statusReplicas ?? 0
  const resizing = { bounds: boundsIn(input), isRolling: true, counted }
  return { sizes: sizesAfter(all, workloadRules.resizedSets(resizing, old, newSet)) }
})

const DeletedPod = record('a pod', {
  ...{
    Name: text,
    UID: text,
    Node: text,
    Ready: flag,
    ReadyAgoSec: elapsedSeconds,
    AgeSec: elapsedSeconds,
  },
  Phase: oneOf(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']),
  ...{ DeletionCost: omittable(text), Restarts: amount, SidecarRestarts: amount, Related: flag },
})
type DeletedPod = (typeof DeletedPod)['_A']

const rankedPod = (pod: DeletedPod): RankedPod => ({
  ...{ name: pod.Name, uid: pod.UID, node: pod.Node === '' ? undefined : pod.Node },
  phase: pod.Phase as RankedPod['phase'],
  readyAt: pod.Ready ? ago(pod.ReadyAgoSec) : undefined,
  created: ago(pod.AgeSec),
  deletionCost: workloadRules.deletionCostOf(pod.DeletionCost),
  ...{ restarts: pod.Restarts, sidecarRestarts: pod.SidecarRestarts },
})

const DeleteInput = record('an object', {
  deleteCount: amount,
  pods: list('a list of pods', DeletedPod),
})

const replicaSetDelete = caseRule(DeleteInput, (input) => {
  const own = input.pods.filter(({ Related }) => !Related).map(rankedPod)
  const hasEnded = ({ Phase }: DeletedPod): boolean => Phase === 'Failed' || Phase === 'Succeeded'
  const related = input.pods.filter((pod) => !hasEnded(pod)).map(rankedPod)
  const chosen = workloadRules.podsToDelete(own, related, input.deleteCount, now)
  return { deleteInOrder: chosen.map(({ name }) => name) }
})

const minToleration = caseRule(
  record('an object', {
    usedTolerationSeconds: list('a list of seconds or null', optional(elapsedSeconds)),
  }),
  ({ usedTolerationSeconds: times }) => ({
    evictAfterSeconds: workloadRules.toleratedSeconds(times) ?? null,
  }),
)

const ZoneInput = record('an object', {
  ready: list('a list of texts', text),
  unhealthyZoneThreshold: finite,
})

const zoneState = caseRule(ZoneInput, (input) => {
  const ready = input.ready.filter((status) => status === 'True').length
  const notReady = input.ready.length - ready
  return {
    notReady,
    state: workloadRules.zoneStateOf(ready, notReady, input.unhealthyZoneThreshold),
  }
})

const statefulSetMaxUnavailable = caseRule(
  record('an object', { maxUnavailable: Share, replicas: amount }),
  ({ maxUnavailable, replicas }) => ({
    value: workloadRules.statefulUnavailableMax(maxUnavailable, replicas),
  }),
)

type FailureRule = Parameters<Rules['failureActionOf']>[0][number]

const ConditionPairs = list(
  'a list of conditions',
  codecOf<readonly [type: string, status: string]>('a type and a status', (value) => {
    const items: readonly unknown[] = Array.isArray(value) ? value : []
    const [type, status, ...others] = items
    const isPair = typeof type === 'string' && typeof status === 'string' && others.length === 0
    return isPair ? [type, status] : undefined
  }),
)
const exitCode = whole('an exit code', -2_147_483_648)

const FailureInput = record('an object', {
  rules: list(
    'a list of rules',
    record('a rule', {
      Action: oneOf(['FailJob', 'FailIndex', 'Count', 'Ignore'] as const),
      ...{ Op: text, Container: optional(text), Conditions: optional(ConditionPairs) },
      Values: optional(list('a list of exit codes', exitCode)),
    }),
  ),
  exitCodesMainThenSide: record('an object', {
    ...{ main: optional(exitCode), side: optional(exitCode) },
  }),
  conditions: ConditionPairs,
})

const jobPodFailurePolicy = caseRule(FailureInput, (input) => {
  const conditionsIn = (pairs: readonly (readonly [string, string])[]) =>
    pairs.map(([type, status]) => ({ type, status }))
  const rules = input.rules.map(({ Action, Op, Container, Values, Conditions }): FailureRule => {
    const onPodConditions = Conditions === undefined ? undefined : conditionsIn(Conditions)
    const onExitCodes = {
      ...{ containerName: Container, operator: Op, values: Values ?? [] },
    }
    return { action: Action, onPodConditions, ...(Op === '' ? {} : { onExitCodes }) }
  })
  const { main, side } = input.exitCodesMainThenSide
  const containers = [
    { name: 'main', exitCode: main },
    { name: 'side', exitCode: side },
  ]
  const conditions = conditionsIn(input.conditions)
  const action = workloadRules.failureActionOf(rules, { containers, conditions })
  return {
    action: action ?? null,
    countsTowardBackoff: workloadRules.countsAsFailure(action),
    failsJob: action === 'FailJob',
  }
})

const BackoffInput = record('an object', {
  ...{ failures: amount, lastFailureAgoSeconds: elapsedSeconds },
  ...{ defaultSeconds: elapsedSeconds, maxSeconds: elapsedSeconds },
})

const jobBackoff = caseRule(BackoffInput, (input) => {
  const { failures, lastFailureAgoSeconds, defaultSeconds, maxSeconds } = input
  const bounds = { first: defaultSeconds * 1000, max: maxSeconds * 1000 }
  const left = workloadRules.backoffLeft(failures, lastFailureAgoSeconds * 1000, bounds)
  return { remainingSeconds: left / 1000 }
})

const BudgetInput = record('an object', {
  pods: list(
    'a list of pods',
    record('a pod', {
      ...{
        name: text,
        ready: flag,
        deleting: flag,
        disruptedAgoSeconds: omittable(elapsedSeconds),
      },
    }),
  ),
})

const pdbHealthy = caseRule(BudgetInput, (input) => {
  const disrupted = new Map(
    input.pods.flatMap(({ name, disruptedAgoSeconds: since }) =>
      since === undefined ? [] : [[name, ago(since)] as const],
    ),
  )
  const pods = input.pods.map(({ name, ready, deleting }) => ({
    ...{ name, isReady: ready, isLeaving: deleting },
  }))
  return { currentHealthy: workloadRules.healthyCount(pods, disrupted, now) }
})

const DaemonInput = record('an object', {
  ...{ nodeLabels: dictionary(text), nodeSelector: dictionary(text) },
  taints: list('a list of taints', record('a taint', { key: text, effect: text })),
  ...{ nodeName: omittable(text), hostNetwork: omittable(flag) },
  toleratesDedicatedEffect: omittable(text),
})

const daemonShouldRun = caseRule(DaemonInput, (input) => {
  const { nodeSelector, nodeName, hostNetwork, toleratesDedicatedEffect: effect } = input
  const dedicated = { key: 'dedicated', operator: 'Exists', value: undefined, effect }
  const template: DaemonTemplate = {
    ...{ nodeName, hostNetwork, affinity: undefined },
    nodeSelector,
    tolerations: effect === undefined ? [] : [{ ...dedicated, tolerationSeconds: undefined }],
  }
  const taints = input.taints.map((taint) => ({ ...taint, value: undefined }))
  return workloadRules.admitDaemon(template, { name: 'n1', labels: input.nodeLabels, taints })
})

/** The rules of the workload controllers, by the kind of a case. */
export const workloadCases: CaseRules = {
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
