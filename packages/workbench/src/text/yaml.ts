/**
 * Parses YAML with any number of documents. Objects of the Kubernetes API are read by YAML 1.1, as
 * kubectl reads them, and all other documents by YAML 1.2.
 */
import { collectAll, type DocumentFault, type SourceDocument } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  Composer,
  LineCounter,
  parseAllDocuments,
  Parser,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml'
import { tooManyLevels, type Faults } from './fault.js'
import { listParts, type ListParts } from './list-items.js'
import { isManifest, resolvePlainScalars } from './plain-scalar.js'
import { objectsMax, tooManyObjects } from './object-count.js'
import { shortTags } from './short-tags.js'
import { templateIn } from './template.js'
import { yamlDocumentCount } from './text-count.js'
import { nodeFault } from './yaml-nodes.js'

/** Why a text is not YAML. A template has one fault, whatever else is wrong with it. */
export type NotYaml =
  | { readonly _tag: 'Template'; readonly fault: DocumentFault }
  | { readonly _tag: 'Broken'; readonly faults: Faults }

/** The documents of a text that are not empty. One error causes others: each has one fault. */
export const yamlDocuments = (
  file: string,
  text: string,
): E.Either<NotYaml, readonly SourceDocument[]> => {
  const count = yamlDocumentCount(text)
  if (count > objectsMax) return brokenYaml([tooManyObjects(file, count)])
  const parts = text.includes('{{') ? undefined : listParts(text)
  if (parts !== undefined && parts.items.length > objectsMax)
    return brokenYaml([tooManyObjects(file, parts.items.length)])
  const list = parts === undefined ? undefined : listOf(parts)
  if (list !== undefined) return E.right([{ from: file, value: list }])
  const { results, parsed } = documentsIn(file, text)
  const template = templateIn(file, text, parsed)
  if (template !== undefined) return E.left({ _tag: 'Template', fault: template })
  const bad = results.flatMap((one) => (one._tag === 'NotYaml' ? [one.fault] : []))
  if (bad.length > 0) return brokenYaml(bad)
  const from = (i: number): string => (results.length === 1 ? file : `${file}, document ${i + 1}`)
  const values = collectAll<DocumentFault, readonly SourceDocument[]>(
    results.map(
      (one, i): E.Either<Faults, SourceDocument> =>
        one._tag === 'Value' ? valueOf(from(i), one.value) : E.right(emptySource),
    ),
  )
  if (E.isLeft(values)) return brokenYaml(values.left)
  return E.right(values.right.filter(({ value }) => value !== null))
}

const emptySource: SourceDocument = { from: '', value: null }

/** What came of a document: a value, which may be an error of the library, or a fault. */
type Result =
  | { readonly _tag: 'Value'; readonly value: E.Either<string, unknown> }
  | { readonly _tag: 'NotYaml'; readonly fault: DocumentFault }

interface Results {
  readonly results: readonly Result[]
  /** The parsed documents of a text that may be a template; otherwise each is dropped at once. */
  readonly parsed: readonly Document<Node>[]
}

// At other log levels the library prints warnings itself.
/** How the library parses: as little as possible differs from one reading to the next. */
export const yamlOptions = {
  merge: true,
  logLevel: 'error' as const,
  customTags: [...shortTags],
  // `nodeFault` looks for keys that are there twice, in linear time.
  uniqueKeys: false,
}

/** Parses document by document. */
const documentsIn = (file: string, text: string): Results => {
  const lines = new LineCounter()
  const parser = new Parser(lines.addNewLine)
  const results: Result[] = []
  const parsed: Document<Node>[] = []
  const isMaybeTemplate = text.includes('{{')
  for (const document of new Composer(yamlOptions).compose(parser.parse(text))) {
    if (results.length === objectsMax) {
      results.push({ _tag: 'NotYaml', fault: tooManyObjects(file, objectsMax + 1) })
      break
    }
    if (isMaybeTemplate) parsed.push(document)
    const [error] = document.errors
    const fault =
      error === undefined ? faultOfNodes(file, document, lines) : notYaml(file, error, lines)
    results.push(
      fault === undefined
        ? { _tag: 'Value', value: plainValue(document) }
        : { _tag: 'NotYaml', fault },
    )
  }
  return { results, parsed }
}

/** The list of the parts of a text, when nothing is wrong with any part. */
const listOf = (parts: ListParts): object | undefined => {
  const frame = onlyDocument(parts.frame)
  if (frame === undefined || !isManifest(frame.contents)) return undefined
  const items: unknown[] = []
  for (const item of parts.items) {
    const document = onlyDocument(item)
    if (document === undefined) return undefined
    resolvePlainScalars(document)
    const value = toValue(document)
    if (E.isLeft(value) || !Array.isArray(value.right) || value.right.length !== 1) return undefined
    items.push(value.right[0])
  }
  const value = plainValue(frame)
  return E.isLeft(value) ? undefined : { ...(value.right as object), items }
}

const onlyDocument = (text: string): Document<Node> | undefined => {
  const [document, ...others] = parseAllDocuments(text, yamlOptions) as readonly Document<Node>[]
  return document === undefined ||
    others.length > 0 ||
    document.errors.length > 0 ||
    nodeFault(document) !== undefined
    ? undefined
    : document
}

const brokenYaml = (faults: Faults): E.Either<NotYaml, never> => E.left({ _tag: 'Broken', faults })

const plainValue = (document: Document<Node>): E.Either<string, unknown> => {
  if (isManifest(document.contents)) resolvePlainScalars(document)
  return toValue(document)
}

const toValue = (document: Document<Node>): E.Either<string, unknown> =>
  E.tryCatch(() => document.toJS({ maxAliasCount: -1 }) as unknown, String)

const valueOf = (
  from: string,
  value: E.Either<string, unknown>,
): E.Either<Faults, SourceDocument> =>
  pipe(
    value,
    E.bimap(
      (found) => [{ from, at: [], found, expected: 'YAML' }],
      (read) => ({ from, value: read }),
    ),
  )

const faultOfNodes = (
  file: string,
  document: Document<Node>,
  lines: LineCounter,
): DocumentFault | undefined => {
  const fault = nodeFault(document)
  if (fault === undefined) return undefined
  const { offset, ...words } = fault
  return { from: `${file}, line ${lines.linePos(offset).line}`, at: [], ...words }
}

const notYaml = (file: string, error: YAMLError, lines: LineCounter): DocumentFault => {
  const from = `${file}, line ${lines.linePos(error.pos[0]).line}`
  const [message = ''] = error.message.split('\n')
  // The library turns an overflow of its own stack into an error of the document.
  return message.includes('call stack')
    ? { from, at: [], ...tooManyLevels }
    : { from, at: [], found: message, expected: 'YAML' }
}
