/**
 * Implements the expander filter `least-waste`: keeps the options whose new nodes waste least. The
 * waste is the unrequested share of CPU plus the unrequested share of memory.
 */
import { podRequests } from '../demand/requests.js'
import { milliOf, wholeOf, zero, type Quantity } from '../words/quantity.js'
import type { ExpanderWorld, ExpansionOption } from './expansion.js'

/** Only equal scores tie. A score that is no number is kept only where it comes first. */
export const leastWaste = (
  options: readonly ExpansionOption[],
  world: ExpanderWorld,
): readonly ExpansionOption[] => {
  let best: readonly ExpansionOption[] = []
  let least = 0
  for (const option of options) {
    const score = wasteOf(option, world)
    if (score === undefined) continue
    if (best.length > 0 && score === least) best = [...best, option]
    else if (best.length === 0 || score < least) [best, least] = [[option], score]
  }
  return best
}

const wasteOf = (
  { nodeGroup, nodes, pods }: ExpansionOption,
  { nodeOf }: ExpanderWorld,
): number | undefined => {
  const node = nodeOf.get(nodeGroup)
  if (node === undefined) return undefined
  const shareLeft = (resource: string, inUnits: (quantity: Quantity) => number): number => {
    const capacity: bigint = node.status?.capacity.get(resource)?.quantity ?? zero
    const available = inUnits(capacity as Quantity) * nodes
    const requested = pods.reduce<bigint>(
      (sum, { pod, count }) => sum + (podRequests(pod.spec).get(resource) ?? zero) * BigInt(count),
      0n,
    )
    return (available - inUnits(requested as Quantity)) / available
  }
  return shareLeft('cpu', milliOf) + shareLeft('memory', wholeOf)
}
