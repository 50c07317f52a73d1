/**
 * Translates a test of one value of an instance, in the cluster query language, to an expression of
 * the kernel. The value is an attribute, `ec2InstanceId`, `agentVersion`, `agentConnected` or
 * `registeredAt`.
 */
import { internWord, type ValueType, type Draft, type Expr, type WordId } from '@stowage/kernel'
import { attributeKey, fieldKey } from './attribute.js'
import { comparisonOf } from '../query/comparison.js'
import type { Subject, Test } from '../query/expression.js'
import { negate } from './negation.js'
import type { QueryOptions } from '../query/options.js'
import { programOf } from './program.js'

type InstanceSubject = Exclude<Subject, 'runningTasksCount' | 'task:group'>

/** The kernel's expression for one test of such a value. */
export const describedAs = (
  draft: Draft,
  subject: InstanceSubject,
  test: Test,
  options: QueryOptions,
): Expr => {
  const key = keyOf(draft, subject)
  const has: Expr = { _tag: 'Has', key }
  const hasBut = (expr: Expr): Expr => ({ _tag: 'All', of: [has, negate(expr)] })
  const not = options.absent === 'passes' ? negate : hasBut
  switch (test.operator) {
    case 'exists':
      return has
    case '!exists':
      return negate(has)
    case 'in':
      return isIn(draft, key, test.values)
    case '!in':
      return not(isIn(draft, key, test.values))
    case '=~':
      return { _tag: 'Pattern', key, program: programOf(test.piece, options) }
    case '!~':
      return not({ _tag: 'Pattern', key, program: programOf(test.piece, options) })
    case '==':
      return equals(draft, key, test.value, comparisonOf(subject, '==', options))
    case '!=':
      return hasBut(equals(draft, key, test.value, comparisonOf(subject, '!=', options)))
    default: {
      const order = comparisonOf(subject, test.operator, options) ?? options.attributeOrder
      return { _tag: 'Compare', key, as: order, op: test.operator, than: test.value }
    }
  }
}

const keyOf = (draft: Draft, subject: InstanceSubject): WordId => {
  switch (subject) {
    case 'agentConnected':
    case 'agentVersion':
    case 'ec2InstanceId':
    case 'registeredAt':
      return fieldKey(draft, subject)
    default:
      return attributeKey(draft, subject.slice('attribute:'.length))
  }
}

const isIn = (draft: Draft, key: WordId, values: readonly string[]): Expr => ({
  _tag: 'In',
  key,
  values: values.map((value) => internWord(draft, value)),
})

/** The same text, or with an order a value that is neither smaller nor larger. */
const equals = (draft: Draft, key: WordId, value: string, order: ValueType | undefined): Expr =>
  order === undefined
    ? isIn(draft, key, [value])
    : {
        _tag: 'All',
        of: (['>=', '<='] as const).map((op) => ({
          _tag: 'Compare',
          key,
          as: order,
          op,
          than: value,
        })),
      }
