/**
 * Defines the types of a model: a cluster as plain data, with names in place of ids. The reference
 * implementations (slow twins) perform on it what the kernel performs on its cluster. Also builds
 * the first model from the plain description of a cluster.
 */
import { byCodeUnit } from '@stowage/kernel'
import { canonicalClass, canonicalNode, loadOf, type Picture } from '../picture/canonical.js'
import type { GivenPicture, NodeContent } from '../picture/content.js'
import type { ClassRecipe, NodeRecipe, WorldRecipe } from '../recipe/recipe.js'
import { giveColumnTwin, giveMaskTwin } from './give.js'
import { keepNodeNames } from './node-names.js'

/** A node and everything on it, its oldest replica first. */
export interface NodeModel extends NodeContent {
  readonly node: NodeRecipe
}

/** Nodes in the order of their names, the classes of the history, and how many trials are open. */
export interface ClusterModel {
  readonly nodes: readonly NodeModel[]
  readonly classes: readonly ClassRecipe[]
  readonly trials: number
}

/** The model of the cluster that `build` makes of a world. */
export const modelOf = (world: WorldRecipe): ClusterModel => {
  const hasNode = (name: string): boolean => world.nodes.some((node) => node.name === name)
  const classes = world.classes.map((classSpec) =>
    canonicalClass(keepNodeNames(classSpec, hasNode)),
  )
  const nodes = world.nodes.map((node) => ({
    node,
    given: givenIn(world, node.name),
    replicas: world.replicas
      .filter((replica) => replica.node === node.name)
      .map(({ class: position, phase }) => ({
        class: classes[position % classes.length]!,
        phase,
      })),
  }))
  return { classes, nodes: sortByName(nodes), trials: 0 }
}

const givenIn = ({ given }: WorldRecipe, name: string): GivenPicture => {
  let content: GivenPicture = { masks: [], numbers: [] }
  for (const one of given?.masks ?? []) content = giveMaskTwin(content, one, name)
  for (const one of given?.columns ?? []) content = giveColumnTwin(content, one, name)
  return content
}

/** Nodes in the code-unit order of their names. */
export const sortByName = (nodes: readonly NodeModel[]): readonly NodeModel[] =>
  [...nodes].sort((a, b) => byCodeUnit(a.node.name, b.node.name))

/** The picture that the kernel's cluster must have. */
export const pictureOfModel = ({ nodes }: ClusterModel): Picture => ({
  nodes: nodes.map(({ node, ...content }) =>
    canonicalNode(node, content, loadOf(content.replicas)),
  ),
})
