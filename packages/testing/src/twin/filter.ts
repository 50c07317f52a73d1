/** The slow twin of filters: a filter's refusal of a node, each kind as its sentence in the kernel's `rule/filter.ts`. */
import type { RefusalPicture } from '../picture/answer.js'
import { loadOf, type NodePicture } from '../picture/settled.js'
import { amountOf } from '../recipe/pairs.js'
import type { FilterRecipe, FitRecipe } from '../recipe/recipe.js'
import { exprTwin } from './expr.js'
import { tallyTwin } from './tally.js'

/** The refusal, or nothing when the filter allows the node. */
export const filterTwin = (filter: FilterRecipe, node: NodePicture): RefusalPicture | undefined => {
  if (filter._tag === 'Fit') return fitTwin(filter, node)
  if (allowed(filter, node)) return undefined
  return { plugin: filter.plugin, reasons: [filter.reason], removable: filter.removable }
}

const allowed = (filter: Exclude<FilterRecipe, FitRecipe>, node: NodePicture): boolean => {
  switch (filter._tag) {
    case 'Only':
      return filter.nodes.includes(node.name)
    case 'Require':
      return exprTwin(filter.expr, node)
    case 'Limit':
      return tallyTwin(filter.tally, node, { nodes: [node] }) + filter.self <= filter.most
  }
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
