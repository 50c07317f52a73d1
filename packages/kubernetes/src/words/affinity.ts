/** What a pod's affinity asks: of nodes, and of the pods around it. */
import { optional, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { NodeAffinity } from './node-selector.js'
import { PodAffinity } from './pod-affinity.js'

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
