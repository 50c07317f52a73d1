/**
 * Generates the parts of random expressions (conditions on a node): (1) expressions that contain no
 * other expression, and (2) combinations of given expressions by all, any and not.
 */
import fc, { type Arbitrary } from 'fast-check'
import type { ExprRecipe } from '../recipe/recipe.js'
import { anyProgram } from './pattern.js'
import {
  anyInstant,
  anyInteger,
  anyKey,
  anyMaskName,
  anyNodeName,
  anyValue,
  anyVersion,
} from './text.js'

type Leaf<Tag extends ExprRecipe['_tag']> = Arbitrary<Extract<ExprRecipe, { readonly _tag: Tag }>>

const anyHas: Leaf<'Has'> = fc.record({ _tag: fc.constant('Has'), key: anyKey })

const anyIn: Leaf<'In'> = fc.record({
  _tag: fc.constant('In'),
  key: anyKey,
  values: fc.array(anyValue, { maxLength: 3 }),
})

const compareOf = (
  order: 'int64' | 'version' | 'instant',
  than: Arbitrary<string>,
): Leaf<'Compare'> =>
  fc.record({
    _tag: fc.constant('Compare'),
    key: anyKey,
    as: fc.constant(order),
    op: fc.constantFrom('<', '<=', '>', '>='),
    than: fc.oneof({ weight: 3, arbitrary: than }, { weight: 1, arbitrary: anyValue }),
  })

/** A comparison of every value type; most operands parse. */
export const anyCompare: Leaf<'Compare'> = fc.oneof(
  compareOf('int64', anyInteger),
  compareOf('version', anyVersion),
  compareOf('instant', anyInstant),
)

/** A pattern for the value of an attribute. */
export const anyPattern: Leaf<'Pattern'> = fc.record({
  _tag: fc.constant('Pattern'),
  key: anyKey,
  program: anyProgram,
})

const anyNamed: Leaf<'Named'> = fc.record({
  _tag: fc.constant('Named'),
  nodes: fc.array(anyNodeName, { maxLength: 3 }),
})

const anyInMask: Leaf<'InMask'> = fc.record({ _tag: fc.constant('InMask'), mask: anyMaskName })

/** Conditions on attributes, which nodes and marks have. */
export const attributeLeaves: readonly Arbitrary<ExprRecipe>[] = [
  anyHas,
  anyIn,
  anyCompare,
  anyPattern,
]

/** Conditions that only a node can meet, without counts. */
export const nodeLeaves: readonly Arbitrary<ExprRecipe>[] = [anyNamed, anyInMask]

/** Expressions that contain others. */
export const compositesOf = (part: Arbitrary<ExprRecipe>): readonly Arbitrary<ExprRecipe>[] => [
  fc.record({ _tag: fc.constantFrom('All', 'Any'), of: fc.array(part, { maxLength: 3 }) }),
  fc.record({ _tag: fc.constant('Not'), of: part }),
]
