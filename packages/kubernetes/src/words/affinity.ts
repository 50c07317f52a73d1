/** The `affinity` of a pod spec: node affinity, pod affinity and pod anti-affinity. */
import { optional, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { NodeAffinity } from './node-selector.js'
import { PodAffinity } from './pod-affinity.js'

/** The nodes that a pod requires or prefers, and the pods near which or away from which it runs. */
export interface Affinity {
  readonly nodeAffinity: NodeAffinity | undefined
  readonly podAffinity: PodAffinity | undefined
  readonly podAntiAffinity: PodAffinity | undefined
}
export const Affinity: Codec<Affinity> = t.type(
  {
    nodeAffinity: optional(NodeAffinity),
    podAffinity: optional(PodAffinity),
    podAntiAffinity: optional(PodAffinity),
  },
  'an object',
)
