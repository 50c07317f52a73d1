/** Classes with any filters and choice. */
import fc, { type Arbitrary } from 'fast-check'
import type { ClassRecipe, FitRecipe } from '../recipe/recipe.js'
import { anyFilter } from './filter.js'
import { anyChoice } from './score.js'
import { anyFact } from './text.js'
import { anyDemands } from './vector.js'

/** A class; half of them have no filter or one, so that something is placed. */
export const anyClass: Arbitrary<ClassRecipe> = fc.record({
  facts: fc.uniqueArray(anyFact, { maxLength: 2 }),
  occupies: anyDemands,
  filters: fc.oneof(
    { weight: 2, arbitrary: fc.array(anyFilter, { maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(anyFilter, { maxLength: 4 }) },
  ),
  choice: anyChoice,
  priority: fc.integer({ min: -1, max: 2 }),
})

/** A class that asks, by a *fit* after its other filters, for all that it occupies. */
export const anyFittingClass: Arbitrary<ClassRecipe> = anyClass.map((described) => ({
  ...described,
  filters: [...described.filters, fitOf(described)],
}))

/** A class that refuses no node, so that nothing but its choice decides. */
export const anyEasyClass: Arbitrary<ClassRecipe> = anyClass.map((described) => ({
  ...described,
  filters: [],
}))

/** A class whose ties go to rank, so that what is chosen does not depend on the ids of replicas. */
export const anyRankedClass: Arbitrary<ClassRecipe> = anyClass.map(({ choice, ...described }) => ({
  ...described,
  choice: { ...choice, tie: 'rank' },
}))

const fitOf = ({ occupies }: ClassRecipe): FitRecipe => ({
  _tag: 'Fit',
  plugin: 0,
  removable: true,
  parts: occupies.map(([dimension, amount], reason) => ({
    dimension,
    amount,
    reason,
    slot: dimension === 'slots',
  })),
})
