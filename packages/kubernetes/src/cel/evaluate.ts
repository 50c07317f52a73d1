/**
 * Evaluates a parsed CEL expression, such as the selector of a device. An error is a value: `&&`
 * and `||` ignore the error of one side if the other side decides, and every other operation
 * returns the error.
 *
 * Source: the Common Expression Language specification, "Evaluation", and cel-go for the texts of
 * errors.
 */
import { callFunction } from './function.js'
import type { Expression, ExpressionOf, MapEntry } from './expression.js'
import { arithmetic, intMax, negate } from './number.js'
import {
  areEqual,
  celError,
  celList,
  mapKeyOf,
  mapEntry,
  isCelError,
  noOverload,
  orderOf,
  type CelError,
  type CelKey,
  type CelResult,
  type CelValue,
} from './value.js'

/** The values of the names that an expression may use. */
export type Bindings = ReadonlyMap<string, CelValue>

type Connective = Extract<Expression, { readonly _tag: 'And' | 'Or' }>

/** The value of an expression, or the error that it comes to. */
export const evaluate = (expression: Expression, scope: Bindings): CelResult => {
  switch (expression._tag) {
    case 'Literal':
      return isTooLarge(expression.value) ? celError('integer overflow') : expression.value
    case 'Name':
      return scope.get(expression.name) ?? celError(`undeclared reference to '${expression.name}'`)
    case 'List':
      return withAll(expression.items, scope, (items) => literalList(items, expression.optional))
    case 'Map':
      return literalMap(expression.entries, scope)
    case 'Field':
    case 'Index':
      return selection(expression, scope)
    case 'Has':
      return presence(expression, scope)
    case 'Not':
      return withValue(evaluate(expression.of, scope), (value) =>
        typeof value === 'boolean' ? !value : noOverload,
      )
    case 'Negate':
      return withValue(evaluate(expression.of, scope), negate)
    case 'And':
      return connective(expression, scope, false)
    case 'Or':
      return connective(expression, scope, true)
    case 'Choose':
      return withValue(evaluate(expression.condition, scope), (value) =>
        typeof value === 'boolean'
          ? evaluate(value ? expression.yes : expression.no, scope)
          : noOverload,
      )
    case 'Binary':
      return withAll([expression.left, expression.right], scope, ([left, right]) =>
        operation(expression.operator, left!, right!),
      )
    case 'Call':
      return withAll(expression.args, scope, (args) => callFunction(expression.name, args))
    case 'Each':
      return withValue(evaluate(expression.of, scope), (value) =>
        eachItem(expression, value, scope),
      )
    case 'Bind':
      return withValue(evaluate(expression.value, scope), (value) =>
        evaluate(expression.body, new Map([...scope, [expression.name, value]])),
      )
  }
}

/** A list, in which an item with a `?` is left out when it is absent. */
const literalList = (values: readonly CelValue[], optional: readonly number[]): CelResult => {
  if (optional.length === 0) return celList(values)
  const items: CelValue[] = []
  for (const [i, value] of values.entries()) {
    const isOptional = optional.includes(i)
    if (isOptional && !isOptionalValue(value)) return noOverload
    const item = isOptional && isOptionalValue(value) ? value.value : value
    if (item !== undefined) items.push(item)
  }
  return celList(items)
}

/** A map, in which an entry with a `?` is left out when its value is absent. */
const literalMap = (entries: readonly MapEntry[], scope: Bindings): CelResult => {
  const made = new Map<CelKey, CelValue>()
  for (const { key, value, isOptional } of entries) {
    const [name, inner] = [evaluate(key, scope), evaluate(value, scope)]
    if (isCelError(name)) return name
    if (isCelError(inner)) return inner
    if (isOptional && !isOptionalValue(inner)) return noOverload
    const own = typeof name === 'number' ? undefined : mapKeyOf(name)
    if (own === undefined) return celError('unsupported key type')
    if (made.has(own)) return celError(`Failed with repeated key`)
    const entry = isOptional && isOptionalValue(inner) ? inner.value : inner
    if (entry !== undefined) made.set(own, entry)
  }
  return { _tag: 'Map', entries: made, isOpen: false }
}

const isTooLarge = (value: CelValue): boolean => typeof value === 'bigint' && value > intMax

const withValue = (result: CelResult, next: (value: CelValue) => CelResult): CelResult =>
  isCelError(result) ? result : next(result)

/** Passes on the values of all expressions, or the first error. */
const withAll = (
  expressions: readonly Expression[],
  scope: Bindings,
  next: (values: readonly CelValue[]) => CelResult,
): CelResult => {
  const values: CelValue[] = []
  for (const expression of expressions) {
    const result = evaluate(expression, scope)
    if (isCelError(result)) return result
    values.push(result)
  }
  return next(values)
}

/** `&&` is decided by false, `||` by true, whatever the other side comes to. */
const connective = ({ left, right }: Connective, scope: Bindings, decisive: boolean): CelResult => {
  const first = evaluate(left, scope)
  if (first === decisive) return first
  const second = evaluate(right, scope)
  if (second === decisive) return second
  const errors = [first, second].map(booleanFault)
  return errors[0] ?? errors[1] ?? !decisive
}

const booleanFault = (result: CelResult): CelError | undefined =>
  typeof result === 'boolean' ? undefined : isCelError(result) ? result : noOverload

