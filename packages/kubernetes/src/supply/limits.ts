/**
 * Applies the limits of NodePools, such as `cpu: 100`, to offers (kinds of nodes that can be
 * opened): computes how many nodes of each offer the limits still allow. If a plan exceeds the
 * limits of a NodePool, it reduces these numbers until the limits hold.
 */
import type { KarpenterWorld } from '../karpenter/world.js'
import { limitsLeft, oneNode } from '../karpenter/simulate.js'
import { isWithinLimit, addMeasures, noMeasures, type Measures } from '../node-pool/measure.js'
import { quantityText } from '../wire/canonical.js'
import type { SupplyOffer } from './terms.js'

/** By pool, what its limits leave beside its nodes; nothing for a pool without limits. */
export const poolRoom = ({ pools, nodes }: KarpenterWorld): ReadonlyMap<string, Measures> =>
  new Map([...limitsLeft(pools, nodes)].filter(([, left]) => left.size > 0))

/** The limits that the nodes of pools have passed already. */
export const passedLimits = (world: KarpenterWorld): readonly string[] =>
  [...poolRoom(world)].flatMap(([pool, left]) =>
    [...left].flatMap(([name, { quantity, format }]) =>
      quantity < 0n
        ? [
            `NodePool ${pool}: its limit of ${name} is passed already, by ${quantityText(-quantity, format)}: no node of it is opened`,
          ]
        : [],
    ),
  )

/** What a node of an offer counts for against the limits of its pool. */
export type NodeMeasures = (offer: SupplyOffer) => Measures

/** What nodes of the types of a world have, and that each is one node. */
export const limitMeasures =
  ({ typesOf }: KarpenterWorld): NodeMeasures =>
  ({ owner, type }) => {
    const types = typesOf.get(owner?.name ?? '') ?? []
    const capacity = types.find(({ name }) => name === type.name)?.capacity ?? noMeasures
    return new Map([...capacity, ...oneNode])
  }

/** The offers, each with how many of its nodes alone the limits of its pool leave. */
export const withinLimits = (
  offers: readonly SupplyOffer[],
  room: ReadonlyMap<string, Measures>,
  measuresOf: NodeMeasures,
): readonly SupplyOffer[] =>
  offers.map((offer) => {
    const left = offer.owner?.kind === 'NodePool' ? room.get(offer.owner.name) : undefined
    if (left === undefined) return offer
    const own = measuresOf(offer)
    const counts = [...left].map(([name, { quantity }]) => {
      const each: bigint = own.get(name)?.quantity ?? 0n
      if (quantity < 0n) return 0
      return each === 0n ? Infinity : Number(quantity / each)
    })
    const countMax = counts.reduce((least, one) => Math.min(least, one), offer.countMax ?? Infinity)
    return countMax === Infinity ? offer : { ...offer, countMax }
  })

/**
 * The offers with fewer nodes where a plan takes a pool beyond its limits: of such a pool, those
 * nodes that come before the limit is passed. `undefined` when no limit is passed.
 */
export const cutToLimits = (
  offers: readonly SupplyOffer[],
  opened: readonly number[],
  room: ReadonlyMap<string, Measures>,
  measuresOf: NodeMeasures,
): readonly SupplyOffer[] | undefined => {
  const sums = new Map<string, Measures>()
  const passed = new Set<string>()
  const counts = new Map<number, number>()
  for (const at of opened) {
    const { owner } = offers[at]!
    const left = owner?.kind === 'NodePool' ? room.get(owner.name) : undefined
    if (owner === undefined || left === undefined) continue
    const sum = addMeasures(sums.get(owner.name) ?? noMeasures, measuresOf(offers[at]!))
    if (!isWithinLimit(sum, left)) {
      passed.add(owner.name)
      continue
    }
    sums.set(owner.name, sum)
    counts.set(at, (counts.get(at) ?? 0) + 1)
  }
  if (passed.size === 0) return undefined
  return offers.map((offer, at) =>
    offer.owner?.kind === 'NodePool' && passed.has(offer.owner.name)
      ? { ...offer, countMax: counts.get(at) ?? 0 }
      : offer,
  )
}
