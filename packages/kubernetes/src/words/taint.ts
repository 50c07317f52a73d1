/** Taints of nodes and the tolerations of pods. */
import * as t from 'io-ts'
import { optional, text, type Decoder } from './decode.js'

export interface Taint {
  readonly key: string
  readonly value: string | undefined
  readonly effect: string
}
export const Taint: Decoder<Taint> = t.type(
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
export const Toleration: Decoder<Toleration> = t.type(
  {
    key: optional(text),
    operator: optional(text),
    value: optional(text),
    effect: optional(text),
    tolerationSeconds: optional(t.unknown),
  },
  'an object',
)