const isOptionalValue = (
  value: CelValue,
): value is Extract<CelValue, { readonly _tag: 'Optional' }> =>
  typeof value === 'object' && value !== null && value._tag === 'Optional'

/** A selection from an optional value is optional, and absent when the value is. */
const selection = (
  expression: ExpressionOf<'Field'> | ExpressionOf<'Index'>,
  scope: Bindings,
): CelResult =>
  withValue(evaluate(expression.of, scope), (value) => {
    const key = expression._tag === 'Field' ? expression.field : evaluate(expression.key, scope)
    if (isCelError(key)) return key
    const inner = isOptionalValue(value) ? value.value : value
    if (!expression.isOptional && !isOptionalValue(value)) return selectEntry(value, key)
    if (inner === undefined) return { _tag: 'Optional', value: undefined }
    const found = selectEntry(inner, key)
    if (!isCelError(found)) return { _tag: 'Optional', value: found }
    return found === noOverload ? found : { _tag: 'Optional', value: undefined }
  })

const selectEntry = (value: CelValue, key: CelValue): CelResult => {
  if (typeof value !== 'object' || value === null) return noOverload
  if (value._tag === 'Map') {
    const own = mapKeyOf(key)
    if (own === undefined) return typeof key === 'number' ? noKey(key) : noOverload
    return mapEntry(value, own) ?? noKey(own)
  }
  if (value._tag !== 'List' || typeof key !== 'bigint') return noOverload
  return value.items[Number(key)] ?? celError(`index out of bounds: ${key}`)
}

const noKey = (key: CelKey | number): CelError => celError(`no such key: ${key}`)

const presence = ({ of, field }: ExpressionOf<'Has'>, scope: Bindings): CelResult =>
  withValue(evaluate(of, scope), (value) => {
    const inner = isOptionalValue(value) ? value.value : value
    if (inner === undefined) return false
    return typeof inner === 'object' && inner !== null && inner._tag === 'Map'
      ? mapEntry(inner, field) !== undefined
      : noOverload
  })

const operation = (
  operator: ExpressionOf<'Binary'>['operator'],
  left: CelValue,
  right: CelValue,
): CelResult => {
  switch (operator) {
    case '==':
      return areEqual(left, right)
    case '!=':
      return !areEqual(left, right)
    case 'in':
      return isIn(left, right)
    case '<':
      return compareValues(left, right, (order) => order < 0)
    case '<=':
      return compareValues(left, right, (order) => order <= 0)
    case '>':
      return compareValues(left, right, (order) => order > 0)
    case '>=':
      return compareValues(left, right, (order) => order >= 0)
    default:
      return arithmetic(operator, left, right)
  }
}

const isIn = (value: CelValue, within: CelValue): CelResult => {
  if (typeof within !== 'object' || within === null) return noOverload
  if (within._tag === 'List') return within.items.some((item) => areEqual(item, value))
  if (within._tag === 'Map') {
    const key = mapKeyOf(value)
    return key !== undefined && within.entries.has(key)
  }
  return noOverload
}

const compareValues = (
  left: CelValue,
  right: CelValue,
  holds: (order: number) => boolean,
): CelResult => {
  const order = orderOf(left, right)
  return order === undefined ? noOverload : holds(order)
}

/** The items of a list or the keys of a map; each with what a second variable is beside it. */
const membersOf = (
  value: CelValue,
): readonly (readonly [place: CelValue, item: CelValue])[] | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  if (value._tag === 'List') return value.items.map((item, i) => [BigInt(i), item])
  return value._tag === 'Map' ? [...value.entries] : undefined
}

/** The variables of a macro: the item of a list, the key of a map, or the place and the item. */
const bound = (
  { item, second }: ExpressionOf<'Each'>,
  value: CelValue,
  [place, member]: readonly [CelValue, CelValue],
): readonly (readonly [string, CelValue])[] => {
  if (second !== undefined)
    return [
      [item, place],
      [second, member],
    ]
  const isList = typeof value === 'object' && value !== null && value._tag === 'List'
  return [[item, isList ? member : place]]
}

const eachItem = (
  expression: ExpressionOf<'Each'>,
  value: CelValue,
  scope: Bindings,
): CelResult => {
  const members = membersOf(value)
  if (members === undefined) return noOverload
  const { condition, body, macro } = expression
  const results: CelValue[] = []
  let fault: CelError | undefined
  for (const member of members) {
    const variables = bound(expression, value, member)
    const item = variables[0]![1]
    const inner = new Map([...scope, ...variables])
    const holds = condition === undefined ? true : evaluate(condition, inner)
    if (holds === false) continue
    const result = holds === true ? evaluate(body, inner) : (booleanFault(holds) ?? noOverload)
    if (macro === 'map') {
      if (isCelError(result)) return result
      results.push(result)
      continue
    }
    // `all` and `exists` are connectives over the items.
    if (macro === 'all' && result === false) return false
    if (macro === 'exists' && result === true) return true
    fault ??= booleanFault(result)
    if (fault !== undefined && (macro === 'filter' || macro === 'existsOne')) return fault
    if (result === true) results.push(item)
  }
  if (fault !== undefined) return fault
  if (macro === 'existsOne') return results.length === 1
  return macro === 'all' ? true : macro === 'exists' ? false : celList(results)
}
