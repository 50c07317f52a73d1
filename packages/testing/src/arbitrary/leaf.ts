/** The smallest expressions: those that hold no other. */
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

const has: Leaf<'Has'> = fc.record({ _tag: fc.constant('Has'), key: anyKey })

const isIn: Leaf<'In'> = fc.record({
  _tag: fc.constant('In'),
  key: anyKey,
  values: fc.array(anyValue, { maxLength: 3 }),
})

const comparing = (
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

/** A comparison of every kind, mostly with what reads so. */
export const anyCompare: Leaf<'Compare'> = fc.oneof(
  comparing('int64', anyInteger),
  comparing('version', anyVersion),
  comparing('instant', anyInstant),
)

/** A pattern that a value is asked to match. */
export const anyPattern: Leaf<'Pattern'> = fc.record({
  _tag: fc.constant('Pattern'),
  key: anyKey,
  program: anyProgram,
})

const named: Leaf<'Named'> = fc.record({
  _tag: fc.constant('Named'),
  nodes: fc.array(anyNodeName, { maxLength: 3 }),
})

const given: Leaf<'InMask'> = fc.record({ _tag: fc.constant('InMask'), mask: anyMaskName })

/** What may be asked of a node or a mark alike. */
export const ofBoth: readonly Arbitrary<ExprRecipe>[] = [has, isIn, anyCompare, anyPattern]

/** What may be asked of a node alone, but for what counts. */
export const ofNode: readonly Arbitrary<ExprRecipe>[] = [named, given]

/** Expressions made of others. */
export const joined = (part: Arbitrary<ExprRecipe>): readonly Arbitrary<ExprRecipe>[] => [
  fc.record({ _tag: fc.constantFrom('All', 'Any'), of: fc.array(part, { maxLength: 3 }) }),
  fc.record({ _tag: fc.constant('Not'), of: part }),
]
