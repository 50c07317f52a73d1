/**
 * Reader of a plugin's args: decodes them, validates them as kube-scheduler does, and converts
 * them.
 */
import * as E from 'fp-ts/lib/Either.js'
import { decode, type Decoder } from '../words/decode.js'
import type * as t from 'io-ts'
import { closed, only } from '../setting/closed.js'
import { version } from '../setting/version.js'
import { ofCodec, type Wrong } from '../setting/wrong.js'

/** Reads args; `undefined` means that none were given. The paths of errors start at the args. */
export type ArgsReader<Value> = (args: unknown) => E.Either<readonly Wrong[], Value>

type ArgsFields<Value> = { readonly [Key in keyof Value]: Decoder<Value[Key]> }

/**
 * A reader from a codec's fields: `wrongIn` validates the decoded words, `valueOf` converts them.
 */
export const reader = <Words extends object, Value>(
  kind: string,
  fields: ArgsFields<Words>,
  wrongIn: (words: Words) => readonly Wrong[],
  valueOf: (words: Words) => Value,
): ArgsReader<Value> => {
  const typed = { ...fields, apiVersion: only(version), kind: only(kind) }
  const codec = closed(typed as t.Props as unknown as ArgsFields<Words>)
  return (args) => {
    const read = decode(codec, args ?? {})
    if (E.isLeft(read)) return E.left(ofCodec(read.left))
    const wrongs = wrongIn(read.right)
    return wrongs.length > 0 ? E.left(wrongs) : E.right(valueOf(read.right))
  }
}
