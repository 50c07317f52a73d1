/**
 * Changes a model, which is a cluster as plain data. A function changes nodes, replicas, the masks
 * (sets of nodes) that contain a node, or a node's values in columns (one number per node), and
 * returns the next model.
 */
import { applyChange, type NodeContent, type ReplicaChange } from '../picture/content.js'
import type { ClassRecipe } from '../recipe/recipe.js'
import { sortByName, type ClusterModel, type NodeModel } from './model.js'
import { keepNodeNames } from './node-names.js'

/** A node joins. It is empty, even if an earlier node had its name. */
export const joinNode = (before: ClusterModel, node: NodeModel['node']): ClusterModel => {
  const trial = before.trials === 0 ? {} : { trial: { before: [], changes: [] } }
  const one = { node, replicas: [], given: { masks: [], numbers: [] }, ...trial }
  return { ...before, nodes: sortByName([...before.nodes, one]) }
}

/** A node changes in place; its content stays. */
export const redescribeNode = (before: ClusterModel, node: NodeModel['node']): ClusterModel => ({
  ...before,
  nodes: before.nodes.map((one) => (one.node.name === node.name ? { ...one, node } : one)),
})

/** A node leaves with its replicas, and classes no longer name it. */
export const removeNode = (before: ClusterModel, name: string): ClusterModel => {
  const forget = (classSpec: ClassRecipe): ClassRecipe =>
    keepNodeNames(classSpec, (other) => other !== name)
  return {
    ...before,
    classes: before.classes.map(forget),
    nodes: before.nodes
      .filter(({ node }) => node.name !== name)
      .map((one) => ({
        ...one,
        replicas: one.replicas.map((replica) => ({ ...replica, class: forget(replica.class) })),
      })),
  }
}

/** Replaces what each node was given. */
export const giveNodes = (
  before: ClusterModel,
  given: (one: NodeModel, name: string) => NodeModel['given'],
): ClusterModel => ({
  ...before,
  nodes: before.nodes.map((one) => ({ ...one, given: given(one, one.node.name) })),
})

/** Applies changes of replicas to the nodes of these names, in order. */
export const changeNodes = (
  before: ClusterModel,
  changes: readonly (readonly [node: string, change: ReplicaChange])[],
): ClusterModel => ({
  ...before,
  nodes: before.nodes.map((one) => {
    const here = changes.filter(([name]) => name === one.node.name).map(([, change]) => change)
    const content = here.reduce((on, change) => applyChange(on, change), contentOf(one))
    return { node: one.node, ...content }
  }),
})

const contentOf = ({ node: _, ...content }: NodeModel): NodeContent => content

/**
 * Changes the replica at a position, modulo their number. They are counted by node in the order of
 * names, the oldest first. `undefined` when there is no replica.
 */
export const changeReplica = (
  before: ClusterModel,
  position: number,
  changeOf: (replica: NodeModel['replicas'][number]) => ReplicaChange,
): ClusterModel | undefined => {
  const all = before.nodes.flatMap(({ replicas }) => replicas)
  if (all.length === 0) return undefined
  let ahead = position % all.length
  const nodes = before.nodes.map((one): NodeModel => {
    const here = ahead
    ahead -= one.replicas.length
    const replica = here < 0 ? undefined : one.replicas[here]
    if (replica === undefined) return one
    return { node: one.node, ...applyChange(contentOf(one), changeOf(replica), here) }
  })
  return { ...before, nodes }
}
