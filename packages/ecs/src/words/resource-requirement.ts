/**
 * Defines the type and codec of the devices that a container requires: GPUs, Neuron devices or
 * inference accelerators.
 *
 * Source: Amazon ECS API Reference, ResourceRequirement.
 */
import * as t from 'io-ts'
import { codecOf, oneOf, optional, record, type Codec } from '@stowage/documents'

/** One required device. */
export interface ResourceRequirement {
  /** Elastic Inference has ended; InferenceAccelerator is still read. */
  readonly type: 'GPU' | 'InferenceAccelerator' | 'NeuronDevice'
  /** For GPUs their number, or `ALL` of the instance; absent when they are shared. */
  readonly value?: string | undefined
  /** How the container shares a GPU with others; read, but not planned. */
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

/** A number of GPUs, or all that the instance has. */
export type Gpus = number | 'ALL'

/**
 * The GPUs that a container has to itself; `undefined` when the value is neither a number nor
 * `ALL`.
 */
export const gpusIn = ({ type, value = '' }: ResourceRequirement): Gpus | undefined => {
  if (type !== 'GPU') return 0
  if (value === 'ALL') return 'ALL'
  return /^[1-9]\d{0,5}$/.test(value) ? Number(value) : undefined
}

/** True for a Neuron device. */
export const isNeuron = ({ type }: ResourceRequirement): boolean => type === 'NeuronDevice'

/** True for a GPU that containers share. */
export const isShared = ({ sharingStrategy }: ResourceRequirement): boolean =>
  sharingStrategy !== undefined && sharingStrategy !== null
