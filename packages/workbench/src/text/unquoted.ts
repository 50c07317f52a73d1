/**
 * Adds the original text to an error about a YAML value that YAML 1.1 reads as something else:
 * without quotes, `y` is true and `010` is 8. The text is parsed again, because parsed values do
 * not keep how they were written.
 */
import type { DocumentFault } from '@stowage/documents'
import { isScalar, parseAllDocuments, type Document, type Node } from 'yaml'
import type { SourceText } from './documents.js'
import type { Faults } from './fault.js'
import { isManifest } from './plain-scalar.js'
import { yamlOptions } from './yaml.js'

/** The faults with what was written, of those whose value was written otherwise. */
export const withUnquoted = (faults: Faults, texts: readonly SourceText[]): Faults => {
  const documents = new Map<string, readonly Document<Node>[]>()
  const documentsOf = (file: string): readonly Document<Node>[] => {
    const known =
      documents.get(file) ?? parseDocuments(texts.find((one) => one.file === file)?.text)
    documents.set(file, known)
    return known
  }
  return faults.map((fault) => {
    if (!isResolved.test(fault.found)) return fault
    const { file, number } = originOf(fault.from)
    const source = sourceAt(documentsOf(file)[number], fault)
    return source === undefined || source === '' || source === fault.found
      ? fault
      : withSource(fault, source)
  })
}

/** A boolean or a number as faults show them. */
const isResolved = /^(?:true|false|null|-?[0-9][0-9.e+-]*)$/

const parseDocuments = (text: string | undefined): readonly Document<Node>[] => {
  try {
    return text === undefined ? [] : parseAllDocuments(text, yamlOptions)
  } catch {
    return []
  }
}

const originOf = (from: string): { readonly file: string; readonly number: number } => {
  const [, file = from, number = '1'] = /^(.*), document (\d+)$/s.exec(from) ?? []
  return { file, number: Number(number) - 1 }
}

const sourceAt = (
  document: Document<Node> | undefined,
  { at }: DocumentFault,
): string | undefined => {
  if (document === undefined || !isManifest(document.contents)) return undefined
  const node = document.getIn(at, true)
  return isScalar(node) && node.type === 'PLAIN' ? node.source : undefined
}

const withSource = (fault: DocumentFault, source: string): DocumentFault => ({
  ...fault,
  found: `${fault.found}, as YAML 1.1 reads ${source} without quotes`,
  expected: `${fault.expected}; if the text is meant, write "${source}"`,
})
