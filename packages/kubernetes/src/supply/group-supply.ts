/**
 * Combines node groups with what can be bought to offers, one for each group: nodes of its type in
 * its first zone, as many as its maximum leaves.
 */
import { decodeValue, type DocumentFault } from '@stowage/documents'
import { getOrThrow, shown } from '@stowage/kernel'
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
    { key: 'node.kubernetes.io/instance-type', operator: 'In', values: [type.name] },
    { key: 'topology.kubernetes.io/zone', operator: 'In', values: [zones[0]!] },
    { key: 'karpenter.sh/capacity-type', operator: 'In', values: [capacityType] },
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
): readonly DocumentFault[] =>
  groups
    .filter((group) => boughtFor(group, market) === undefined)
    .map(({ name, type, capacityType }) => ({
      ...{ from: `node group ${name}`, at: [] },
      found: `no ${capacityType} price of ${shown(type.name)}`,
      expected: `a price of its type in --prices, and --types, if any, with the type`,
    }))

/** The offer of each group. */
export const offersOfGroups = (
  groups: readonly NodeGroup[],
  market: readonly MarketOffering[],
): readonly SupplyOffer[] =>
  groups.map((group) => ({
    ...{ ...boughtFor(group, market)!, zone: group.zones[0]! },
    owner: { kind: 'group' as const, name: group.name },
    ...{ labels: group.labels, taints: group.taints },
  }))

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

const boughtFor = (
  { type, capacityType }: NodeGroup,
  market: readonly MarketOffering[],
): MarketOffering | undefined =>
  market.find((one) => one.type.name === type.name && one.capacityType === capacityType)
