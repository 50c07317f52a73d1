/**
 * Defines the types of ids, which are numbers that stand for words (interned names), nodes, plugins
 * and so on. Each kind has its own brand, so that a node cannot be passed as a class.
 */
declare const kind: unique symbol
type Id<Kind extends string> = number & { readonly [kind]: Kind }

/**
 * An interned text: an attribute key, an attribute value or a fact (a label-like word of a class).
 * Names of nodes and replicas are not interned. The ids of words, masks, columns and dimensions are
 * never given a second time.
 */
export type WordId = Id<'word'>
/** A dimension of this cluster. */
export type DimensionId = Id<'dimension'>
/**
 * A node of this cluster. The ids of nodes, replicas and classes are a row and its generation. Rows
 * are reused, each time with a higher generation, so an old id never names the next node in the
 * row.
 */
export type NodeId = Id<'node'>
/** A replica of this cluster. */
export type ReplicaId = Id<'replica'>
/** A class that `define` has let in. */
export type ClassId = Id<'class'>
/** The adapter's number for the plugin behind a rule. */
export type PluginId = Id<'plugin'>
/** The adapter's number for the reason of a refusal. */
export type ReasonId = Id<'reason'>
/** A named set of nodes that the adapter computes. */
export type MaskId = Id<'mask'>
/** A named number per node that the adapter computes. */
export type ColumnId = Id<'column'>

/** The id of a plugin: a whole number, 0 or more, that the adapter chooses. */
export const pluginId = (number: number): PluginId => number as PluginId

/** The id of a reason: a whole number, 0 or more, that the adapter chooses. */
export const reasonId = (number: number): ReasonId => number as ReasonId
