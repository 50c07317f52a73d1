/**
 * Resolves the function calls, method calls and macros of a CEL expression while it is parsed. A
 * macro, such as `has()`, is replaced by its own kind of node in the syntax tree. An unknown name
 * or a wrong number of arguments is an error.
 *
 * Source: the Common Expression Language specification, "Macros", and the Kubernetes documentation,
 * "Common Expression Language in Kubernetes" (libraries).
 */
import * as E from 'fp-ts/lib/Either.js'
import { compiledRegex } from './regex.js'
import type { Comprehension, Expression, ParseResult } from './expression.js'

/** The functions, each with the numbers of arguments that it takes. */
const functionArities: ReadonlyMap<string, readonly number[]> = new Map([
  ['size', [1]],
  ['int', [1]],
  ['double', [1]],
  ['string', [1]],
  ['dyn', [1]],
  ['quantity', [1]],
  ['isQuantity', [1]],
  ['semver', [1]],
  ['isSemver', [1]],
  ['sign', [1]],
  ['matches', [2]],
])

/** The methods, each with the numbers of arguments behind what it is called on. */
const methodArities: ReadonlyMap<string, readonly number[]> = new Map([
  ['size', [0]],
  ['contains', [1]],
  ['startsWith', [1]],
  ['endsWith', [1]],
  ['matches', [1]],
  ['lowerAscii', [0]],
  ['upperAscii', [0]],
  ['trim', [0]],
  ['charAt', [1]],
  ['indexOf', [1, 2]],
  ['lastIndexOf', [1, 2]],
  ['substring', [1, 2]],
  ['replace', [2, 3]],
  ['split', [1, 2]],
  ['join', [0, 1]],
  ['compareTo', [1]],
  ['isGreaterThan', [1]],
  ['isLessThan', [1]],
  ['isInteger', [0]],
  ['asInteger', [0]],
  ['asApproximateFloat', [0]],
  ['add', [1]],
  ['sub', [1]],
  ['major', [0]],
  ['minor', [0]],
  ['patch', [0]],
  ['hasValue', [0]],
  ['value', [0]],
  ['orValue', [1]],
  ['or', [1]],
])

/** The functions behind the name `optional`. */
const optionalArities: ReadonlyMap<string, readonly number[]> = new Map([
  ['optional.of', [1]],
  ['optional.ofNonZeroValue', [1]],
  ['optional.none', [0]],
])

const comprehensions: ReadonlyMap<string, Comprehension> = new Map([
  ['all', 'all'],
  ['exists', 'exists'],
  ['exists_one', 'existsOne'],
  ['existsOne', 'existsOne'],
  ['filter', 'filter'],
  ['map', 'map'],
  ['transformList', 'map'],
])

/** The call of a function. */
export const globalCallOf = (name: string, args: readonly Expression[]): ParseResult => {
  if (name === 'has') return hasOf(args)
  return checkArity(functionArities, name, args.length, args)
}

/** The call of a method on `of`. */
export const callOf = (of: Expression, name: string, args: readonly Expression[]): ParseResult => {
  if (of._tag === 'Name' && of.name === 'cel' && name === 'bind') return bindOf(args)
  const qualified = of._tag === 'Name' ? `${of.name}.${name}` : ''
  if (optionalArities.has(qualified))
    return checkArity(optionalArities, qualified, args.length, args)
  if (name === 'optMap' || name === 'optFlatMap') return optionalMapOf(name, of, args)
  const macro = comprehensions.get(name)
  if (macro !== undefined) return eachOf(name, macro, of, args)
  return checkArity(methodArities, name, args.length, [of, ...args])
}

const checkArity = (
  known: ReadonlyMap<string, readonly number[]>,
  name: string,
  count: number,
  args: readonly Expression[],
): ParseResult => {
  const counts = known.get(name)
  if (counts === undefined) return E.left(`${name}() is not supported`)
  if (!counts.includes(count)) return E.left(`${name}() with ${count} arguments is not supported`)
  const wrong = name === 'matches' ? wrongRegex(args[1]) : undefined
  return wrong === undefined ? E.right({ _tag: 'Call', name, args }) : E.left(wrong)
}

/** What is wrong with a regular expression that is written out. */
const wrongRegex = (source: Expression | undefined): string | undefined => {
  if (source?._tag !== 'Literal' || typeof source.value !== 'string') return undefined
  const compiled = compiledRegex(source.value)
  return E.isLeft(compiled) ? compiled.left : undefined
}

const hasOf = (args: readonly Expression[]): ParseResult => {
  const [selected] = args
  return args.length === 1 && selected?._tag === 'Field' && !selected.isOptional
    ? E.right({ _tag: 'Has', of: selected.of, field: selected.field })
    : E.left('has() takes the selection of a field')
}

const bindOf = ([variable, value, body, ...rest]: readonly Expression[]): ParseResult =>
  variable?._tag === 'Name' && value !== undefined && body !== undefined && rest.length === 0
    ? E.right({ _tag: 'Bind', name: variable.name, value, body })
    : E.left('cel.bind() takes a name, a value and an expression')

/**
 * `of.optMap(name, body)` is `of.hasValue() ? optional.of(body) : optional.none()`, where `name` in
 * `body` is the value; `body` of `optFlatMap` is an optional value itself.
 */
const optionalMapOf = (
  name: string,
  of: Expression,
  [variable, body, ...rest]: readonly Expression[],
): ParseResult => {
  if (variable?._tag !== 'Name' || body === undefined || rest.length > 0)
    return E.left(`${name}() takes a name and an expression`)
  const target: Expression = { _tag: 'Name', name: targetName }
  const value: Expression = { _tag: 'Call', name: 'value', args: [target] }
  const bind: Expression = { _tag: 'Bind', name: variable.name, value, body }
  const optional = { _tag: 'Call' } as const
  const choice: Expression = {
    _tag: 'Choose',
    condition: { _tag: 'Call', name: 'hasValue', args: [target] },
    yes: name === 'optMap' ? { ...optional, name: 'optional.of', args: [bind] } : bind,
    no: { ...optional, name: 'optional.none', args: [] },
  }
  return E.right({ _tag: 'Bind', name: targetName, value: of, body: choice })
}

/** No expression can have this name; the optional value has it, which is evaluated once. */
export const targetName = '#target'

/**
 * A macro over one variable or two. `map` may have a condition before its expression, and so may
 * `transformList`, which has two variables.
 */
const eachOf = (
  name: string,
  macro: Comprehension,
  of: Expression,
  args: readonly Expression[],
): ParseResult => {
  const variableCount =
    name === 'transformList' || (args.length === 3 && !['map', 'filter'].includes(name)) ? 2 : 1
  const variables = args.slice(0, variableCount)
  const parts = args.slice(variableCount)
  const [item, second] = variables.map((one) => (one._tag === 'Name' ? one.name : undefined))
  const body = parts.at(-1)
  const partsMax = macro === 'map' ? 2 : 1
  const isWhole = body !== undefined && parts.length <= partsMax
  if (!isWhole || item === undefined || (variableCount === 2 && second === undefined))
    return E.left(
      `${name}() takes a name${variableCount === 2 ? ', another' : ''} and an expression`,
    )
  if (item === second) return E.left(`${name}() takes two names that differ`)
  if (name === 'existsOne' && variableCount === 1) return E.left('existsOne() takes two names')
  const condition = parts.length === 2 ? parts[0] : undefined
  return E.right({ _tag: 'Each', macro, of, item, second, condition, body })
}
