/**
 * Evaluates the conditions of a CloudFormation template, such as `Fn::Equals`, to true, false or
 * unresolved (unknown before the stack is created). `Fn::And` with a false operand is false even if
 * another operand is unresolved; `Fn::Or` with a true operand is true.
 *
 * Source: AWS CloudFormation Template Reference, condition functions.
 */
import { isObject, own } from '@stowage/documents'
import { evaluate, type Scope } from './intrinsic.js'
import { referenceCall, ofCondition } from './reference.js'
import type { Section, Template } from './template.js'
import {
  firstUnresolved,
  isUnresolved,
  unresolvedValue,
  type UnresolvedValue,
} from './unresolved.js'

/** The value of a condition. */
type Truth = boolean | UnresolvedValue

/**
 * Evaluates each condition once, after those that it refers to. The template must have no cycle
 * among them.
 */
export const conditionsOf = (
  template: Template,
  parameters: Section,
  imports: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, Truth> => {
  const known = new Map<string, Truth>()
  const scope: Scope = {
    ...{ key: template.from, template, parameters, imports },
    ...{ conditions: known, nested: new Map() },
  }
  const waiting = [...template.conditions.keys()]
  for (let name = waiting.at(-1); name !== undefined; name = waiting.at(-1)) {
    const value = template.conditions.get(name)
    const before = known.has(name) ? [] : conditionsIn(value).filter((other) => !known.has(other))
    for (const other of before) waiting.push(other)
    if (before.length > 0) continue
    const truth = truthOf(scope, value)
    known.set(name, isUnresolved(truth) ? unresolvedValue(`condition ${name}`, truth.why) : truth)
    waiting.pop()
  }
  return known
}

const conditionsIn = (condition: unknown): readonly string[] =>
  ofCondition(condition).flatMap(({ to, name }) => (to === 'condition' ? [name] : []))

const truthOf = (scope: Scope, value: unknown): Truth => {
  const other = isObject(value) ? own(value, 'Condition') : undefined
  if (typeof other === 'string') return scope.conditions.get(other)!
  const [name, argument] = referenceCall(value) ?? ['', undefined]
  const several = (): readonly Truth[] =>
    Array.isArray(argument) ? argument.map((each) => truthOf(scope, each)) : []
  switch (name) {
    case 'Fn::And':
      return combineTruths(several(), false)
    case 'Fn::Or':
      return combineTruths(several(), true)
    case 'Fn::Not':
      return notCondition(several()[0])
    case 'Fn::Equals':
      return equalValues(evaluate(scope, argument))
    default:
      return unresolvedValue('a condition', 'it is none of Fn::And, Fn::Or, Fn::Not and Fn::Equals')
  }
}

/**
 * One operand equal to `deciding` decides; otherwise an unresolved operand leaves the result
 * unresolved.
 */
const combineTruths = (all: readonly Truth[], deciding: boolean): Truth =>
  all.includes(deciding) ? deciding : (all.find(isUnresolved) ?? !deciding)

const notCondition = (truth: Truth | undefined): Truth => {
  if (truth === undefined) return unresolvedValue('Fn::Not', 'it has no argument')
  return isUnresolved(truth) ? truth : !truth
}

/** Compares scalars as texts, as CloudFormation does. */
const equalValues = (argument: unknown): Truth => {
  const open = firstUnresolved(argument)
  if (open !== undefined) return open
  if (!Array.isArray(argument) || argument.length !== 2)
    return unresolvedValue('Fn::Equals', 'it has not two values')
  const [one, other] = argument.map((each: unknown) =>
    typeof each === 'object' ? JSON.stringify(each) : String(each),
  )
  return one === other
}
