/**
 * Decides whether a filter refuses a node, and why. This is the slow reference implementation
 * (twin) of the filters that the kernel's `rule/filter.ts` defines.
 */
import type { RefusalPicture } from '../picture/answer.js'
import { loadOf, type NodePicture, type Picture } from '../picture/canonical.js'
import { amountOf } from '../recipe/pairs.js'
import type {
  FilterRecipe,
  FitRecipe,
  LimitRecipe,
  NeedRecipe,
  SkewRecipe,
} from '../recipe/recipe.js'
import { exprTwin, tallyTwin } from './expr.js'
import { isInDomain, shareDomain } from './domain.js'
import { domainsTwin } from './domains.js'
import { countTwin } from './match.js'

/** The refusal; `undefined` when the filter allows the node. */
export const filterTwin = (
  filter: FilterRecipe,
  node: NodePicture,
  all: Picture,
): RefusalPicture | undefined => {
  if (filter._tag === 'Fit') return fitTwin(filter, node)
  if (allows(filter, node, all)) return undefined
  return { plugin: filter.plugin, reasons: [filter.reason], removable: filter.removable }
}

const allows = (
  filter: Exclude<FilterRecipe, FitRecipe>,
  node: NodePicture,
  all: Picture,
): boolean => {
  switch (filter._tag) {
    case 'Only':
      return filter.nodes.includes(node.name)
    case 'Require':
      return exprTwin(filter.expr, node, all)
    case 'Limit':
      return limitTwin(filter, node, all)
    case 'Skew':
      return skewTwin(filter, node, all)
    case 'Need':
      return needTwin(filter, node, all)
  }
}

const limitTwin = ({ tally, self, max }: LimitRecipe, node: NodePicture, all: Picture): boolean => {
  const count = tallyTwin(tally, node, all)
  return count === undefined ? tally.absent === 'skip' : count + self <= max
}

const skewTwin = (
  { tally, self, max, domainsMin }: SkewRecipe,
  node: NodePicture,
  all: Picture,
): boolean => {
  const count = tallyTwin(tally, node, all)
  if (count === undefined) return tally.absent === 'skip'
  const counts = domainsTwin(tally, all).map((nodes) => countTwin(tally, nodes))
  const tooFew = counts.length === 0 || counts.length < domainsMin
  return (tooFew ? [0] : counts).every((other) => count + self - other <= max)
}

/** Each domain must hold a match; but the first replica may start where nothing matches yet. */
const needTwin = (
  { facts, domains, firstMayStart }: NeedRecipe,
  node: NodePicture,
  all: Picture,
): boolean => {
  const tallies = domains.map((domain) => ({ facts, domain, absent: 'refuse' }) as const)
  if (tallies.some((tally) => !isInDomain(tally, node))) return false
  const standIn = tallies.map((tally) =>
    all.nodes.filter((other) => isInDomain(tally, other) && countTwin({ facts }, [other]) > 0),
  )
  if (firstMayStart && standIn.flat().length === 0) return true
  return tallies.every((tally, i) => standIn[i]!.some((other) => shareDomain(tally, node, other)))
}

const fitTwin = (fit: FitRecipe, node: NodePicture): RefusalPicture | undefined => {
  const loads = loadOf(node.replicas)
  const has = (dimension: string): number => amountOf(node.capacity, dimension)
  const short = fit.parts.filter(
    ({ dimension, amount }) => amount !== 0 && amount > has(dimension) - amountOf(loads, dimension),
  )
  if (short.length === 0) return undefined
  const hopeless = short.filter(({ slot, dimension, amount }) => !slot && amount > has(dimension))
  return {
    plugin: fit.plugin,
    reasons: short.map((part) => part.reason),
    removable: fit.removable && hopeless.length === 0,
  }
}
