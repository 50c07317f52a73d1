/**
 * Texts as documents: JSON, or YAML with any number of documents.
 */
import { shown, type BadDocument, type Document } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { parse as parseJson, printParseErrorCode, visit, type ParseError } from 'jsonc-parser'
import { parseAllDocuments, type YAMLError } from 'yaml'
import type { Text } from './files.js'
import { shortTags } from './short-tags.js'

type Read = E.Either<readonly BadDocument[], readonly Document[]>

/** The documents of all texts; all that can not be parsed comes back together. */
export const documentsOf = (
  texts: readonly Text[],
): E.Either<readonly BadDocument[], readonly Document[]> => {
  const read = texts.map(readText)
  const bad = read.flatMap((one) => (E.isLeft(one) ? one.left : []))
  return bad.length > 0
    ? E.left(bad)
    : E.right(read.flatMap((one) => (E.isRight(one) ? one.right : [])))
}

/**
 * Both parsers call themselves at every level, so a text that is nested too deep ends in an
 * exception.
 */
const readText = (text: Text): Read => {
  try {
    return readPlain({ ...text, text: text.text.replace(/^\uFEFF/, '') })
  } catch (error) {
    const expected = 'JSON or YAML that can be parsed'
    return E.left([{ from: text.file, at: [], found: messageOf(error), expected }])
  }
}

/** JSON where the name says so, or where the whole text is JSON; anything else is YAML. */
const readPlain = (text: Text): Read => {
  const value = O.tryCatch(() => JSON.parse(text.text) as unknown)
  if (O.isNone(value)) return /\.json$/i.test(text.file) ? E.left([notJson(text)]) : readYaml(text)
  const twice = keyTwice(text)
  return twice === undefined ? E.right([{ from: text.file, value: value.value }]) : E.left([twice])
}

/**
 * The runtime keeps the last of two equal keys and says nothing; that is as wrong here as it is in
 * YAML.
 */
const keyTwice = ({ file, text }: Text): BadDocument | undefined => {
  const open: Set<string>[] = []
  let first: BadDocument | undefined
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (key, _offset, _length, line) => {
      const keys = open[open.length - 1]!
      if (keys.has(key))
        first ??= {
          from: `${file}, line ${line + 1}`,
          at: [],
          found: `the key ${shown(key)} for a second time`,
          expected: 'every key once in an object',
        }
      keys.add(key)
    },
  })
  return first
}

/** The runtime reads JSON but does not say where it stopped; this parser does. */
const notJson = ({ file, text }: Text): BadDocument => {
  const errors: ParseError[] = []
  parseJson(text, errors, { disallowComments: true })
  const [first] = errors
  if (first === undefined) return { from: file, at: [], found: 'something else', expected: 'JSON' }
  const { offset, length, error } = first
  const line = text.slice(0, offset).split('\n').length
  const wording = printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return {
    from: `${file}, line ${line}`,
    at: [],
    found: length === 0 ? 'the end' : shown(text.slice(offset, offset + length)),
    expected: `JSON (${wording})`,
  }
}

/** One error in YAML brings others with it, so only the first of each document is reported. */
const readYaml = ({ file, text }: Text): Read => {
  // Below `error` the library would print warnings by itself.
  const options = { merge: true, logLevel: 'error' as const, customTags: [...shortTags] }
  const documents = [...parseAllDocuments(text, options)]
  const bad = documents.flatMap(({ errors }) => errors.slice(0, 1))
  if (bad.length > 0) return E.left(bad.map((error) => notYaml(file, error)))
  const values = documents.map((document) => tryValue(document))
  const from = (i: number): string => (documents.length === 1 ? file : `${file}, document ${i + 1}`)
  const broken = values.flatMap((value, i) =>
    E.isLeft(value) ? [{ from: from(i), at: [], found: value.left, expected: 'YAML' }] : [],
  )
  if (broken.length > 0) return E.left(broken)
  return E.right(
    values.flatMap((value, i) =>
      E.isRight(value) && value.right !== null ? [{ from: from(i), value: value.right }] : [],
    ),
  )
}

/** An alias that leads nowhere or a thousandfold is found only when the value is made. */
const tryValue = (document: { toJS: () => unknown }): E.Either<string, unknown> =>
  E.tryCatch(() => document.toJS(), messageOf)

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

const notYaml = (file: string, error: YAMLError): BadDocument => {
  const line = error.linePos?.[0].line
  const [message = ''] = error.message.split(/ at line \d+|\n/)
  return {
    from: line === undefined ? file : `${file}, line ${line}`,
    at: [],
    found: message,
    expected: 'YAML',
  }
}
