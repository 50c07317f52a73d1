/**
 * Parses an expression of the cluster query language by recursive descent. `not` binds most
 * tightly, then `and`, then `or`.
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
import { mapRead, unlike, type TextRead, type TextFault } from '../pattern/fault.js'
import {
  isSubject,
  fieldNames,
  operators,
  operatorsOf,
  type Query,
  type Subject,
} from './expression.js'
import { argument } from './argument.js'
import { queryOptions, type QueryOptions } from './options.js'
import { tokenAt, type QueryToken } from './token.js'
import { unexpectedToken } from './unexpected.js'

/** The most characters of an expression, in UTF-16 code units. */
export const expressionMax = 2000

/** The most parentheses and negations around an expression. */
const queryNestingMax = 100

/** The options, and how many parentheses and negations are open. */
interface Around {
  readonly options: QueryOptions
  readonly depth: number
}

/**
 * Parses an expression of the cluster query language, or returns the first fault with its position.
 */
export const parseQuery = (
  text: string,
  options: QueryOptions = queryOptions,
): E.Either<TextFault, Query> => {
  if (text.length > expressionMax) return queryTooLong(text)
  const read = disjunction(text, 0, { options, depth: 0 })
  if (E.isLeft(read)) return read
  const [query, next] = read.right
  const rest = tokenAt(text, next)
  return rest.kind === 'end' ? E.right(query) : unexpectedToken(text, rest, 'and, or, or the end')
}

const queryTooLong = (text: string) =>
  E.left({
    at: expressionMax,
    found: `${text.length} characters`,
    expected: `an expression of at most ${expressionMax}`,
  })

const isAmong = ({ kind, text }: QueryToken, mark: string, word: string): boolean =>
  (kind === 'mark' && text === mark) || (kind === 'word' && text === word)

const disjunction = (text: string, at: number, around: Around): TextRead<Query> =>
  joinQueries(
    text,
    at,
    'Or',
    (token) => isAmong(token, '||', 'or'),
    (from) =>
      joinQueries(
        text,
        from,
        'And',
        (token) => isAmong(token, '&&', 'and'),
        (begin) => unary(text, begin, around),
      ),
  )

/**
 * Parses one part, or several with a connective between them; nested parts with the same tag are
 * flattened.
 */
const joinQueries = (
  text: string,
  at: number,
  _tag: 'Or' | 'And',
  joins: (token: QueryToken) => boolean,
  part: (from: number) => TextRead<Query>,
): TextRead<Query> => {
  const of: Query[] = []
  let position = at
  for (;;) {
    const read = part(position)
    if (E.isLeft(read)) return read
    const [query, next] = read.right
    for (const one of query._tag === _tag ? query.of : [query]) of.push(one)
    const token = tokenAt(text, next)
    if (!joins(token)) return E.right([of.length === 1 ? of[0]! : { _tag, of }, next])
    position = token.next
  }
}

const unary = (text: string, at: number, around: Around): TextRead<Query> => {
  const token = tokenAt(text, at)
  const isNot = isAmong(token, '!', 'not')
  const isOpening = token.kind === 'mark' && token.text === '('
  if (!isNot && !isOpening) return simple(text, token, around.options)
  if (around.depth === queryNestingMax)
    return unlike(
      text,
      token.at,
      1,
      `at most ${queryNestingMax} parentheses and negations around it`,
    )
  const inside = { ...around, depth: around.depth + 1 }
  if (isOpening) return parenthesisedQuery(text, token, inside)
  return mapRead(unary(text, token.next, inside), (of): Query => ({ _tag: 'Not', of }))
}

const parenthesisedQuery = (
  text: string,
  { next }: QueryToken,
  inside: Around,
): TextRead<Query> => {
  const read = disjunction(text, next, inside)
  if (E.isLeft(read)) return read
  const [query, end] = read.right
  const closing = tokenAt(text, end)
  return closing.kind === 'mark' && closing.text === ')'
    ? E.right([query, closing.next])
    : unexpectedToken(text, closing, 'and, or, or a ) that closes the parenthesis')
}

const simple = (text: string, token: QueryToken, options: QueryOptions): TextRead<Query> => {
  if (token.kind !== 'word' || !isSubject(token.text)) return unexpectedToken(text, token, aSubject)
  const subject = token.text
  const sign = tokenAt(text, token.next)
  const operator =
    sign.kind === 'operator' || sign.kind === 'word' ? operators.get(sign.text) : undefined
  if (operator === undefined || !operatorsOf(subject).includes(operator))
    return unexpectedToken(text, sign, operatorFor(subject))
  return mapRead(
    argument(text, sign.next, { subject, operator, options }),
    (test): Query => ({ _tag: 'Simple', subject, test }),
  )
}

const aSubject = `attribute:NAME, ${fieldNames.join(', ')}, not or (`

const operatorFor = (subject: Subject): string =>
  `an operator of ${subject}: ${operatorsOf(subject).join(', ')}`
