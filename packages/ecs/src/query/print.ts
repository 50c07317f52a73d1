/**
 * Prints an expression of the cluster query language in canonical form: symbols for operators,
 * words for connectives, quotes where a value needs them, and parentheses around every nested
 * expression, so that a reader need not know the precedence. The result can be longer than the
 * original.
 */
import { connectives, type Query, type Test } from './expression.js'

/** The canonical text of an expression. */
export const printQuery = (query: Query): string => {
  switch (query._tag) {
    case 'Simple':
      return [query.subject, ...wordsOf(query.test)].join(' ')
    case 'Not':
      return `not (${printQuery(query.of)})`
    case 'And':
      return query.of.map(printInside).join(' and ')
    case 'Or':
      return query.of.map(printInside).join(' or ')
  }
}

const printInside = (query: Query): string =>
  query._tag === 'And' || query._tag === 'Or' ? `(${printQuery(query)})` : printQuery(query)

const wordsOf = (test: Test): readonly string[] => {
  switch (test.operator) {
    case 'exists':
    case '!exists':
      return [test.operator]
    case 'in':
    case '!in':
      return [test.operator, `[${test.values.map(printValue).join(', ')}]`]
    case '=~':
    case '!~':
      return [test.operator, patternText(test.pattern)]
    default:
      return [test.operator, printValue(test.value)]
  }
}

const printValue = (value: string): string =>
  /^[A-Za-z0-9_.@/\\:+-]+$/.test(value) && !connectives.includes(value) ? value : `'${value}'`

const patternText = (pattern: string): string =>
  /^[A-Za-z0-9_.@/\\:+*?^$[\]{},-]+$/.test(pattern) && !connectives.includes(pattern)
    ? pattern
    : `'${pattern}'`
