/**
 * Recipes: rules told in texts. A recipe has the shape of the kernel's own description, with a text where that has an interned
 * id, so that it means the same in every cluster, can be printed, and shrinks to something that a person can read.
 */
import type {
  Choice,
  Class,
  Dimension,
  Expr,
  Filter,
  Fit,
  Limit,
  Match,
  NodeId,
  NodeSpec,
  Only,
  Phase,
  Plugin,
  Raw,
  Reason,
  Require,
  Score,
  Tally,
  Vector,
  Word,
} from '@stowage/kernel'

/** A description with its ids told: words, dimensions and nodes by their texts, plugins and reasons as plain numbers. */
export type Told<Described> = Described extends Tally & { readonly domain: 'node' }
  ? TallyRecipe<'node'>
  : Described extends Tally
    ? TallyRecipe
    : Described extends Word | Dimension | NodeId
      ? string
      : Described extends Plugin | Reason
        ? number
        : Described extends object
          ? { readonly [Key in keyof Described]: Told<Described[Key]> }
          : Described

/** The domain of an attribute is told as `{ key }`, so that an attribute may be called `node`. */
export interface TallyRecipe<Domain = 'node' | { readonly key: string }> {
  readonly facts: MatchRecipe
  readonly domain: Domain
  readonly absent: Tally['absent']
}

/** Which replicas a tally counts; facts are told by their texts. */
export type MatchRecipe = Told<Match>
/** What is asked of a node or of a mark. */
export type ExprRecipe = Told<Expr>
/** What a node must satisfy: one of the four that follow. */
export type FilterRecipe = Told<Filter>
/** These nodes, by name, and no others. */
export type OnlyRecipe = Told<Only>
/** The expression holds of the node. */
export type RequireRecipe = Told<Require>
/** The node has free what is demanded, by dimension. */
export type FitRecipe = Told<Fit>
/** The replicas counted on the node are at most so many. */
export type LimitRecipe = Told<Limit>
/** A number for each node: one of the three that follow. */
export type RawRecipe = Told<Raw>
/** What follows from the node's description alone. */
export type StaticRecipe = Told<Extract<Raw, { readonly _tag: 'Static' }>>
/** A function of the node's load with the replica on it. */
export type LoadRecipe = Told<Extract<Raw, { readonly _tag: 'Load' }>>
/** The sum of the tallies of the node's domains, by weight. */
export type CountsRecipe = Told<Extract<Raw, { readonly _tag: 'Counts' }>>
/** A raw score with its normaliser and weight. */
export type ScoreRecipe = Told<Score>
/** How the numbers decide. */
export type ChoiceRecipe = Told<Choice>
/** A workload as the scheduler sees it. */
export type ClassRecipe = Told<Class>
/** A node as it joins. */
export type NodeRecipe = Told<NodeSpec>
/** Amounts by the name of the dimension. */
export type VectorRecipe = Told<Vector>

/** A replica that is there from the start. `class` is a position among the world's classes, modulo their number. */
export interface ReplicaRecipe {
  readonly class: number
  readonly node: string
  readonly phase: Phase
}

/** Nodes, classes, and replicas that stand there whatever the rules say; a replica on a node that is not there is left out. */
export interface WorldRecipe {
  readonly nodes: readonly NodeRecipe[]
  /** At least one. */
  readonly classes: readonly ClassRecipe[]
  readonly replicas: readonly ReplicaRecipe[]
}

/** What is asked of `place`. `class` is a position among the classes, modulo their number. */
export interface RequestRecipe {
  readonly class: number
  readonly count: number
  readonly only?: readonly string[]
}
