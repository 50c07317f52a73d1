/**
 * Builds the PodDisruptionBudgets, with their statuses, that an API server would return for the
 * simulated pods. Also answers whether the eviction API would evict a pod.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { Instant, StepState } from '@stowage/kernel'
import {
  budgetStatus,
  type BudgetPod,
  type BudgetStatus,
  type DisruptionBudget,
} from '../disruption/budget-status.js'
import { guards } from '../disruption/guards.js'
import { evictionAnswer, type EvictionAnswer } from '../disruption/eviction.js'
import { controllerName, emptyMemory, type KubernetesMemory } from '../memory/memory.js'
import { bareName, type ApiObject } from './object.js'
import { apiPods, type ApiPod } from './pod.js'

/** The budgets with their statuses, in the order of their names. */
export const budgetObjects = (
  memory: KubernetesMemory,
  budgets: readonly DisruptionBudget[],
  pods: readonly ApiPod[],
  now: Instant,
): readonly ApiObject[] =>
  [...budgets]
    .sort((one, other) => byCodeUnit(one.name, other.name))
    .map((budget) => {
      const { name, namespace } = budget
      const { expected, desiredHealthy, healthy, allowed, failure } = statusOver(
        memory,
        budget,
        pods,
        now,
      )
      const reason =
        failure !== undefined ? 'SyncFailed' : allowed > 0 ? 'SufficientPods' : 'InsufficientPods'
      const holds = { type: 'DisruptionAllowed', status: allowed > 0 ? 'True' : 'False' }
      return {
        ...{ kind: 'PodDisruptionBudget', namespace, name: bareName(name) },
        status: {
          ...{ currentHealthy: healthy, desiredHealthy, expectedPods: expected },
          disruptionsAllowed: allowed,
          conditions: [{ ...holds, reason, message: failure ?? '' }],
        },
      }
    })

const statusOver = (
  memory: KubernetesMemory,
  budget: DisruptionBudget,
  pods: readonly ApiPod[],
  now: Instant,
): BudgetStatus =>
  budgetStatus(
    budget,
    pods
      .filter((pod) => guards(budget, pod))
      .flatMap((pod) => Array.from({ length: pod.count }, () => budgetPod(memory, pod))),
    now,
  )

const budgetPod = (memory: KubernetesMemory, pod: ApiPod): BudgetPod => ({
  name: bareName(pod.name ?? ''),
  ...{ isReady: pod.isReady, isLeaving: pod.isLeaving },
  controller: sizedController(memory, pod),
})

/** The controller of a pod with its size; of a ReplicaSet of a Deployment, the Deployment. */
export const sizedController = (
  memory: KubernetesMemory,
  { owner, namespace }: Pick<ApiPod, 'owner' | 'namespace'>,
): BudgetPod['controller'] => {
  if (owner === undefined) return undefined
  const [kind = '', name = ''] = owner.split(' ')
  const full = `${namespace}/${name}`
  const set = kind === 'ReplicaSet' ? memory.replicaSets.get(full) : undefined
  const deployment =
    set?.deployment === undefined ? undefined : memory.deployments.get(set.deployment)
  const sized = deployment ?? set ?? memory.slotted.get(`StatefulSet ${full}`)?.ordinals
  return sized === undefined
    ? 'unscalable'
    : {
        title: deployment === undefined ? owner : `Deployment ${deployment.name}`,
        replicas: sized.replicas,
      }
}

/** What the eviction API answers for a pod with this `namespace/name`; `undefined` for no pod. */
export const evictionIn = (
  state: StepState,
  budgets: readonly DisruptionBudget[],
  name: string,
): EvictionAnswer | undefined => {
  const memory = (state.memories.get(controllerName) ?? emptyMemory) as KubernetesMemory
  const pods = apiPods(state, memory)
  const pod = pods.find((one) => one.name === name)
  if (pod === undefined) return undefined
  const { isReady, isLeaving, phase } = pod
  return evictionAnswer(
    { isReady, isIdle: isLeaving || phase !== 'Running' },
    budgets.filter((budget) => guards(budget, pod)),
    (budget) => statusOver(memory, budget, pods, state.now),
  )
}
