/**
 * Sorts the nodes that may be removed in the order in which they are tried: nodes without pods
 * first, then by price per pod that must move. Also builds the sets of nodes that are tried
 * together, such as all nodes of a zone.
 */
import { byCodeUnit, findNode, type Draft, type NodeId } from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import type { Node } from '../words/node.js'
import type { Fleet } from './fleet.js'

/** A node that may go. */
export interface ReleaseCandidate {
  readonly name: string
  readonly id: NodeId
  /** 0 when no price of it is known. */
  readonly price: number
  readonly zone: string
  readonly type: string
  /** How many pods move. */
  readonly pods: number
}

/** The candidates: nodes without pods first, then by what they save for each pod that moves. */
export const releaseCandidates = (
  draft: Draft,
  { pods }: Pick<Fleet, 'pods'>,
  nodes: readonly Node[],
  prices: ReadonlyMap<string, number>,
): readonly ReleaseCandidate[] =>
  nodes
    .flatMap(({ metadata: { name, labels } }): readonly ReleaseCandidate[] => {
      const id = O.toUndefined(findNode(draft, name))
      if (id === undefined) return []
      return [
        {
          ...{ name, id, price: prices.get(name) ?? 0, pods: pods.get(id)?.length ?? 0 },
          zone: labels.get('topology.kubernetes.io/zone') ?? '',
          type: labels.get('node.kubernetes.io/instance-type') ?? '',
        },
      ]
    })
    .sort(
      (one, other) =>
        Number(one.pods > 0) - Number(other.pods > 0) ||
        other.price / (1 + other.pods) - one.price / (1 + one.pods) ||
        one.pods - other.pods ||
        byCodeUnit(one.name, other.name),
    )

/** What some candidates cost together. */
export const priceOfCandidates = (candidates: readonly ReleaseCandidate[]): number =>
  candidates.reduce((sum, { price }) => sum + price, 0)

/**
 * Sets of candidates that are tried together: all, those of a zone, of a type, and of both; then
 * the first half of all, a quarter and so on; then each by itself. Each set once.
 */
export const candidateSets = (
  candidates: readonly ReleaseCandidate[],
): readonly (readonly ReleaseCandidate[])[] => {
  const halves: (readonly ReleaseCandidate[])[] = []
  for (let count = candidates.length >> 1; count > 1; count >>= 1)
    halves.push(candidates.slice(0, count))
  const sets = [
    candidates,
    ...groupsBy(candidates, ({ zone }) => zone),
    ...groupsBy(candidates, ({ type }) => type),
    ...groupsBy(candidates, ({ zone, type }) => JSON.stringify([zone, type])),
    ...halves,
    ...candidates.map((one) => [one]),
  ].filter((set) => set.length > 0)
  const known = new Set<string>()
  return sets.filter((set) => {
    const key = JSON.stringify(set.map(({ name }) => name))
    if (known.has(key)) return false
    known.add(key)
    return true
  })
}

const groupsBy = (
  candidates: readonly ReleaseCandidate[],
  keyOf: (candidate: ReleaseCandidate) => string,
): readonly (readonly ReleaseCandidate[])[] => {
  const groups = new Map<string, ReleaseCandidate[]>()
  for (const one of candidates) {
    const key = keyOf(one)
    const own = groups.get(key)
    if (own === undefined) groups.set(key, [one])
    else own.push(one)
  }
  return [...groups.values()]
}
