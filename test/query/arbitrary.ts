/**
 * Generates random expressions of the ECS cluster query language, each with one of its many
 * spellings (`and`, `&&`), and random instances with tasks to evaluate them on. Few different
 * values occur, so that expressions are often true, or nearly true.
 */
import type { Phase } from '@stowage/kernel'
import fc, { type Arbitrary } from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { compilePattern } from '../../packages/ecs/src/pattern/compile.js'
import {
  fieldNames,
  operators,
  operatorsOf,
  type Operator,
  type Query,
  type Subject,
  type Test,
} from '../../packages/ecs/src/query/expression.js'
import type { QueryOptions } from '../../packages/ecs/src/query/options.js'
import type { InstanceFacts } from './twin.js'

export interface Written {
  readonly query: Query
  readonly text: string
}

export const anyOptions: Arbitrary<QueryOptions> = fc.record({
  anchoring: fc.constantFrom('whole', 'part'),
  absent: fc.constantFrom('fails', 'passes'),
  groupInequality: fc.constantFrom('no task', 'another task'),
  attributeOrder: fc.constantFrom('int64', 'version', 'instant'),
  agentVersionEquality: fc.constantFrom('text', 'version'),
  registeredAtEquality: fc.constantFrom('instant', 'text'),
  tasksCounted: fc.constantFrom('desired', 'running'),
  parentheses: fc.constant('in quotes'),
})

const anyDate = fc.constantFrom(
  ...['2018-06-18', '2018-06-18T00:00:00Z', '2018-06-18T22:28:28+00:00', '2018-06-19'],
)
const anyVersion = fc.constantFrom('1.9', '1.9.0', '1.10', '2')
const anyNumber = fc.constantFrom('0', '1', '2', '10', '9', '-3')
const anyText = fc.constantFrom('x', 'y', 'xy', 'a b', 'and', 'in', '', '(x)', 'x/y:z@1')
const anyGroup = fc.constantFrom('web', 'service:web', 'family:db', '7', '12', 'task')
const anyId = fc.constantFrom('i-1', 'i-2', 'j-1')
const anyPatternText = fc.constantFrom(
  ...[
    'x',
    'x.*',
    '.*y',
    '[xy]+',
    '(x|y).*',
    '(a+)+b?',
    '\\d+',
    '1\\.9.?',
    'service:.*',
    'i-[1-9]',
    'true|x',
    '',
  ],
)

/** What is often the value of a subject. */
const anyValueOf = (subject: Subject): Arbitrary<string> => {
  switch (subject) {
    case 'agentConnected':
      return fc.constantFrom('true', 'false', 'x')
    case 'agentVersion':
      return anyVersion
    case 'ec2InstanceId':
      return anyId
    case 'registeredAt':
      return anyDate
    case 'runningTasksCount':
      return fc.constantFrom('0', '1', '2', '03')
    case 'task:group':
      return anyGroup
    default:
      return fc.oneof(anyText, anyNumber, anyVersion, anyDate)
  }
}

const orderedBy: Readonly<Record<QueryOptions['attributeOrder'], Arbitrary<string>>> = {
  int64: anyNumber,
  version: anyVersion,
  instant: anyDate,
}

const isOrder = (operator: Operator): operator is '<' | '<=' | '>' | '>=' =>
  ['<', '<=', '>', '>='].includes(operator)

const blank = fc.constantFrom(' ', '  ', '\n\t')

const literal = (value: string): Arbitrary<string> =>
  /^[A-Za-z0-9_.@/:-]+$/.test(value) && value !== 'and'
    ? fc.constantFrom(value, `'${value}'`)
    : fc.constant(`'${value}'`)

