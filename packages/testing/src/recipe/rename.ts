/** The same world and the same requests, with other names of nodes. */
import type { ClassRecipe, RequestRecipe, WorldRecipe } from './recipe.js'

/** How a node is called instead. Two must not be called alike. */
export type Rename = (name: string) => string

/** The world, its classes and what is given in it included. */
export const renamedWorld = (world: WorldRecipe, rename: Rename): WorldRecipe => ({
  nodes: world.nodes.map((node) => ({ ...node, name: rename(node.name) })),
  classes: world.classes.map((classSpec) => renamedClass(classSpec, rename)),
  replicas: world.replicas.map((replica) => ({ ...replica, node: rename(replica.node) })),
  ...(world.given === undefined ? {} : { given: renamedGiven(world.given, rename) }),
})

const renamedGiven = (
  { masks, columns }: NonNullable<WorldRecipe['given']>,
  rename: Rename,
): NonNullable<WorldRecipe['given']> => ({
  masks: masks.map(({ mask, nodes }) => ({ mask, nodes: nodes.map(rename) })),
  columns: columns.map(({ column, numbers }) => ({
    column,
    numbers: numbers.map(([node, number]) => [rename(node), number]),
  })),
})

/** The class. In a class names of nodes stand under `nodes`, and nothing else does. */
export const renamedClass = (classSpec: ClassRecipe, rename: Rename): ClassRecipe =>
  JSON.parse(JSON.stringify(classSpec), (key, value: unknown) =>
    key === 'nodes' ? (value as readonly string[]).map(rename) : value,
  ) as ClassRecipe

/** The request, where it is restricted to nodes. */
export const renamedRequest = (
  { only, ...rest }: RequestRecipe,
  rename: Rename,
): RequestRecipe => ({
  ...rest,
  ...(only === undefined ? {} : { only: only.map(rename) }),
})
