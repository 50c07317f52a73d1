/**
 * Defines the types of an explanation of why one replica gets its machine or none, the same for
 * Kubernetes and Amazon ECS. An explanation is a verdict on every machine, or only one sentence
 * (`Note`).
 */
import type { WordedExplanation, WordedPlan, WordedReplay } from '@stowage/kernel'
import type { HeldExplanation } from '@stowage/kubernetes'
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

/**
 * How many more replicas of a workload found a machine, the machine of each in the order of
 * placing, and why the machines take no other. `unplaced` is absent when the search stopped before
 * none fitted.
 */
export interface Headroom {
  readonly _tag: 'Headroom'
  readonly count: number
  readonly placed: readonly string[]
  readonly unplaced: WordedPlan['unplaced'][number] | undefined
  /** Why one more would not even be made, where a quota ends the counting. */
  readonly refusal?: string
  /** One more replica, explained after all those that were placed. */
  readonly explanation: WordedExplanation
}

/** A sentence in place of how many more replicas fit. */
export const unknownHeadroom = (name: string, why: string): Note => ({
  ...{ _tag: 'Note', name, placed: true },
  text: `how many more of ${name} fit is not counted: ${why}`,
})

/** Why no scheduler looks at pods, in words. */
export const rejectionText = ({ plugin, reasons }: HeldExplanation['why']): string =>
  [plugin, reasons.join(', ')].filter((text) => text !== '').join(': ')
