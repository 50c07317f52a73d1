/**
 * Texts as documents: JSON, or YAML with any number of documents. A text that starts like JSON is read as JSON.
 */
import type { BadDocument, Document } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { parseAllDocuments, type YAMLError } from 'yaml'
import type { Text } from './files.js'

/** The documents of all texts; all that can not be parsed comes back together. */
export const documentsOf = (
  texts: readonly Text[],
): E.Either<readonly BadDocument[], readonly Document[]> => {
  const read = texts.map((text) => (isJson(text) ? readJson(text) : readYaml(text)))
  const bad = read.flatMap((one) => (E.isLeft(one) ? one.left : []))
  return bad.length > 0
    ? E.left(bad)
    : E.right(read.flatMap((one) => (E.isRight(one) ? one.right : [])))
}

const isJson = ({ file, text }: Text): boolean =>
  /\.json$/i.test(file) || (!/\.ya?ml$/i.test(file) && /^\s*[[{]/.test(text))

const readJson = ({ file, text }: Text): E.Either<readonly BadDocument[], readonly Document[]> => {
  try {
    return E.right([{ from: file, value: JSON.parse(text) as unknown }])
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error)
    return E.left([{ from: `${file}${placeIn(text, found)}`, at: [], found, expected: 'JSON' }])
  }
}

/** The runtime says at which character it stopped; a person wants the line. */
const placeIn = (text: string, message: string): string => {
  const position = /position (\d+)/.exec(message)?.[1]
  if (position === undefined) return ''
  return `, line ${text.slice(0, Number(position)).split('\n').length}`
}

const readYaml = ({ file, text }: Text): E.Either<readonly BadDocument[], readonly Document[]> => {
  const documents = [...parseAllDocuments(text, { merge: true })]
  const bad = documents.flatMap(({ errors }) => errors).map((error) => notYaml(file, error))
  if (bad.length > 0) return E.left(bad)
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
  E.tryCatch(
    () => document.toJS(),
    (error) => (error instanceof Error ? error.message : String(error)),
  )

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
