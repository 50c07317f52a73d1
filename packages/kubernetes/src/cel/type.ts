/**
 * Defines the static types of CEL expressions, and unifies types: decides whether a type may stand
 * where another one is expected, and binds type variables. For example, a `list(int)` may stand
 * where a `list(T)` is expected; this binds the variable T to `int`.
 *
 * Source: the Common Expression Language specification, "Gradual Type Checking", and the decisions
 * of cel-go.
 */

/** The name of a type without parameters, as CEL writes it. */
export type SimpleType =
  | 'any'
  | 'bool'
  | 'bytes'
  | 'device'
  | 'double'
  | 'duration'
  | 'dyn'
  | 'int'
  | 'null'
  | 'quantity'
  | 'semver'
  | 'string'
  | 'timestamp'
  | 'uint'

/** A type. `any` is the type of a device's attributes: it may be of any type, as `dyn` is. */
export type CelType =
  | SimpleType
  | { readonly _tag: 'List' | 'Optional'; readonly of: CelType }
  | { readonly _tag: 'Map'; readonly key: CelType; readonly value: CelType }
  | TypeVariable

/** A type that is not known yet, by its number. */
export interface TypeVariable {
  readonly _tag: 'Variable'
  readonly id: number
}

export const listType = (of: CelType): CelType => ({ _tag: 'List', of })
export const optionalType = (of: CelType): CelType => ({ _tag: 'Optional', of })
export const mapType = (key: CelType, value: CelType): CelType => ({ _tag: 'Map', key, value })

/** Whether a type takes part in every operation, and is checked when it is evaluated. */
export const isDynamicType = (type: CelType): boolean => type === 'dyn' || type === 'any'

const isVariable = (type: CelType): type is TypeVariable =>
  typeof type === 'object' && type._tag === 'Variable'

/** The parameters of a type. */
const parametersOf = (type: CelType): readonly CelType[] => {
  if (typeof type === 'string' || type._tag === 'Variable') return []
  return type._tag === 'Map' ? [type.key, type.value] : [type.of]
}

const headOf = (type: CelType): string => (typeof type === 'string' ? type : type._tag)

/** The same type, without regard to what variables stand for. */
export const isSameType = (one: CelType, other: CelType): boolean => {
  if (isVariable(one) || isVariable(other))
    return isVariable(one) && isVariable(other) && one.id === other.id
  const [parts, otherParts] = [parametersOf(one), parametersOf(other)]
  return headOf(one) === headOf(other) && parts.every((part, i) => isSameType(part, otherParts[i]!))
}

/** What the type variables of one check stand for. */
export interface TypeVariables {
  readonly fresh: () => TypeVariable
  /** The type with variables replaced by what they stand for, `dyn` for nothing. */
  readonly settled: (type: CelType) => CelType
  /** The same, but variables that stand for nothing stay. */
  readonly known: (type: CelType) => CelType
  /** Whether each type may stand where the other one of the same place is expected. */
  readonly fit: (types: readonly CelType[], expected: readonly CelType[]) => boolean
}

/** Type variables of one check, which is their only reader. */
export const typeVariables = (): TypeVariables => {
  const bound = new Map<number, CelType>()
  const trail: (readonly [id: number, before: CelType | undefined])[] = []
  let count = 0

  const bind = (id: number, type: CelType): void => {
    trail.push([id, bound.get(id)])
    bound.set(id, type)
  }
  const undo = (length: number): void => {
    while (trail.length > length) {
      const [id, before] = trail.pop()!
      if (before === undefined) bound.delete(id)
      else bound.set(id, before)
    }
  }
  const resolved = (type: CelType, open: CelType | undefined): CelType => {
    if (typeof type === 'string') return type
    switch (type._tag) {
      case 'Variable': {
        const found = bound.get(type.id)
        return found === undefined ? (open ?? type) : resolved(found, open)
      }
      case 'Map':
        return mapType(resolved(type.key, open), resolved(type.value, open))
      default:
        return { _tag: type._tag, of: resolved(type.of, open) }
    }
  }
  const occursIn = (variable: TypeVariable, type: CelType): boolean => {
    if (!isVariable(type)) return parametersOf(type).some((part) => occursIn(variable, part))
    const found = bound.get(type.id)
    return type.id === variable.id || (found !== undefined && occursIn(variable, found))
  }
  /** `open` when the variable stands for nothing and `type` cannot be it. */
  const substitutes = (type: CelType, variable: TypeVariable): boolean | 'open' => {
    const found = bound.get(variable.id)
    if (found !== undefined) {
      if (isSameType(type, found)) return true
      if (!fits(type, found)) return false
      bind(variable.id, isLessSpecific(type, found) ? type : found)
      return true
    }
    if (occursIn(variable, type)) return 'open'
    bind(variable.id, type)
    return true
  }
  const fits = (type: CelType, expected: CelType): boolean => {
    if (isSameType(type, expected)) return true
    if (isVariable(expected)) {
      const answer = substitutes(type, expected)
      if (answer !== 'open') return answer
    }
    if (isVariable(type)) return substitutes(expected, type) === true
    if (isDynamicType(type) || isDynamicType(expected)) return true
    if (type === 'null') return isNullable(expected)
    if (expected === 'null') return isNullable(type)
    if (headOf(type) !== headOf(expected)) return false
    const parts = parametersOf(expected)
    return parametersOf(type).every((part, i) => fits(part, parts[i]!))
  }
  return {
    fresh: () => ({ _tag: 'Variable', id: count++ }),
    settled: (type) => resolved(type, 'dyn'),
    known: (type) => resolved(type, undefined),
    fit: (types, expected) => {
      const { length } = trail
      const isFit =
        types.length === expected.length && types.every((type, i) => fits(type, expected[i]!))
      if (!isFit) undo(length)
      return isFit
    },
  }
}

/** Objects may be null; lists, maps and plain values may not. */
const isNullable = (type: CelType): boolean =>
  typeof type === 'string'
    ? ['device', 'duration', 'null', 'quantity', 'semver', 'timestamp'].includes(type)
    : type._tag === 'Optional'

/** Whether the first type is the same, or has `dyn` where the second one has another type. */
export const isLessSpecific = (one: CelType, other: CelType): boolean => {
  if (isDynamicType(one) || isVariable(one)) return true
  if (isDynamicType(other) || isVariable(other) || headOf(one) !== headOf(other)) return false
  const parts = parametersOf(other)
  return parametersOf(one).every((part, i) => isLessSpecific(part, parts[i]!))
}

/** The type as CEL writes it. */
export const typeText = (type: CelType): string => {
  if (typeof type === 'string') return type
  switch (type._tag) {
    case 'Variable':
      return 'dyn'
    case 'List':
      return `list(${typeText(type.of)})`
    case 'Optional':
      return `optional(${typeText(type.of)})`
    case 'Map':
      return `map(${typeText(type.key)}, ${typeText(type.value)})`
  }
}
