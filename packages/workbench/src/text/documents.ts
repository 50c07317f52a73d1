/** Parses texts to documents: a text is JSON (one document) or YAML (any number of documents). */
import { collectAll, type DocumentFault, type SourceDocument } from '@stowage/documents'
import { shown } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { parse as parseJson, printParseErrorCode, visit, type ParseError } from 'jsonc-parser'
import { parseAllDocuments, type YAMLError } from 'yaml'
import type { Faults } from './fault.js'
import { shortTags } from './short-tags.js'

/** A text to parse, and what faults call it: a path, or `standard input`. */
export interface SourceText {
  readonly file: string
  readonly text: string
}

/** Texts that a caller named together, such as the files of a folder. */
export interface TextSet {
  /** What faults call all of them, such as the paths as they were typed. */
  readonly from: string
  readonly texts: readonly SourceText[]
}

type ParseResult = E.Either<Faults, readonly SourceDocument[]>

/** The documents of all texts in their order, or every text that cannot be parsed. */
export const documentsOf = (texts: readonly SourceText[]): ParseResult =>
  pipe(
    collectAll(texts.map(readText)),
    E.map((all) => all.flat()),
  )

/** Both parsers are recursive: a text that is nested too deep overflows the stack. */
const readText = (text: SourceText): ParseResult => {
  try {
    return readPlain({ ...text, text: text.text.replace(/^\uFEFF/, '') })
  } catch (error) {
    const expected = 'JSON or YAML that can be parsed'
    return E.left([{ from: text.file, at: [], found: messageOf(error), expected }])
  }
}

/** JSON where the name says so, or where the whole text is JSON; anything else is YAML. */
const readPlain = (text: SourceText): ParseResult => {
  const value = O.tryCatch(() => JSON.parse(text.text) as unknown)
  if (O.isNone(value)) return /\.json$/i.test(text.file) ? E.left([notJson(text)]) : readYaml(text)
  const twice = keyTwice(text)
  return twice === undefined ? E.right([{ from: text.file, value: value.value }]) : E.left([twice])
}

/** `JSON.parse` silently keeps the last of two equal keys; here it is a fault, as in YAML. */
const keyTwice = ({ file, text }: SourceText): DocumentFault | undefined => {
  const open: Set<string>[] = []
  let first: DocumentFault | undefined
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

/** `JSON.parse` does not say on which line it stopped; this parser does. */
const notJson = ({ file, text }: SourceText): DocumentFault => {
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

/** One error in YAML causes others: only the first of each document is reported. */
const readYaml = ({ file, text }: SourceText): ParseResult => {
  // At other log levels the library prints warnings itself.
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

/** An unresolved alias, or one that expands a thousandfold, fails only when the value is made. */
const tryValue = (document: { toJS: () => unknown }): E.Either<string, unknown> =>
  E.tryCatch(() => document.toJS(), messageOf)

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

const notYaml = (file: string, error: YAMLError): DocumentFault => {
  const line = error.linePos?.[0].line
  const [message = ''] = error.message.split(/ at line \d+|\n/)
  return {
    from: line === undefined ? file : `${file}, line ${line}`,
    at: [],
    found: message,
    expected: 'YAML',
  }
}
