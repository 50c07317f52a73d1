/**
 * The devices that a container needs.
 *
 * Source: Amazon ECS API Reference, ResourceRequirement.
 */
import * as t from 'io-ts'
import { codecOf, oneOf, optional, record, type Codec } from '@stowage/documents'

export interface ResourceRequirement {
  /** Elastic Inference has ended; its value is still read. */
  readonly type: 'GPU' | 'InferenceAccelerator' | 'NeuronDevice'
  /** For GPUs, their number, or `ALL` of the instance; absent where they are shared. */
  readonly value?: string | undefined
  /** How the container shares a GPU with others; read, and not planned with. */
  readonly sharingStrategy?: unknown
}

const value: Codec<string> = codecOf('a string', (given) =>
  typeof given === 'string' || Number.isInteger(given) ? String(given) : undefined,
)

export const ResourceRequirement: Codec<ResourceRequirement> = record<ResourceRequirement>(
  'a resource requirement',
  {
    type: oneOf<ResourceRequirement['type']>(['GPU', 'InferenceAccelerator', 'NeuronDevice']),
    value: optional(value),
    sharingStrategy: optional(t.unknown),
  },
)

/** So many, or all that the instance has. */
export type Gpus = number | 'ALL'

/**
 * The GPUs that a container has to itself; nothing when the value says neither a number nor `ALL`.
 */
export const gpusIn = ({ type, value: asked = '' }: ResourceRequirement): Gpus | undefined => {
  if (type !== 'GPU') return 0
  if (asked === 'ALL') return 'ALL'
  return /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : undefined
}

export const isNeuron = ({ type }: ResourceRequirement): boolean => type === 'NeuronDevice'

export const isShared = ({ sharingStrategy }: ResourceRequirement): boolean =>
  sharingStrategy !== undefined && sharingStrategy !== null
