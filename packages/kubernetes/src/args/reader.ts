/**
 * Builds the function that reads the args of a scheduler plugin. The function decodes the args,
 * validates them as kube-scheduler does, and converts them to the values that the plugin uses.
 */
import { closedRecord, decodeValue, type FieldCodecs } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { fixedText, version } from '../setting/version.js'
import { ofCodec, type Wrong } from '../setting/wrong.js'

/** Reads args; `undefined` means that none were given. The paths of errors start at the args. */
export type ArgsReader<Value> = (args: unknown) => E.Either<readonly Wrong[], Value>

/**
 * A reader from a codec's fields: `wrongIn` validates the decoded words, `valueOf` converts them.
 */
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
