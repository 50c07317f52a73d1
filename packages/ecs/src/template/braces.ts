/**
 * Finds two kinds of substitution in a text: the `${…}` of `Fn::Sub`, and dynamic references,
 * `{{resolve:…}}`. The search takes linear time even when braces are not closed; a regular
 * expression would search to the end of the text from every opening brace.
 */

/** A `${…}`: where it begins and ends in the text, and what is inside. */
export interface Braces {
  readonly start: number
  readonly end: number
  readonly inside: string
}

/** The `${…}` of a text that are closed and not empty, in order; they do not nest. */
export const bracesIn = (text: string): readonly Braces[] => {
  const found: Braces[] = []
  let start = text.indexOf('${')
  while (start >= 0) {
    const from = start + 2
    const end = text.indexOf('}', from)
    if (end < 0) return found
    if (end > from) found.push({ start, end: end + 1, inside: text.slice(from, end) })
    start = text.indexOf('${', end > from ? end + 1 : from)
  }
  return found
}

/** The first dynamic reference of a text; `undefined` when it has none. */
export const dynamicReferenceIn = (text: string): string | undefined => {
  let start = text.indexOf('{{resolve:')
  while (start >= 0) {
    const end = text.indexOf('}', start)
    if (end < 0) return undefined
    if (text[end + 1] === '}') return text.slice(start, end + 2)
    start = text.indexOf('{{resolve:', end)
  }
  return undefined
}
