/**
 * Runs Deployments with the Kubernetes controllers, for benches: (1) a pass in which nothing
 * happens; (2) a rolling update from start to end, in which each order is confirmed in the next
 * step; (3) for comparison, the same pods placed and stopped by calls of the kernel.
 */
import {
  batch,
  evict,
  getOrThrow,
  instant,
  place,
  setPhase,
  startSteps,
  step,
  take,
  type ClassId,
  type ReplicaId,
  type StepEffect,
  type StepEvent,
  type StepState,
} from '@stowage/kernel'
import { kubernetesController, kubernetesStatus, lowerKubernetesNode } from '@stowage/kubernetes'

const advance = step([kubernetesController()], { lowerNode: lowerKubernetesNode })

/** A Deployment; the update has another image. */
const deployment = (name: string, replicas: number, image: string): StepEvent => ({
  ...{ at: instant(0), _tag: 'Reported', controller: 'kubernetes', about: `Deployment b/${name}` },
  report: {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'b' } },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'c', image, resources: { requests: { cpu: '10m' } } }] },
      },
    },
  },
})

const node = (i: number): StepEvent => ({
  ...{ at: instant(0), _tag: 'NodeJoined', name: `n${i}` },
  node: {
    ...{ apiVersion: 'v1', kind: 'Node', metadata: { name: `n${i}` } },
    status: { allocatable: { cpu: '16', memory: '64Gi', pods: '250' } },
  },
})

/** A cluster with Deployments. */
export interface DeploymentFleet {
  state: StepState
  /** The number of pods of the Deployment that is updated. */
  readonly updated: number
  version: number
}

const confirmed = (effects: readonly StepEffect[], at: number): readonly StepEvent[] =>
  effects.flatMap((effect): readonly StepEvent[] => {
    const { _tag } = effect
    if (_tag === 'Place')
      return [{ at: instant(at), _tag: 'ReplicaRunning', replica: effect.replica }]
    if (_tag === 'Stop')
      return [{ at: instant(at), _tag: 'ReplicaStopped', replica: effect.replica }]
    return []
  })

/** Steps until every order is confirmed and none comes back; returns the number of steps. */
const settle = (fleet: DeploymentFleet, first: readonly StepEvent[]): number => {
  let [events, steps] = [first, 0]
  while (events.length > 0) {
    const { state } = fleet
    const result = getOrThrow(advance({ ...state, cluster: take(state.cluster) }, events))
    fleet.state = result.state
    events = confirmed(result.effects, result.state.now + 1)
    steps++
  }
  return steps
}

/** So many nodes and pods; the first Deployment has `updated` of them, the others the rest. */
export const openFleet = (
  nodes: number,
  deployments: number,
  pods: number,
  updated: number,
): DeploymentFleet => {
  const fleet: DeploymentFleet = { state: startSteps(), updated, version: 1 }
  const each = Math.floor((pods - updated) / Math.max(1, deployments - 1))
  settle(fleet, [
    ...Array.from({ length: nodes }, (_, i) => node(i)),
    deployment('d0', updated, 'c:1'),
    ...Array.from({ length: deployments - 1 }, (_, i) => deployment(`d${i + 1}`, each, 'c:1')),
  ])
  return fleet
}

/** A pass in which nothing happens. */
export const passFleetQuietly = (fleet: DeploymentFleet): void => {
  const { state } = fleet
  const events = [{ at: instant(state.now + 1), _tag: 'ClockAdvanced' }] as const
  fleet.state = getOrThrow(advance(state, events)).state
}

/** A rolling update of the first Deployment, to its end; the wrong end is never timed. */
export const rollDeployment = (fleet: DeploymentFleet): number => {
  fleet.version++
  const at = instant(fleet.state.now + 1)
  return settle(fleet, [{ ...deployment('d0', fleet.updated, `c:${fleet.version}`), at }])
}

/** Whether the first Deployment has its pods, all of the present version. */
export const hasRolled = ({ state }: DeploymentFleet): boolean =>
  kubernetesStatus(state).deployments[0]?.complete === true

/** The pods of the first Deployment, and their class. */
export interface BarePods {
  readonly class: ClassId
  replicas: readonly ReplicaId[]
}

/** The pods of the first Deployment as they are now. */
export const barePodsOf = ({ state }: DeploymentFleet): BarePods => {
  const [set] = kubernetesStatus(state).replicaSets.filter(
    ({ deployment: of, pods }) => of === 'b/d0' && pods.length > 0,
  )
  const memory = state.memories.get('kubernetes') as {
    readonly pods: ReadonlyMap<ReplicaId, { readonly class: ClassId }>
  }
  return { class: memory.pods.get(set!.pods[0]!)!.class, replicas: set!.pods }
}

/** Places as many pods anew, lets them run, and stops those before, by hand, in the same parts. */
export const replaceByHand = (fleet: DeploymentFleet, pods: BarePods, parts: number): void => {
  const { length } = pods.replicas
  const size = Math.ceil(length / parts)
  const fresh: ReplicaId[] = []
  let { cluster } = fleet.state
  for (let from = 0; from < length; from += size) {
    const old = pods.replicas.slice(from, from + size)
    const request = { class: pods.class, count: old.length }
    const [next, placed] = batch(take(cluster), (draft) =>
      place(draft, [request]).answers[0]!.placed.map(({ replica }) => replica),
    )
    const [last] = batch(take(next), (draft) => {
      for (const replica of placed) getOrThrow(setPhase(draft, replica, 'running'))
      for (const replica of old) getOrThrow(evict(draft, replica))
    })
    for (const replica of placed) fresh.push(replica)
    cluster = last
  }
  pods.replicas = fresh
  fleet.state = { ...fleet.state, cluster }
}
