/**
 * Renames the nodes in the plain description of a cluster and in requests. Tests use this to check
 * that the kernel's decisions do not depend on names, except in ties.
 */
import type { ClassRecipe, RequestRecipe, WorldRecipe } from './recipe.js'

/** The new name of a node. Different nodes must have different new names. */
export type NodeRenaming = (name: string) => string

/** The world with renamed nodes, in its classes, masks and columns too. */
export const renameWorld = (world: WorldRecipe, rename: NodeRenaming): WorldRecipe => ({
  nodes: world.nodes.map((node) => ({ ...node, name: rename(node.name) })),
  classes: world.classes.map((classSpec) => renameClass(classSpec, rename)),
  replicas: world.replicas.map((replica) => ({ ...replica, node: rename(replica.node) })),
  ...(world.given === undefined ? {} : { given: renameGiven(world.given, rename) }),
})

const renameGiven = (
  { masks, columns }: NonNullable<WorldRecipe['given']>,
  rename: NodeRenaming,
): NonNullable<WorldRecipe['given']> => ({
  masks: masks.map(({ mask, nodes }) => ({ mask, nodes: nodes.map(rename) })),
  columns: columns.map(({ column, numbers }) => ({
    column,
    numbers: numbers.map(([node, number]) => [rename(node), number]),
  })),
})

/** The class with renamed nodes. They stand under `nodes`, and nothing else does. */
const renameClass = (classSpec: ClassRecipe, rename: NodeRenaming): ClassRecipe =>
  JSON.parse(JSON.stringify(classSpec), (key, value: unknown) =>
    key === 'nodes' ? (value as readonly string[]).map(rename) : value,
  ) as ClassRecipe

/** The request with renamed nodes in `only`. */
export const renameRequest = (
  { only, ...rest }: RequestRecipe,
  rename: NodeRenaming,
): RequestRecipe => ({
  ...rest,
  ...(only === undefined ? {} : { only: only.map(rename) }),
})
