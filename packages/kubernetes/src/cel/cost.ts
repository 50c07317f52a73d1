/**
 * Estimates the highest possible cost of evaluating a CEL expression on a device, because the API
 * server refuses a selector whose estimated cost is above a limit.
 *
 * - The size of a text, a list or a map counts; for those of a device, the path gives the bounds.
 * - A macro costs as much as its body, once for each item of its list or map.
 *
 * Source: the cost estimates of cel-go, and the Kubernetes API reference of CELDeviceSelector.
 */
import { callCost, type CostedArgument } from './call-cost.js'
import { targetName } from './call.js'
import type { CheckedExpression } from './check.js'
import type { Expression, ExpressionOf } from './expression.js'
import { anySize, exactly, productOf, boundsSum, unionOf, type CostBounds } from './size.js'
import type { CelType } from './type.js'

/** The cost above which a selector is refused. */
export const selectorCostMax = 1_000_000

/** The most that an expression may cost. */
export const expressionCost = (checked: CheckedExpression): number =>
  estimate(checked, checked.expression, new Map()).cost.max

/** What is known of the members of a list or a map. */
interface Members {
  readonly isList: boolean
  readonly key: CostBounds
  readonly value: CostBounds
}

/** What is known of a value; `path` leads to it from a variable. */
interface ValueFacts {
  readonly path?: readonly string[] | undefined
  readonly size?: CostBounds | undefined
  readonly members?: Members | undefined
}

interface CostEstimate extends ValueFacts {
  readonly cost: CostBounds
}

/** What is known of variables; `cost` stands in place of the cost of a name. */
type CostScope = ReadonlyMap<string, ValueFacts & { readonly cost?: CostBounds }>

const freeCost = exactly(0)
/** A name, a field, or any call that is not told apart. */
const baseCost = exactly(1)
const listCost = exactly(10)
const mapCost = exactly(30)

const estimate = (
  checked: CheckedExpression,
  expression: Expression,
  scope: CostScope,
): CostEstimate => {
  const own = ownEstimate(checked, expression, scope)
  const size = own.size ?? pathSize(own.path) ?? typeSize(checkedTypeOf(checked, expression))
  return { ...own, size }
}

const checkedTypeOf = ({ types }: CheckedExpression, expression: Expression): CelType =>
  types.get(expression) ?? 'dyn'

const ownEstimate = (
  checked: CheckedExpression,
  expression: Expression,
  scope: CostScope,
): CostEstimate => {
  const of = (inner: Expression): CostEstimate => estimate(checked, inner, scope)
  switch (expression._tag) {
    case 'Literal':
      return { cost: freeCost, size: literalSize(expression) }
    case 'Name':
      return nameEstimate(checked, expression, scope)
    case 'List':
      return listEstimate(expression.items.map(of))
    case 'Map':
      return mapEstimate(expression.entries.map(({ key, value }) => [of(key), of(value)]))
    case 'Field': {
      const whole = of(expression.of)
      if (expression.isOptional) return { cost: boundsSum(whole.cost, baseCost) }
      const isKnown = ['device', 'Map'].includes(typeHead(checkedTypeOf(checked, expression.of)))
      const path = [...(whole.path ?? []), expression.field]
      return { cost: isKnown ? boundsSum(whole.cost, baseCost) : whole.cost, path }
    }
    // That a field is there costs nothing.
    case 'Has':
      return { cost: of(expression.of).cost }
    case 'And':
    case 'Or': {
      const [left, right] = [of(expression.left).cost, of(expression.right).cost]
      return { cost: { min: left.min, max: left.max + right.max } }
    }
    case 'Choose':
      return choiceEstimate([expression.condition, expression.yes, expression.no].map(of))
    case 'Bind':
      return bindEstimate(checked, expression, scope)
    case 'Each':
      return eachEstimate(checked, expression, scope)
    default:
      return callEstimate(checked, expression, scope)
  }
}

const typeHead = (type: CelType): string => (typeof type === 'string' ? type : type._tag)

const literalSize = ({ value }: ExpressionOf<'Literal'>): CostBounds =>
  exactly(typeof value === 'string' ? Array.from(value).length : 1)

/** The size of a value of a type that is always as large. */
const typeSize = (type: CelType): CostBounds | undefined => {
  if (typeof type === 'object') return type._tag === 'Optional' ? typeSize(type.of) : undefined
  const isScalar = ['bool', 'double', 'duration', 'int', 'timestamp', 'uint'].includes(type)
  return isScalar ? baseCost : undefined
}

