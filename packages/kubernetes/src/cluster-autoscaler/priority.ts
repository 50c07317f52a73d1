/**
 * Implements the expander filter `priority`: keeps the options whose node groups match a regular
 * expression of the highest priority.
 */
import * as E from 'fp-ts/lib/Either.js'
import { compiledRegex, matchesRegex } from '../cel/regex.js'
import type { ExpansionOption, PriorityTiers } from './expansion.js'

const lowestPriority = -1

/**
 * All options without tiers, or when an expression is none, or when no group matches a priority of
 * -1 or more.
 */
export const ofHighestTier = (
  options: readonly ExpansionOption[],
  tiers: PriorityTiers | undefined,
): readonly ExpansionOption[] => {
  const expressions = [...(tiers?.values() ?? [])].flat()
  if (tiers === undefined || expressions.some((one) => E.isLeft(compiledRegex(one)))) return options
  const priorities = options.map(({ nodeGroup }) => tierOf(nodeGroup, tiers))
  const highest = priorities.reduce((max, one) => Math.max(max, one), -Infinity)
  return highest < lowestPriority ? options : options.filter((_, i) => priorities[i] === highest)
}

const tierOf = (group: string, tiers: PriorityTiers): number =>
  [...tiers].reduce(
    (highest, [priority, expressions]) =>
      expressions.some((one) => isMatch(group, one)) ? Math.max(highest, priority) : highest,
    -Infinity,
  )

const isMatch = (group: string, expression: string): boolean => {
  const found = matchesRegex(group, expression)
  return E.isRight(found) && found.right
}
