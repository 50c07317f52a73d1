/**
 * Parses texts to documents: a text is JSON (one value, or several one after the other) or YAML
 * (any number of documents).
 */
import type { DocumentFault, Ignored, SourceDocument } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import type { Faults } from './fault.js'
import { byteOrderMark, jsonDocuments, withinDepth, type SourceText } from './json-documents.js'
import { objectCountFault } from './object-count.js'
import { chartOf, templateFaults } from './template.js'
import { yamlDocuments, type NotYaml } from './yaml.js'

export type { SourceText } from './json-documents.js'

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

const readText = (source: SourceText): E.Either<NotYaml, readonly SourceDocument[]> => {
  const broken = (faults: Faults): NotYaml => ({ _tag: 'Broken', faults })
  const json = jsonDocuments(source)
  if (json !== undefined) return E.mapLeft(broken)(json)
  const { file, text } = source
  return withinDepth(file, broken, () => yamlDocuments(file, text.replace(byteOrderMark, '')))
}
