/**
 * Parses texts to documents: a text is JSON (one value, or several one after the other) or YAML
 * (any number of documents).
 */
import type { DocumentFault, IgnoredDocument, SourceDocument } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import type { Faults } from './fault.js'
import { releaseObjects } from './helm-output.js'
import { byteOrderMark, jsonDocuments, withinDepth, type SourceText } from './json-documents.js'
import { objectCounter } from './object-count.js'
import { chartFinder, templateFaults } from './template.js'
import { yamlDocuments, type NotYaml } from './yaml.js'

export type { SourceText } from './json-documents.js'

/** Texts that a caller named together, such as the files of a folder. */
export interface TextSet {
  /** What faults call all of them, such as the paths as they were typed. */
  readonly from: string
  readonly texts: readonly SourceText[]
  /** What a search of folders passed over, such as files with other suffixes. */
  readonly ignored?: readonly IgnoredDocument[]
}

/** The documents of all texts in their order, or every text that cannot be parsed. */
export const documentsOf = (
  texts: readonly SourceText[],
): E.Either<Faults, readonly SourceDocument[]> => {
  const bad: { readonly file: string; readonly why: NotYaml }[] = []
  const read: (readonly SourceDocument[])[] = []
  const countObjects = objectCounter()
  for (const text of texts) {
    const result = readText(text)
    if (E.isLeft(result)) bad.push({ file: text.file, why: result.left })
    else {
      // What follows is not read, as it would only take more memory.
      const many = countObjects(result.right)
      if (many !== undefined && bad.length === 0) return E.left([many])
      read.push(result.right)
    }
  }
  return bad.length > 0 ? E.left(faultsOf(bad, texts)) : E.right(read.flat())
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
  const chartOf = chartFinder(files)
  const charts = new Set(templates.flatMap(({ file }) => chartOf(file) ?? []))
  const isInChart = (file: string): boolean => {
    const chart = chartOf(file)
    return chart !== undefined && charts.has(chart)
  }
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
  return withinDepth(file, broken, () =>
    yamlDocuments(file, releaseObjects(text.replace(byteOrderMark, ''))),
  )
}
