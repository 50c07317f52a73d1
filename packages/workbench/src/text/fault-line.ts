/**
 * Finds the line of an input error in its text, for a user interface that shows the text beside the
 * error. The text is parsed again for this, because documents do not keep the positions of their
 * values.
 */
import type { DocumentFault } from '@stowage/documents'
import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
} from 'yaml'
import type { Faults } from './fault.js'
import type { SourceText } from './json-documents.js'
import { withUnquoted } from './unquoted.js'
import { yamlOptions } from './yaml.js'

/** A fault, and its line where there is one. */
export interface PlacedFault {
  readonly fault: DocumentFault
  /** Counted from 1. */
  readonly line: number | undefined
}

/** The faults of what was read from texts, each with what was written and on which line. */
export const placeFaults = (
  faults: Faults,
  texts: readonly SourceText[],
): readonly PlacedFault[] => {
  const parsedTexts = new Map<SourceText, ParsedText>()
  /** Each text is parsed once, however many faults it has. */
  const parsedOf = (text: SourceText): ParsedText => {
    const parsed = parsedTexts.get(text) ?? parseText(text)
    parsedTexts.set(text, parsed)
    return parsed
  }
  return withUnquoted(faults, texts).map((fault) => {
    const [line] = texts.flatMap((text) => lineOfFault(text, fault, parsedOf) ?? [])
    return { fault, line }
  })
}

interface ParsedText {
  readonly documents: readonly Document[]
  readonly lines: LineCounter
}

const parseText = ({ text }: SourceText): ParsedText => {
  const lines = new LineCounter()
  const documents = [...parseAllDocuments(text, { ...yamlOptions, lineCounter: lines })]
  return { documents, lines }
}

/**
 * The line, counted from 1, of the last part of the path that the text has; `undefined` when the
 * fault is of another text, or of none of its documents.
 */
const lineOfFault = (
  text: SourceText,
  { from, at }: Pick<DocumentFault, 'from' | 'at'>,
  parsedOf: (text: SourceText) => ParsedText,
): number | undefined => {
  const { file } = text
  if (from !== file && !from.startsWith(`${file}, `)) return undefined
  const place = from.slice(file.length)
  const line = /^, line (\d+)/.exec(place)?.[1]
  if (line !== undefined) return Number(line)
  const position = Number(/^, document (\d+)/.exec(place)?.[1] ?? 1)
  const { documents, lines } = parsedOf(text)
  const document = documents[position - 1]
  const offset = document?.contents ? offsetAt(document.contents, at) : undefined
  return offset === undefined ? undefined : lines.linePos(offset).line
}

const offsetAt = (contents: Node, at: DocumentFault['at']): number | undefined => {
  let node: unknown = contents
  let offset = contents.range?.[0]
  for (const key of at) {
    if (isMap(node)) {
      const pair = node.items.find(
        (one) => isScalar(one.key) && String(one.key.value) === String(key),
      )
      if (pair === undefined) return offset
      offset = (pair.key as Node).range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(key)]
      offset = (node as Node | undefined)?.range?.[0] ?? offset
    } else return offset
  }
  return offset
}
