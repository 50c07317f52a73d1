/**
 * What is said beside a plan: warnings and what was ignored, alike ones together, in an order that
 * does not depend on that of the documents.
 */
import { unknownKind } from '@stowage/ecs'
import { byCodeUnit, type Ignored, type Warning } from '@stowage/kernel'
import { printable } from './table.js'

const subjectsMax = 3

/** Groups in the order of their keys. */
const grouped = <Item>(
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

/** The first few different names, and how many more there are. */
const fewOf = (names: readonly string[]): readonly [few: readonly string[], more: number] => {
  const all = [...new Set(names)].sort(byCodeUnit)
  return [all.slice(0, subjectsMax), Math.max(0, all.length - subjectsMax)]
}

/** A line per warning text, with whom it concerns. */
export const warningLines = (warnings: readonly Warning[]): readonly string[] =>
  grouped(warnings, ({ text }) => text).map(([text, alike]) => {
    const [few, more] = fewOf(alike.map(subjectText))
    const subjects = [...few, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
    return `  ${printable(text)} (${printable(subjects)})`
  })

const subjectText = ({ subject, detail }: Warning): string =>
  detail === undefined ? subject : `${subject}: ${detail}`

/** One line that counts what was ignored by kind, and names the files of what has no kind. */
export const ignoredLine = (ignored: readonly Ignored[]): string => {
  const counts = grouped(
    ignored.filter(({ kind }) => kind !== unknownKind),
    ({ kind }) => kind,
  ).map(([kind, alike]) => `${alike.length} ${kind}`)
  const files = ignored.filter(({ kind }) => kind === unknownKind).map(fileOf)
  const [few, more] = fewOf(files)
  const named = few.join(', ') + (more > 0 ? ` and ${more} more` : '')
  const unknown = files.length === 0 ? [] : [`${unknownKind}: ${named}`]
  return printable([...(counts.length === 0 ? [] : [counts.join(', ')]), ...unknown].join('; '))
}

/** Several documents of one file are named once. */
const fileOf = ({ from }: Ignored): string => from.replace(/, document \d+$/, '')
