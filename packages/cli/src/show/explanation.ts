/**
 * What can be said of one workload: why a replica goes to the machine that it goes to, or what it
 * gets beside the machines.
 */
import type { Warning } from '@stowage/kernel'
import type { Vended } from '@stowage/fargate'
import type { Explained, Note, Planned, Refused, Vocabulary } from '../vocabulary/vocabulary.js'

export interface OnMachines extends Omit<Explained, '_tag'> {
  readonly _tag: 'OnMachines'
  readonly vocabulary: Vocabulary
}

/** On Fargate, or nowhere: then there are reasons in `refused` or in `warnings`. */
export interface Beside {
  readonly _tag: 'Beside'
  readonly vocabulary: Vocabulary
  readonly name: string
  readonly vended: readonly Vended[]
  readonly launched: Planned['launched']
  /** The Fargate profile that took it, where one did. */
  readonly profile?: string
  readonly refused: readonly Refused[]
  readonly warnings: readonly Warning[]
}

export interface Noted extends Note {
  readonly vocabulary: Vocabulary
}

export type WorkloadExplanation = OnMachines | Beside | Noted
