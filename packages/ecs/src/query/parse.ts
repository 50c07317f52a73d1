/**
 * Reading an expression of the cluster query language. `and` binds more tightly than `or`, `not`
 * more tightly than both.
 *
 *     or      := and (('||' | 'or') and)*
 *     and     := unary (('&&' | 'and') unary)*
 *     unary   := ('!' | 'not') unary | '(' or ')' | simple
 *     simple  := subject operator [argument]
 *
 * Source: Amazon ECS Developer Guide, cluster query language; API Reference, PlacementConstraint,
 * for the length.
 */
import * as E from 'fp-ts/lib/Either.js'
import { mapRead, unlike, type Read, type TextFault } from '../pattern/fault.js'
import {
  isSubject,
  fields,
  operators,
  operatorsOf,
  type Query,
  type Subject,
} from './expression.js'
import { argument } from './argument.js'
import { queryOptions, type QueryOptions } from './options.js'
import { tokenAt, type Token } from './token.js'
import { unexpected } from './unexpected.js'

/** Characters that an expression may have, in code units. */
export const expressionMax = 2000

/** So many parentheses and negations may stand around an expression. */
const nestingMax = 100

interface Around {
  readonly options: QueryOptions
  readonly depth: number
}

export const parseQuery = (
  text: string,
  options: QueryOptions = queryOptions,
): E.Either<TextFault, Query> => {
  if (text.length > expressionMax) return tooLong(text)
  const read = any(text, 0, { options, depth: 0 })
  if (E.isLeft(read)) return read
  const [query, next] = read.right
  const rest = tokenAt(text, next)
  return rest.kind === 'end' ? E.right(query) : unexpected(text, rest, 'and, or, or the end')
}

const tooLong = (text: string) =>
  E.left({
    at: expressionMax,
    found: `${text.length} characters`,
    expected: `an expression of at most ${expressionMax}`,
  })

const isOneOf = ({ kind, text }: Token, mark: string, word: string): boolean =>
  (kind === 'mark' && text === mark) || (kind === 'word' && text === word)

const any = (text: string, at: number, around: Around): Read<Query> =>
  joined(
    text,
    at,
    'Or',
    (token) => isOneOf(token, '||', 'or'),
    (from) =>
      joined(
        text,
        from,
        'And',
        (token) => isOneOf(token, '&&', 'and'),
        (begin) => unary(text, begin, around),
      ),
  )

/** One part, or several with what joins them between; parts of the same kind are taken in. */
const joined = (
  text: string,
  at: number,
  _tag: 'Or' | 'And',
  joins: (token: Token) => boolean,
  part: (from: number) => Read<Query>,
): Read<Query> => {
  const of: Query[] = []
  let position = at
  for (;;) {
    const read = part(position)
    if (E.isLeft(read)) return read
    const [query, next] = read.right
    of.push(...(query._tag === _tag ? query.of : [query]))
    const token = tokenAt(text, next)
    if (!joins(token)) return E.right([of.length === 1 ? of[0]! : { _tag, of }, next])
    position = token.next
  }
}

const unary = (text: string, at: number, around: Around): Read<Query> => {
  const token = tokenAt(text, at)
  const isNot = isOneOf(token, '!', 'not')
  const isOpening = token.kind === 'mark' && token.text === '('
  if (!isNot && !isOpening) return simple(text, token, around.options)
  if (around.depth === nestingMax)
    return unlike(text, token.at, 1, `at most ${nestingMax} parentheses and negations around it`)
  const inside = { ...around, depth: around.depth + 1 }
  if (isOpening) return parenthesised(text, token, inside)
  return mapRead(unary(text, token.next, inside), (of): Query => ({ _tag: 'Not', of }))
}

const parenthesised = (text: string, { next }: Token, inside: Around): Read<Query> => {
  const read = any(text, next, inside)
  if (E.isLeft(read)) return read
  const [query, end] = read.right
  const closing = tokenAt(text, end)
  return closing.kind === 'mark' && closing.text === ')'
    ? E.right([query, closing.next])
    : unexpected(text, closing, 'and, or, or a ) that closes the parenthesis')
}

const simple = (text: string, token: Token, options: QueryOptions): Read<Query> => {
  if (token.kind !== 'word' || !isSubject(token.text)) return unexpected(text, token, aSubject)
  const subject = token.text
  const sign = tokenAt(text, token.next)
  const operator =
    sign.kind === 'operator' || sign.kind === 'word' ? operators.get(sign.text) : undefined
  if (operator === undefined || !operatorsOf(subject).includes(operator))
    return unexpected(text, sign, operatorFor(subject))
  return mapRead(
    argument(text, sign.next, { subject, operator, options }),
    (test): Query => ({ _tag: 'Simple', subject, test }),
  )
}

const aSubject = `attribute:NAME, ${fields.join(', ')}, not or (`

const operatorFor = (subject: Subject): string =>
  `an operator of ${subject}: ${operatorsOf(subject).join(', ')}`
