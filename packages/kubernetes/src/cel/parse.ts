/**
 * Parses a CEL expression to a syntax tree, by recursive descent. Only the part of CEL that device
 * selectors use is supported. Any other function, macro or literal is an error that names it.
 *
 * Source: the Common Expression Language specification, "Syntax" and "Macros".
 */
import * as E from 'fp-ts/lib/Either.js'
import type { BinaryOperator, Expression, MapEntry, ParseResult } from './expression.js'
import { callOf, globalCallOf } from './call.js'
import { tokensOf, type Token } from './token.js'

/** The tokens and the position of the next one. */
interface Cursor {
  readonly tokens: readonly Token[]
  next: number
  /** How many parentheses, operators and calls are open. */
  depth: number
}

/** The syntax tree of an expression; a `Left` says what is malformed or not supported. */
export const parseExpression = (source: string): ParseResult => {
  const tokens = tokensOf(source)
  if (E.isLeft(tokens)) return tokens
  const cursor: Cursor = { tokens: tokens.right, next: 0, depth: 0 }
  const parsed = conditional(cursor)
  if (E.isLeft(parsed)) return parsed
  return peek(cursor).kind === 'end' ? parsed : unexpectedToken(cursor)
}

/** Bounds the recursion; Kubernetes' own parser has the same bound. */
const nestingMax = 250

const peek = ({ tokens, next }: Cursor): Token => tokens[next]!

const isMark = (cursor: Cursor, text: string): boolean => {
  const token = peek(cursor)
  return token.kind === 'mark' && token.text === text
}

const takeMark = (cursor: Cursor, text: string): boolean => {
  const found = isMark(cursor, text)
  if (found) cursor.next += 1
  return found
}

const unexpectedToken = (cursor: Cursor): E.Either<string, never> => {
  const token = peek(cursor)
  const found =
    token.kind === 'end' ? 'the end' : token.kind === 'literal' ? 'a literal' : `"${token.text}"`
  return E.left(`${found} at character ${token.at} is not expected`)
}

/** `condition ? yes : no`, and everything that binds tighter. */
const conditional = (cursor: Cursor): ParseResult => {
  if (cursor.depth >= nestingMax) return E.left(`it nests deeper than ${nestingMax} levels`)
  cursor.depth += 1
  const parsed = choice(cursor)
  cursor.depth -= 1
  return parsed
}

const choice = (cursor: Cursor): ParseResult => {
  const condition = binaryChain(cursor, 0)
  if (E.isLeft(condition) || !takeMark(cursor, '?')) return condition
  const yes = binaryChain(cursor, 0)
  if (E.isLeft(yes)) return yes
  if (!takeMark(cursor, ':')) return unexpectedToken(cursor)
  const no = conditional(cursor)
  if (E.isLeft(no)) return no
  return E.right({ _tag: 'Choose', condition: condition.right, yes: yes.right, no: no.right })
}

/** Operators by level; those of a later level bind tighter. All associate to the left. */
const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
]

const binaryChain = (cursor: Cursor, level: number): ParseResult => {
  const operators = levels[level]
  if (operators === undefined) return unary(cursor)
  const first = binaryChain(cursor, level + 1)
  if (E.isLeft(first)) return first
  let left = first.right
  for (let operator = takeOperator(cursor, operators); operator !== undefined; ) {
    const right = binaryChain(cursor, level + 1)
    if (E.isLeft(right)) return right
    left = binaryExpression(operator, left, right.right)
    operator = takeOperator(cursor, operators)
  }
  return E.right(left)
}

const takeOperator = (cursor: Cursor, operators: readonly string[]): string | undefined => {
  const token = peek(cursor)
  if (token.kind === 'end' || token.kind === 'literal' || !operators.includes(token.text))
    return undefined
  cursor.next += 1
  return token.text
}

const binaryExpression = (operator: string, left: Expression, right: Expression): Expression => {
  if (operator === '&&') return { _tag: 'And', left, right }
  if (operator === '||') return { _tag: 'Or', left, right }
  return { _tag: 'Binary', operator: operator as BinaryOperator, left, right }
}

/** An even number of signs of one kind is none, also where the operand does not take one. */
const unary = (cursor: Cursor): ParseResult => {
  const sign = ['!', '-'].find((one) => isMark(cursor, one))
  if (sign === undefined) return postfix(cursor)
  let count = 0
  while (takeMark(cursor, sign)) count += 1
  if (count % 2 === 0) return unary(cursor)
  const tag = sign === '!' ? 'Not' : 'Negate'
  if (cursor.depth >= nestingMax) return E.left(`it nests deeper than ${nestingMax} levels`)
  cursor.depth += 1
  const of = unary(cursor)
  cursor.depth -= 1
  if (E.isLeft(of)) return of
  const { right } = of
  // The sign is part of a number, so that the least whole number can be written.
  if (tag === 'Negate' && right._tag === 'Literal' && typeof right.value === 'bigint')
    return E.right({ _tag: 'Literal', value: -right.value })
  return E.right({ _tag: tag, of: right })
}

