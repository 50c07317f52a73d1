/** Weighted resources in a plugin's args. A weight that is absent or 0 becomes 1. */
import { list, text, type Decoder } from '../words/decode.js'
import { closed, int64, or } from '../setting/closed.js'

/** A resource name and its weight in a score. */
export interface WeightedResource {
  readonly name: string
  readonly weight: number
}
const WeightedResource: Decoder<WeightedResource> = closed({
  name: or(text, ''),
  weight: or(int64, 0),
})
export const WeightedResources: Decoder<readonly WeightedResource[]> = list(WeightedResource)

const defaultWeighted: readonly WeightedResource[] = [
  { name: 'cpu', weight: 1 },
  { name: 'memory', weight: 1 },
]

/** Fills in default weights; an empty list becomes cpu and memory. */
export const withDefaultWeights = (resources: readonly WeightedResource[]): typeof resources =>
  resources.length === 0
    ? defaultWeighted
    : resources.map((one) => ({ ...one, weight: one.weight === 0 ? 1 : one.weight }))