/** The most members of a device's attributes and capacities, and the most characters of texts. */
const membersMax = 32
const textMax = 64
const domainMax = 63
const idMax = 32

/** The size of what is at a path from the variable `device`. */
const pathSize = (path: readonly string[] | undefined): CostBounds | undefined => {
  const [root, part, outer, inner, ...rest] = path ?? []
  if (root !== 'device' || rest.length > 0) return undefined
  const upTo = (max: number): CostBounds => ({ min: 0, max })
  if (part === undefined || part === 'allowMultipleAllocations')
    return outer === undefined ? upTo(0) : undefined
  if (part === 'driver') return outer === undefined ? upTo(domainMax) : undefined
  if (part !== 'attributes' && part !== 'capacity') return undefined
  if (outer === undefined) return upTo(membersMax)
  if (outer === '@keys') return inner === undefined ? upTo(domainMax) : undefined
  if (outer !== '@values' && outer !== '@items') return undefined
  if (inner === undefined) return upTo(membersMax)
  if (inner === '@keys') return upTo(idMax)
  // Only attributes have a bound; that of capacities is known where they are gone through.
  if (part === 'attributes') return upTo(textMax)
  return inner === '@values' || inner === '@items' ? upTo(0) : undefined
}

const nameEstimate = (
  checked: CheckedExpression,
  expression: ExpressionOf<'Name'>,
  scope: CostScope,
): CostEstimate => {
  const variable = scope.get(expression.name)
  if (variable === undefined) return { cost: baseCost, path: [expression.name] }
  const { path, members, cost = baseCost } = variable
  const size = pathSize(path) ?? typeSize(checkedTypeOf(checked, expression)) ?? variable.size
  return { cost, path, members, size }
}

const listEstimate = (items: readonly CostEstimate[]): CostEstimate => ({
  cost: boundsSum(listCost, ...items.map(({ cost }) => cost)),
  size: exactly(items.length),
  members: { isList: true, key: baseCost, value: unionOfAll(items) },
})

const mapEstimate = (
  entries: readonly (readonly [CostEstimate, CostEstimate])[],
): CostEstimate => ({
  cost: boundsSum(mapCost, ...entries.flat().map(({ cost }) => cost)),
  size: exactly(entries.length),
  members: {
    isList: false,
    key: unionOfAll(entries.map(([key]) => key)),
    value: unionOfAll(entries.map(([, value]) => value)),
  },
})

const unionOfAll = (all: readonly CostEstimate[]): CostBounds =>
  all.length === 0 ? freeCost : all.map(({ size }) => size ?? anySize).reduce(unionOf)

const commonMembers = (
  before: Members | undefined,
  other: Members | undefined,
): Members | undefined =>
  before === undefined || other === undefined
    ? undefined
    : {
        isList: before.isList,
        key: unionOf(before.key, other.key),
        value: unionOf(before.value, other.value),
      }

const choiceEstimate = ([condition, yes, no]: readonly CostEstimate[]): CostEstimate => ({
  cost: boundsSum(condition!.cost, unionOf(yes!.cost, no!.cost)),
  size: unionOf(yes!.size ?? anySize, no!.size ?? anySize),
  members: commonMembers(yes!.members, no!.members),
})

/** A value with a name is a macro over an empty list, whose cost remains. */
const bindEstimate = (
  checked: CheckedExpression,
  { name, value, body }: ExpressionOf<'Bind'>,
  scope: CostScope,
): CostEstimate => {
  const bound = estimate(checked, value, scope)
  const { cost, ...known } = bound
  // `optMap` writes its subject twice.
  const isTarget = name === targetName
  const result = estimate(checked, body, new Map([...scope, [name, isTarget ? bound : known]]))
  const { size, members } = result
  return { cost: isTarget ? result.cost : boundsSum(listCost, cost, result.cost), size, members }
}

/** The variables of a macro. */
const variablesOf = (
  { item, second }: ExpressionOf<'Each'>,
  range: CostEstimate,
  type: CelType,
): CostScope => {
  const { members, path = [] } = range
  const isList = members?.isList ?? (typeof type === 'object' && type._tag === 'List')
  const key = { path: [...path, isList ? '@indices' : '@keys'], size: members?.key }
  const value = { path: [...path, isList ? '@items' : '@values'], size: members?.value }
  if (second !== undefined)
    return new Map([
      [item, key],
      [second, value],
    ])
  return new Map([[item, isList ? value : key]])
}

/**
 * Macros are loops with an accumulator: `all` is `accumulator && body` while the accumulator is
 * true, and `map` adds a list of one item to it.
 */
