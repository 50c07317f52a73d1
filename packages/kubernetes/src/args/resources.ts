/** Lists of resources with weights, in which a weight that is left out, or 0, is 1. */
import { list, text, type Decoder } from '../words/decode.js'
import { closed, int64, or } from '../setting/closed.js'

export interface WeightedResource {
  readonly name: string
  readonly weight: number
}
const WeightedResource: Decoder<WeightedResource> = closed({
  name: or(text, ''),
  weight: or(int64, 0),
})
export const WeightedResources: Decoder<readonly WeightedResource[]> = list(WeightedResource)

const standard: readonly WeightedResource[] = [
  { name: 'cpu', weight: 1 },
  { name: 'memory', weight: 1 },
]

export const withDefaults = (resources: readonly WeightedResource[]): typeof resources =>
  resources.length === 0
    ? standard
    : resources.map((one) => ({ ...one, weight: one.weight === 0 ? 1 : one.weight }))
