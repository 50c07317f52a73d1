/**
 * Simulates the scale-down of the Cluster Autoscaler with its default flags, loop by loop until no
 * node can be removed:
 * 1. A node can be removed if its utilization is low and its pods fit on other nodes.
 * 2. Each loop removes some of these nodes, empty nodes first, within the minimums of node groups
 *    and the deletion budgets.
 * 3. The next loop runs `scale-down-unneeded-time` later, so that nodes that are still unneeded can
 *    be removed.
 */
import { deletionsNow } from '../cluster-autoscaler/deletion-budget.js'
import { eligibilityOf } from '../cluster-autoscaler/eligible.js'
import { nodeDrain } from '../cluster-autoscaler/node-drain.js'
import type { RemovalOptions, RemovalWorld } from '../cluster-autoscaler/pod-removal.js'
import { isMirrorPod, momentOf } from '../cluster-autoscaler/pod-state.js'
import { simulateRemovals, type CandidateVerdict } from '../cluster-autoscaler/removal.js'
import { unneededVerdicts } from '../cluster-autoscaler/unneeded.js'
import type { AutoscaledNode } from '../cluster-autoscaler/words.js'
import { podKey } from '../karpenter/pod.js'
import type { ObjectSurroundings } from '../surroundings/surroundings.js'
import { controllerRefOf } from '../words/metadata.js'
import type { PodDisruptionBudget } from '../words/preemption.js'
import { milliOf, wholeOf, zero } from '../words/quantity.js'
import { namespaceOf } from '../workload/workload.js'
import type { MindRelease, ReleaseStep } from './release-terms.js'

/** What a scale-down starts from. */
export interface ScaleDownBench {
  readonly nodes: readonly AutoscaledNode[]
  /** A node of none of them stays. */
  readonly groups: readonly {
    readonly id: string
    readonly min: number
    readonly nodes: readonly string[]
  }[]
  readonly budgets: readonly PodDisruptionBudget[]
  readonly prices: ReadonlyMap<string, number>
  readonly objects: ObjectSurroundings
  /** As the API writes a moment. */
  readonly now: string
  readonly deletesLocalData: boolean
}

/** What the Cluster Autoscaler would do with the nodes. */
export const releaseAsAutoscaler = (start: ScaleDownBench): MindRelease => {
  const steps: ReleaseStep[] = []
  let bench = start
  for (;;) {
    const look = lookAt(bench)
    const next = scaleDownOnce(bench, look)
    if (next === undefined)
      return {
        ...{ mind: 'cluster-autoscaler', offers: [], steps },
        staying: bench.nodes.map(({ node: { metadata } }) => ({
          node: metadata.name,
          text: look.texts.get(metadata.name) ?? 'its group needs it',
        })),
      }
    for (const step of next.steps) steps.push(step)
    bench = next.bench
  }
}

interface ScaleDownLook {
  readonly empty: readonly string[]
  readonly drain: readonly string[]
  /** Why each of the others stays. */
  readonly texts: ReadonlyMap<string, string>
}

/** The defaults of its flags. */
const utilizationMax = 0.5
const removalFlags = (deletesLocalData: boolean): RemovalOptions => ({
  ...{ skipNodesWithSystemPods: true, skipNodesWithLocalStorage: !deletesLocalData },
  ...{ skipNodesWithCustomControllerPods: true, minReplicaCount: 0 },
  blockingSystemPodTimeoutSeconds: 3600,
})
const parallel = { maxScaleDownParallelism: 10, maxDrainParallelism: 1 }

const lookAt = (bench: ScaleDownBench): ScaleDownLook => {
  const { nodes, groups, now } = bench
  const texts = new Map<string, string>()
  const verdicts = eligibilityOf(nodes, groups, {
    ...{ utilizationThreshold: utilizationMax, gpuUtilizationThreshold: utilizationMax },
    ...{ ignoreDaemonSets: false, ignoreMirrorPods: false, scaleDownUnreadyEnabled: true },
    ...{ recentlyUnremovable: [], now },
  })
  for (const { node, reason, utilization } of verdicts)
    if (reason !== undefined) texts.set(node, ineligibleText(reason, utilization?.utilization))
  const world = scaleDownRules(bench)
  const isEmpty = new Map(nodes.map((one) => [one.node.metadata.name, isEmptyNode(one, world)]))
  const candidates = verdicts
    .filter(({ reason }) => reason === undefined)
    .map(({ node }) => node)
    .sort((one, other) => Number(isEmpty.get(other)) - Number(isEmpty.get(one)))
  const removable = simulateRemovals({ ...world, nodes, candidates, objects: bench.objects })
  for (const one of removable.candidates)
    if (!one.isRemovable) texts.set(one.node, blockedText(one))
  const free = removable.candidates.filter(({ isRemovable }) => isRemovable)
  const sizes = unneededOf(
    bench,
    free.map(({ node }) => node),
    isEmpty,
  )
  for (const [node, verdict] of sizes)
    if (verdict !== 'empty' && verdict !== 'drain') texts.set(node, sizeText(verdict))
  const those = (kind: 'empty' | 'drain'): readonly string[] =>
    [...sizes].flatMap(([node, verdict]) => (verdict === kind ? [node] : []))
  return { empty: those('empty'), drain: those('drain'), texts }
}

const scaleDownRules = ({
  nodes,
  budgets,
  now,
  deletesLocalData,
}: ScaleDownBench): RemovalWorld => ({
  // A controller that a pod names is taken to exist.
  controllers: nodes
    .flatMap(({ pods }) => pods)
    .flatMap(({ metadata }) => {
      const owner = controllerRefOf(metadata)
      return owner === undefined
        ? []
        : [{ kind: owner.kind, namespace: namespaceOf(metadata), name: owner.name }]
    }),
  ...{ pdbs: budgets, now: momentOf(now), options: removalFlags(deletesLocalData) },
})

