/** Priority classes: the names for priorities that pods use. */
import { flag, optional, text, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { int32 } from './whole-number.js'
import { Metadata } from './metadata.js'

export interface PriorityClass {
  readonly metadata: Metadata
  readonly value: number
  readonly globalDefault: boolean | undefined
  /** Of pods of the class that do not say otherwise. */
  readonly preemptionPolicy: string | undefined
}
export const PriorityClass: Codec<PriorityClass> = t.type({
  metadata: Metadata,
  value: int32,
  globalDefault: optional(flag),
  preemptionPolicy: optional(text),
})

/** Those that every cluster has. */
export const builtInPriorities: ReadonlyMap<string, number> = new Map([
  ['system-cluster-critical', 2_000_000_000],
  ['system-node-critical', 2_000_001_000],
])
