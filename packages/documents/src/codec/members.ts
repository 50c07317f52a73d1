/** Validates several fields of an object and collects the errors of all of them. */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { own } from '../value/own.js'

/** What was read by field, in the order of the codecs, or every error in that order. */
export const members = (
  value: object,
  context: t.Context,
  codecs: readonly (readonly [key: string, codec: t.Decoder<unknown, unknown>])[],
): t.Validation<readonly (readonly [key: string, value: unknown])[]> => {
  const errors: t.ValidationError[] = []
  const entries: (readonly [string, unknown])[] = []
  for (const [key, codec] of codecs) {
    const field = own(value, key)
    const read = codec.validate(field, t.appendContext(context, key, codec, field))
    if (E.isLeft(read)) errors.push(...read.left)
    else entries.push([key, read.right])
  }
  return errors.length > 0 ? t.failures(errors) : t.success(entries)
}
