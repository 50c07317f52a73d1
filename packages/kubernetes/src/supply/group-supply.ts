/**
 * Converts node groups to offers (kinds of nodes that can be opened, with a price), one for each
 * group: nodes of its instance type in its first zone, as many as its maximum still allows. Where
 * the input has no node groups, makes them from the offers; where it has no NodePools, makes them
 * from the node groups.
 */
import { decodeValue, type DocumentFault } from '@stowage/documents'
import { getOrThrow, renderValue } from '@stowage/kernel'
import { capacityTypeKey, instanceTypeKey, zoneLabelKey } from '../node-pool/well-known.js'
import { NodePool } from '../node-pool/words.js'
import type { Node } from '../words/node.js'
import type { MarketOffering, NodeGroup, SupplyOffer } from './terms.js'

/** The labels by which nodes say of which group they are. */
const groupLabels: readonly string[] = [
  'eks.amazonaws.com/nodegroup',
  'alpha.eksctl.io/nodegroup-name',
]

/** The group of a node by its labels; `undefined` for a node of none. */
export const groupOfNode = (
  { metadata: { labels } }: Node,
  groups: readonly NodeGroup[],
): NodeGroup | undefined => {
  const names = groupLabels.flatMap((label) => labels.get(label) ?? [])
  return groups.find(({ name }) => names.includes(name))
}

/** The groups that open the nodes of offers: one for each, as large as need be. */
export const groupsOfOffers = (offers: readonly SupplyOffer[]): readonly NodeGroup[] =>
  offers.map(({ type, zone, capacityType, labels, taints, owner }) => {
    const parts = [...(owner === undefined ? [] : [owner.name]), type.name, zone]
    return {
      name: [...parts, ...(capacityType === 'spot' ? ['spot'] : [])].join('/'),
      ...{ type, zones: [zone], capacityType, min: 0, max: assumedMax, labels, taints },
    }
  })

/** So many nodes an assumed group may have: as many as a scale-up adds at most by default. */
const assumedMax = 1000

/** A NodePool that opens the nodes of a group, up to the maximum of the group. */
export const poolOfGroup = (group: NodeGroup): NodePool => {
  const { name, type, zones, capacityType, labels, taints, max } = group
  const requirements = [
    { key: instanceTypeKey, operator: 'In', values: [type.name] },
    { key: zoneLabelKey, operator: 'In', values: [zones[0]!] },
    { key: capacityTypeKey, operator: 'In', values: [capacityType] },
  ]
  const spec = { requirements, taints }
  const template = { metadata: { labels: Object.fromEntries(labels) }, spec }
  const limits = { cpu: String(max * type.vcpus) }
  return getOrThrow(decodeValue(NodePool, { metadata: { name }, spec: { template, limits } }))
}

/** Groups of whose type nothing can be bought. */
export const groupFaults = (
  groups: readonly NodeGroup[],
  market: readonly MarketOffering[],
): readonly DocumentFault[] => {
  const known = firstByType(market)
  return groups
    .filter((group) => !known.has(groupTypeKey(group)))
    .map(({ name, type, capacityType }) => ({
      ...{ from: `node group ${name}`, at: [] },
      found: `no ${capacityType} price of ${renderValue(type.name)}`,
      expected: `a price of its type in --prices, and --types, if any, with the type`,
    }))
}

/** The offer of each group. */
export const offersOfGroups = (
  groups: readonly NodeGroup[],
  market: readonly MarketOffering[],
): readonly SupplyOffer[] => {
  const known = firstByType(market)
  return groups.map((group) => ({
    ...{ ...known.get(groupTypeKey(group))!, zone: group.zones[0]! },
    owner: { kind: 'group' as const, name: group.name },
    ...{ labels: group.labels, taints: group.taints },
  }))
}

/** The offers, those of groups with so many nodes as the maximum of the group leaves. */
export const withGroupRoom = (
  offers: readonly SupplyOffer[],
  groups: readonly NodeGroup[],
  nodes: readonly Node[],
): readonly SupplyOffer[] => {
  const counts = new Map<NodeGroup | undefined, number>()
  for (const node of nodes) {
    const group = groupOfNode(node, groups)
    counts.set(group, (counts.get(group) ?? 0) + 1)
  }
  const byName = new Map(groups.map((group) => [group.name, group]))
  return offers.map((offer) => {
    const group = offer.owner?.kind === 'group' ? byName.get(offer.owner.name) : undefined
    return group === undefined
      ? offer
      : { ...offer, countMax: Math.max(0, group.max - (counts.get(group) ?? 0)) }
  })
}

/** A type costs the same in all zones of a market. */
const groupTypeKey = ({ type, capacityType }: Pick<MarketOffering, 'type' | 'capacityType'>) =>
  `${type.name}/${capacityType}`

const firstByType = (market: readonly MarketOffering[]): ReadonlyMap<string, MarketOffering> =>
  new Map([...market].reverse().map((one) => [groupTypeKey(one), one]))
