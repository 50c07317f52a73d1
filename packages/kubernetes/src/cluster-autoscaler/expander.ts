/**
 * Implements the expander of the Cluster Autoscaler, a chain of filters on the options of a
 * scale-up. An option is a node group, a number of new nodes for it, and the pods that these nodes
 * serve.
 */
import { leastWaste } from './least-waste.js'
import { lowestPrice } from './price.js'
import { ofHighestTier } from './priority.js'
import type { ExpanderWorld, ExpansionOption } from './expansion.js'

/** The filters by their names in `--expander`. */
export const expanderNames = [
  'least-waste',
  'most-pods',
  'least-nodes',
  'priority',
  'price',
] as const
/** The name of a filter. */
export type ExpanderName = (typeof expanderNames)[number]

/** What one filter leaves, in the order of the options. */
export const filterOptions = (
  name: ExpanderName,
  options: readonly ExpansionOption[],
  world: ExpanderWorld,
): readonly ExpansionOption[] => {
  switch (name) {
    case 'least-waste':
      return leastWaste(options, world)
    case 'most-pods':
      return withLeast(options, ({ pods }) => -pods.reduce((sum, { count }) => sum + count, 0))
    case 'least-nodes':
      return withLeast(
        options.filter(({ nodes }) => nodes > 0),
        ({ nodes }) => nodes,
      )
    case 'priority':
      return ofHighestTier(options, world.tiers)
    case 'price':
      return lowestPrice(options, world)
  }
}

/**
 * What filters leave one after the other, until one option is left.
 *
 * When several options pass all filters, the Cluster Autoscaler picks one at random.
 */
export const chainOptions = (
  names: readonly ExpanderName[],
  options: readonly ExpansionOption[],
  world: ExpanderWorld,
): readonly ExpansionOption[] => {
  let left = options
  for (const name of names) {
    left = filterOptions(name, left, world)
    if (left.length === 1) return left
  }
  return left
}

const withLeast = (
  options: readonly ExpansionOption[],
  score: (option: ExpansionOption) => number,
): readonly ExpansionOption[] => {
  const least = options.reduce((min, option) => Math.min(min, score(option)), Infinity)
  return options.filter((option) => score(option) === least)
}