const isEmptyNode = ({ pods }: AutoscaledNode, world: RemovalWorld): boolean => {
  const drain = nodeDrain(
    pods.filter((pod) => !isMirrorPod(pod)),
    world,
  )
  return !drain.isBlocked && drain.move.length === 0
}

const unneededOf = (
  { nodes, groups }: ScaleDownBench,
  names: readonly string[],
  isEmpty: ReadonlyMap<string, boolean>,
): ReturnType<typeof unneededVerdicts> => {
  const byName = new Map(nodes.map((one) => [one.node.metadata.name, one]))
  const there = groups.map((group) => ({
    ...group,
    nodes: group.nodes.filter((name) => byName.has(name)),
  }))
  const groupOf = new Map(there.flatMap(({ id, nodes: own }) => own.map((name) => [name, id])))
  const amounts = (name: string | undefined) => byName.get(name ?? '')?.node.status?.allocatable
  return unneededVerdicts(
    there.map((group) => ({
      ...{ ...group, target: group.nodes.length, deletionsInProgress: 0 },
      nodeCpuMilli: milliOf(amounts(group.nodes[0])?.get('cpu')?.quantity ?? zero),
      nodeMemoryBytes: wholeOf(amounts(group.nodes[0])?.get('memory')?.quantity ?? zero),
    })),
    names.map((name) => ({
      ...{ name, group: groupOf.get(name)! },
      ...{ unneededForSeconds: Infinity, empty: isEmpty.get(name)!, ready: true },
      scaleDownDisabled: false,
    })),
    { unneededSeconds: 600, unreadySeconds: 1200, minCoresTotal: 0, minMemoryTotalBytes: 0 },
  )
}

const scaleDownOnce = (
  bench: ScaleDownBench,
  look: ScaleDownLook,
): { readonly steps: readonly ReleaseStep[]; readonly bench: ScaleDownBench } | undefined => {
  const groups = bench.groups.map((group) => ({
    ...{ ...group, target: group.nodes.length, zeroOrMaxNodeScaling: false },
  }))
  const progress = { emptyInProgress: 0, drainInProgress: 0 }
  const now = deletionsNow(groups, { ...look, ...progress, ...parallel })
  const empty = now.empty.flatMap(({ nodes }) => nodes)
  const drain = now.drain.flatMap(({ nodes }) => nodes)
  const gone = [...empty, ...drain]
  if (gone.length === 0) return undefined
  const world = scaleDownRules(bench)
  const { nodes } = bench
  const after = simulateRemovals({ ...world, nodes, candidates: gone, objects: bench.objects })
  const left = nodes.flatMap((one) => {
    const pods = after.podsOf.get(one.node.metadata.name)
    return pods === undefined ? [] : [{ ...one, pods }]
  })
  const step = (method: 'empty' | 'drain', names: readonly string[]): readonly ReleaseStep[] =>
    names.length === 0 ? [] : [stepOf(bench, world, method, names)]
  return {
    steps: [...step('empty', empty), ...step('drain', drain)],
    bench: { ...bench, nodes: left },
  }
}

const stepOf = (
  { nodes, prices }: ScaleDownBench,
  world: RemovalWorld,
  method: 'empty' | 'drain',
  gone: readonly string[],
): ReleaseStep => ({
  ...{ method, gone },
  moved: nodes
    .filter(({ node }) => gone.includes(node.metadata.name))
    .reduce((sum, { pods }) => {
      const drain = nodeDrain(pods, world)
      return sum + (drain.isBlocked ? 0 : drain.move.length)
    }, 0),
  saving: gone.reduce((sum, name) => sum + (prices.get(name) ?? 0), 0),
})

const ineligibleTexts = {
  CurrentlyBeingDeleted: 'it is being deleted',
  NotAutoscaled: 'it is of no node group',
  NotUnderutilized: 'more than half of it is requested',
  RecentlyUnremovable: 'it was found not to be removable',
  ScaleDownDisabledAnnotation: 'cluster-autoscaler.kubernetes.io/scale-down-disabled is true',
  ScaleDownUnreadyDisabled: 'it is not ready',
  UnexpectedError: 'it has no CPU or no memory, so that its use is not known',
} as const

const ineligibleText = (
  reason: keyof typeof ineligibleTexts,
  utilization: number | undefined,
): string =>
  reason === 'NotUnderutilized' && utilization !== undefined
    ? `${Math.round(utilization * 100)} % of it is requested, more than ${utilizationMax * 100} %`
    : ineligibleTexts[reason]

const blockedText = (verdict: CandidateVerdict & { readonly isRemovable: false }): string =>
  verdict.reason === 'NoPlaceToMovePods'
    ? 'its pods find no place on other nodes'
    : `${podKey(verdict.blockingPod)}: ${blockingTexts[verdict.blockingReason]}`

const blockingTexts = {
  ControllerNotFound: 'its controller is not there',
  LocalStorageRequested: 'it has data on its node, which --delete-emptydir-data gives up',
  MinReplicasReached: 'its controller has too few replicas',
  NotEnoughPdb: 'its PodDisruptionBudget lets none go',
  NotReplicated: 'no controller replaces it',
  NotSafeToEvictAnnotation: 'cluster-autoscaler.kubernetes.io/safe-to-evict is false',
  UnmovableKubeSystemPod: 'it is of kube-system and has no PodDisruptionBudget',
} as const

const sizeText = (verdict: string): string =>
  verdict === 'NodeGroupMinSizeReached' ? 'its group has its minimum' : verdict
