/**
 * Recipes: rules told in texts. A recipe has the shape of the kernel's own description, with a text
 * where that has an interned id, so that it means the same in every cluster, can be printed, and
 * shrinks to something that a person can read.
 */
import type {
  Choice,
  ClassSpec,
  ColumnId,
  DimensionId,
  Expr,
  Filter,
  MaskId,
  Match,
  NodeId,
  NodeSpec,
  Phase,
  PluginId,
  RawScore,
  ReasonId,
  Score,
  Tally,
  Vector,
  WordId,
} from '@stowage/kernel'

/**
 * A description with its ids told: what goes by a text by that text, plugins and reasons as plain
 * numbers.
 */
export type Told<Described> = Described extends Tally & { readonly domain: 'node' }
  ? TallyRecipe<'node'>
  : Described extends Tally
    ? TallyRecipe
    : Described extends Filter<'Need'>
      ? NeedRecipe
      : Described extends WordId | DimensionId | NodeId | MaskId | ColumnId
        ? string
        : Described extends PluginId | ReasonId
          ? number
          : Described extends object
            ? { readonly [Key in keyof Described]: Told<Described[Key]> }
            : Described

/**
 * The domain of an attribute is told as `{ key }`, so that an attribute may be called `node` or
 * `cluster`.
 */
export type DomainRecipe = 'node' | 'cluster' | { readonly key: string }

/** How many replicas that match stand in a domain. */
export interface TallyRecipe<Domain = DomainRecipe> {
  readonly facts: MatchRecipe
  readonly domain: Domain
  readonly key?: string
  readonly absent: Tally['absent']
  readonly eligible?: ExprRecipe
  readonly removal?: MatchRecipe
}

/** In each of the domains stands a replica that matches. */
export interface NeedRecipe extends Told<Omit<Filter<'Need'>, 'domains'>> {
  readonly domains: readonly DomainRecipe[]
}

/** Which replicas a tally counts; facts are told by their texts. */
export type MatchRecipe = Told<Match>
/** What is asked of a node or of a mark. */
export type ExprRecipe = Told<Expr>
/** What a node must satisfy: one of the five that follow, or a need. */
export type FilterRecipe = Told<Filter>
/** These nodes, by name, and no others. */
export type OnlyRecipe = Told<Filter<'Only'>>
/** The expression holds of the node. */
export type RequireRecipe = Told<Filter<'Require'>>
/** The node has free what is demanded, by dimension. */
export type FitRecipe = Told<Filter<'Fit'>>
/** The replicas counted in the node's domain are at most so many. */
export type LimitRecipe = Told<Filter<'Limit'>>
/**
 * The replicas counted in the node's domain are at most so many more than where there are fewest.
 */
export type SkewRecipe = Told<Filter<'Skew'>>
/** A number for each node: one of the six that follow. */
export type RawRecipe = Told<RawScore>
/** What follows from the node's description alone. */
export type StaticRecipe = Told<RawScore<'Static'>>
/** What the column was given. */
export type GivenRecipe = Told<RawScore<'Column'>>
/** A function of the node's load with the replica on it. */
export type LoadRecipe = Told<Exclude<RawScore<'Load'>, { readonly curve: 'points' }>>
/** The same by a curve of points. */
export type LoadPointsRecipe = Told<Extract<RawScore<'Load'>, { readonly curve: 'points' }>>
/** The sum of the tallies of the node's domains, by weight. */
export type CountsRecipe = Told<RawScore<'Counts'>>
/** Soft spreading over the domains of several tallies. */
export type SpreadRecipe = Told<RawScore<'Spread'>>
/** A raw score with its normaliser and weight. */
export type ScoreRecipe = Told<Score>
/** How the numbers decide. */
export type ChoiceRecipe = Told<Choice>
/** A workload as the scheduler sees it. */
export type ClassRecipe = Told<ClassSpec>
/** A node as it joins. */
export type NodeRecipe = Told<NodeSpec>
/** Amounts by the name of the dimension. */
export type VectorRecipe = Told<Vector>

/**
 * A replica that is there from the start. `class` is a position among the world's classes, modulo
 * their number.
 */
export interface ReplicaRecipe {
  readonly class: number
  readonly node: string
  readonly phase: Phase
}

/** The nodes of a mask, by name. */
export interface MaskRecipe {
  readonly mask: string
  readonly nodes: readonly string[]
}

/**
 * The numbers of a column, by the names of the nodes; of a node that is named twice, the last
 * counts.
 */
export interface ColumnRecipe {
  readonly column: string
  readonly numbers: readonly (readonly [node: string, number: number])[]
}

/**
 * Nodes, classes, what was given about the nodes, and replicas that stand there whatever the rules
 * say; a replica on a node that is not there is left out, and so is what was given about one.
 */
export interface WorldRecipe {
  readonly nodes: readonly NodeRecipe[]
  /** At least one, where there are replicas. */
  readonly classes: readonly ClassRecipe[]
  readonly given?: {
    readonly masks: readonly MaskRecipe[]
    readonly columns: readonly ColumnRecipe[]
  }
  readonly replicas: readonly ReplicaRecipe[]
}

/** What is asked of `place`. `class` is a position among the classes, modulo their number. */
export interface RequestRecipe {
  readonly class: number
  readonly count: number
  readonly only?: readonly string[]
}
