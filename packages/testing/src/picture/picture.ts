/**
 * What a cluster is, in names and texts. Two clusters with equal pictures are the same to everybody who looks at them, whatever
 * ids they gave and in whatever order things were said.
 */
import {
  classOf,
  nodeLoad,
  nodes,
  nodeSpec,
  replicasOn,
  type ClassId,
  type NodeId,
  type View,
} from '@stowage/kernel'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { recipeOf, recipeOfNode, vectorOf } from '../recipe/recipe-of.js'
import type { ClassRecipe } from '../recipe/recipe.js'
import {
  loadOf,
  settledClass,
  settledNode,
  type NodePicture,
  type Picture,
  type ReplicaPicture,
} from './settled.js'

/** The picture of a cluster or of a draft. */
export const picture = (view: View): Picture => {
  const described = new Map<ClassId, ClassRecipe>()
  const classAt = (id: ClassId): ClassRecipe => {
    const known = described.get(id) ?? pictureOfClass(view, id)
    described.set(id, known)
    return known
  }
  return { nodes: nodes(view).flatMap((node) => pictureOfNode(view, node, classAt)) }
}

/** The recipe of a class in the one form that all descriptions of it have. Throws for an id that was never given. */
export const pictureOfClass = (view: View, id: ClassId): ClassRecipe =>
  pipe(
    classOf(view, id),
    O.match(
      () => {
        throw new Error(`no class ${id}`)
      },
      (described) => settledClass(recipeOf(view, described)),
    ),
  )

const pictureOfNode = (
  view: View,
  node: NodeId,
  classAt: (id: ClassId) => ClassRecipe,
): readonly NodePicture[] => {
  const spec = nodeSpec(view, node)
  if (O.isNone(spec)) return []
  const replicas = replicasOn(view, node).map((replica) => ({
    class: classAt(replica.class),
    phase: replica.phase,
  }))
  const load = vectorOf(view, nodeLoad(view, node))
  return [settledNode(recipeOfNode(view, spec.value), replicas, load)]
}

/** The picture with one more replica, on the node of this name. */
export const withReplica = (before: Picture, name: string, replica: ReplicaPicture): Picture => ({
  nodes: before.nodes.map((node) =>
    node.name === name ? holding(node, [...node.replicas, replica]) : node,
  ),
})

const holding = (node: NodePicture, replicas: readonly ReplicaPicture[]): NodePicture =>
  settledNode(node, replicas, loadOf(replicas))
