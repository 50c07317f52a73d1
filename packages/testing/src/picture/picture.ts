/**
 * What a cluster is, in names and texts. Two clusters with equal pictures are the same to everybody
 * who looks at them, whatever ids they gave and in whatever order things were said.
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
  type ClassId,
  type MaskId,
  type NodeId,
  type View,
} from '@stowage/kernel'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { columnsGiven } from '../recipe/probe.js'
import { recipeOf, recipeOfNode, vectorOf } from '../recipe/recipe-of.js'
import type { ClassRecipe } from '../recipe/recipe.js'
import {
  loadOf,
  settledClass,
  settledNode,
  type GivenPicture,
  type NodePicture,
  type Picture,
  type ReplicaPicture,
} from './settled.js'
import { turned, type OnNode } from './turn.js'

/** The picture of a cluster or of a draft. */
export const picture = (view: View): Picture => {
  const classSpec = new Map<ClassId, ClassRecipe>()
  const classAt = (id: ClassId): ClassRecipe => {
    const known = classSpec.get(id) ?? pictureOfClass(view, id)
    classSpec.set(id, known)
    return known
  }
  const givenTo = givenIn(view)
  return {
    nodes: nodeIds(view).flatMap((node) => pictureOfNode(view, node, { classAt, givenTo })),
  }
}

/** What was given about each node: of columns, where a recipe spoke of them. */
const givenIn = (view: View): ((node: NodeId) => GivenPicture) => {
  const masks = masksGiven(view)
  const columns = columnsGiven(view)
  return (node) => ({
    masks: masks.flatMap(([name, members]) => (members.has(node) ? [name] : [])),
    numbers: columns.map(([name, numbers]) => [name, numbers.get(node) ?? 0]),
  })
}

const masksGiven = (
  view: View,
): readonly (readonly [name: string, members: ReadonlySet<NodeId>])[] => {
  const found: (readonly [string, ReadonlySet<NodeId>])[] = []
  for (let mask = 0 as MaskId; ; mask = (mask + 1) as MaskId) {
    const name = maskName(view, mask)
    if (O.isNone(name)) return found
    found.push([name.value, new Set(getOrThrow(nodesWhere(view, { _tag: 'InMask', mask })))])
  }
}

/**
 * The recipe of a class in the one form that all descriptions of it have. Throws for an id that was
 * never given.
 */
export const pictureOfClass = (view: View, id: ClassId): ClassRecipe =>
  pipe(
    findClass(view, id),
    O.match(
      () => {
        throw new Error(`no class ${id}`)
      },
      (classSpec) => settledClass(recipeOf(view, classSpec)),
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
  const load = vectorOf(view, nodeLoad(view, node))
  return [settledNode(recipeOfNode(view, spec.value), { replicas, given: givenTo(node) }, load)]
}

/** The picture with one more replica, on the node of this name. */
export const withReplica = (before: Picture, name: string, replica: ReplicaPicture): Picture => ({
  nodes: before.nodes.map((node) =>
    node.name === name ? settled(node, turned(node, { came: replica, placed: true })) : node,
  ),
})

const settled = (node: NodePicture, on: OnNode): NodePicture =>
  settledNode(node, on, loadOf(on.replicas))
