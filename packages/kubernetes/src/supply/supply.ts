/**
 * Reads the supply of a cluster, that is, which nodes can be opened for it: the NodePools and
 * EC2NodeClasses among the documents, the node groups, and the machines that can be bought. If
 * there are no NodePools or no node groups, it assumes some.
 */
import { collectAll, type DocumentFault, type SourceDocument } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { isDynamic } from '../karpenter/simulate.js'
import { readNodePools } from '../node-pool/read-pools.js'
import { capacityTypeKey } from '../node-pool/well-known.js'
import type { NodePool } from '../node-pool/words.js'
import { unknownTypeLabels } from './instance-labels.js'
import { readNodeClasses, type NodeClass } from './node-class.js'
import { defaultPool, suppliedPools, type SuppliedPool } from './pool-supply.js'
import { groupFaults, groupsOfOffers, poolOfGroup } from './group-supply.js'
import type { MarketOffering, NodeGroup, SupplyMind, SupplyOffer } from './terms.js'

/** The supply of a cluster, from which each mind takes its input. */
export interface Supply {
  readonly market: readonly MarketOffering[]
  readonly pools: readonly SuppliedPool[]
  readonly groups: readonly NodeGroup[]
  /** What is assumed, as nothing of its kind is written. */
  readonly isAssumed: { readonly pools: boolean; readonly groups: boolean }
  /** What of the pools is not known here. */
  readonly notes: readonly string[]
}

/**
 * Reads the supply, or says what is wrong with its documents. Where there are only pools or only
 * groups, those of the other kind are assumed to open the same nodes; where there is neither, any
 * on-demand machine can be opened.
 */
export const readSupply = (
  documents: readonly SourceDocument[],
  market: readonly MarketOffering[],
  written: readonly NodeGroup[],
): E.Either<readonly DocumentFault[], Supply> =>
  pipe(
    collectAll([
      readNodePools(documents),
      readNodeClasses(documents),
      faultless(groupFaults(written, market)),
    ]),
    E.map(([ownPools, classes]): Supply => {
      const isAssumed = { pools: ownPools.length === 0, groups: written.length === 0 }
      const pools = !isAssumed.pools
        ? suppliedPools(ownPools, classes, market)
        : suppliedPools(
            isAssumed.groups ? [defaultPool] : written.map(poolOfGroup),
            classes,
            market,
          )
      const groups = !isAssumed.groups
        ? written
        : isAssumed.pools
          ? groupsOfOffers(anyMachines(market))
          : groupsOfOffers(poolOffers({ pools }))
      const notes = isAssumed.pools ? [] : pools.flatMap((one) => poolNotes(one, classes))
      return { market, pools, groups, isAssumed, notes }
    }),
  )

const faultless = (
  faults: readonly DocumentFault[],
): E.Either<readonly DocumentFault[], undefined> =>
  faults.length > 0 ? E.left(faults) : E.right(undefined)

/** What a mind assumes for want of documents. */
export const assumptionsOf = ({ isAssumed }: Supply, mind: SupplyMind): readonly string[] => {
  const machines = 'of on-demand machines of all types that are offered'
  if (mind === 'karpenter' && isAssumed.pools)
    return [
      isAssumed.groups
        ? `no NodePool is among the files: for Karpenter one named default is assumed, ${machines}`
        : 'no NodePool is among the files: for Karpenter one of each node group is assumed',
    ]
  if (mind === 'cluster-autoscaler' && isAssumed.groups)
    return [
      isAssumed.pools
        ? `no node group is written: for the Cluster Autoscaler one of each type in each zone is assumed, ${machines}`
        : 'no node group is written: for the Cluster Autoscaler one of each type in each zone of a NodePool is assumed',
    ]
  return []
}

/** Any on-demand machine, of no pool and no group. */
export const anyMachines = (market: readonly MarketOffering[]): readonly SupplyOffer[] =>
  market
    .filter(({ capacityType }) => capacityType === 'on-demand')
    .map((one) => ({ ...one, labels: new Map(), taints: [] }))

/** The offers of all pools, in the order in which Karpenter tries these. */
export const poolOffers = ({ pools }: Pick<Supply, 'pools'>): readonly SupplyOffer[] =>
  pools.filter(({ pool }) => isDynamic(pool)).flatMap(({ offers }) => offers)

/** What of a pool is not known here, and why it may offer nothing. */
const poolNotes = (
  supplied: SuppliedPool,
  classes: ReadonlyMap<string, NodeClass>,
): readonly string[] => {
  const { pool, market } = supplied
  const title = `NodePool ${pool.metadata.name}`
  const { requirements, nodeClassRef } = pool.spec.template.spec
  const nodeClass = classes.get(nodeClassRef?.name ?? '')
  const unknown = requirements
    .map(({ key }) => key)
    .filter((key) => unknownTypeLabels.includes(key))
  const lacksZones =
    nodeClass !== undefined &&
    nodeClass.spec.subnetSelectorTerms.length > 0 &&
    (nodeClass.status?.subnets ?? []).length === 0
  return [
    ...(nodeClassRef !== undefined && nodeClass === undefined
      ? [
          `${title}: its ${nodeClassRef.kind} ${nodeClassRef.name} is not among the files, so that nodes are as by default, in all zones`,
        ]
      : []),
    ...(lacksZones
      ? [
          `${title}: the status of its EC2NodeClass lists no subnets, so that it reaches all zones; --zones names them`,
        ]
      : []),
    ...(supplied.emptyTypes.length === 0
      ? []
      : [
          `${title}: its kubelet leaves no CPU, no memory or no pods of ${supplied.emptyTypes.length} types, such as ${supplied.emptyTypes[0]!}, which are not offered`,
        ]),
    ...[...new Set(unknown)].map(
      (key) => `${title}: ${key} is not known of the types, and leaves none of them out`,
    ),
    ...(isDynamic(pool)
      ? []
      : [
          `${title}: it has a fixed number of nodes or is being deleted, and launches none for pods`,
        ]),
    ...(isDynamic(pool) && supplied.offers.length === 0
      ? [
          `${title}: none of the types that are offered meets what it requires${spotText(pool, market)}`,
        ]
      : []),
  ]
}

/** Prices of spot nodes are of their own, and often missing. */
const spotText = (pool: NodePool, market: readonly MarketOffering[]): string => {
  const asksForSpot = pool.spec.template.spec.requirements.some(
    ({ key, values }) => key === capacityTypeKey && values.includes('spot'),
  )
  return asksForSpot && !market.some(({ capacityType }) => capacityType === 'spot')
    ? ': it asks for spot, and the prices have no instancesSpot'
    : ''
}
