/**
 * Simulates which of the existing nodes Karpenter or the Cluster Autoscaler would remove or
 * replace, after the scheduler has placed the waiting pods. Their input is read from the documents
 * of the cluster.
 */
import type { DocumentFault } from '@stowage/documents'
import { allowIndexes, batch, empty } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { instanceTypeKey, zoneLabelKey } from '../node-pool/well-known.js'
import { statusNow } from '../drain/budgets.js'
import { openWorld } from '../drain/world.js'
import { openStage, type Stage } from '../plan/stage.js'
import type { KubernetesInput } from '../read/input.js'
import type { PodDisruptionBudget } from '../words/preemption.js'
import { autoscaledPod } from './autoscaler-mind.js'
import { releaseAsAutoscaler, type ScaleDownBench } from './autoscaler-release.js'
import { groupOfNode } from './group-supply.js'
import { releaseAsKarpenter } from './karpenter-release.js'
import { karpenterWorld, latestMoment } from './karpenter-world.js'
import type { SuppliedCluster } from './provision-as.js'
import type { MindRelease } from './release-terms.js'
import { assumptionsOf, poolOffers, readSupply, type Supply } from './supply.js'
import type { MarketOffering, NodeGroup } from './terms.js'
import { schedulePods, type ScheduledPods } from './waiting.js'

/** Which minds are to answer, and over what. */
export interface MindReleaseOptions {
  readonly minds: readonly MindRelease['mind'][]
  readonly groups: readonly NodeGroup[]
  /** What nodes cost, by their names. */
  readonly prices: ReadonlyMap<string, number>
  /** Whether pods with data on their node may go, which lose it. */
  readonly deletesLocalData: boolean
}

/** What the minds would do, and what was assumed. */
export interface MindReleases {
  readonly releases: readonly MindRelease[]
  readonly notes: readonly string[]
}

/** What each of the minds would do. A `Left` says what is wrong with the documents. */
export const releaseAs = (
  { documents, inputWith }: SuppliedCluster,
  market: readonly MarketOffering[],
  options: MindReleaseOptions,
): E.Either<readonly DocumentFault[], MindReleases> =>
  pipe(
    readSupply(documents, market, options.groups),
    E.chain((supply) =>
      pipe(
        inputWith([]),
        E.map((input) => ({
          releases: releasesOf(input, supply, options),
          notes: [...releaseNotes(supply, options), ...supply.notes],
        })),
      ),
    ),
  )

/** Without groups that are written, the nodes of one type in one zone are one. */
const releaseNotes = (supply: Supply, { minds }: MindReleaseOptions): readonly string[] =>
  minds.flatMap((mind) =>
    mind === 'cluster-autoscaler' && supply.isAssumed.groups
      ? [
          'no node group is written: for the Cluster Autoscaler the nodes of a type in a zone are one',
        ]
      : assumptionsOf(supply, mind),
  )

const releasesOf = (
  input: KubernetesInput,
  supply: Supply,
  options: MindReleaseOptions,
): readonly MindRelease[] =>
  batch(allowIndexes(empty), (draft) => {
    const stage = openStage(draft, input)
    const budgets = budgetsNow(stage, input)
    const pods = schedulePods(draft, stage, input)
    return options.minds.map((mind) => {
      if (mind === 'cluster-autoscaler')
        return releaseAsAutoscaler(scaleDownBench(input, supply, pods, budgets, options))
      const world = karpenterWorld(input, input.nodes, pods, supply.pools, budgets)
      return releaseAsKarpenter(world, poolOffers(supply))
    })
  })[1]

/** The budgets with the status that their controller would compute now. */
const budgetsNow = (stage: Stage, input: KubernetesInput): readonly PodDisruptionBudget[] => {
  const durations = { start: 0, ready: 0, stop: 0 }
  const world = openWorld(stage, input, {
    ...{ nodes: [], durations, ignoreDaemonsets: true, force: true },
    ...{ deleteEmptydirData: true, disableEviction: false },
  })
  return input.disruptionBudgets.map((budget) => {
    const { namespace, selector, minAvailable, maxUnavailable, isUnhealthyFree } = budget
    return {
      metadata: {
        ...{ name: budget.name.slice(namespace.length + 1), namespace, uid: undefined },
        ...{ labels: new Map(), deletionTimestamp: undefined, ownerReferences: [] },
      },
      spec: {
        ...{ selector, minAvailable, maxUnavailable },
        unhealthyPodEvictionPolicy: isUnhealthyFree ? 'AlwaysAllow' : undefined,
      },
      status: {
        disruptionsAllowed: statusNow(world, budget).allowed,
        disruptedPods: budget.disrupted,
      },
    }
  })
}

const scaleDownBench = (
  input: KubernetesInput,
  supply: Supply,
  { bound, waiting }: ScheduledPods,
  budgets: readonly PodDisruptionBudget[],
  { prices, deletesLocalData }: MindReleaseOptions,
): ScaleDownBench => {
  const podsOn = new Map(
    input.nodes.map(({ metadata }) => [metadata.name, [] as (typeof bound)[number][]]),
  )
  for (const pod of bound) podsOn.get(pod.spec.nodeName ?? '')?.push(pod)
  return {
    nodes: input.nodes.map((node) => ({
      node,
      pods: podsOn.get(node.metadata.name)!.map(autoscaledPod),
      health: {
        metadata: { annotations: node.metadata.annotations },
        spec: { taints: node.spec?.taints ?? [] },
        // Conditions are not read: a node is ready unless a taint says that it is not.
        status: { conditions: [{ type: 'Ready', status: 'True' }] },
      },
    })),
    groups: scaleDownGroups(input, supply),
    ...{ budgets, prices, deletesLocalData, objects: input.around },
    now: latestMoment([...bound, ...waiting.map(({ pod }) => pod)]),
  }
}

const scaleDownGroups = (
  { nodes }: KubernetesInput,
  { groups, isAssumed }: Supply,
): ScaleDownBench['groups'] => {
  const members = new Map<string, { readonly min: number; readonly nodes: string[] }>()
  for (const node of nodes) {
    const { name, labels } = node.metadata
    const written = isAssumed.groups ? undefined : groupOfNode(node, groups)
    const type = labels.get(instanceTypeKey)
    const id = isAssumed.groups
      ? type === undefined
        ? undefined
        : `${type} in ${labels.get(zoneLabelKey) ?? ''}`
      : written?.name
    if (id === undefined) continue
    const group = members.get(id) ?? { min: written?.min ?? 0, nodes: [] }
    group.nodes.push(name)
    members.set(id, group)
  }
  return [...members].map(([id, group]) => ({ id, ...group }))
}
