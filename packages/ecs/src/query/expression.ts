/**
 * Defines the types of the syntax tree of the cluster query language. In a tree, each operator is a
 * symbol (`==`), and quotes and redundant parentheses are gone. Also lists the word for each symbol
 * (`equals`), and the operators that each property of an instance accepts.
 *
 * Source: Amazon ECS Developer Guide, cluster query language.
 */
import type { Piece, Expr } from '@stowage/kernel'

/** The operators that compare by order. */
export type ComparisonOp = Extract<Expr, { readonly _tag: 'Compare' }>['op']

/** The property of an instance that an expression tests; an attribute has its prefix. */
export type Subject = Field | `attribute:${string}`

/** The subjects that are not attributes. */
export const fieldNames = [
  'agentConnected',
  'agentVersion',
  'ec2InstanceId',
  'registeredAt',
  'runningTasksCount',
  'task:group',
] as const
export type Field = (typeof fieldNames)[number]

/** An operator with its argument. */
export type Test =
  | { readonly operator: 'exists' | '!exists' }
  | { readonly operator: '==' | '!='; readonly value: string }
  | { readonly operator: ComparisonOp; readonly value: string }
  | { readonly operator: 'in' | '!in'; readonly values: readonly string[] }
  /** `piece` is the pattern, compiled for the kernel. */
  | { readonly operator: '=~' | '!~'; readonly pattern: string; readonly piece: Piece }

/** All operators, as symbols. */
export type Operator = Test['operator']

/** A leaf of the syntax tree. */
export interface Simple {
  readonly _tag: 'Simple'
  readonly subject: Subject
  readonly test: Test
}

/** An expression of the cluster query language as a syntax tree. */
export type Query =
  /** Two or more parts, none of them with the same tag. */
  | { readonly _tag: 'Or' | 'And'; readonly of: readonly Query[] }
  | { readonly _tag: 'Not'; readonly of: Query }
  | Simple

/** Both spellings of each operator. */
const spellings: readonly (readonly [symbol: Operator, word: string])[] = [
  ['==', 'equals'],
  ['!=', 'not_equals'],
  ['>', 'greater_than'],
  ['>=', 'greater_than_equal'],
  ['<', 'less_than'],
  ['<=', 'less_than_equal'],
  ['exists', 'exists'],
  ['!exists', 'not_exists'],
  ['in', 'in'],
  ['!in', 'not_in'],
  ['=~', 'matches'],
  ['!~', 'not_matches'],
]

/** The operator of each spelling. */
export const operators: ReadonlyMap<string, Operator> = new Map(
  spellings.flatMap(([symbol, word]) => [
    [symbol, symbol],
    [word, symbol],
  ]),
)

const alike: readonly Operator[] = ['==', '!=', 'in', '!in', '=~', '!~']
const orderOperators: readonly Operator[] = ['==', '!=', '>', '>=', '<', '<=']
const allOperators: readonly Operator[] = spellings.map(([symbol]) => symbol)

/**
 * The operators that a subject accepts. The guide lists none for attributes and groups, so those
 * accept all.
 */
export const operatorsOf = (subject: Subject): readonly Operator[] => {
  switch (subject) {
    case 'agentConnected':
    case 'ec2InstanceId':
      return alike
    case 'agentVersion':
    case 'registeredAt':
    case 'runningTasksCount':
      return orderOperators
    default:
      return allOperators
  }
}

/** A name consists of letters, digits and `_ . / \ -`. */
const attribute = /^attribute:[A-Za-z0-9_./\\-]{1,128}$/

/** True for the name of a field, or of an attribute with its prefix. */
export const isSubject = (text: string): text is Subject =>
  fieldNames.some((field) => field === text) || attribute.test(text)

/** The words that join expressions. A value that is one of them must be quoted. */
export const connectives: readonly string[] = ['and', 'or', 'not']
