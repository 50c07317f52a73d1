/**
 * What a template leaves open: a value that is known only once its stack is made, or that somebody
 * would have to give. It stands in the place of the value, so that it does no harm where nobody
 * reads it, and whoever reads it can say what is missing.
 */
import { isObject, own, type Path } from '@stowage/documents'

/** No document can have it, so that nothing in one is taken for it. */
const mark = Symbol('unresolved')

export interface Unresolved {
  readonly [mark]: true
  /** What stands there, such as `Ref Subnets`. */
  readonly stands: string
  /** Why that has no value here. */
  readonly why: string
  /** The resource that is referred to, where nothing else is. */
  readonly resource?: string
}

export const unresolved = (stands: string, why: string, resource?: string): Unresolved => ({
  ...{ [mark]: true, stands, why },
  ...(resource === undefined ? {} : { resource }),
})

export const isUnresolved = (value: unknown): value is Unresolved =>
  isObject(value) && mark in value

export const unresolvedText = ({ stands, why }: Unresolved): string => `${stands} (${why})`

/** The first in a value, if any: what is made of it has no value either. */
export const firstUnresolved = (value: unknown): Unresolved | undefined =>
  unresolvedIn(value)[0]?.[1]

/** All in a value, each with its path. */
export const unresolvedIn = (
  value: unknown,
  at: Path = [],
): readonly (readonly [Path, Unresolved])[] => {
  if (isUnresolved(value)) return [[at, value]]
  if (Array.isArray(value)) return value.flatMap((item, i) => unresolvedIn(item, [...at, i]))
  if (!isObject(value)) return []
  return Object.keys(value).flatMap((key) => unresolvedIn(own(value, key), [...at, key]))
}
