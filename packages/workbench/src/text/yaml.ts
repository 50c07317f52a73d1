/**
 * Parses YAML: any number of documents. Objects of the Kubernetes API are read by YAML 1.1, as
 * kubectl reads them, and all else by YAML 1.2.
 */
import { collectAll, type DocumentFault, type SourceDocument } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { parseAllDocuments, type Document, type Node, type YAMLError } from 'yaml'
import type { Faults } from './fault.js'
import { isManifest, resolvePlainScalars } from './plain-scalar.js'
import { shortTags } from './short-tags.js'
import { templateIn } from './template.js'

/** Why a text is not YAML. A template has one fault, whatever else is wrong with it. */
export type NotYaml =
  | { readonly _tag: 'Template'; readonly fault: DocumentFault }
  | { readonly _tag: 'Broken'; readonly faults: Faults }

/** The documents of a text that are not empty. One error causes others: each has one fault. */
export const yamlDocuments = (
  file: string,
  text: string,
): E.Either<NotYaml, readonly SourceDocument[]> => {
  // At other log levels the library prints warnings itself.
  const options = { merge: true, logLevel: 'error' as const, customTags: [...shortTags] }
  const documents = [...parseAllDocuments(text, options)] as readonly Document<Node>[]
  const template = templateIn(file, text, documents)
  if (template !== undefined) return E.left({ _tag: 'Template', fault: template })
  const from = (i: number): string => (documents.length === 1 ? file : `${file}, document ${i + 1}`)
  const bad = documents.flatMap(({ errors }) => errors.slice(0, 1))
  if (bad.length > 0) return broken(bad.map((error) => notYaml(file, error)))
  const values = collectAll<DocumentFault, readonly SourceDocument[]>(
    documents.map((document, i) => documentOf(from(i), document)),
  )
  if (E.isLeft(values)) return broken(values.left)
  return E.right(values.right.filter(({ value }) => value !== null))
}

const broken = (faults: Faults): E.Either<NotYaml, never> => E.left({ _tag: 'Broken', faults })

/** An unresolved alias, or one that expands a thousandfold, fails only when the value is made. */
const documentOf = (from: string, document: Document<Node>): E.Either<Faults, SourceDocument> => {
  if (isManifest(document.contents)) resolvePlainScalars(document)
  return E.tryCatch(
    () => ({ from, value: document.toJS() as unknown }),
    (error) => [{ from, at: [], found: messageOf(error), expected: 'YAML' }],
  )
}

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
