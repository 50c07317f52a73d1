/**
 * How many of a node's replicas a tally counts.
 */
import { masksOf } from '../cluster/classes.js'
import type { Parts } from '../cluster/parts.js'
import type { Tally } from '../rule/tally.js'

/** The count for a node row, as a function that has looked up what it can beforehand. */
export const counting = (parts: Parts, tally: Tally): ((row: number) => number) => {
  const { first, next, class: classes, phase } = parts.replicas
  const masks = masksOf(parts.classes, tally)
  return (row) => {
    let count = 0
    for (let link = first[row]!; link > 0; link = next[link - 1]!)
      count += (masks[classes[link - 1]!]! >> phase[link - 1]!) & 1
    return count
  }
}
