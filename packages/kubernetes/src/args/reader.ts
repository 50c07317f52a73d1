/**
 * How a plugin's args are read: a codec, what the scheduler refuses beyond that, and what they come
 * to.
 */
import { closedRecord, decodeValue, type FieldCodecs } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { fixedText, version } from '../setting/version.js'
import { ofCodec, type Wrong } from '../setting/wrong.js'

/** Reads args, or those of a plugin that has none given. Paths are from the args. */
export type ArgsReader<Value> = (args: unknown) => E.Either<readonly Wrong[], Value>

export const reader = <Words extends object, Value>(
  kind: string,
  fields: FieldCodecs<Words>,
  wrongIn: (words: Words) => readonly Wrong[],
  valueOf: (words: Words) => Value,
): ArgsReader<Value> => {
  const typed = { ...fields, apiVersion: fixedText(version), kind: fixedText(kind) }
  const codec = closedRecord<Words>('an object', typed)
  return (args) => {
    const read = decodeValue(codec, args ?? {})
    if (E.isLeft(read)) return E.left(ofCodec(read.left))
    const wrongs = wrongIn(read.right)
    return wrongs.length > 0 ? E.left(wrongs) : E.right(valueOf(read.right))
  }
}
