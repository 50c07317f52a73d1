/** Parses JSON: one value, or several objects and lists one after the other, such as JSON Lines. */
import { collectAll, type DocumentFault } from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { parse as parseJson, printParseErrorCode, visit, type ParseError } from 'jsonc-parser'
import type { Faults } from './fault.js'

/** A text that is JSON, or a part of one; `line` is where it begins, from 0. */
interface JsonText {
  readonly file: string
  readonly text: string
  readonly line: number
}

/**
 * The values of a text. When nothing says that the text is JSON, neither the name of its file nor
 * how it begins, it may be YAML, and the result is none.
 */
export const jsonValues = (
  file: string,
  text: string,
): O.Option<E.Either<Faults, readonly unknown[]>> => {
  const whole: JsonText = { file, text, line: 0 }
  const value = parsedValue(whole)
  if (E.isRight(value))
    return O.some(
      pipe(
        onlyKeys(whole, value.right),
        E.map((one) => [one]),
      ),
    )
  const parts = partsOf(whole)
  const isNamed = /\.(json|jsonl|ndjson)$/i.test(file)
  if (parts.length < 2) return isNamed ? O.some(E.left(value.left)) : O.none
  if (!isNamed && !parts.every(({ text: part }) => /^[{[]/.test(part))) return O.none
  const values = parts.map((part) => E.chain((one) => onlyKeys(part, one))(parsedValue(part)))
  return isNamed || E.isRight(values[0]!)
    ? O.some(collectAll<DocumentFault, readonly unknown[]>(values))
    : O.none
}

const parsedValue = (part: JsonText): E.Either<Faults, unknown> =>
  E.tryCatch(
    () => JSON.parse(part.text) as unknown,
    () => [notJson(part)],
  )

const onlyKeys = (part: JsonText, value: unknown): E.Either<Faults, unknown> => {
  const twice = keyTwice(part)
  return twice === undefined ? E.right(value) : E.left([twice])
}

/** The objects and lists of a text, up to where their brackets close; then what is left over. */
const partsOf = ({ file, text }: JsonText): readonly JsonText[] => {
  const parts: JsonText[] = []
  let line = 0
  let start = -1
  let startLine = 0
  let depth = 0
  let isText = false
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]!
    if (letter === '\n') line++
    if (start < 0) {
      if (/\s/.test(letter)) continue
      if (letter !== '{' && letter !== '[') return [...parts, { file, text: text.slice(i), line }]
      start = i
      startLine = line
    }
    if (isText) {
      if (letter === '\\') i++
      else if (letter === '"') isText = false
    } else if (letter === '"') isText = true
    else if (letter === '{' || letter === '[') depth++
    else if ((letter === '}' || letter === ']') && --depth === 0) {
      parts.push({ file, text: text.slice(start, i + 1), line: startLine })
      start = -1
    }
  }
  return start < 0 ? parts : [...parts, { file, text: text.slice(start), line: startLine }]
}

/** `JSON.parse` silently keeps the last of two equal keys; here it is a fault, as in YAML. */
const keyTwice = ({ file, text, line: above }: JsonText): DocumentFault | undefined => {
  const open: Set<string>[] = []
  let first: DocumentFault | undefined
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (key, _offset, _length, line) => {
      const keys = open[open.length - 1]!
      if (keys.has(key))
        first ??= {
          from: `${file}, line ${above + line + 1}`,
          at: [],
          found: `the key ${renderValue(key)} for a second time`,
          expected: 'every key once in an object',
        }
      keys.add(key)
    },
  })
  return first
}

/** `JSON.parse` does not say on which line it stopped; this parser does. */
const notJson = ({ file, text, line: above }: JsonText): DocumentFault => {
  const errors: ParseError[] = []
  parseJson(text, errors, { disallowComments: true })
  const [first] = errors
  if (first === undefined) return { from: file, at: [], found: 'something else', expected: 'JSON' }
  const { offset, length, error } = first
  const line = above + text.slice(0, offset).split('\n').length
  const wording = printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return {
    from: `${file}, line ${line}`,
    at: [],
    found: length === 0 ? 'the end' : renderValue(text.slice(offset, offset + length)),
    expected: `JSON (${wording})`,
  }
}