const anyTest = (
  subject: Subject,
  operator: Operator,
  options: QueryOptions,
): Arbitrary<{ readonly test: Test; readonly text: string }> => {
  const isFree = subject.startsWith('attribute:') || subject === 'task:group'
  const anyValue =
    isFree && isOrder(operator) ? orderedBy[options.attributeOrder] : anyValueOf(subject)
  switch (operator) {
    case 'exists':
    case '!exists':
      return fc.constant({ test: { operator }, text: '' })
    case 'in':
    case '!in':
      return fc.array(anyValue, { minLength: 1, maxLength: 3 }).chain((values) =>
        fc
          .tuple(fc.constantFrom(',', ', ', ' ,'), ...values.map(literal))
          .map(([comma, ...texts]) => ({
            test: { operator, values },
            text: `[${texts.join(comma)}]`,
          })),
      )
    case '=~':
    case '!~':
      return anyPatternText.map((pattern) => ({
        test: { operator, pattern, piece: pieceOf(pattern) },
        text: /[()]|^$/.test(pattern) ? `'${pattern}'` : pattern,
      }))
    default:
      return anyValue.chain((value) =>
        literal(value).map((text) => ({ test: { operator, value }, text })),
      )
  }
}

const pieceOf = (pattern: string) => {
  const piece = compilePattern(pattern)
  if (isRight(piece)) return piece.right
  throw new Error(`${pattern} is no pattern`)
}

const anySubject: Arbitrary<Subject> = fc.constantFrom(
  ...fieldNames,
  'attribute:a',
  'attribute:b.c-d/e',
  'attribute:missing',
)

const anySimple = (options: QueryOptions): Arbitrary<Written> =>
  anySubject.chain((subject) =>
    fc.constantFrom(...operatorsOf(subject)).chain((operator) => {
      const spellings = [...operators].filter(([, means]) => means === operator)
      return fc
        .tuple(anyTest(subject, operator, options), fc.constantFrom(...spellings), blank)
        .map(([{ test, text }, [sign], between]) => ({
          query: { _tag: 'Simple', subject, test },
          text: [subject, sign, ...(text === '' ? [] : [text])].join(between),
        }))
    }),
  )

/** Parts of the same kind are taken in, as reading does it. */
const joined = (_tag: 'And' | 'Or', parts: readonly Query[]): Query => ({
  _tag,
  of: parts.flatMap((part) => (part._tag === _tag ? part.of : [part])),
})

export const anyWritten = (options: QueryOptions): Arbitrary<Written> =>
  fc.letrec<{ readonly query: Written }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      anySimple(options),
      fc.tuple(tie('query'), fc.constantFrom('!', 'not', ' ! ')).map(([{ query, text }, sign]) => ({
        query: { _tag: 'Not', of: query } as const,
        text: `${sign}(${text})`,
      })),
      fc
        .tuple(
          fc.constantFrom(['And', ' and '], ['And', '&&'], ['Or', ' or '], ['Or', '||']),
          fc.array(tie('query'), { minLength: 2, maxLength: 3 }),
        )
        .map(([[tag, sign], parts]) => ({
          query: joined(
            tag,
            parts.map(({ query }) => query),
          ),
          text: parts.map(({ text }) => `( ${text})`).join(sign),
        })),
    ),
  })).query

const anyPhase: Arbitrary<Phase> = fc.constantFrom('running', 'assumed', 'leaving')

const anyAsked: Arbitrary<InstanceFacts> = fc.record({
  agentConnected: fc.boolean(),
  agentVersion: fc.option(fc.oneof(anyVersion, fc.constant('dev')), { nil: undefined }),
  ec2InstanceId: anyId,
  registeredAt: fc.option(anyDate, { nil: undefined }),
  attributes: fc
    .dictionary(
      fc.constantFrom('a', 'b.c-d/e'),
      fc.oneof(anyText, anyNumber, anyVersion, anyDate),
      { maxKeys: 2 },
    )
    .map((attributes) => ({ ...attributes })),
  tasks: fc.array(fc.record({ group: anyGroup, phase: anyPhase }), { maxLength: 3 }),
})

/** A few instances, each with an id of its own. */
export const anyCluster: Arbitrary<readonly InstanceFacts[]> = fc.uniqueArray(anyAsked, {
  maxLength: 3,
  selector: ({ ec2InstanceId }) => ec2InstanceId,
})
