/**
 * Checks the invariant that the lists of a cluster agree: nodes are in the order of their names,
 * each is found by its name, and each replica is listed once, on its own node, with a class that
 * exists.
 */
import {
  findClass,
  findNode,
  nodeIds,
  nodeSpec,
  replicasOn,
  type NodeId,
  type View,
} from '@stowage/kernel'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'

/** A sentence for each violation. */
export const listsAgree = (view: View): readonly string[] => [
  ...nodesInOrder(view),
  ...nodeIds(view).flatMap((node) => foundByName(view, node)),
  ...replicasListed(view),
]

const nameOf = (view: View, node: NodeId): string =>
  pipe(
    nodeSpec(view, node),
    O.match(
      () => `node ${node}, which has no name`,
      ({ name }) => name,
    ),
  )

const nodesInOrder = (view: View): readonly string[] => {
  const names = nodeIds(view).map((node) => nameOf(view, node))
  return names.flatMap((name, i) => {
    const before = names[i - 1]
    return before === undefined || before < name ? [] : [`${before} is ranked before ${name}`]
  })
}

const foundByName = (view: View, node: NodeId): readonly string[] => {
  const name = nameOf(view, node)
  const found = findNode(view, name)
  return O.isSome(found) && found.value === node ? [] : [`${name} is not found by its name`]
}

const replicasListed = (view: View): readonly string[] => {
  const listed = new Set<number>()
  return nodeIds(view).flatMap((node) =>
    replicasOn(view, node).flatMap((replica) => {
      const twice = listed.has(replica.id)
      listed.add(replica.id)
      return [
        ...(twice ? [`replica ${replica.id} is listed twice`] : []),
        ...(replica.node === node ? [] : [`replica ${replica.id} is listed by another node`]),
        ...(O.isSome(findClass(view, replica.class)) ? [] : [`replica ${replica.id} has no class`]),
      ]
    }),
  )
}
