/**
 * Lets an autoscaler look at its Deployment as the memory has it: the pods of all its ReplicaSets,
 * those that wait for a node among them as pending ones.
 *
 * Two autoscalers of one Deployment see each other once they have looked at its pods: so the first
 * one acts in its first look, and from then on both are blocked.
 */
import { instant, type Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { AutoscalerOptions } from '../autoscale/options.js'
import {
  reconcileAutoscaler,
  type AutoscalerView,
  type Reconciliation,
} from '../autoscale/reconcile.js'
import { scaledDemand } from '../autoscale/request.js'
import type { ScaledPod } from '../autoscale/sample.js'
import { waitingIn, type PodRecord, type ReplicaSetRecord } from '../memory/memory.js'
import {
  autoscalersIn,
  type AutoscalerRecord,
  type AutoscalingMemory,
  type ReportedMetric,
} from './autoscaling-memory.js'

/** How a look decides; tests plant others. */
export type Look = typeof reconcileAutoscaler

/** What one look leads to; `undefined` for a Deployment that is not there. */
export const lookAtDeployment = (
  memory: AutoscalingMemory,
  autoscaler: AutoscalerRecord,
  options: AutoscalerOptions,
  now: Instant,
  look: Look,
): Reconciliation | undefined => {
  const deployment = memory.deployments.get(autoscaler.target)
  if (deployment === undefined || deployment.isDeleted) return undefined
  const pods = podsOf(memory, autoscaler.target)
  const rivals = autoscalersIn(memory).filter(
    ({ name, target, isRegistered }) =>
      isRegistered && target === autoscaler.target && name !== autoscaler.name,
  )
  return look({
    ...{ spec: autoscaler.spec, status: autoscaler.status, options, pods, now },
    reference: `Deployment/${autoscaler.target}`,
    namespace: deployment.namespace,
    ...{ specReplicas: deployment.replicas, statusReplicas: pods.length },
    measuredBy: (i) => measurementOf(autoscaler.measured[i]),
    ...(rivals.length === 0 || pods.length === 0
      ? {}
      : {
          obstacle: {
            reason: 'AmbiguousSelector',
            message: `pods are controlled by more than one HPA: ${rivals.map(({ name }) => name).join(', ')} as well`,
          },
        }),
  })
}

/** Whether a look has looked at pods and metrics, or tried to. */
export const hasSeenPods = ({ status }: Reconciliation): boolean =>
  status.conditions.some(
    ({ type, reason }) => type === 'ScalingActive' && reason !== 'ScalingDisabled',
  )

const podsOf = (memory: AutoscalingMemory, deployment: string): readonly ScaledPod[] =>
  (memory.setsOf.get(deployment) ?? []).flatMap((name) => {
    const set = memory.replicaSets.get(name)
    if (set === undefined) return []
    const demand = demandOf(memory, set)
    const members = [...set.members.keys()].flatMap((replica) => {
      const pod = memory.pods.get(replica)
      return pod === undefined ? [] : [podOfRecord(pod, demand)]
    })
    const waiting = Array.from({ length: waitingIn(set) }, (_, i) => ({
      ...{ name: `${name} waiting ${i}`, phase: 'Pending' as const, isLeaving: false, demand },
      ...{ startedAt: undefined, ready: undefined },
    }))
    return [...members, ...waiting]
  })

const demandOf = (
  memory: AutoscalingMemory,
  { template }: ReplicaSetRecord,
): ScaledPod['demand'] => {
  const lowered = memory.classes.get(template.classKey)
  return lowered === undefined
    ? { containers: [], podRequests: new Map(), overhead: new Map() }
    : scaledDemand(lowered.pod.spec)
}

const podOfRecord = (
  { name, phase, isLeaving, created, readyAt }: PodRecord,
  demand: ScaledPod['demand'],
): ScaledPod => ({
  ...{ name, phase, isLeaving, demand, startedAt: created },
  ready: { status: readyAt === undefined ? 'False' : 'True', since: readyAt ?? created },
})

const measurementOf = (
  metric: ReportedMetric | undefined,
): ReturnType<AutoscalerView['measuredBy']> => {
  if (metric === undefined) return E.left('nothing was reported')
  if ('error' in metric) return E.left(metric.error)
  if ('values' in metric)
    return E.right({ _tag: 'OfSeries', millis: metric.values.map((value) => BigInt(value)) })
  const { pods, at, window } = metric
  const samples = [...pods].map(
    ([name, value]) => [name, { milli: BigInt(value), at: instant(at), window }] as const,
  )
  return E.right({ _tag: 'OfPods', samples: new Map(samples) })
}
