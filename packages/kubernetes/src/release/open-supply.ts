/**
 * Adds new nodes to the simulated cluster. Each gets the pods that all nodes of its type hold, such
 * as DaemonSet pods. If the nodes come from a plan, they also get the pods that the plan places on
 * them.
 */
import {
  bind,
  findNode,
  getOrThrow,
  internWord,
  join,
  type ClassId,
  type Draft,
  type NodeId,
  type Offering,
  type SupplyPlan,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'

/** Opens a node with what every node of the offering holds from the start. */
const openOffering = (
  draft: Draft,
  { capacity, attributes, marks, named, holds }: Offering,
  name: string,
): NodeId => {
  const value = internWord(draft, name)
  const own = [...attributes, ...named.map((key) => [key, value] as const)]
  const id = getOrThrow(join(draft, { name, capacity, marks, attributes: own }))
  for (const { class: held, count } of holds)
    for (let i = 0; i < count; i++) getOrThrow(bind(draft, held, id, 'running'))
  return id
}

/** Opens nodes; each is called by its offering and the first number that no node has. */
export const openNodes = (draft: Draft, offerings: readonly Offering[]): readonly NodeId[] =>
  offerings.map((offering) => {
    let number = 1
    while (O.isSome(findNode(draft, `${offering.prefix}-${number}`))) number++
    return openOffering(draft, offering, `${offering.prefix}-${number}`)
  })

/** The nodes by their position in the plan; the requests are those of the plan. */
export const openSupply = (
  draft: Draft,
  { nodes, placements }: SupplyPlan,
  offerings: readonly Offering[],
  requests: readonly { readonly class: ClassId }[],
): readonly NodeId[] => {
  const ids = nodes.map(({ name, offering }) => openOffering(draft, offerings[offering]!, name))
  for (const { request, node } of placements)
    getOrThrow(bind(draft, requests[request]!.class, ids[node]!, 'running'))
  return ids
}