/** A primary expression, followed by fields, indices and calls of methods. */
const postfix = (cursor: Cursor): ParseResult => {
  let parsed = primary(cursor)
  while (E.isRight(parsed)) {
    const of = parsed.right
    if (takeMark(cursor, '.')) parsed = member(cursor, of)
    else if (takeMark(cursor, '.?')) parsed = field(cursor, of, true)
    else if (takeMark(cursor, '[')) parsed = index(cursor, of, takeMark(cursor, '?'))
    else if (takeMark(cursor, '[?')) parsed = index(cursor, of, true)
    else break
  }
  return parsed
}

const takeName = (cursor: Cursor): string | undefined => {
  const token = peek(cursor)
  if (token.kind !== 'name') return undefined
  cursor.next += 1
  return token.text
}

const field = (cursor: Cursor, of: Expression, isOptional: boolean): ParseResult => {
  const name = takeName(cursor)
  return name === undefined
    ? unexpectedToken(cursor)
    : E.right({ _tag: 'Field', of, field: name, isOptional })
}

/** A field, or the call of a method. */
const member = (cursor: Cursor, of: Expression): ParseResult => {
  if (takeMark(cursor, '?')) return field(cursor, of, true)
  const name = takeName(cursor)
  if (name === undefined) return unexpectedToken(cursor)
  if (!takeMark(cursor, '(')) return E.right({ _tag: 'Field', of, field: name, isOptional: false })
  const args = argumentsIn(cursor)
  return E.isLeft(args) ? args : callOf(of, name, args.right)
}

const index = (cursor: Cursor, of: Expression, isOptional: boolean): ParseResult => {
  const key = conditional(cursor)
  if (E.isLeft(key)) return key
  if (!takeMark(cursor, ']')) return unexpectedToken(cursor)
  return E.right({ _tag: 'Index', of, key: key.right, isOptional })
}

const primary = (cursor: Cursor): ParseResult => {
  const token = peek(cursor)
  if (token.kind === 'literal') {
    cursor.next += 1
    return E.right({ _tag: 'Literal', value: token.value })
  }
  const name = takeName(cursor)
  if (name !== undefined) {
    if (!takeMark(cursor, '(')) return E.right({ _tag: 'Name', name })
    const args = argumentsIn(cursor)
    return E.isLeft(args) ? args : globalCallOf(name, args.right)
  }
  if (takeMark(cursor, '(')) {
    const inner = conditional(cursor)
    return E.isRight(inner) && !takeMark(cursor, ')') ? unexpectedToken(cursor) : inner
  }
  const isOptional = takeMark(cursor, '[?')
  if (isOptional || takeMark(cursor, '[')) return listLiteral(cursor, isOptional)
  return takeMark(cursor, '{') ? mapLiteral(cursor) : unexpectedToken(cursor)
}

/** The items of a list, which may end with a comma; the mark `[` or `[?` is taken. */
const listLiteral = (cursor: Cursor, isFirstOptional: boolean): ParseResult => {
  const items: Expression[] = []
  const optional: number[] = []
  let isOptional = isFirstOptional
  while (isOptional || !takeMark(cursor, ']')) {
    if (isOptional || takeMark(cursor, '?')) optional.push(items.length)
    isOptional = false
    const item = conditional(cursor)
    if (E.isLeft(item)) return item
    items.push(item.right)
    if (!takeMark(cursor, ',') && !isMark(cursor, ']')) return unexpectedToken(cursor)
  }
  return E.right({ _tag: 'List', items, optional })
}

/** The entries of a map, which may end with a comma; the mark `{` is taken. */
const mapLiteral = (cursor: Cursor): ParseResult => {
  const entries: MapEntry[] = []
  while (!takeMark(cursor, '}')) {
    const isOptional = takeMark(cursor, '?')
    const key = conditional(cursor)
    if (E.isLeft(key)) return key
    if (!takeMark(cursor, ':')) return unexpectedToken(cursor)
    const value = conditional(cursor)
    if (E.isLeft(value)) return value
    entries.push({ key: key.right, value: value.right, isOptional })
    if (!takeMark(cursor, ',') && !isMark(cursor, '}')) return unexpectedToken(cursor)
  }
  return E.right({ _tag: 'Map', entries })
}

/** The arguments of a call, up to the closing parenthesis. */
const argumentsIn = (cursor: Cursor): E.Either<string, readonly Expression[]> => {
  const args: Expression[] = []
  while (!takeMark(cursor, ')')) {
    if (args.length > 0 && !takeMark(cursor, ',')) return unexpectedToken(cursor)
    const one = conditional(cursor)
    if (E.isLeft(one)) return one
    args.push(one.right)
  }
  return E.right(args)
}
