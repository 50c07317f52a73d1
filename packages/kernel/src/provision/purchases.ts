/**
 * Decides which nodes to buy, and from which fleets (pools that buy whole nodes), for replicas that
 * found no node. For each group of such replicas, in order:
 *
 * 1. It places replicas on nodes that are bought and have not joined yet.
 * 2. For the rest it buys nodes from the first fleet of the group, each of the first offering (kind
 *    of node) on which a replica fits.
 * 3. When that fleet is full or none of its offerings fits, it goes on to the next fleet.
 *
 * Everything is tried on a draft (the mutable cluster inside `batch`) and rolled back.
 */
import * as E from 'fp-ts/lib/Either.js'
import { trial, type Draft } from '../cluster/draft.js'
import { join, leave } from '../cluster/write.js'
import { place } from '../place/place.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import type { ClassId, NodeId } from '../rule/id.js'
import type { MalformedValue } from '../rule/malformed.js'
import type { LowerNode } from './lower-node.js'
import type { FleetPool, OfferedNode } from './pool.js'

/** Replicas without a node, and the fleets that may buy nodes for them, in order. */
export interface Shortage {
  readonly class: ClassId
  readonly count: number
  readonly fleets: readonly string[]
}

/** A fleet, how many more nodes it may buy, and the name that a further one gets. */
export interface OpenFleet {
  readonly pool: FleetPool
  readonly room: number
  /** The name of the next node, the one after it, and so on, counted from 0. */
  readonly nameOf: (index: number) => string
}

/** Nodes to buy, and how many replicas of each shortage find room on them or on those coming. */
export interface Purchases {
  readonly nodes: readonly OfferedNode[]
  readonly covered: readonly number[]
}

/** A `Left` is an offering that is no node, with its path into the pools by name. */
export const purchases = (
  draft: Draft,
  lowerNode: LowerNode,
  fleets: ReadonlyMap<string, OpenFleet>,
  coming: readonly OfferedNode[],
  shortages: readonly Shortage[],
): E.Either<MalformedValue, Purchases> =>
  trial(draft, () => [false, tryPurchases(draft, lowerNode, fleets, coming, shortages)])

const tryPurchases = (
  draft: Draft,
  lowerNode: LowerNode,
  fleets: ReadonlyMap<string, OpenFleet>,
  coming: readonly OfferedNode[],
  shortages: readonly Shortage[],
): E.Either<MalformedValue, Purchases> => {
  const joined = new Map<string, NodeId[]>()
  for (const offered of coming) {
    const node = joinOffered(draft, lowerNode, fleets, offered)
    if (E.isLeft(node)) return node
    addJoinedNode(joined, offered.pool, node.right)
  }
  const nodes: OfferedNode[] = []
  const covered: number[] = []
  for (const shortage of shortages) {
    let left = shortage.count
    left -= placeOn(
      draft,
      shortage.class,
      left,
      shortage.fleets.flatMap((name) => joined.get(name) ?? []),
    )
    for (const name of shortage.fleets) {
      const bought = buyFor(draft, lowerNode, fleets, name, shortage.class, left, nodes)
      if (E.isLeft(bought)) return bought
      for (const { offered, node, count } of bought.right) {
        nodes.push(offered)
        addJoinedNode(joined, name, node)
        left -= count
      }
    }
    covered.push(shortage.count - left)
  }
  return E.right({ nodes, covered })
}

const addJoinedNode = (joined: Map<string, NodeId[]>, pool: string, node: NodeId): void => {
  const others = joined.get(pool)
  if (others === undefined) joined.set(pool, [node])
  else others.push(node)
}

interface Purchase {
  readonly offered: OfferedNode
  readonly node: NodeId
  readonly count: number
}

/** Buys nodes of one fleet until nothing is left, nothing fits, or it has no more room. */
const buyFor = (
  draft: Draft,
  lowerNode: LowerNode,
  fleets: ReadonlyMap<string, OpenFleet>,
  name: string,
  classId: ClassId,
  count: number,
  before: readonly OfferedNode[],
): E.Either<MalformedValue, readonly Purchase[]> => {
  const { pool, room, nameOf } = fleets.get(name)!
  const first = before.filter((one) => one.pool === name).length
  const bought: Purchase[] = []
  let left = count
  while (left > 0 && first + bought.length < room) {
    const purchase = buyOne(draft, lowerNode, fleets, classId, left, {
      ...{ pool: name, node: nameOf(first + bought.length) },
      offerings: pool.offerings.length,
    })
    if (E.isLeft(purchase)) return purchase
    if (purchase.right === undefined) break
    bought.push(purchase.right)
    left -= purchase.right.count
  }
  return E.right(bought)
}

/** The first offering that takes a replica, with as many as it takes. */
const buyOne = (
  draft: Draft,
  lowerNode: LowerNode,
  fleets: ReadonlyMap<string, OpenFleet>,
  classId: ClassId,
  left: number,
  { pool, node: name, offerings }: Omit<OfferedNode, 'offering'> & { readonly offerings: number },
): E.Either<MalformedValue, Purchase | undefined> => {
  for (let offering = 0; offering < offerings; offering++) {
    const offered = { pool, offering, node: name }
    const node = joinOffered(draft, lowerNode, fleets, offered)
    if (E.isLeft(node)) return node
    const count = placeOn(draft, classId, left, [node.right])
    if (count > 0) return E.right({ offered, node: node.right, count })
    getOrThrow(leave(draft, node.right))
  }
  return E.right(undefined)
}

const joinOffered = (
  draft: Draft,
  lowerNode: LowerNode,
  fleets: ReadonlyMap<string, OpenFleet>,
  { pool, offering, node: name }: OfferedNode,
): E.Either<MalformedValue, NodeId> => {
  const wrong = (found: MalformedValue): E.Either<MalformedValue, never> =>
    E.left({ ...found, at: [pool, 'offerings', offering, ...found.at] })
  const spec = lowerNode(draft, fleets.get(pool)!.pool.offerings[offering], name)
  if (E.isLeft(spec)) return wrong(spec.left)
  const node = join(draft, spec.right)
  if (E.isRight(node)) return node
  return wrong({ at: [], found: node.left._tag, expected: 'a node that can join' })
}

const placeOn = (draft: Draft, classId: ClassId, count: number, only: readonly NodeId[]): number =>
  count === 0 || only.length === 0
    ? 0
    : place(draft, [{ class: classId, count, only }]).answers[0]!.placed.length
