/**
 * Simulates the consolidation of Karpenter, step by step until nothing is left to consolidate:
 * 1. Of the methods emptiness, multi-node and single-node consolidation, the first that finds a
 *    command decides.
 * 2. The command removes nodes, or replaces them by one cheaper node.
 * 3. The pods of these nodes move to the nodes that Karpenter's scheduling simulation gives them.
 */
import { instant } from '@stowage/kernel'
import { allowances } from '../consolidation/allowance.js'
import { disruptionCandidates, type DisruptionCandidate } from '../consolidation/candidate.js'
import { priceOfAll, type DisruptionCommand } from '../consolidation/command.js'
import { isHeldBack, isMovable } from '../consolidation/eviction-limit.js'
import { disruptNodes } from '../consolidation/methods.js'
import type { NodeClaim } from '../karpenter/node-claim.js'
import { isDisruptable, podKey } from '../karpenter/pod.js'
import { simulatePods } from '../karpenter/simulate.js'
import type { NodeState } from '../karpenter/state.js'
import { podsOnNode, type KarpenterWorld } from '../karpenter/world.js'
import { consolidationDelay } from '../node-pool/consolidation-delay.js'
import {
  hostKey,
  initializedKey,
  instanceTypeKey,
  nodePoolKey,
  registeredKey,
  zoneLabelKey,
} from '../node-pool/well-known.js'
import { launchOf } from './karpenter-mind.js'
import type { MindRelease, ReleaseStep } from './release-terms.js'
import type { SupplyOffer } from './terms.js'

/** So many steps are played at most; each saves something, so that fewer are the rule. */
const releaseStepsMax = 10_000

/** What Karpenter would do with the nodes. */
export const releaseAsKarpenter = (
  start: KarpenterWorld,
  offers: readonly SupplyOffer[],
): MindRelease => {
  const steps: ReleaseStep[] = []
  let world = start
  while (steps.length < releaseStepsMax) {
    const next = nextStep(world, offers, steps.length + 1)
    if (next === undefined) break
    steps.push(next.step)
    world = next.world
  }
  return { mind: 'karpenter', offers, steps, staying: stayingIn(world, start) }
}

interface PlayedStep {
  readonly step: ReleaseStep
  readonly world: KarpenterWorld
}

const nextStep = (
  world: KarpenterWorld,
  offers: readonly SupplyOffer[],
  serial: number,
): PlayedStep | undefined => {
  const commands = disruptNodes(world)
  for (const method of ['emptiness', 'multi', 'single'] as const) {
    const [command] = commands[method]
    if (command !== undefined) return playCommand(world, command, method, offers, serial)
  }
  return undefined
}

const playCommand = (
  world: KarpenterWorld,
  { candidates, replacement }: DisruptionCommand,
  method: 'emptiness' | 'multi' | 'single',
  offers: readonly SupplyOffer[],
  serial: number,
): PlayedStep => {
  const gone = new Set(candidates.map(({ node }) => node.name))
  const moving = candidates.flatMap(({ pods }) => pods.filter((pod) => isMovable(pod, world)))
  const { nodes, claims } = simulatePods(world, moving, { gone, isConsolidation: true })
  const places = new Map(
    nodes.flatMap(({ node, pods }) => pods.map((pod) => [podKey(pod), node.name] as const)),
  )
  const opened =
    replacement === undefined ? undefined : openedNode(world, replacement, offers, serial)
  if (opened !== undefined)
    for (const pod of claims.flatMap(({ pods }) => pods)) places.set(podKey(pod), opened.node.name)
  const pods = world.pods.flatMap((pod) => {
    const to = places.get(podKey(pod))
    if (to !== undefined) return [{ ...pod, spec: { ...pod.spec, nodeName: to } }]
    return gone.has(pod.spec.nodeName ?? '') ? [] : [pod]
  })
  const staying = world.nodes.filter(({ name }) => !gone.has(name))
  return {
    step: {
      ...{ method, gone: [...gone], moved: moving.length },
      ...(opened === undefined ? {} : { opened: opened.opened }),
      saving: priceOfAll(candidates) - (opened?.price ?? 0),
    },
    world: { ...world, pods, nodes: opened === undefined ? staying : [...staying, opened.node] },
  }
}

