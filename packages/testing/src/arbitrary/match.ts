/**
 * Generates random matches of every kind. A match is a condition on a replica: on its phase, and on
 * the facts (labels) of its workload. Matches say which replicas a rule counts.
 */
import fc, { type Arbitrary } from 'fast-check'
import type { MatchRecipe } from '../recipe/recipe.js'
import { anyFact, anyPhase } from './text.js'

/** Any match, about three levels deep. */
export const anyMatch: Arbitrary<MatchRecipe> = fc.letrec<{ readonly match: MatchRecipe }>(
  (tie) => ({
    match: fc.oneof(
      { maxDepth: 2 },
      fc.record({ _tag: fc.constant('Fact'), word: anyFact }),
      fc.record({ _tag: fc.constant('Phase'), phase: anyPhase }),
      fc.record({
        _tag: fc.constantFrom('Every', 'Some'),
        of: fc.array(tie('match'), { maxLength: 2 }),
      }),
      fc.record({ _tag: fc.constant('None'), of: tie('match') }),
    ),
  }),
).match
