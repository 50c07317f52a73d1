/**
 * The slow twin of *Spread*: the scores of all nodes that passed, as each depends on which those
 * are.
 */
import type { NodePicture, Picture } from '../picture/settled.js'
import type { SpreadRecipe, TallyRecipe } from '../recipe/recipe.js'
import { logarithmTwin } from './log.js'
import { isInDomain, shareDomain, tallyTwin } from './tally.js'

/** In the order of the nodes; nothing for one that is ignored. */
export const spreadsTwin = (
  { terms }: SpreadRecipe,
  passed: readonly NodePicture[],
  all: Picture,
): readonly (number | undefined)[] => {
  const isIgnored = (node: NodePicture): boolean =>
    terms.some(([tally]) => tally.absent === 'refuse' && !isInDomain(tally, node))
  const rest = passed.filter((node) => !isIgnored(node))
  const weights = terms.map(([tally]) => logarithmTwin(2 + domainsAmong(tally, rest)))
  return passed.map((node) => {
    if (isIgnored(node)) return undefined
    const sum = terms.reduce((before, [tally, skew], i) => {
      const count = tallyTwin(tally, node, all)
      return count === undefined ? before : before + (count * weights[i]! + (skew - 1))
    }, 0)
    return rounded(sum)
  })
}

/**
 * The domains that the nodes are in, and one more where some are in none; of the domain `node`, the
 * nodes.
 */
const domainsAmong = (tally: TallyRecipe, nodes: readonly NodePicture[]): number => {
  if (tally.domain === 'node') return nodes.length
  const inOne = nodes.filter((node) => isInDomain(tally, node))
  const firsts = inOne.filter((node) => inOne.find((one) => shareDomain(tally, one, node)) === node)
  return firsts.length + (inOne.length < nodes.length ? 1 : 0)
}

const rounded = (x: number): number => {
  const whole = Math.trunc(x)
  return Math.abs(x - whole) < 0.5 ? whole : whole + Math.sign(x)
}
