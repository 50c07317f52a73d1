/**
 * The numbers by which the kernel knows things. Each kind has a brand, so that a node can not be passed for a class.
 *
 * A `Word` is an interned attribute key, attribute value or fact; the table of words only grows, so names of nodes and replicas
 * never enter it. `NodeId` and `ReplicaId` are a recycled row and its generation: an id that outlived its node is told from the
 * node that took the row. `Plugin` and `Reason` are opaque: an adapter hands them out and raises them back to its own words.
 * A `Mask` and a `Column` name what an adapter computes itself: a set of nodes, and a number for each.
 */
declare const kind: unique symbol
type Id<Kind extends string> = number & { readonly [kind]: Kind }

export type Word = Id<'word'>
export type Dimension = Id<'dimension'>
export type NodeId = Id<'node'>
export type ReplicaId = Id<'replica'>
export type ClassId = Id<'class'>
export type Plugin = Id<'plugin'>
export type Reason = Id<'reason'>
export type Mask = Id<'mask'>
export type Column = Id<'column'>

/** Names a plugin, a non-negative integer of the adapter's choice, in the rules that it stands behind. */
export const plugin = (number: number): Plugin => number as Plugin

/** Names a reason, a non-negative integer of the adapter's choice. */
export const reason = (number: number): Reason => number as Reason
