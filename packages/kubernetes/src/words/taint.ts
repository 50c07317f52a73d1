/** Taints of nodes and the tolerations of pods. */
import { optional, text, type Codec } from '@stowage/documents'
import * as t from 'io-ts'

export interface Taint {
  readonly key: string
  readonly value: string | undefined
  readonly effect: string
}
export const Taint: Codec<Taint> = t.type(
  { key: text, value: optional(text), effect: text },
  'an object',
)

export interface Toleration {
  readonly key: string | undefined
  readonly operator: string | undefined
  readonly value: string | undefined
  readonly effect: string | undefined
  /** How long a pod stays when the taint comes; nothing to scheduling. */
  readonly tolerationSeconds: unknown
}
export const Toleration: Codec<Toleration> = t.type(
  {
    key: optional(text),
    operator: optional(text),
    value: optional(text),
    effect: optional(text),
    tolerationSeconds: optional(t.unknown),
  },
  'an object',
)
