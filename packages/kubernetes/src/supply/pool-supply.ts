/**
 * Computes what the NodePools of a cluster can open, from the NodePools, their EC2NodeClasses, and
 * the machines that can be bought. The result is
 * 1. the instance types that Karpenter may launch for each NodePool;
 * 2. the offers of each NodePool: the kinds of nodes that it may open, each with a price.
 */
import { getOrThrow } from '@stowage/kernel'
import { decodeValue } from '@stowage/documents'
import { claimTemplate, poolsInOrder } from '../karpenter/template.js'
import {
  instanceTypeFrom,
  launchableOfferings,
  type InstanceType,
} from '../node-pool/instance-type.js'
import { measuresFrom } from '../node-pool/measure.js'
import { meetsRequirement, setOperatorOf } from '../node-pool/requirement.js'
import { doIntersect, requirementsFrom, type Requirements } from '../node-pool/requirements.js'
import {
  capacityTypeKey,
  initializedKey,
  nodePoolKey,
  registeredKey,
  wellKnownLabels,
} from '../node-pool/well-known.js'
import { NodePool } from '../node-pool/words.js'
import { Amounts } from '../words/amounts.js'
import { regionOf } from '../plan/fleet.js'
import { volumesAttachable } from '../read/csi-node.js'
import { typeLabelKeys, typeLabels } from './instance-labels.js'
import type { KubeletSettings, NodeClass } from './node-class.js'
import { nodeResources } from './node-resources.js'
import type { MarketOffering, SupplyOffer } from './terms.js'

/** A NodePool with what it may launch. */
export interface SuppliedPool {
  readonly pool: NodePool
  readonly types: readonly InstanceType[]
  readonly market: readonly MarketOffering[]
  /** What it may open, of the types and in the zones that meet what it requires. */
  readonly offers: readonly SupplyOffer[]
  /** Types that meet what the pool requires, and of which its kubelet leaves nothing to pods. */
  readonly emptyTypes: readonly string[]
}

/** The NodePool that is assumed where there is none: on-demand nodes of whatever is offered. */
export const defaultPool: NodePool = getOrThrow(
  decodeValue(NodePool, {
    metadata: { name: 'default' },
    spec: {
      template: {
        spec: {
          requirements: [{ key: capacityTypeKey, operator: 'In', values: ['on-demand'] }],
        },
      },
    },
  }),
)

/** The pool with the instance types of the market, in the zones of its class. */
const suppliedPool = (
  pool: NodePool,
  nodeClass: NodeClass | undefined,
  market: readonly MarketOffering[],
): SuppliedPool => {
  const zones = nodeClass?.status?.subnets.map(({ zone }) => zone) ?? []
  const reached = zones.length === 0 ? market : market.filter(({ zone }) => zones.includes(zone))
  const kubelet = nodeClass?.spec.kubelet
  const byType = new Map<string, MarketOffering[]>()
  for (const one of reached) {
    const alike = byType.get(one.type.name)
    if (alike === undefined) byType.set(one.type.name, [one])
    else alike.push(one)
  }
  const all = [...byType.values()].map((offerings) => suppliedType(offerings, kubelet))
  const requirements = requirementsFrom(pool.spec.template.spec.requirements)
  const emptyTypes = all
    .filter((type) => !leavesRoom(type) && doIntersect(type.requirements, requirements))
    .map(({ name }) => name)
  const types = all.filter(leavesRoom)
  return {
    ...{ pool, types, market: reached, emptyTypes },
    offers: offersOfPool(pool, types, reached, kubelet),
  }
}

const leavesRoom = ({ allocatable }: InstanceType): boolean =>
  ['cpu', 'memory', 'pods'].every((name) => (allocatable.get(name)?.quantity ?? 0n) > 0n)

