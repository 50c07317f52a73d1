/**
 * Generates random classes (workloads as the scheduler sees them), either with any filters and
 * scores, or like the classes of ECS or Kubernetes. Each is a recipe: plain data with texts in
 * place of ids.
 */
import fc, { type Arbitrary } from 'fast-check'
import type { ClassRecipe, FitRecipe } from '../recipe/recipe.js'
import { anyFilter, anyFit, anyLimit, anyRequire, anySkew } from './filter.js'
import { anyChoice, anyCounts, anyStatic, loadPart } from './score.js'
import { anyTally } from './tally.js'
import { anyDimension, anyFact } from './text.js'
import { anyDemands } from './vector.js'

/** Any class. At least two of three have at most one filter, so that something is placed. */
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

/** A class with a *fit*, after its other filters, for everything that it occupies. */
export const anyFittingClass: Arbitrary<ClassRecipe> = anyClass.map((classSpec) => ({
  ...classSpec,
  filters: [...classSpec.filters, fitOf(classSpec)],
}))

/** A class without filters, so that only its choice decides. */
export const anyEasyClass: Arbitrary<ClassRecipe> = anyClass.map((classSpec) => ({
  ...classSpec,
  filters: [],
}))

/** A class whose ties go to rank, so that decisions do not depend on replica ids. */
export const anyRankedClass: Arbitrary<ClassRecipe> = anyClass.map(({ choice, ...classSpec }) => ({
  ...classSpec,
  choice: { ...choice, tie: 'rank' },
}))

/**
 * A class that packs as ECS does: it prefers nodes with the least (or most) of one dimension left,
 * if there are counts after spreading over them, and fits everything that it occupies.
 */
export const anyPackedClass: Arbitrary<ClassRecipe> = fc
  .record({
    like: anyFittingClass,
    filters: fc.array(fc.oneof(anyFit, anySkew, anyRequire), { maxLength: 1 }),
    counts: fc.array(anyCounts, { maxLength: 1 }),
    dimension: anyDimension,
    keyed: fc.record({ plugin: fc.constant(0), prefer: fc.constantFrom('least', 'most') }),
  })
  .map(({ like, filters, counts, dimension, keyed }) => {
    const amount = like.occupies.find(([named]) => named === dimension)?.[1] ?? 0
    const left = {
      _tag: 'Load',
      curve: 'remaining',
      parts: [{ dimension, amount, weight: 1 }],
    } as const
    const keys = [...counts.map((raw) => ({ ...keyed, raw })), { ...keyed, raw: left }]
    return {
      ...like,
      filters: [...filters, fitOf(like)],
      choice: { _tag: 'Chain', keys, tie: 'rank' },
    }
  })

/**
 * A class that scores as Kubernetes does: it prefers nodes with much free and balanced dimensions,
 * with counts or a static score beside them, and fits everything that it occupies.
 */
export const anyRoomyClass: Arbitrary<ClassRecipe> = fc
  .record({
    like: anyFittingClass,
    filters: fc.array(fc.oneof(anySkew, anyRequire), { maxLength: 1 }),
    least: fc.array(loadPart, { maxLength: 2 }),
    balance: fc.array(loadPart, { minLength: 2, maxLength: 2 }),
    weights: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)),
    others: fc.array(fc.oneof(anyCounts, anyStatic), { maxLength: 1 }),
  })
  .map(({ like, filters, least, balance, weights, others }) => {
    const raws = [
      { _tag: 'Load', curve: 'least', parts: least },
      { _tag: 'Load', curve: 'balance-change', parts: balance },
      ...others,
    ] as const
    const scores = raws.map((raw, i) => ({
      plugin: i,
      raw,
      normaliser: 'none' as const,
      weight: weights[i]!,
    }))
    return {
      ...like,
      filters: [...filters, fitOf(like)],
      choice: { _tag: 'Sum', scores, tie: 'rank' },
    }
  })

/**
 * A class that counts by one match in several places: filters, spreading, or both, as pods do that
 * repeat one selector in all their constraints.
 */
export const anyEchoingClass: Arbitrary<ClassRecipe> = fc
  .record({
    like: anyFittingClass,
    tally: anyTally,
    limit: fc.array(anyLimit, { maxLength: 1 }),
    skew: fc.array(anySkew, { maxLength: 1 }),
    others: fc.array(anyTally, { maxLength: 1 }),
    isChain: fc.boolean(),
  })
  .map(({ like, tally, limit, skew, others, isChain }) => {
    const { facts } = tally
    const counted = [
      { _tag: 'Counts', terms: [[tally, 1]] },
      {
        _tag: 'Spread',
        terms: [tally, ...others].map((one) => [{ ...one, facts }, 2] as const),
      },
    ] as const
    const filters = [...limit, ...skew].map((filter) => ({ ...filter, tally }))
    return {
      ...like,
      filters: [...filters, fitOf(like)],
      choice: isChain
        ? {
            _tag: 'Chain',
            keys: counted.map((raw) => ({ plugin: 0, raw, prefer: 'least' })),
            tie: 'rank',
          }
        : {
            _tag: 'Sum',
            scores: counted.map((raw, i) => ({
              plugin: i,
              raw,
              normaliser: i === 0 ? 'none' : 'spread',
              weight: 1,
            })),
            tie: 'rank',
          },
    }
  })

/** One time in three, replaces all classes by copies of the first with other priorities. */
export const withSiblings = (
  classes: Arbitrary<readonly ClassRecipe[]>,
): Arbitrary<readonly ClassRecipe[]> =>
  fc
    .tuple(classes, fc.nat(2))
    .map(([all, of]) =>
      of < 2 ? all : all.map((_, i) => ({ ...all[0]!, priority: all[0]!.priority + i })),
    )

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
