/**
 * Types of an explanation of why one replica gets its machine or none, the same for Kubernetes and
 * Amazon ECS.
 */
import type { WordedReplay } from '@stowage/kernel'
import type { Preemption } from './plan.js'

/** A decision about one replica, node by node. */
export interface NodeExplanation extends WordedReplay {
  readonly _tag: 'Explained'
  readonly name: string
  /** What is explained, if it is not one replica of several. */
  readonly title?: string
  /** Where the replica runs already. `isKnown`: the node is among the documents. */
  readonly on?: { readonly node: string; readonly isKnown: boolean; readonly leaving: boolean }
  /** Where all replicas of the workload run, when what is explained is one of these. */
  readonly runs?: readonly { readonly name: string; readonly count: number }[]
  /** The platform's own message about a replica that finds no place. */
  readonly message?: string
  /** Every preemption that is equally good. */
  readonly nominations?: readonly Preemption[]
  /** The same decision in the platform's own form. */
  readonly verdict?: object
}

/** An answer in one sentence. */
export interface Note {
  readonly _tag: 'Note'
  readonly name: string
  readonly text: string
  /** Whether the workload has all the places that it needs. */
  readonly placed: boolean
}
