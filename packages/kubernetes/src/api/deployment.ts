/**
 * Builds the Deployments and ReplicaSets, with their statuses, that an API server would return,
 * from the memory (the state) of the workload controllers.
 */
import {
  actualOf,
  availableOf,
  type DeploymentRecord,
  type KubernetesMemory,
  type ReplicaSetRecord,
} from '../memory/memory.js'
import { titleOfSet } from '../memory/edit.js'
import type { ProgressCondition } from '../memory/progress.js'
import { fencepostsOf } from '../workload/fenceposts.js'
import { statusOfSets, sumOver } from '../controller/deployment.js'
import { bareName, inTypeOrder, withoutZeros, type ApiCondition, type ApiObject } from './object.js'

/** A Deployment. */
export const deploymentObject = (memory: KubernetesMemory, record: DeploymentRecord): ApiObject => {
  const { name, namespace, replicas, template, revision } = record
  const sets = (memory.setsOf.get(name) ?? []).flatMap((one) => memory.replicaSets.get(one) ?? [])
  const newSet = sets.find((set) => set.template.text === template.text)
  const { updated, ready, available, replicas: actual } = statusOfSets(sets, newSet)
  const unavailable = Math.max(0, sumOver(sets, (set) => set.replicas) - available)
  return {
    ...{ kind: 'Deployment', namespace, name: bareName(name), revision, replicas },
    status: {
      ...withoutZeros({
        ...{ replicas: actual, updatedReplicas: updated, readyReplicas: ready },
        ...{ availableReplicas: available, unavailableReplicas: unavailable },
      }),
      terminatingReplicas: sumOver(sets, ({ leaving }) => leaving),
      conditions: inTypeOrder([
        availability(record, available),
        ...(record.progress === undefined ? [] : [progress(record, record.progress, newSet)]),
        ...(record.failure === undefined ? [] : [replicaFailure(record.failure)]),
      ]),
    },
  }
}

const availability = (
  { strategy, replicas }: DeploymentRecord,
  available: number,
): ApiCondition => {
  const missing =
    strategy.type === 'Recreate' ? 0 : fencepostsOf(strategy.rollingUpdate, replicas).unavailable
  const isAvailable = available >= replicas - Math.min(replicas, missing)
  return {
    ...{ type: 'Available', status: isAvailable ? 'True' : 'False' },
    reason: isAvailable ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    message: `Deployment ${isAvailable ? 'has' : 'does not have'} minimum availability.`,
  }
}

const progress = (
  { name }: DeploymentRecord,
  { status, reason }: ProgressCondition,
  newSet: ReplicaSetRecord | undefined,
): ApiCondition => {
  const set =
    newSet === undefined
      ? `Deployment "${bareName(name)}"`
      : `ReplicaSet "${bareName(newSet.name)}"`
  const made = `replica set "${bareName(newSet?.name ?? '')}"`
  const messages: Readonly<Record<ProgressCondition['reason'], string>> = {
    NewReplicaSetCreated: `Created new ${made}`,
    FoundNewReplicaSet: `Found new ${made}`,
    ReplicaSetUpdated: `${set} is progressing.`,
    NewReplicaSetAvailable: `${set} has successfully progressed.`,
    ProgressDeadlineExceeded: `${set} has timed out progressing.`,
    DeploymentPaused: 'Deployment is paused',
    DeploymentResumed: 'Deployment is resumed',
  }
  return { type: 'Progressing', status, reason, message: messages[reason] }
}

const replicaFailure = (message: string): ApiCondition => ({
  ...{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message },
})

/** A ReplicaSet. */
export const replicaSetObject = (memory: KubernetesMemory, set: ReplicaSetRecord): ApiObject => {
  const refusal = memory.refusals.get(titleOfSet(set.name))
  const { name, namespace, deployment, isControlled, revision, replicas, ready, leaving } = set
  const actual = actualOf(set)
  return {
    ...{ kind: 'ReplicaSet', namespace, name: bareName(name), replicas },
    ...(deployment === undefined || !isControlled
      ? {}
      : { owner: `Deployment ${bareName(deployment)}` }),
    ...(revision === 0 ? {} : { revision }),
    status: {
      replicas: actual,
      ...withoutZeros({
        ...{ fullyLabeledReplicas: actual, readyReplicas: ready },
        availableReplicas: availableOf(set),
      }),
      terminatingReplicas: leaving,
      ...(refusal === undefined ? {} : { conditions: [replicaFailure(refusal.message)] }),
    },
  }
}
