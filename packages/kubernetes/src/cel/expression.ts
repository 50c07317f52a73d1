/** Defines the syntax tree of a CEL expression. */

import type * as E from 'fp-ts/lib/Either.js'

/** A literal: int is a bigint, double a number. */
export type Literal = boolean | bigint | number | string | null

/** The operators with two operands that are no logical connectives. */
export type BinaryOperator =
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'

/** The macros over the items of a list or the keys of a map. */
export type Comprehension = 'all' | 'exists' | 'existsOne' | 'filter' | 'map'

/** An entry of a map that is written out; one with a `?` is left out when its value is absent. */
export interface MapEntry {
  readonly key: Expression
  readonly value: Expression
  readonly isOptional: boolean
}

/** An expression. `isOptional` marks `.?` and `[?]`, which select from what may be absent. */
export type Expression =
  | { readonly _tag: 'Literal'; readonly value: Literal }
  | { readonly _tag: 'Name'; readonly name: string }
  | {
      readonly _tag: 'List'
      readonly items: readonly Expression[]
      /** The places of items with a `?`, which are left out when they are absent. */
      readonly optional: readonly number[]
    }
  | { readonly _tag: 'Map'; readonly entries: readonly MapEntry[] }
  | {
      readonly _tag: 'Field'
      readonly of: Expression
      readonly field: string
      readonly isOptional: boolean
    }
  | {
      readonly _tag: 'Index'
      readonly of: Expression
      readonly key: Expression
      readonly isOptional: boolean
    }
  | { readonly _tag: 'Has'; readonly of: Expression; readonly field: string }
  | { readonly _tag: 'Not' | 'Negate'; readonly of: Expression }
  | { readonly _tag: 'And' | 'Or'; readonly left: Expression; readonly right: Expression }
  | {
      readonly _tag: 'Binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  | {
      readonly _tag: 'Choose'
      readonly condition: Expression
      readonly yes: Expression
      readonly no: Expression
    }
  /** The first argument of a method is what it is called on. */
  | { readonly _tag: 'Call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly _tag: 'Each'
      readonly macro: Comprehension
      readonly of: Expression
      readonly item: string
      /** The second variable, the item of a list or the value under a key; `item` is its place. */
      readonly second: string | undefined
      readonly condition: Expression | undefined
      readonly body: Expression
    }
  | {
      readonly _tag: 'Bind'
      readonly name: string
      readonly value: Expression
      readonly body: Expression
    }

/** The expressions with this tag. */
export type ExpressionOf<Tag extends Expression['_tag']> = Extract<
  Expression,
  { readonly _tag: Tag }
>

/** A parsed expression, or what is malformed or not supported, in words. */
export type ParseResult = E.Either<string, Expression>
