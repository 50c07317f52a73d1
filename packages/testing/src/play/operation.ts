/**
 * Histories: what is done to a cluster, in names and positions, so that the same history can be
 * played to any cluster. What can not be done, such as to make a node leave that is not there,
 * changes nothing, and is part of the play.
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
 * One thing done to a draft. `class` is a position among the classes of the play, modulo their
 * number; `replica` one among the replicas that are there, nodes by rank and the oldest first,
 * modulo their number; `Launch` defines a class and places some. `Explain` changes nothing: it asks
 * how a class is answered at that moment, as in a trial there are answers that nobody else sees.
 */
export type Operation =
  | { readonly _tag: 'Join'; readonly node: NodeRecipe }
  | { readonly _tag: 'Leave'; readonly node: string }
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
  | ({ readonly _tag: 'GiveMask' } & MaskRecipe)
  | ({ readonly _tag: 'GiveColumn' } & ColumnRecipe)
  | { readonly _tag: 'Explain'; readonly class: number }
  | {
      readonly _tag: 'Trial'
      readonly end: 'kept' | 'rolled back' | 'thrown'
      readonly body: readonly Operation[]
    }

/** The operations of one batch; `taken`: the cluster before it is given up. */
export interface BatchRecipe {
  readonly taken: boolean
  readonly operations: readonly Operation[]
}

/** Batches, one after the other. */
export type History = readonly BatchRecipe[]
