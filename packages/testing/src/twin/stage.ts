/**
 * What a history is played to by the twins: a cluster as plain data, with the replicas of a node in
 * the order of their age.
 */
import type { GivenPicture, Picture } from '../picture/settled.js'
import { loadOf, settledClass, settledNode } from '../picture/settled.js'
import type { OnNode } from '../picture/turn.js'
import type { ClassRecipe, NodeRecipe, WorldRecipe } from '../recipe/recipe.js'
import { namingOnly } from './forget.js'
import { masksAfter, numbersAfter } from './give.js'

/** A node and what is on it, its replicas the oldest first. */
export interface Standing extends OnNode {
  readonly node: NodeRecipe
}

/** Nodes in the order of rank, and the classes of the play. `trials` of them are open. */
export interface Stage {
  readonly nodes: readonly Standing[]
  readonly classes: readonly ClassRecipe[]
  readonly trials: number
}

/** The stage of a world that was built. */
export const stageOf = (world: WorldRecipe): Stage => {
  const there = (name: string): boolean => world.nodes.some((node) => node.name === name)
  const classes = world.classes.map((classSpec) => settledClass(namingOnly(classSpec, there)))
  const standing = world.nodes.map((node) => ({
    node,
    given: givenIn(world, node.name),
    replicas: world.replicas
      .filter((replica) => replica.node === node.name)
      .map(({ class: position, phase }) => ({
        class: classes[position % classes.length]!,
        phase,
      })),
  }))
  return { classes, nodes: ranked(standing), trials: 0 }
}

const givenIn = ({ given }: WorldRecipe, name: string): GivenPicture => {
  let about: GivenPicture = { masks: [], numbers: [] }
  for (const one of given?.masks ?? []) about = masksAfter(about, one, name)
  for (const one of given?.columns ?? []) about = numbersAfter(about, one, name)
  return about
}

/** First by name first. */
export const ranked = (nodes: readonly Standing[]): readonly Standing[] =>
  [...nodes].sort((a, b) => (a.node.name < b.node.name ? -1 : 1))

/** The picture of a stage. */
export const pictureOfStage = ({ nodes }: Stage): Picture => ({
  nodes: nodes.map(({ node, ...on }) => settledNode(node, on, loadOf(on.replicas))),
})
