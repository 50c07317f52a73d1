/**
 * Defines the types of operations and histories (batches of operations on a cluster). Operations
 * refer to nodes by name, and to classes (workloads as the scheduler sees them) and replicas by
 * position, so one history can be played on any cluster.
 */
import type { Phase } from '@stowage/kernel'
import type {
  ClassRecipe,
  ColumnRecipe,
  MaskRecipe,
  NodeRecipe,
  RequestRecipe,
} from '../recipe/recipe.js'

/**
 * One change of a draft. `class` is a position among the classes, `replica` a position among the
 * replicas (nodes by name, the oldest first), both modulo their number. `Launch` defines a class
 * and places it. `Redescribe` is of the node with the recipe's name. `Forget` drops everything that
 * nothing uses, except the classes of the play. `Explain` changes nothing: its answer shows what
 * only a draft or a trial can see.
 */
export type Operation =
  | { readonly _tag: 'Join'; readonly node: NodeRecipe }
  | { readonly _tag: 'Leave'; readonly node: string }
  | { readonly _tag: 'Redescribe'; readonly node: NodeRecipe }
  | { readonly _tag: 'Place'; readonly requests: readonly RequestRecipe[] }
  | { readonly _tag: 'Launch'; readonly class: ClassRecipe; readonly count: number }
  | {
      readonly _tag: 'Bind'
      readonly class: number
      readonly node: string
      readonly phase: Phase
    }
  | { readonly _tag: 'Stop'; readonly replica: number }
  | { readonly _tag: 'SetPhase'; readonly replica: number; readonly phase: Phase }
  | { readonly _tag: 'Reclass'; readonly replica: number; readonly class: number }
  | ({ readonly _tag: 'GiveMask' } & MaskRecipe)
  | ({ readonly _tag: 'GiveColumn' } & ColumnRecipe)
  | { readonly _tag: 'Forget' }
  | { readonly _tag: 'Explain'; readonly class: number }
  | {
      readonly _tag: 'Trial'
      readonly end: 'kept' | 'rolled back' | 'thrown'
      readonly body: readonly Operation[]
    }

/** The operations of one batch. `taken`: the batch takes the cluster before it. */
export interface BatchRecipe {
  readonly taken: boolean
  readonly operations: readonly Operation[]
}

/**
 * Batches in their order. An impossible operation, such as removing a node that does not exist,
 * changes nothing and gives a fault.
 */
export type ClusterHistory = readonly BatchRecipe[]
