/**
 * The numbers by which the kernel knows things. Each kind has a brand, so that a node can not be
 * passed for a class.
 *
 * A `Word` is an interned attribute key, attribute value or fact; the table of words only grows, so
 * names of nodes and replicas never enter it. `NodeId` and `ReplicaId` are a recycled row and its
 * generation: an id that outlived its node is told from the node that took the row. `Plugin` and
 * `Reason` are opaque: an adapter hands them out and raises them back to its own words. A `Mask`
 * and a `Column` name what an adapter computes itself: a set of nodes, and a number for each.
 */
declare const kind: unique symbol
type Id<Kind extends string> = number & { readonly [kind]: Kind }

export type WordId = Id<'word'>
export type DimensionId = Id<'dimension'>
export type NodeId = Id<'node'>
export type ReplicaId = Id<'replica'>
export type ClassId = Id<'class'>
export type PluginId = Id<'plugin'>
export type ReasonId = Id<'reason'>
export type MaskId = Id<'mask'>
export type ColumnId = Id<'column'>

/**
 * Names a plugin, a non-negative integer of the adapter's choice, in the rules that it stands
 * behind.
 */
export const pluginId = (number: number): PluginId => number as PluginId

/** Names a reason, a non-negative integer of the adapter's choice. */
export const reasonId = (number: number): ReasonId => number as ReasonId
