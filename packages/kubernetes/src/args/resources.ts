/**
 * Reads lists of weighted resources, such as `{ name: cpu, weight: 2 }`, in the args of a scheduler
 * plugin. A weight that is absent or 0 becomes 1, and an empty list becomes cpu and memory.
 */
import { closedRecord, listOrEmpty, text, withDefault, type Codec } from '@stowage/documents'
import { int64 } from '../words/whole-number.js'

/** A resource name and its weight in a score. */
export interface WeightedResource {
  readonly name: string
  readonly weight: number
}
const WeightedResource: Codec<WeightedResource> = closedRecord('an object', {
  name: withDefault(text, ''),
  weight: withDefault(int64, 0),
})
export const WeightedResources: Codec<readonly WeightedResource[]> = listOrEmpty(WeightedResource)

const defaultWeighted: readonly WeightedResource[] = [
  { name: 'cpu', weight: 1 },
  { name: 'memory', weight: 1 },
]

/** Fills in default weights; an empty list becomes cpu and memory. */
export const withDefaultWeights = (resources: readonly WeightedResource[]): typeof resources =>
  resources.length === 0
    ? defaultWeighted
    : resources.map((one) => ({ ...one, weight: one.weight === 0 ? 1 : one.weight }))
