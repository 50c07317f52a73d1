/**
 * Writes the notes below an answer: warnings, and documents that were ignored. Equal notes are
 * merged, and their order does not depend on the order of the documents.
 */
import type { Ignored, Warning } from '@stowage/documents'
import { unknownKind } from '@stowage/ecs'
import { byCodeUnit } from '@stowage/kernel'
import { lines, type Block, type Section } from '../block/block.js'
import { printable } from '../block/printable.js'

const subjectsMax = 3

/** Groups in code-unit order of their keys. */
const groupBy = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly (readonly [key: string, items: readonly Item[]])[] => {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return [...groups].sort(([a], [b]) => byCodeUnit(a, b))
}

/** At most three different names, and the number of others. */
const fewOf = (names: readonly string[]): readonly [few: readonly string[], more: number] => {
  const all = [...new Set(names)].sort(byCodeUnit)
  return [all.slice(0, subjectsMax), Math.max(0, all.length - subjectsMax)]
}

/** A block of all warnings, a line per text; none without warnings. */
export const warningBlocks = (warnings: readonly Warning[]): readonly Block[] =>
  warnings.length === 0
    ? []
    : [{ ...lines('Warnings:', ...warningLines(warnings)), tone: 'warning' }]

/** The ignored documents as a section of its own; none without any. */
export const ignoredSections = (ignored: readonly Ignored[]): readonly Section[] =>
  ignored.length === 0 ? [] : [[lines(`Ignored: ${ignoredLine(ignored)}`)]]

/** A line per warning text, with at most three of its subjects. */
export const warningLines = (warnings: readonly Warning[]): readonly string[] =>
  groupBy(warnings, ({ text }) => text).map(([text, alike]) => {
    const [few, more] = fewOf(alike.map(subjectText))
    const subjects = [...few, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
    return `  ${printable(text)} (${printable(subjects)})`
  })

const subjectText = ({ subject, detail }: Warning): string =>
  detail === undefined ? subject : `${subject}: ${detail}`

/** Counts by kind, then the files of documents whose kind is unknown. */
export const ignoredLine = (ignored: readonly Ignored[]): string => {
  const counts = groupBy(
    ignored.filter(({ kind }) => kind !== unknownKind),
    ({ kind }) => kind,
  ).map(([kind, alike]) => `${alike.length} ${kind}`)
  const files = ignored.filter(({ kind }) => kind === unknownKind).map(fileOf)
  const [few, more] = fewOf(files)
  const named = few.join(', ') + (more > 0 ? ` and ${more} more` : '')
  const unknown = files.length === 0 ? [] : [`${unknownKind}: ${named}`]
  return printable([...(counts.length === 0 ? [] : [counts.join(', ')]), ...unknown].join('; '))
}

/** The file of a document: its other documents have the same name then. */
const fileOf = ({ from }: Ignored): string => from.replace(/, document \d+$/, '')
