/**
 * Builds codecs of (1) lists and (2) dictionaries, which are objects whose keys are data, such as
 * labels. A dictionary is decoded to a `Map`.
 */
import { byCodeUnit } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { isObject, own } from '../value/own.js'
import { isMissing } from './absent.js'
import type { Codec } from './codec.js'

/** A list of at least `lengthMin` items, which must be there. */
export const list = <Item>(
  expected: string,
  item: Codec<Item>,
  lengthMin = 0,
): Codec<readonly Item[]> => {
  const items = t.readonlyArray(item, expected)
  return new t.Type<readonly Item[], unknown, unknown>(
    expected,
    items.is,
    (value, context) =>
      Array.isArray(value) && value.length >= lengthMin
        ? items.validate(value, context)
        : t.failure(value, context),
    t.identity,
  )
}

/** A list that may be left out and then is empty; `null` is the same as absent. */
export const listOrEmpty = <Item>(item: Codec<Item>): Codec<readonly Item[]> => {
  const items = list('a list', item)
  return new t.Type<readonly Item[], unknown, unknown>(
    items.name,
    items.is,
    (value, context) => (isMissing(value) ? t.success([]) : items.validate(value, context)),
    t.identity,
  )
}

/**
 * An object whose keys are data, as a `Map` in the order of its keys by code unit. It may be left
 * out and then is empty; `null` is the same as absent.
 */
export const dictionary = <Value>(inner: Codec<Value>): Codec<ReadonlyMap<string, Value>> =>
  new t.Type<ReadonlyMap<string, Value>, unknown, unknown>(
    'an object',
    (value): value is ReadonlyMap<string, Value> => value instanceof Map,
    (value, context) => {
      if (isMissing(value)) return t.success(new Map())
      if (!isObject(value)) return t.failure(value, context)
      const entries = new Map<string, Value>()
      const errors: t.ValidationError[] = []
      for (const key of Object.keys(value).sort(byCodeUnit)) {
        const field = own(value, key)
        const read = inner.validate(field, t.appendContext(context, key, inner, field))
        if (E.isLeft(read)) for (const one of read.left) errors.push(one)
        else entries.set(key, read.right)
      }
      return errors.length > 0 ? t.failures(errors) : t.success(entries)
    },
    t.identity,
  )
