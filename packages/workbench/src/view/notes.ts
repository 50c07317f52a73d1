/**
 * Writes the notes below an answer: warnings, and documents that were ignored. Equal notes are
 * merged, and the order of the documents does not matter.
 */
import type { IgnoredDocument, Warning } from '@stowage/documents'
import { unknownKind } from '@stowage/ecs'
import { byCodeUnit } from '@stowage/kernel'
import { lines, type Block, type Section } from '../block/block.js'
import { printable } from '../block/printable.js'
import { fileOf } from '../text/fault.js'
import type { PlanView } from './plan-view.js'

const subjectsMax = 3

type NotesView = Pick<PlanView, 'isWide'>

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

/** At most three different names, and the number of others; all of them in a wide view. */
const fewOf = (
  names: readonly string[],
  { isWide = false }: NotesView,
): readonly [few: readonly string[], more: number] => {
  const all = [...new Set(names)].sort(byCodeUnit)
  const few = isWide ? all : all.slice(0, subjectsMax)
  return [few, all.length - few.length]
}

/** A block of all warnings, a line per text; none without warnings. */
export const warningBlocks = (warnings: readonly Warning[], view: NotesView): readonly Block[] =>
  warnings.length === 0
    ? []
    : [{ ...lines('Warnings:', ...warningLines(warnings, view)), tone: 'warning' }]

/** The ignored documents as a section of its own; none without any. */
export const ignoredSections = (
  ignored: readonly IgnoredDocument[],
  view: NotesView,
): readonly Section[] =>
  ignored.length === 0 ? [] : [[lines(`Ignored: ${ignoredLine(ignored, view)}`)]]

/** A line per warning text, with at most three of its subjects unless the view is wide. */
export const warningLines = (
  warnings: readonly Warning[],
  view: NotesView = {},
): readonly string[] =>
  groupBy(warnings, ({ text }) => text).map(([text, alike]) => {
    const [few, more] = fewOf(alike.map(subjectText), view)
    const subjects = [...few, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
    return `  ${printable(text)} (${printable(subjects)})`
  })

const subjectText = ({ subject, detail }: Warning): string =>
  detail === undefined ? subject : `${subject}: ${detail}`

/** Counts by kind, then the files of documents whose kind is unknown. */
export const ignoredLine = (ignored: readonly IgnoredDocument[], view: NotesView = {}): string => {
  const counts = groupBy(
    ignored.filter(({ kind }) => kind !== unknownKind),
    ({ kind }) => kind,
  ).map(([kind, alike]) => `${alike.length} ${kind}`)
  const files = ignored.filter(({ kind }) => kind === unknownKind).map(({ from }) => fileOf(from))
  const [few, more] = fewOf(files, view)
  const named = few.join(', ') + (more > 0 ? ` and ${more} more` : '')
  const unknown = files.length === 0 ? [] : [`${unknownKind}: ${named}`]
  return printable([...(counts.length === 0 ? [] : [counts.join(', ')]), ...unknown].join('; '))
}
