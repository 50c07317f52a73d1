/** What a history is played to by the twins: a cluster as plain data, with the replicas of a node in the order of their age. */
import type { Picture } from '../picture/settled.js'
import { loadOf, settledClass, settledNode, type ReplicaPicture } from '../picture/settled.js'
import type { ClassRecipe, NodeRecipe, WorldRecipe } from '../recipe/recipe.js'
import { namingOnly } from './forget.js'

/** A node and its replicas, the oldest first. */
export interface Standing {
  readonly node: NodeRecipe
  readonly replicas: readonly ReplicaPicture[]
}

/** Nodes in the order of rank, and the classes of the play. */
export interface Stage {
  readonly nodes: readonly Standing[]
  readonly classes: readonly ClassRecipe[]
}

/** The stage of a world that was built. */
export const stageOf = (world: WorldRecipe): Stage => {
  const there = (name: string): boolean => world.nodes.some((node) => node.name === name)
  const classes = world.classes.map((described) => settledClass(namingOnly(described, there)))
  const standing = world.nodes.map((node) => ({
    node,
    replicas: world.replicas
      .filter((replica) => replica.node === node.name)
      .map(({ class: position, phase }) => ({
        class: classes[position % classes.length]!,
        phase,
      })),
  }))
  return { classes, nodes: ranked(standing) }
}

/** First by name first. */
export const ranked = (nodes: readonly Standing[]): readonly Standing[] =>
  [...nodes].sort((a, b) => (a.node.name < b.node.name ? -1 : 1))

/** The picture of a stage. */
export const pictureOfStage = ({ nodes }: Stage): Picture => ({
  nodes: nodes.map(({ node, replicas }) => settledNode(node, replicas, loadOf(replicas))),
})
