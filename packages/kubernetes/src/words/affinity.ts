/** What a pod's affinity asks: of nodes, and of the pods around it. */
import * as t from 'io-ts'
import { optional, type Decoder } from './decode.js'
import { NodeAffinity } from './node-selector.js'
import { PodAffinity } from './pod-affinity.js'

export interface Affinity {
  readonly nodeAffinity: NodeAffinity | undefined
  readonly podAffinity: PodAffinity | undefined
  readonly podAntiAffinity: PodAffinity | undefined
}
export const Affinity: Decoder<Affinity> = t.type(
  {
    nodeAffinity: optional(NodeAffinity),
    podAffinity: optional(PodAffinity),
    podAntiAffinity: optional(PodAffinity),
  },
  'an object',
)
