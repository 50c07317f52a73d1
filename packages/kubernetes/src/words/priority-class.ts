/**
 * Type and codec of a PriorityClass (a named priority for pods), and the table of the classes that
 * every cluster has.
 */
import { flag, optional, record, text, type Codec } from '@stowage/documents'
import { int32 } from './whole-number.js'
import { Metadata } from './metadata.js'

/** A named priority, and whether it is the default of the cluster. */
export interface PriorityClass {
  readonly metadata: Metadata
  readonly value: number
  readonly globalDefault: boolean | undefined
  /** For pods of the class that set no policy themselves. */
  readonly preemptionPolicy: string | undefined
}
export const PriorityClass: Codec<PriorityClass> = record<PriorityClass>('an object', {
  metadata: Metadata,
  value: int32,
  globalDefault: optional(flag),
  preemptionPolicy: optional(text),
})

/** The priority classes that every cluster has. */
export const builtInPriorities: ReadonlyMap<string, number> = new Map([
  ['system-cluster-critical', 2_000_000_000],
  ['system-node-critical', 2_000_001_000],
])
