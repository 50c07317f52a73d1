/**
 * Lists the eligible nodes of each domain of a tally (a rule that counts replicas per domain, such
 * as a zone). This is part of the slow reference implementation (twin) of tallies.
 */
import type { NodePicture, Picture } from '../picture/canonical.js'
import type { TallyRecipe } from '../recipe/recipe.js'
import { isInDomain, shareDomain } from './domain.js'
import { isEligible } from './expr.js'

/** The eligible nodes of each domain. */
export const domainsTwin = (
  tally: TallyRecipe,
  all: Picture,
): readonly (readonly NodePicture[])[] => {
  const domains: NodePicture[][] = []
  for (const node of all.nodes.filter(
    (one) => isInDomain(tally, one) && isEligible(tally, one, all),
  )) {
    const known = domains.find(([first]) => shareDomain(tally, first!, node))
    if (known === undefined) domains.push([node])
    else known.push(node)
  }
  return domains
}
