/**
 * Adds nodes of an offering (a kind of node) to a draft (the mutable cluster inside `batch`), with
 * the replicas that such a node holds from the start. Also adds probes: nodes that exist only while
 * the rules are evaluated on them.
 */
import type { Draft } from '../cluster/draft.js'
import { findNode } from '../cluster/find.js'
import { rowOf } from '../cluster/generation.js'
import { internWord } from '../cluster/intern.js'
import { bind, join } from '../cluster/write.js'
import * as O from 'fp-ts/lib/Option.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import type { NodeId } from '../rule/id.js'
import type { NodeSpec } from '../rule/node-spec.js'
import type { Offering } from './offering.js'

/** A node that is open: its offering by position, its id and its row. */
export interface OpenNode {
  readonly offering: number
  readonly id: NodeId
  readonly row: number
}

const nodeSpecNamed = (draft: Draft, offering: Offering, name: string): NodeSpec => ({
  ...{ name, capacity: offering.capacity, marks: offering.marks },
  attributes: [
    ...offering.attributes,
    ...offering.named.map((key) => [key, internWord(draft, name)] as const),
  ],
})

/** Opens a node of the offering in this position; the offering has been checked. */
export const openNode = (
  draft: Draft,
  offerings: readonly Offering[],
  offering: number,
  name: string,
): OpenNode => {
  const spec = offerings[offering]!
  const id = getOrThrow(join(draft, nodeSpecNamed(draft, spec, name)))
  for (const { class: classId, count } of spec.holds)
    for (let i = 0; i < count; i++) getOrThrow(bind(draft, classId, id, 'running'))
  return { offering, id, row: rowOf(id) }
}

/**
 * Names for new nodes: the prefix with the next number that no node has. Each call gives another
 * name.
 */
export const nodeNames = (draft: Draft): ((prefix: string) => string) => {
  const serials = new Map<string, number>()
  return (prefix) => {
    let serial = serials.get(prefix) ?? 0
    let name: string
    do name = `${prefix}-${++serial}`
    while (O.isSome(findNode(draft, name)))
    serials.set(prefix, serial)
    return name
  }
}

/**
 * Opens a node of each of these offerings to ask the rules about it. Probes have names of their own
 * and leave before the plan ends.
 */
export const openProbes = (
  draft: Draft,
  offerings: readonly Offering[],
  positions: readonly number[],
): readonly OpenNode[] => {
  const nameOf = nodeNames(draft)
  return positions.map((at) => openNode(draft, offerings, at, nameOf('\u0000probe')))
}
