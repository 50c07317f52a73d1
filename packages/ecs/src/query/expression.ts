/**
 * An expression of the cluster query language, as it means: operators by their symbols, quotes and
 * superfluous parentheses gone.
 *
 * Source: Amazon ECS Developer Guide, cluster query language.
 */
import type { Piece, Expr } from '@stowage/kernel'

/** How two values or counts compare. */
export type ComparisonOp = Extract<Expr, { readonly _tag: 'Compare' }>['op']

/** What an instance is asked about; an attribute with its prefix. */
export type Subject = Field | `attribute:${string}`

export const fieldNames = [
  'agentConnected',
  'agentVersion',
  'ec2InstanceId',
  'registeredAt',
  'runningTasksCount',
  'task:group',
] as const
export type Field = (typeof fieldNames)[number]

export type Test =
  | { readonly operator: 'exists' | '!exists' }
  | { readonly operator: '==' | '!='; readonly value: string }
  | { readonly operator: ComparisonOp; readonly value: string }
  | { readonly operator: 'in' | '!in'; readonly values: readonly string[] }
  /** `piece` is the pattern as the kernel takes it. */
  | { readonly operator: '=~' | '!~'; readonly pattern: string; readonly piece: Piece }

export type Operator = Test['operator']

export interface Simple {
  readonly _tag: 'Simple'
  readonly subject: Subject
  readonly test: Test
}

/** An expression of the cluster query language as a syntax tree. */
export type Query =
  /** Two or more of them, none of its own kind. */
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

export const operators: ReadonlyMap<string, Operator> = new Map(
  spellings.flatMap(([symbol, word]) => [
    [symbol, symbol],
    [word, symbol],
  ]),
)

const alike: readonly Operator[] = ['==', '!=', 'in', '!in', '=~', '!~']
const ordered: readonly Operator[] = ['==', '!=', '>', '>=', '<', '<=']
const all: readonly Operator[] = spellings.map(([symbol]) => symbol)

/**
 * What a subject may be asked. An attribute and a group may be asked anything, as no list says
 * otherwise.
 */
export const operatorsOf = (subject: Subject): readonly Operator[] => {
  switch (subject) {
    case 'agentConnected':
    case 'ec2InstanceId':
      return alike
    case 'agentVersion':
    case 'registeredAt':
    case 'runningTasksCount':
      return ordered
    default:
      return all
  }
}

/** A name has letters, digits and `_ . / \ -`. */
const attribute = /^attribute:[A-Za-z0-9_./\\-]{1,128}$/

export const isSubject = (text: string): text is Subject =>
  fieldNames.some((field) => field === text) || attribute.test(text)

/** Words that join expressions, and so must stand in quotes where they are meant as values. */
export const connectives: readonly string[] = ['and', 'or', 'not']
