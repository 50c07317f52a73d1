/**
 * Splits the text of a YAML list of objects, as `kubectl get --output yaml` writes it, so that a
 * long list is never parsed as a whole. The result is the text of each item, and the frame: the
 * same text with an empty list of items.
 */

/** A list in parts. */
export interface ListParts {
  readonly frame: string
  readonly items: readonly string[]
}

const itemsLine = /^items:[ \t\r]*$/
/** A line of an item that is not its first: indented, empty or a comment. */
const innerLine = /^(?:[ #]|\r?$)/

/**
 * The parts of a text that is one document with a list `items` whose dashes are in the first
 * column; `undefined` for any other text. The text of an item is a YAML list with this one item.
 */
export const listParts = (text: string): ListParts | undefined => {
  // What a tab means depends on how deep the line is.
  if (text.startsWith('%') || /\n(?:---|\.\.\.| *\t)/.test(text)) return undefined
  const before: string[] = []
  const items: string[] = []
  const after: string[] = []
  // The position where the open item begins; -1 outside of items.
  let open = -1
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(text, start)
    const line = text.slice(start, end)
    const isInItems = items.length > 0 || open >= 0
    if (before.length === 0 || !itemsLine.test(before.at(-1)!)) before.push(line)
    else if (after.length === 0 && /^-(?: |\r?$)/.test(line)) {
      if (open >= 0) items.push(text.slice(open, start))
      open = start
    } else if (open >= 0 && innerLine.test(line)) {
      // The line belongs to the open item.
    } else {
      if (!isInItems) return undefined
      if (open >= 0) items.push(text.slice(open, start))
      open = -1
      after.push(line)
    }
    start = end + 1
  }
  if (open >= 0) items.push(text.slice(open))
  if (items.length === 0) return undefined
  const frame = [...before.slice(0, -1), 'items: []', ...after].join('\n')
  return { frame, items }
}

const lineEnd = (text: string, start: number): number => {
  const end = text.indexOf('\n', start)
  return end < 0 ? text.length : end
}
