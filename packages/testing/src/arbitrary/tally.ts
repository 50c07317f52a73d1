/**
 * Generates random tallies (rules that count replicas per domain). A domain is a node, all nodes
 * with one value of an attribute, or all nodes.
 */
import fc, { type Arbitrary } from 'fast-check'
import type { DomainRecipe, TallyRecipe } from '../recipe/recipe.js'
import { anyEligibility } from './eligibility.js'
import { anyMatch } from './match.js'
import { anyKey } from './text.js'

/** A domain: the node, an attribute, or the cluster. */
export const anyDomain: Arbitrary<DomainRecipe> = fc.oneof(
  fc.constant('node'),
  fc.record({ key: anyKey }),
  fc.constant('cluster'),
)

/** A tally has `key` only if its domain is not itself an attribute. */
const tallyOver = <Domain>(domain: Arbitrary<Domain>): Arbitrary<TallyRecipe<Domain>> =>
  fc
    .record({
      facts: anyMatch,
      domain,
      key: fc.option(anyKey, { nil: undefined }),
      absent: fc.constantFrom('own', 'shared', 'skip', 'refuse'),
      eligible: fc.option(anyEligibility, { nil: undefined }),
      removal: fc.option(anyMatch, { nil: undefined }),
    })
    .map(({ key, eligible, removal, ...tally }) => ({
      ...tally,
      ...(key === undefined || typeof tally.domain === 'object' ? {} : { key }),
      ...(eligible === undefined ? {} : { eligible }),
      ...(removal === undefined ? {} : { removal }),
    }))

/** A tally on the node itself, as *require* accepts it. */
export const anyNodeTally: Arbitrary<TallyRecipe<'node'>> = tallyOver(fc.constant('node'))

/** A tally over any domain. */
export const anyTally: Arbitrary<TallyRecipe> = tallyOver(anyDomain)
