/**
 * Scores nodes by the score *Spread*, which prefers even counts of replicas over domains (such as
 * zones). This is the slow reference implementation (twin) of that score. All feasible nodes are
 * scored together, because the weights depend on how many domains these nodes have.
 */
import type { NodePicture, Picture } from '../picture/canonical.js'
import type { SpreadRecipe, TallyRecipe } from '../recipe/recipe.js'
import { logarithmTwin } from './log.js'
import { isInDomain, shareDomain } from './domain.js'
import { tallyTwin } from './expr.js'

/** The scores in the order of the nodes; `undefined` for a node that is ignored. */
export const spreadsTwin = (
  { terms }: SpreadRecipe,
  feasible: readonly NodePicture[],
  all: Picture,
): readonly (number | undefined)[] => {
  const isIgnored = (node: NodePicture): boolean =>
    terms.some(([tally]) => tally.absent === 'refuse' && !isInDomain(tally, node))
  const rest = feasible.filter((node) => !isIgnored(node))
  const weights = terms.map(([tally]) => logarithmTwin(2 + domainsAmong(tally, rest)))
  return feasible.map((node) => {
    if (isIgnored(node)) return undefined
    const sum = terms.reduce((before, [tally, skew], i) => {
      const count = tallyTwin(tally, node, all)
      return count === undefined ? before : before + (count * weights[i]! + (skew - 1))
    }, 0)
    return roundHalfAway(sum)
  })
}

/**
 * The number of domains that the nodes are in, plus one if some are in none. In the domain `node`:
 * the number of nodes.
 */
const domainsAmong = (tally: TallyRecipe, nodes: readonly NodePicture[]): number => {
  if (tally.domain === 'node') return nodes.length
  const inOne = nodes.filter((node) => isInDomain(tally, node))
  const firsts = inOne.filter((node) => inOne.find((one) => shareDomain(tally, one, node)) === node)
  return firsts.length + (inOne.length < nodes.length ? 1 : 0)
}

const roundHalfAway = (x: number): number => {
  const whole = Math.trunc(x)
  return Math.abs(x - whole) < 0.5 ? whole : whole + Math.sign(x)
}