const eachEstimate = (
  checked: CheckedExpression,
  each: ExpressionOf<'Each'>,
  scope: CostScope,
): CostEstimate => {
  const range = estimate(checked, each.of, scope)
  const variables = variablesOf(each, range, checkedTypeOf(checked, each.of))
  const inner = new Map([...scope, ...variables])
  const body = estimate(checked, each.body, inner)
  const condition =
    each.condition === undefined ? undefined : estimate(checked, each.condition, inner).cost
  const size = range.size ?? anySize
  const loop = (init: CostBounds, step: CostBounds, result: CostBounds): CostBounds =>
    boundsSum(range.cost, init, result, productOf(size, step))
  const isEach = { min: 1, max: 1 + body.cost.max }
  switch (each.macro) {
    case 'all':
      return { cost: loop(freeCost, boundsSum(isEach, exactly(2)), baseCost), size: baseCost }
    case 'exists':
      return { cost: loop(freeCost, boundsSum(isEach, exactly(3)), baseCost), size: baseCost }
    case 'existsOne':
      return {
        cost: loop(freeCost, boundsSum(body.cost, { min: 1, max: 2 }), exactly(2)),
        size: baseCost,
      }
    case 'filter': {
      const step = boundsSum(body.cost, { min: 1, max: 13 })
      const { path, size: own } = variables.get(each.item)!
      const item = pathSize(path) ?? typeSize(rangeItemType(checkedTypeOf(checked, each.of))) ?? own
      return { cost: loop(listCost, step, baseCost), size, members: listMembers(item) }
    }
    case 'map': {
      const made = boundsSum(exactly(12), body.cost)
      const step = condition === undefined ? made : boundsSum(condition, unionOf(made, baseCost))
      return { cost: loop(listCost, step, baseCost), size, members: listMembers(body.size) }
    }
  }
}

const rangeItemType = (range: CelType): CelType => {
  if (typeof range === 'string') return 'dyn'
  return range._tag === 'List' ? range.of : range._tag === 'Map' ? range.key : 'dyn'
}

/** A list that is empty or has items of a size. */
const listMembers = (size: CostBounds = anySize): Members => ({
  isList: true,
  key: baseCost,
  value: unionOf(freeCost, size),
})

type CostedOperation = ExpressionOf<'Not' | 'Negate' | 'Binary' | 'Index' | 'Call'>

const operandsOf = (expression: CostedOperation): readonly [string, readonly Expression[]] => {
  switch (expression._tag) {
    case 'Not':
    case 'Negate':
      return ['-', [expression.of]]
    case 'Binary':
      return [expression.operator, [expression.left, expression.right]]
    case 'Index':
      return [expression.isOptional ? '[?]' : '[]', [expression.of, expression.key]]
    case 'Call':
      return [expression.name, expression.args]
  }
}

const callEstimate = (
  checked: CheckedExpression,
  expression: CostedOperation,
  scope: CostScope,
): CostEstimate => {
  const [name, operands] = operandsOf(expression)
  const args = operands.map((operand) => estimate(checked, operand, scope))
  const before = boundsSum(freeCost, ...args.map(({ cost }) => cost))
  if (name === 'dyn') {
    const { size, members } = args[0]!
    return { cost: boundsSum(baseCost, before), size, members }
  }
  const costed = args.map((arg, i) => costedArgument(checked, operands[i]!, arg))
  const calls = (checked.calls.get(expression) ?? []).map((overload) =>
    callCost(name, overload, costed),
  )
  const costs = calls.map(({ cost }) => cost)
  const sizes = calls.flatMap(({ size }) => size ?? [])
  const size = sizes.length === 0 ? undefined : sizes.reduce(unionOf)
  const cost = boundsSum(before, costs.length === 0 ? baseCost : costs.reduce(unionOf))
  if (name === '+')
    return { cost, size, members: commonMembers(args[0]!.members, args[1]!.members) }
  if (name !== '[]') return { cost, size }
  const [whole] = args
  const isList = typeHead(checkedTypeOf(checked, operands[0]!)) === 'List'
  const path = [...(whole!.path ?? []), isList ? '@items' : '@values']
  return { cost, path, size: whole!.members?.value }
}

const costedArgument = (
  checked: CheckedExpression,
  expression: Expression,
  { size = anySize, path }: CostEstimate,
): CostedArgument => ({
  ...{ type: checkedTypeOf(checked, expression), size },
  itemSize: (path === undefined ? undefined : pathSize([...path, '@items'])) ?? anySize,
  literal:
    expression._tag === 'Literal' && typeof expression.value === 'bigint'
      ? expression.value
      : undefined,
})
