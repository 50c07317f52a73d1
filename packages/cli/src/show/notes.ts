/**
 * What is said beside a plan: warnings and what was ignored, alike ones together.
 */
import type { Ignored, Warning } from '@stowage/kernel'

const subjectsMost = 3

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
  return [...groups]
}

/** A line per warning text, with whom it concerns. */
export const warningLines = (warnings: readonly Warning[]): readonly string[] =>
  grouped(warnings, ({ text }) => text).map(([text, alike]) => {
    const subjects = [...new Set(alike.map(subjectText))]
    const named = subjects.slice(0, subjectsMost).join('; ')
    const more = subjects.length - subjectsMost
    return `  ${text} (${named}${more > 0 ? `; and ${more} more` : ''})`
  })

const subjectText = ({ subject, detail }: Warning): string =>
  detail === undefined ? subject : `${subject}: ${detail}`

/** One line that counts what was ignored by kind. */
export const ignoredLine = (ignored: readonly Ignored[]): string =>
  grouped(ignored, ({ kind }) => kind)
    .map(([kind, alike]) => `${alike.length} ${kind}`)
    .join(', ')
