/**
 * Converts a cluster to a picture: everything that can be read from it, as plain data with names
 * and texts. Clusters with equal pictures cannot be told apart, whatever ids they use.
 */
import {
  getOrThrow,
  findClass,
  maskName,
  nodeLoad,
  nodeIds,
  nodeSpec,
  nodesWhere,
  replicasOn,
  tableIds,
  type ClassId,
  type NodeId,
  type View,
} from '@stowage/kernel'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { columnValues } from '../lower/column-probe.js'
import { raiseClass, raiseNode, raiseVector } from '../raise/class.js'
import type { ClassRecipe } from '../recipe/recipe.js'
import {
  loadOf,
  canonicalClass,
  canonicalNode,
  type NodePicture,
  type Picture,
} from './canonical.js'
import type { GivenPicture, ReplicaPicture } from './content.js'
import { applyChange, type NodeContent } from './content.js'

/** The picture of a cluster or of a draft. */
export const picture = (view: View): Picture => {
  const classSpec = new Map<ClassId, ClassRecipe>()
  const classAt = (id: ClassId): ClassRecipe => {
    const known = classSpec.get(id) ?? pictureOfClass(view, id)
    classSpec.set(id, known)
    return known
  }
  const givenTo = givenReader(view)
  return {
    nodes: nodeIds(view).flatMap((node) => pictureOfNode(view, node, { classAt, givenTo })),
  }
}

/** What each node was given. Of columns, only those that recipes mention can be read. */
const givenReader = (view: View): ((node: NodeId) => GivenPicture) => {
  const masks = maskMembers(view)
  const columns = columnValues(view)
  return (node) => ({
    masks: masks.flatMap(([name, members]) => (members.has(node) ? [name] : [])),
    numbers: columns.map(([name, numbers]) => [name, numbers.get(node) ?? 0]),
  })
}

const maskMembers = (
  view: View,
): readonly (readonly [name: string, members: ReadonlySet<NodeId>])[] =>
  tableIds(view).masks.flatMap((mask) => {
    const name = maskName(view, mask)
    if (O.isNone(name)) return []
    return [[name.value, new Set(getOrThrow(nodesWhere(view, { _tag: 'InMask', mask })))] as const]
  })

/** The canonical recipe of a class. Throws when the id is unknown. */
export const pictureOfClass = (view: View, id: ClassId): ClassRecipe =>
  pipe(
    findClass(view, id),
    O.match(
      () => {
        throw new Error(`no class ${id}`)
      },
      (classSpec) => canonicalClass(raiseClass(view, classSpec)),
    ),
  )

const pictureOfNode = (
  view: View,
  node: NodeId,
  {
    classAt,
    givenTo,
  }: {
    readonly classAt: (id: ClassId) => ClassRecipe
    readonly givenTo: (node: NodeId) => GivenPicture
  },
): readonly NodePicture[] => {
  const spec = nodeSpec(view, node)
  if (O.isNone(spec)) return []
  const replicas = replicasOn(view, node).map((replica) => ({
    class: classAt(replica.class),
    phase: replica.phase,
  }))
  const load = raiseVector(view, nodeLoad(view, node))
  return [canonicalNode(raiseNode(view, spec.value), { replicas, given: givenTo(node) }, load)]
}

/** The picture after a replica was placed on the node of this name. */
export const withReplica = (before: Picture, name: string, replica: ReplicaPicture): Picture => ({
  nodes: before.nodes.map((node) =>
    node.name === name
      ? withContent(node, applyChange(node, { added: replica, placed: true }))
      : node,
  ),
})

const withContent = (node: NodePicture, on: NodeContent): NodePicture =>
  canonicalNode(node, on, loadOf(on.replicas))
