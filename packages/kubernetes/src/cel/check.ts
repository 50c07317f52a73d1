/**
 * Checks the types of a CEL expression, such as the selector of a device, before it is evaluated.
 * Returns the first error, such as an operation that does not exist for the types of its operands
 * (`1 + "a"`), because the API server refuses such an expression.
 *
 * Source: the Common Expression Language specification, "Gradual Type Checking", and the decisions
 * of cel-go.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Expression, ExpressionOf } from './expression.js'
import { callFunction } from './function.js'
import { fieldType, insideOptional, rangeTypes, type CheckedType } from './member-type.js'
import { overloads, type Overload } from './overload.js'
import {
  isDynamicType,
  isLessSpecific,
  isSameType,
  listType,
  mapType,
  optionalType,
  typeText,
  typeVariables,
  type CelType,
  type TypeVariables,
} from './type.js'
import { isCelError } from './value.js'

type Names = ReadonlyMap<string, CelType>

/** What a check remembers: type variables, and the item types of each list that is written. */
interface Check {
  readonly types: Map<Expression, CelType>
  readonly calls: Map<Expression, readonly Overload[]>
  readonly variables: TypeVariables
  readonly lists: (readonly CelType[])[]
}

/** An expression with the types of its parts, and the overloads that each call may be of. */
export interface CheckedExpression {
  readonly expression: Expression
  readonly types: ReadonlyMap<Expression, CelType>
  readonly calls: ReadonlyMap<Expression, readonly Overload[]>
}

/** What is wrong with a selector of devices; `undefined` when its result may be true or false. */
export const expressionTypeFault = (expression: Expression): string | undefined => {
  const checked = checkedExpression(expression)
  return E.isLeft(checked) ? checked.left : undefined
}

/** Checks a selector of devices; a `Left` says what is wrong with it. */
export const checkedExpression = (expression: Expression): E.Either<string, CheckedExpression> => {
  const fresh = { types: new Map(), calls: new Map() }
  const check: Check = { variables: typeVariables(), lists: [], ...fresh }
  const checked = typeIn(check, expression, new Map([['device', 'device']]))
  if (E.isLeft(checked)) return checked
  const { settled } = check.variables
  const result = settled(checked.right)
  if (result !== 'bool' && result !== 'any')
    return E.left(`must evaluate to bool or the unknown type, not ${typeText(result)}`)
  const mixed = mixedList(check)
  if (mixed !== undefined) return E.left(mixed)
  const types = new Map([...check.types].map(([part, type]) => [part, settled(type)]))
  return E.right({ expression, types, calls: check.calls })
}

/** A list that is written has items of one type. */
const mixedList = ({ lists, variables }: Check): string | undefined => {
  for (const types of lists) {
    const [first, ...others] = types.map(variables.settled)
    const other = others.find((type) => !isSameType(type, first!))
    if (other !== undefined)
      return `expected type '${typeText(first!)}' but found '${typeText(other)}' in a list`
  }
  return undefined
}

const typeIn = (check: Check, expression: Expression, names: Names): CheckedType => {
  const type = ownTypeIn(check, expression, names)
  if (E.isRight(type)) check.types.set(expression, type.right)
  return type
}

const ownTypeIn = (check: Check, expression: Expression, names: Names): CheckedType => {
  switch (expression._tag) {
    case 'Literal':
      return E.right(literalType(expression))
    case 'Name': {
      const type = names.get(expression.name)
      return type === undefined
        ? E.left(`undeclared reference to '${expression.name}'`)
        : E.right(type)
    }
    case 'List':
      return listIn(check, expression, names)
    case 'Map':
      return mapIn(check, expression, names)
    case 'Field':
      return selectionIn(check, expression, names)
    case 'Has': {
      const field = selectionIn(check, { ...expression, isOptional: false }, names)
      return E.isLeft(field) ? field : E.right('bool')
    }
    case 'Each':
      return eachIn(check, expression, names)
    case 'Bind': {
      const value = typeIn(check, expression.value, names)
      if (E.isLeft(value)) return value
      return typeIn(check, expression.body, new Map([...names, [expression.name, value.right]]))
    }
    default: {
      const [name, args] = operationOf(expression)
      return callIn(check, expression, name, args, names)
    }
  }
}

const literalType = ({ value }: ExpressionOf<'Literal'>): CelType => {
  if (value === null) return 'null'
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'bigint':
      return 'int'
    case 'number':
      return 'double'
    default:
      return 'string'
  }
}

type Operation = Exclude<
  Expression,
  { readonly _tag: 'Literal' | 'Name' | 'List' | 'Map' | 'Field' | 'Has' | 'Each' | 'Bind' }
>

/** The operator or function, by its name in the table of overloads, and its operands. */
const operationOf = (
  expression: Operation,
): readonly [name: string, args: readonly Expression[]] => {
  switch (expression._tag) {
    case 'Not':
      return ['!', [expression.of]]
    case 'Negate':
      return ['- of one', [expression.of]]
    case 'And':
      return ['&&', [expression.left, expression.right]]
    case 'Or':
      return ['||', [expression.left, expression.right]]
    case 'Binary':
      return [expression.operator, [expression.left, expression.right]]
    case 'Choose':
      return ['?:', [expression.condition, expression.yes, expression.no]]
    case 'Index':
      return [expression.isOptional ? '[?]' : '[]', [expression.of, expression.key]]
    case 'Call':
      return [expression.name, expression.args]
  }
}

const typesIn = (
  check: Check,
  expressions: readonly Expression[],
  names: Names,
): E.Either<string, readonly CelType[]> => {
  const types: CelType[] = []
  for (const expression of expressions) {
    const type = typeIn(check, expression, names)
    if (E.isLeft(type)) return type
    types.push(type.right)
  }
  return E.right(types)
}

