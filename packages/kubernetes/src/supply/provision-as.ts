/**
 * Plans which nodes to open for pods that find no place. Each of several minds (Karpenter, the
 * Cluster Autoscaler, our own search) makes a plan for the same pods, with the same machines to
 * choose from.
 * 1. The scheduler places waiting pods on the existing nodes.
 * 2. Each mind plans nodes for the remaining pods.
 * 3. Each plan is tried: its nodes are opened, and its pods are placed if the scheduler's filters
 *    accept them. Refused pods are reported with the plan.
 * 4. A lower bound on the price of each plan is proved: no new nodes for the same pods cost less.
 */
import type { DocumentFault, SourceDocument } from '@stowage/documents'
import { allowIndexes, batch, empty, trial, type SupplyOptions } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { lowerForOffers } from '../plan/offered-class.js'
import { openOffered } from '../plan/provision.js'
import type { KubernetesInput } from '../read/input.js'
import { planAsAutoscaler, type AutoscalerFlags } from './autoscaler-mind.js'
import { bestOf } from './best.js'
import { groupBench } from './group-bench.js'
import { offersOfGroups, withGroupRoom } from './group-supply.js'
import { planAsKarpenter } from './karpenter-mind.js'
import { karpenterWorld } from './karpenter-world.js'
import { openMindPlan, type MindPlan } from './mind-plan.js'
import { passedLimits } from './limits.js'
import { nodeOffer, probeDocuments } from './offer-nodes.js'
import { boundForPlan, searchSupply, type SearchBench, type SearchedSupply } from './search.js'
import { anyMachines, assumptionsOf, poolOffers, readSupply, type Supply } from './supply.js'
import type { MarketOffering, MindSupply, NodeGroup, SupplyMind, SupplyOffer } from './terms.js'
import { schedulePods } from './waiting.js'

/** A cluster as documents, and as it is read with more nodes. */
export interface SuppliedCluster {
  readonly documents: readonly SourceDocument[]
  readonly inputWith: (
    more: readonly SourceDocument[],
  ) => E.Either<readonly DocumentFault[], KubernetesInput>
}

/** Which minds are to answer, over what, and how far ours looks. */
export interface MindOptions {
  readonly minds: readonly SupplyMind[]
  readonly groups: readonly NodeGroup[]
  readonly flags: AutoscalerFlags
  readonly search: SupplyOptions
}

/** The plans of the minds, and what was assumed. */
export interface MindSupplies {
  readonly supplies: readonly MindSupply[]
  readonly notes: readonly string[]
}

/** Plans as each of the minds would. A `Left` says what is wrong with the documents. */
export const provisionAs = (
  { documents, inputWith }: SuppliedCluster,
  market: readonly MarketOffering[],
  options: MindOptions,
): E.Either<readonly DocumentFault[], MindSupplies> =>
  pipe(
    readSupply(documents, market, options.groups),
    E.chain((supply) => {
      const offers = offersOf(supply, options)
      return pipe(
        inputWith(offers.flatMap(probeDocuments)),
        E.map((input) => suppliesOf(input, supply, offers, options)),
      )
    }),
  )

/** What can be opened: as pools have it and as groups have it, or as neither does. */
const offersOf = (supply: Supply, { minds, search }: MindOptions): readonly SupplyOffer[] => {
  const { pools, groups } = supply.isAssumed
  const rivals = rivalsOf(minds, supply, search.solver !== undefined)
  return [
    ...(pools && groups ? anyMachines(supply.market) : []),
    ...(!pools || rivals.includes('karpenter') ? poolOffers(supply) : []),
    ...(!groups || rivals.includes('cluster-autoscaler')
      ? offersOfGroups(supply.groups, supply.market)
      : []),
  ]
}

const suppliesOf = (
  input: KubernetesInput,
  supply: Supply,
  offered: readonly SupplyOffer[],
  { minds, flags, search }: MindOptions,
): MindSupplies =>
  batch(allowIndexes(empty), (draft) => {
    const probed = offered.map(nodeOffer)
    const probes = new Set(probed.map(({ probe }) => probe))
    const nodes = input.nodes.filter(({ metadata }) => !probes.has(metadata.name))
    const offers = withGroupRoom(offered, supply.groups, nodes)
    const {
      stage,
      offerings,
      probes: specs,
      daemons,
      crowded,
    } = openOffered(draft, input, offers.map(nodeOffer))
    const scheduled = schedulePods(draft, stage, input)
    const pods = { ...scheduled, lacking: lowerForOffers(stage, specs, scheduled.lacking) }
    const world = karpenterWorld(input, nodes, pods, supply.pools)
    const bench: SearchBench = { draft, offers, offerings, pods, world, search }
    const searched = searchSupply(bench, roomyPositions(positionsOf(offers, supply), crowded))
    const answered = new Map<SupplyMind, MindSupply>()
    const ofMind = (mind: OtherMind): MindSupply => {
      const known = answered.get(mind)
      if (known !== undefined) return known
      const plan =
        mind === 'karpenter'
          ? planAsKarpenter(world, pods.waiting, offers)
          : trial(draft, () => {
              const groups = groupBench(bench, input, nodes, supply.groups, daemons, flags)
              return [false, planAsAutoscaler(groups)]
            })
      const found = openedSupply(bench, searched, plan, mind)
      answered.set(mind, found)
      return found
    }
    const rivals = rivalsOf(minds, supply, search.solver !== undefined)
    return {
      supplies: minds.map((mind) =>
        mind === 'best' ? bestOf(searched.supply, rivals.map(ofMind)) : ofMind(mind),
      ),
      notes: [
        ...minds.flatMap((mind) => assumptionsOf(supply, mind)),
        ...supply.notes,
        ...passedLimits(world),
      ],
    }
  })[1]

type OtherMind = 'karpenter' | 'cluster-autoscaler'

/** Those whose plans ours is compared with: who is asked as well, or whose supply is written. */
const rivalsOf = (
  minds: readonly SupplyMind[],
  { isAssumed }: Supply,
  isThorough: boolean,
): readonly OtherMind[] => [
  ...(minds.includes('karpenter') || (isThorough && !isAssumed.pools)
    ? (['karpenter'] as const)
    : []),
  ...(minds.includes('cluster-autoscaler') || (isThorough && !isAssumed.groups)
    ? (['cluster-autoscaler'] as const)
    : []),
]

/** The plan of a mind, opened on trial, with a bound for what it places on new nodes. */
const openedSupply = (
  bench: SearchBench,
  searched: SearchedSupply,
  plan: MindPlan,
  mind: OtherMind,
): MindSupply => {
  const { draft, offers, offerings, pods } = bench
  const opened = openMindPlan(draft, plan, offerings, pods.lacking)
  const owner = mind === 'karpenter' ? 'NodePool' : 'group'
  const bound = boundForPlan(bench, searched, plan, owner)
  return { ...opened, mind, offers, bound, placed: pods.placed, held: pods.held }
}

/** Without the offers whose nodes have no room for their DaemonSets, unless there are no others. */
const roomyPositions = (
  positions: readonly number[],
  crowded: ReadonlySet<number>,
): readonly number[] => {
  const roomy = positions.filter((at) => !crowded.has(at))
  return roomy.length === 0 ? positions : roomy
}

/** Where our own search looks: at what is written, or at any machine. */
const positionsOf = (
  offers: readonly SupplyOffer[],
  { isAssumed: { pools, groups } }: Supply,
): readonly number[] =>
  [...offers.keys()].filter((at) => {
    const { owner } = offers[at]!
    if (owner === undefined) return true
    return owner.kind === 'NodePool' ? !pools : !groups
  })
