/**
 * Converts the state of the workload controllers to what an API server would return: all objects
 * with their statuses, all pods, and all nodes.
 */
import type { StepState } from '@stowage/kernel'
import type { DisruptionBudget } from '../disruption/budget-status.js'
import { disruptionBudgetsIn } from '../read/budgets.js'
import { controllerName, emptyMemory, type KubernetesMemory } from '../memory/memory.js'
import { budgetObjects, evictionIn } from './budget.js'
import { claimObjects } from './claim.js'
import { deploymentObject, replicaSetObject } from './deployment.js'
import { bareName, type ApiObject } from './object.js'
import { apiNodes, type ApiNode } from './node.js'
import { apiPods, type ApiPod } from './pod.js'
import { slottedObjects } from './slotted.js'

/** Objects by kind and then by name, and the pods. */
export interface ApiState {
  readonly objects: readonly ApiObject[]
  readonly pods: readonly ApiPod[]
  readonly nodes: readonly ApiNode[]
}

const kindOrder = [
  ...['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'],
  ...['ControllerRevision', 'PodDisruptionBudget', 'PersistentVolumeClaim'],
]

/** All that `kubernetesController` knows in a state, as the API server shows it. */
const apiState = (state: StepState, budgets: readonly DisruptionBudget[] = []): ApiState => {
  const memory = (state.memories.get(controllerName) ?? emptyMemory) as KubernetesMemory
  const pods = apiPods(state, memory)
  const objects = [
    ...[...memory.deployments.values()].map((one) => deploymentObject(memory, one)),
    ...[...memory.replicaSets.values()].map((one) => replicaSetObject(memory, one)),
    ...[...memory.slotted.values()].flatMap((one) => slottedObjects(memory, one, state.now)),
    ...[...memory.cronJobs.values()].map(({ namespace, name }) => ({
      ...{ kind: 'CronJob', namespace, name: bareName(name) },
    })),
    ...budgetObjects(memory, budgets, pods, state.now),
    ...claimObjects(memory),
    ...[...memory.orphans.values()].map(({ namespace, name, number }) => ({
      ...{ kind: 'ControllerRevision', namespace, name: bareName(name), revision: number },
    })),
  ]
  return {
    objects: objects.sort(
      (one, other) =>
        kindOrder.indexOf(one.kind) - kindOrder.indexOf(other.kind) ||
        (one.name < other.name ? -1 : 1),
    ),
    pods,
    nodes: apiNodes(state),
  }
}

/**
 * The API server over the memory of the controllers: `state` shows the objects and the pods,
 * `evict` says what the eviction API answers, and `budgets` reads the budgets that both need.
 */
export const kubernetesApi = {
  state: apiState,
  evict: evictionIn,
  budgets: disruptionBudgetsIn,
} as const
