/**
 * Defines the types of recipes, which describe nodes, classes (workloads as the scheduler sees
 * them) and rules as plain data: the kernel's types with a text in place of each id. A recipe means
 * the same in every cluster and can be printed. fast-check shrinks it to a small case.
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

/** The recipe of a kernel type: interned ids become texts, plugins and reasons plain numbers. */
export type RecipeOf<Spec> = Spec extends Tally & { readonly domain: 'node' }
  ? TallyRecipe<'node'>
  : Spec extends Tally
    ? TallyRecipe
    : Spec extends Filter<'Need'>
      ? NeedRecipe
      : Spec extends WordId | DimensionId | NodeId | MaskId | ColumnId
        ? string
        : Spec extends PluginId | ReasonId
          ? number
          : Spec extends object
            ? { readonly [Key in keyof Spec]: RecipeOf<Spec[Key]> }
            : Spec

/** A domain. An attribute is `{ key }`, so that its key may be `node` or `cluster`. */
export type DomainRecipe = 'node' | 'cluster' | { readonly key: string }

/** The number of matching replicas in a domain. */
export interface TallyRecipe<Domain = DomainRecipe> {
  readonly facts: MatchRecipe
  readonly domain: Domain
  readonly key?: string
  readonly absent: Tally['absent']
  readonly eligible?: ExprRecipe
  readonly removal?: MatchRecipe
}

/** Each of the domains must hold a matching replica. */
export interface NeedRecipe extends RecipeOf<Omit<Filter<'Need'>, 'domains'>> {
  readonly domains: readonly DomainRecipe[]
}

/** Which replicas a tally counts. */
export type MatchRecipe = RecipeOf<Match>
/** A condition on a node or on a mark. */
export type ExprRecipe = RecipeOf<Expr>
/** What a node must satisfy. */
export type FilterRecipe = RecipeOf<Filter>
/** Only the nodes with these names. */
export type OnlyRecipe = RecipeOf<Filter<'Only'>>
/** The expression must hold for the node. */
export type RequireRecipe = RecipeOf<Filter<'Require'>>
/** The node must have this much free in each dimension. */
export type FitRecipe = RecipeOf<Filter<'Fit'>>
/** At most `max` counted replicas in the node's domain. */
export type LimitRecipe = RecipeOf<Filter<'Limit'>>
/** At most `max` more counted replicas in the node's domain than in the emptiest domain. */
export type SkewRecipe = RecipeOf<Filter<'Skew'>>
/** A number for each node. */
export type RawScoreRecipe = RecipeOf<RawScore>
/** A number that depends only on the node's attributes and marks. */
export type StaticRecipe = RecipeOf<RawScore<'Static'>>
/** The number that a column was given for the node. */
export type ColumnScoreRecipe = RecipeOf<RawScore<'Column'>>
/** A function of the node's load, the new replica included. */
export type LoadRecipe = RecipeOf<Exclude<RawScore<'Load'>, { readonly curve: 'points' }>>
/** A function of the load that is interpolated between points. */
export type LoadPointsRecipe = RecipeOf<Extract<RawScore<'Load'>, { readonly curve: 'points' }>>
/** The weighted sum of the counts in the node's domains. */
export type CountsRecipe = RecipeOf<RawScore<'Counts'>>
/** A preference for even spreading over the domains of several tallies. */
export type SpreadRecipe = RecipeOf<RawScore<'Spread'>>
/** A raw score with its normaliser and weight. */
export type ScoreRecipe = RecipeOf<Score>
/** How scores decide between feasible nodes. */
export type ChoiceRecipe = RecipeOf<Choice>
/** A workload as the scheduler sees it. */
export type ClassRecipe = RecipeOf<ClassSpec>
/** A node as it joins. */
export type NodeRecipe = RecipeOf<NodeSpec>
/** Amounts by the name of the dimension. */
export type VectorRecipe = RecipeOf<Vector>

/** A bound replica. `class` is a position among the world's classes, modulo their number. */
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

/** The numbers of a column by node name. The last one counts when a node is named twice. */
export interface ColumnRecipe {
  readonly column: string
  readonly numbers: readonly (readonly [node: string, number: number])[]
}

/**
 * A whole cluster. Replicas are bound without regard to rules. Replicas, masks and columns that
 * name a node which does not exist are ignored there.
 */
export interface WorldRecipe {
  /** Names of dimensions that the cluster knows before those of nodes and classes. */
  readonly dimensions?: readonly string[]
  readonly nodes: readonly NodeRecipe[]
  /** At least one if there are replicas. */
  readonly classes: readonly ClassRecipe[]
  readonly given?: {
    readonly masks: readonly MaskRecipe[]
    readonly columns: readonly ColumnRecipe[]
  }
  readonly replicas: readonly ReplicaRecipe[]
}

/** A request to `place`. `class` is a position among the classes, modulo their number. */
export interface RequestRecipe {
  readonly class: number
  readonly count: number
  readonly only?: readonly string[]
}