const callIn = (
  check: Check,
  expression: Expression,
  name: string,
  args: readonly Expression[],
  names: Names,
): CheckedType => {
  const types = typesIn(check, args, names)
  if (E.isLeft(types)) return types
  const type = callType(check, expression, name, types.right)
  const wrong = wrongConstant(name, args)
  return E.isLeft(type) || wrong === undefined ? type : E.left(wrong)
}

/** What is written out is converted, and taken for a key, before any device is looked at. */
const wrongConstant = (name: string, args: readonly Expression[]): string | undefined => {
  const [first, key] = args
  if (['[]', '[?]'].includes(name) && key !== undefined && isNoKey(key))
    return 'a null or a list is no key'
  if (!['int', 'double', 'string'].includes(name) || first?._tag !== 'Literal') return undefined
  const result = callFunction(name, [first.value])
  return isCelError(result) ? result.text : undefined
}

const isNoKey = (key: Expression): boolean =>
  (key._tag === 'Literal' && key.value === null) ||
  (key._tag === 'List' && key.items.every(({ _tag }) => _tag === 'Literal'))

/** The result of the overload that takes the types; `dyn` when overloads with others do, too. */
const callType = (
  { variables, calls }: Check,
  expression: Expression,
  name: string,
  types: readonly CelType[],
): CheckedType => {
  const matches: Overload[] = []
  let result: CelType | undefined
  for (const make of overloads.get(name) ?? []) {
    const overload = make(variables.fresh)
    if (!variables.fit(types, overload.args)) continue
    matches.push(overload)
    const own = variables.known(overload.result)
    if (result === undefined) result = own
    else if (!isDynamicType(result) && !isSameType(result, own)) result = 'dyn'
  }
  calls.set(expression, matches)
  return result === undefined
    ? E.left(`'${name}' takes no (${types.map(variables.settled).map(typeText).join(', ')})`)
    : E.right(result)
}

/** The more general of two types, where one may stand for the other. */
const joinedType = (
  { variables }: Check,
  before: CelType | undefined,
  type: CelType,
): CheckedType => {
  if (before === undefined) return E.right(type)
  if (variables.fit([before], [type])) return E.right(isLessSpecific(before, type) ? before : type)
  const [one, other] = [before, type].map(variables.settled).map(typeText)
  return E.left(`expected type '${one!}' but found '${other!}' in a list`)
}

const listIn = (
  check: Check,
  { items, optional }: ExpressionOf<'List'>,
  names: Names,
): CheckedType => {
  const { variables } = check
  const own: CelType[] = []
  let joined: CelType | undefined
  for (const [i, item] of items.entries()) {
    const type = typeIn(check, item, names)
    if (E.isLeft(type)) return type
    const inner = optional.includes(i) ? insideOptional(variables, type.right) : type
    if (E.isLeft(inner)) return inner
    own.push(inner.right)
    const next = joinedType(check, joined, inner.right)
    if (E.isLeft(next)) return next
    joined = next.right
  }
  check.lists.push(own)
  return E.right(listType(joined ?? variables.fresh()))
}

const mapIn = (check: Check, { entries }: ExpressionOf<'Map'>, names: Names): CheckedType => {
  const optional = entries.flatMap(({ isOptional }, i) => (isOptional ? [i] : []))
  const keys = entries.map(({ key }) => key)
  const key = listIn(check, { _tag: 'List', items: keys, optional: [] }, names)
  if (E.isLeft(key)) return key
  const values = entries.map(({ value }) => value)
  const value = listIn(check, { _tag: 'List', items: values, optional }, names)
  return E.isLeft(value) ? value : E.right(mapType(itemType(key.right), itemType(value.right)))
}

const itemType = (list: CelType): CelType =>
  typeof list === 'object' && list._tag === 'List' ? list.of : 'dyn'

/** A selection from an optional value is optional. */
const selectionIn = (
  check: Check,
  { of, field, isOptional }: Omit<ExpressionOf<'Field'>, '_tag'>,
  names: Names,
): CheckedType => {
  const whole = typeIn(check, of, names)
  if (E.isLeft(whole)) return whole
  const known = check.variables.known(whole.right)
  const isInOptional = typeof known === 'object' && known._tag === 'Optional'
  const type = fieldType(check.variables, isInOptional ? known.of : known, field)
  return E.isRight(type) && (isInOptional || isOptional) ? E.right(optionalType(type.right)) : type
}

const eachIn = (check: Check, each: ExpressionOf<'Each'>, names: Names): CheckedType => {
  const { of, item, second, condition, body, macro } = each
  const range = typeIn(check, of, names)
  if (E.isLeft(range)) return range
  const types = rangeTypes(check.variables, check.variables.known(range.right))
  if (E.isLeft(types)) return types
  const [one, [first, other]] = types.right
  const own: readonly (readonly [string, CelType])[] =
    second === undefined
      ? [[item, one]]
      : [
          [item, first],
          [second, other],
        ]
  const inner = new Map([...names, ...own])
  const filter = macro === 'map' ? condition : body
  if (filter !== undefined) {
    const type = typeIn(check, filter, inner)
    if (E.isLeft(type)) return type
    if (!check.variables.fit([type.right], ['bool']))
      return E.left(
        `${macro}() takes a condition, not ${typeText(check.variables.settled(type.right))}`,
      )
  }
  if (macro === 'filter') return E.right(listType(one))
  if (macro !== 'map') return E.right('bool')
  const result = typeIn(check, body, inner)
  return E.isLeft(result) ? result : E.right(listType(result.right))
}
