/**
 * Parses texts to documents: a text is JSON (one value, or several one after the other) or YAML
 * (any number of documents).
 */
import {
  nestingFaults,
  type DocumentFault,
  type Ignored,
  type SourceDocument,
} from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { tooManyLevels, type Faults } from './fault.js'
import { jsonValues } from './json.js'
import { objectCountFault } from './object-count.js'
import { chartOf, templateFaults } from './template.js'
import { yamlDocuments, type NotYaml } from './yaml.js'

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
  /** What a search of folders passed over, such as files with other suffixes. */
  readonly ignored?: readonly Ignored[]
}

/** The documents of all texts in their order, or every text that cannot be parsed. */
export const documentsOf = (
  texts: readonly SourceText[],
): E.Either<Faults, readonly SourceDocument[]> => {
  const read = texts.map((text) => ({ file: text.file, result: readText(text) }))
  const bad = read.flatMap(({ file, result }) =>
    E.isLeft(result) ? [{ file, why: result.left }] : [],
  )
  if (bad.length > 0) return E.left(faultsOf(bad, texts))
  const documents = read.flatMap(({ result }) => (E.isRight(result) ? result.right : []))
  const many = objectCountFault(documents)
  return many === undefined ? E.right(documents) : E.left([many])
}

/** A file of a chart is not told of by itself when another one says that it is a chart. */
const faultsOf = (
  bad: readonly { readonly file: string; readonly why: NotYaml }[],
  texts: readonly SourceText[],
): Faults => {
  const files = texts.map(({ file }) => file)
  const templates = bad.flatMap(({ file, why }) =>
    why._tag === 'Template' ? [{ file, fault: why.fault }] : [],
  )
  const charts = templates.flatMap(({ file }) => chartOf(file, files) ?? [])
  const isInChart = (file: string): boolean => charts.some((chart) => file.startsWith(chart))
  const others = bad.flatMap(({ file, why }): readonly DocumentFault[] =>
    why._tag === 'Broken' && !isInChart(file) ? why.faults : [],
  )
  return [...templateFaults(templates, files), ...others]
}

/** The parsers are recursive: a text that is nested far too deep overflows the stack. */
const readText = ({ file, text }: SourceText): E.Either<NotYaml, readonly SourceDocument[]> => {
  try {
    const read = readPlain(file, text.replace(/^\uFEFF/, ''))
    const deep = E.isLeft(read) ? [] : read.right.flatMap(nestingFaults)
    return deep.length > 0 ? E.left({ _tag: 'Broken', faults: deep }) : read
  } catch (error) {
    const fault =
      error instanceof RangeError
        ? tooManyLevels
        : { found: String(error), expected: 'JSON or YAML that can be parsed' }
    return E.left({ _tag: 'Broken', faults: [{ from: file, at: [], ...fault }] })
  }
}

const readPlain = (file: string, text: string): E.Either<NotYaml, readonly SourceDocument[]> => {
  const json = jsonValues(file, text)
  if (O.isNone(json)) return yamlDocuments(file, text)
  if (E.isLeft(json.value)) return E.left({ _tag: 'Broken', faults: json.value.left })
  const values = json.value.right
  const from = (i: number): string => (values.length === 1 ? file : `${file}, document ${i + 1}`)
  return E.right(values.map((value, i) => ({ from: from(i), value })))
}
