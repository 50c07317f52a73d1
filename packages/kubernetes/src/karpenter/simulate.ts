/**
 * Runs a scheduling simulation as Karpenter does: places pods on the existing nodes and on new
 * NodeClaims. The nodes that consolidation would remove can be left out.
 */
import { byCodeUnit } from '@stowage/kernel'
import { simulatedNodes } from './simulated-nodes.js'
import { daemonGroups, type Daemon } from './daemons.js'
import { poolDomains } from './domains.js'
import { cheapestTypes } from '../node-pool/instance-type.js'
import { measuresFrom, subtractMeasures, type Measures } from '../node-pool/measure.js'
import type { NodeClaim } from './node-claim.js'
import { podKey } from './pod.js'
import { planPods, type PodPlan } from './scheduler.js'
import { poolsInOrder, claimTemplate } from './template.js'
import { addHost, openTopology, uidOf } from './topology.js'
import { hostOfNode } from './existing-node.js'
import { nodePoolKey, wellKnownLabels } from '../node-pool/well-known.js'
import { pendingPods, type KarpenterWorld } from './world.js'
import type { KarpenterPod, NodePool } from '../node-pool/words.js'
import type { Quantity } from '../words/quantity.js'

/** What a simulation leaves out, and whether it is one of consolidation. */
export interface Simulation {
  /** Names of nodes that are gone. */
  readonly gone: ReadonlySet<string>
  readonly isConsolidation: boolean
}

/** What Karpenter launches for the pods that wait. */
export const provisionPods = (world: KarpenterWorld): PodPlan =>
  simulatePods(world, pendingPods(world), { gone: new Set(), isConsolidation: false })

/** So many types a claim names at most. */
const typesMax = 600

/**
 * Places pods, whatever the order in which they are listed. Without a NodePool nobody is placed and
 * nothing is refused.
 */
export const simulatePods = (
  world: KarpenterWorld,
  listed: readonly KarpenterPod[],
  { gone, isConsolidation }: Simulation,
): PodPlan => {
  const pods = [...listed].sort((one, other) => byCodeUnit(podKey(one), podKey(other)))
  const pools = poolsInOrder(world.pools.filter(isDynamic))
  if (pools.length === 0 || pods.length === 0)
    return { claims: [], nodes: [], refusals: new Map(), order: [] }
  const respectsPreferences = world.options.preferencePolicy === 'Respect'
  const relaxesMinValues = world.options.minValuesPolicy === 'BestEffort'
  const staying = world.nodes.filter(({ name }) => !gone.has(name))
  const topology = openTopology(
    {
      ...{ domains: poolDomains(pools, world.typesOf), staying, pods: world.pods },
      nodes: new Map(world.nodes.map((node) => [node.name, node])),
      ...{ namespaces: world.namespaces, respectsPreferences },
    },
    pods,
  )
  const knownLabels =
    world.providerLabels === undefined
      ? wellKnownLabels
      : new Set([...wellKnownLabels, ...world.providerLabels])
  const daemons: readonly Daemon[] = world.daemons.map((pod) => ({ pod }))
  const templates = pools.flatMap((pool) => {
    const types = world.typesOf.get(pool.metadata.name) ?? []
    return claimTemplate(pool, types, relaxesMinValues, knownLabels) ?? []
  })
  const withGroups = templates.map((template) => ({
    ...template,
    daemons: daemonGroups(template, template.types, daemons),
  }))
  const nodes = simulatedNodes(world, staying, daemons, isConsolidation)
  for (const { node } of nodes) addHost(topology, hostOfNode(node))
  const plan = planPods(
    {
      ...{ nodes, templates: withGroups, topology, storage: world.storage, now: world.now },
      ...{ limits: limitsLeft(pools, staying), respectsPreferences, relaxesMinValues },
      hasPreferredTaint: pools.some(({ spec }) =>
        spec.template.spec.taints.some(({ effect }) => effect === 'PreferNoSchedule'),
      ),
    },
    pods,
  )
  return truncateClaims(plan, !relaxesMinValues)
}

/** A pool with a number of nodes launches none for pods. */
export const isDynamic = ({ spec, metadata }: NodePool): boolean =>
  spec.replicas === undefined && metadata.deletionTimestamp === undefined

/** What the limits of each pool leave beside its nodes, each of which is also one of `nodes`. */
export const limitsLeft = (
  pools: readonly NodePool[],
  staying: KarpenterWorld['nodes'],
): ReadonlyMap<string, Measures> =>
  new Map(
    pools.map(({ metadata: { name }, spec: { limits } }) => [
      name,
      staying
        .filter(({ labels }) => labels.get(nodePoolKey) === name)
        .reduce<Measures>(
          (left, { capacity }) => subtractMeasures(left, new Map([...capacity, ...oneNode])),
          measuresFrom(limits),
        ),
    ]),
  )

/** That a node is one. */
export const oneNode: Measures = new Map([
  ['nodes', { quantity: 1_000_000_000n as Quantity, format: 'decimal' }],
])

/** Claims name so many types at most; where that leaves too few values, their pods stay. */
const truncateClaims = (plan: PodPlan, isStrict: boolean): PodPlan => {
  const refusals = new Map(plan.refusals)
  const claims: NodeClaim[] = []
  for (const claim of plan.claims) {
    const types = cheapestTypes(claim.types, claim.requirements, typesMax, isStrict)
    if (typeof types !== 'string') {
      claims.push({ ...claim, types })
      continue
    }
    const reason =
      `pod didn’t schedule because NodePool couldn’t meet minValues requirements, ` +
      `validating minValues, ${types} (NodePool=${claim.pool})`
    for (const pod of claim.pods) refusals.set(uidOf(pod), reason)
  }
  return { ...plan, claims, refusals }
}
