/**
 * Defines `UnresolvedValue`, the placeholder for a value of a CloudFormation template that is
 * unknown before the stack is created, such as the id of a new subnet or a parameter without a
 * value. The placeholder says what is missing, and is an error only where the value is needed.
 */
import { isObject, own, type Path } from '@stowage/documents'

/** A symbol, so that no document can contain a placeholder. */
const mark = Symbol('unresolved')

/** An unknown value. */
export interface UnresolvedValue {
  readonly [mark]: true
  /** The expression in the template, such as `Ref Subnets`. */
  readonly stands: string
  /** Why it has no value here. */
  readonly why: string
  /** The logical id of the resource, if the expression only refers to one. */
  readonly resource?: string
  /** The key of the stack that has the resource, if it is another one. */
  readonly stack?: string
  /** The attribute of the resource, which the user can give as if it were a parameter. */
  readonly attribute?: string
  /** True for a parameter, which the user can give a value. */
  readonly isParameter?: true
}

/** Makes a placeholder. */
export const unresolvedValue = (
  stands: string,
  why: string,
  resource?: string,
): UnresolvedValue => ({
  ...{ [mark]: true, stands, why },
  ...(resource === undefined ? {} : { resource }),
})

/**
 * A value of one stack as another stack sees it: a reference to a resource, alone or in a list,
 * also says of which stack it is.
 */
export const seenOutside = (stack: string, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => seenOutside(stack, item))
  return isUnresolved(value) && value.resource !== undefined ? { stack, ...value } : value
}

/** True for a placeholder. */
export const isUnresolved = (value: unknown): value is UnresolvedValue =>
  isObject(value) && mark in value

/** A placeholder in words, for messages. */
export const unresolvedText = ({ stands, why }: UnresolvedValue): string => `${stands} (${why})`

/** The first placeholder in a value; whatever is computed from the value is unresolved too. */
export const firstUnresolved = (value: unknown): UnresolvedValue | undefined =>
  unresolvedIn(value)[0]?.[1]

/** All placeholders in a value, each with its path. */
export const unresolvedIn = (
  value: unknown,
  at: Path = [],
): readonly (readonly [Path, UnresolvedValue])[] => {
  if (isUnresolved(value)) return [[at, value]]
  if (Array.isArray(value)) return value.flatMap((item, i) => unresolvedIn(item, [...at, i]))
  if (!isObject(value)) return []
  return Object.keys(value).flatMap((key) => unresolvedIn(own(value, key), [...at, key]))
}

/** The placeholder of a parameter without a value. */
export const openParameter = (name: string, why: string): UnresolvedValue => ({
  ...unresolvedValue(`Ref ${name}`, why),
  isParameter: true,
})
