/** Tallies over every kind of domain, with matches of every kind. */
import fc, { type Arbitrary } from 'fast-check'
import type { MatchRecipe, TallyRecipe } from '../recipe/recipe.js'
import { anyFact, anyKey, anyPhase } from './text.js'

/** A match, about three deep. */
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

const absent = fc.constantFrom('own', 'shared', 'skip')

/** A tally on the node itself, as *limit* takes. */
export const anyNodeTally: Arbitrary<TallyRecipe<'node'>> = fc.record({
  facts: anyMatch,
  domain: fc.constant('node'),
  absent,
})

/** A tally over the node or an attribute. */
export const anyTally: Arbitrary<TallyRecipe> = fc.record({
  facts: anyMatch,
  domain: fc.oneof(fc.constant('node'), fc.record({ key: anyKey })),
  absent,
})
