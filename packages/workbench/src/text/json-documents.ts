/**
 * Parses JSON texts to documents. The JSON parser is separate from the YAML parser, so that a user
 * interface may load the larger YAML parser later.
 */
import { nestingFaults, type DocumentFault, type SourceDocument } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { tooManyLevels, type Faults } from './fault.js'
import { jsonValues } from './json.js'
import { objectsMax, tooManyObjects } from './object-count.js'
import { jsonObjectCount } from './text-count.js'

/** A text to parse, and what faults call it: a path, or `standard input`. */
export interface SourceText {
  readonly file: string
  readonly text: string
}

/** What some editors write before a text. */
export const byteOrderMark = /^\uFEFF/

/** The documents of a text, or what is wrong with it; `undefined` for a text that is no JSON. */
export const jsonDocuments = ({
  file,
  text,
}: SourceText): E.Either<Faults, readonly SourceDocument[]> | undefined => {
  const read = withinDepth<Faults | undefined>(
    file,
    (faults) => faults,
    () => {
      const many = tooManyIn(file, text)
      if (many !== undefined) return E.left([many])
      const json = jsonValues(file, text.replace(byteOrderMark, ''))
      if (O.isNone(json)) return E.left(undefined)
      return pipe(
        json.value,
        E.map((values) => {
          const from = (i: number): string =>
            values.length === 1 ? file : `${file}, document ${i + 1}`
          return values.map((value, i) => ({ from: from(i), value }))
        }),
      )
    },
  )
  if (E.isRight(read)) return read
  return read.left === undefined ? undefined : E.left(read.left)
}

/** The fault of a text with too many objects, which would fill the memory when it is parsed. */
const tooManyIn = (file: string, text: string): DocumentFault | undefined => {
  const isShort = text.length < objectsMax * '{},'.length
  if (isShort || !/^\s*[{[]/.test(text)) return undefined
  const count = jsonObjectCount(text)
  return count > objectsMax ? tooManyObjects(file, count) : undefined
}

/** The parsers are recursive: a text that is nested far too deep overflows the stack. */
export const withinDepth = <Bad>(
  file: string,
  broken: (faults: Faults) => Bad,
  read: () => E.Either<Bad, readonly SourceDocument[]>,
): E.Either<Bad, readonly SourceDocument[]> => {
  try {
    const documents = read()
    const deep = E.isLeft(documents) ? [] : documents.right.flatMap(nestingFaults)
    return deep.length > 0 ? E.left(broken(deep)) : documents
  } catch (error) {
    const fault =
      error instanceof RangeError
        ? tooManyLevels
        : { found: String(error), expected: 'JSON or YAML that can be parsed' }
    return E.left(broken([{ from: file, at: [], ...fault }]))
  }
}
