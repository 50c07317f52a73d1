/** What a container needs besides cpu and memory. */
import { oneOf, reading, type Codec } from './codec.js'
import { record } from './record.js'

export interface ResourceRequirement {
  readonly type: 'GPU' | 'InferenceAccelerator' | 'NeuronDevice'
  /** For GPUs, their number, or `ALL` of the instance. */
  readonly value: string
}

const value: Codec<string> = reading('a string', (given) =>
  typeof given === 'string' || Number.isInteger(given) ? String(given) : undefined,
)

export const ResourceRequirement: Codec<ResourceRequirement> = record<ResourceRequirement>(
  'a resource requirement',
  {
    type: oneOf<ResourceRequirement['type']>(['GPU', 'InferenceAccelerator', 'NeuronDevice']),
    value,
  },
)

/** How many GPUs are asked for; nothing when the value says neither a number nor `ALL`, which counts as 0. */
export const gpusIn = ({ type, value: asked }: ResourceRequirement): number | undefined => {
  if (type !== 'GPU' || asked === 'ALL') return 0
  return /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : undefined
}
