/** Defines the types and codecs of the taints of nodes and the tolerations of pods. */
import { oneOf, optional, record, text, type Codec } from '@stowage/documents'
import * as t from 'io-ts'

/** A taint keeps pods that do not tolerate it away from a node, or discourages them. */
export interface Taint {
  readonly key: string
  readonly value: string | undefined
  readonly effect: string
}
export const Taint: Codec<Taint> = record<Taint>('an object', {
  key: text,
  value: optional(text),
  effect: oneOf(['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const) as Codec<string>,
})

/** The taints that a pod tolerates. */
export interface Toleration {
  readonly key: string | undefined
  readonly operator: string | undefined
  readonly value: string | undefined
  readonly effect: string | undefined
  /** How long the pod stays after the taint appears; scheduling ignores it. */
  readonly tolerationSeconds: unknown
}
export const Toleration: Codec<Toleration> = record<Toleration>('an object', {
  key: optional(text),
  operator: optional(text),
  value: optional(text),
  effect: optional(text),
  tolerationSeconds: optional(t.unknown),
})