const suppliedType = (
  offerings: readonly MarketOffering[],
  kubelet: KubeletSettings | undefined,
): InstanceType => {
  const { type } = offerings[0]!
  const { capacity, overhead } = nodeResources(type, kubelet)
  const regions = offerings.map(({ zone }) => regionOf(zone))
  return instanceTypeFrom({
    name: type.name,
    capacity: measuresFrom(getOrThrow(decodeValue(Amounts, capacity))),
    overhead: measuresFrom(getOrThrow(decodeValue(Amounts, overhead))),
    labels: new Map([
      ...typeLabels(type),
      ['kubernetes.io/arch', [type.architecture === 'arm64' ? 'arm64' : 'amd64']],
      ['kubernetes.io/os', ['linux']],
      ['topology.kubernetes.io/region', [...new Set(regions)]],
    ]),
    offerings: offerings.map(({ zone, capacityType, price }) => ({
      ...{ zone, capacityType, price, isAvailable: true },
    })),
    volumeLimits: new Map([volumesAttachable(type)]),
  })
}

const offersOfPool = (
  pool: NodePool,
  types: readonly InstanceType[],
  market: readonly MarketOffering[],
  kubelet: KubeletSettings | undefined,
): readonly SupplyOffer[] => {
  const template = claimTemplate(pool, types, true, wellKnownLabels)
  if (template === undefined) return []
  const { requirements, taints } = template
  const own = labelsOfPool(pool, requirements)
  const known = new Map(market.map((one) => [marketKey({ ...one, type: one.type.name }), one]))
  return template.types.flatMap((type) =>
    launchableOfferings(type, requirements).flatMap(({ zone, capacityType }) => {
      const bought = known.get(marketKey({ type: type.name, zone, capacityType }))!
      return own.map((labels) => ({
        ...bought,
        owner: { kind: 'NodePool' as const, name: pool.metadata.name },
        labels: new Map([
          ...labels,
          [capacityTypeKey, capacityType],
          [registeredKey, 'true'],
          [initializedKey, 'true'],
          ...[...typeLabels(bought.type)].flatMap(([key, [value]]) =>
            value === undefined ? [] : [[key, value] as const],
          ),
        ]),
        taints,
        ...(kubelet === undefined ? {} : { kubelet }),
      }))
    }),
  )
}

const marketKey = (one: {
  readonly type: string
  readonly zone: string
  readonly capacityType: string
}): string => `${one.type}/${one.zone}/${one.capacityType}`

/** So many combinations of values of a pool's own labels are offered. */
const variantsMax = 16

/**
 * The labels of a pool's nodes: those of its template, and one value of each label of its own that
 * it requires, in all combinations.
 */
const labelsOfPool = (
  { metadata, spec }: NodePool,
  requirements: Requirements,
): readonly ReadonlyMap<string, string>[] => {
  const { template } = spec
  const nodeClass = template.spec.nodeClassRef
  const fixed = new Map([
    ...(template.metadata?.labels ?? []),
    [nodePoolKey, metadata.name],
    ...(nodeClass === undefined
      ? []
      : [[`${nodeClass.group}/${nodeClass.kind.toLowerCase()}`, nodeClass.name] as const]),
  ])
  const ownKeys = [...requirements.values()].filter(
    (one) =>
      setOperatorOf(one) === 'In' &&
      !fixed.has(one.key) &&
      !wellKnownLabels.has(one.key) &&
      !typeLabelKeys.includes(one.key) &&
      one.key !== registeredKey &&
      one.key !== initializedKey,
  )
  return ownKeys.reduce<readonly ReadonlyMap<string, string>[]>(
    (variants, { key, values }) =>
      variants
        .flatMap((labels) => [...values].map((value) => new Map([...labels, [key, value]])))
        .slice(0, variantsMax),
    [fixed],
  )
}

/** The pools in the order in which Karpenter tries them. */
export const suppliedPools = (
  pools: readonly NodePool[],
  classes: ReadonlyMap<string, NodeClass>,
  market: readonly MarketOffering[],
): readonly SuppliedPool[] =>
  poolsInOrder(pools).map((pool) =>
    suppliedPool(pool, classes.get(pool.spec.template.spec.nodeClassRef?.name ?? ''), market),
  )

/** Whether an offer is one that requirements on a node allow. */
export const offerMeets = ({ labels }: SupplyOffer, requirements: Requirements): boolean =>
  [...labels].every(([key, value]) => {
    const requirement = requirements.get(key)
    return requirement === undefined || meetsRequirement(requirement, value)
  })