const openedNode = (
  { typesOf }: KarpenterWorld,
  claim: NodeClaim,
  offers: readonly SupplyOffer[],
  serial: number,
): {
  readonly node: NodeState
  readonly opened: NonNullable<ReleaseStep['opened']>
  readonly price: number
} => {
  const { offer, options } = launchOf(claim, offers)
  const { type, zone, labels, taints, price } = offers[offer]!
  const name = `${type.name}-new-${serial}`
  const known = (typesOf.get(claim.pool) ?? []).find((one) => one.name === type.name)!
  const ofType = [...known.requirements.values()].flatMap(({ key, values }) =>
    values.size === 1 ? [[key, [...values][0]!] as const] : [],
  )
  return {
    node: {
      ...{ name, taints, capacity: known.capacity, allocatable: known.allocatable },
      labels: new Map([
        ...ofType,
        ...labels,
        [instanceTypeKey, type.name],
        [zoneLabelKey, zone],
        [hostKey, name],
        [nodePoolKey, claim.pool],
        [registeredKey, 'true'],
        [initializedKey, 'true'],
      ]),
      ...{ isManaged: true, isInitialized: true, isReady: true, isProtected: false },
      quietSince: instant(0),
    },
    opened: { offer, name, options: options.length },
    price,
  }
}

/** Why each of the nodes that were there at the start is there still. */
const stayingIn = (world: KarpenterWorld, start: KarpenterWorld): MindRelease['staying'] => {
  const candidates = new Map(disruptionCandidates(world).map((one) => [one.node.name, one]))
  const names = new Set(start.nodes.map(({ name }) => name))
  return world.nodes
    .filter(({ name }) => names.has(name))
    .map((node) => ({ node: node.name, text: stayText(world, node, candidates.get(node.name)) }))
}

const stayText = (
  world: KarpenterWorld,
  node: NodeState,
  candidate: DisruptionCandidate | undefined,
): string => {
  const { labels, isManaged, isInitialized, isProtected } = node
  if (!isManaged) return 'it is of no NodePool'
  const name = labels.get(nodePoolKey)!
  const pool = world.pools.find(({ metadata }) => metadata.name === name)
  if (pool === undefined) return `its NodePool ${name} is not among the files`
  if (!isInitialized || labels.get(registeredKey) !== 'true') return 'it is not initialized'
  if (isProtected) return 'karpenter.sh/do-not-disrupt is true'
  const there = podsOnNode(world, node.name)
  const protectedPod = there.find((pod) => !isDisruptable(pod, world.now))
  if (protectedPod !== undefined) return `${podKey(protectedPod)}: karpenter.sh/do-not-disrupt`
  const heldPod = there.find((pod) => isHeldBack(pod, world))
  if (heldPod !== undefined) return `${podKey(heldPod)}: its PodDisruptionBudget lets none go`
  if (candidate === undefined) return `none of its types is offered to NodePool ${name}`
  if (pool.spec.replicas !== undefined) return `NodePool ${name} has a fixed size`
  if (consolidationDelay(pool) === undefined)
    return `NodePool ${name} is never consolidated: consolidateAfter is Never`
  if (candidate.type === undefined) return 'its type is not among those that are offered'
  const isEmpty = candidate.disruptionCost <= 1
  if (pool.spec.disruption.consolidationPolicy === 'WhenEmpty' && !isEmpty)
    return `NodePool ${name} lets only empty nodes go: consolidationPolicy is WhenEmpty`
  const left = allowances(world, isEmpty ? 'Empty' : 'Underutilized').get(name) ?? 0
  return left === 0
    ? `a budget of NodePool ${name} lets no node go`
    : 'its pods have no place for less'
}
