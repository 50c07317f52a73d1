/**
 * Builds codecs of fields that may be left out, for two meanings of `null`:
 *
 * 1. `optional` and `withDefault` treat `null` as absent, as the APIs of Kubernetes and ECS do.
 * 2. `omittable` passes `null` to the inner codec, which may refuse it. It is for files that people
 *    write by hand.
 */
import * as t from 'io-ts'
import type { Codec } from './codec.js'

/** May be left out; `null` is the same as absent. */
export const optional = <Value>(inner: Codec<Value>): Codec<Value | undefined> =>
  whenAbsent(inner, undefined, isMissing)

/** May be left out; `null` is a value like any other, which `inner` may refuse. */
export const omittable = <Value>(inner: Codec<Value>): Codec<Value | undefined> =>
  whenAbsent(inner, undefined, (value) => value === undefined)

/** May be left out and then equals `fallback`; `null` is the same as absent. */
export const withDefault = <Value>(inner: Codec<Value>, fallback: Value): Codec<Value> =>
  whenAbsent<Value, Value>(inner, fallback, isMissing)

/** Absent in a document of an API. */
export const isMissing = (value: unknown): value is null | undefined =>
  value === undefined || value === null

const whenAbsent = <Value, Fallback>(
  inner: Codec<Value>,
  fallback: Fallback,
  isAbsent: (value: unknown) => boolean,
): Codec<Value | Fallback> =>
  new t.Type<Value | Fallback, unknown, unknown>(
    inner.name,
    (value): value is Value | Fallback => value === fallback || inner.is(value),
    (value, context) => (isAbsent(value) ? t.success(fallback) : inner.validate(value, context)),
    t.identity,
  )
