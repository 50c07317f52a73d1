/**
 * Counts the objects of a text before it is parsed, in one pass and without memory of its own, so
 * that a text with too many of them is refused at once.
 */

/**
 * How many objects a JSON text has: a list counts by its items, as does a list of objects with
 * `items`. For a text that is no JSON the number says nothing.
 */
export const jsonObjectCount = (text: string): number => {
  let count = 0
  let depth = 0
  /** The depth of the list whose items are counted; 0 outside of one. */
  let listDepth = 0
  let isItem = false
  for (let i = 0; i < text.length; i++) {
    const letter = text.charCodeAt(i)
    if (letter === quote) {
      const end = textEnd(text, i)
      // A second key of this name is a fault in any case.
      if (depth === 1 && listDepth === 0 && text.slice(i, end) === '"items"') {
        const opening = listAfter(text, end)
        if (opening > 0) {
          // The object around the list was counted as one.
          count--
          depth++
          listDepth = depth
          isItem = false
          i = opening
          continue
        }
      }
      if (depth === listDepth && depth > 0 && !isItem) count++
      if (depth === listDepth) isItem = true
      i = end - 1
    } else if (letter === openBrace || letter === openBracket) {
      if (depth === 0) {
        if (letter === openBracket) listDepth = 1
        else count++
      } else if (depth === listDepth && !isItem) count++
      if (depth === listDepth) isItem = true
      depth++
      if (depth === listDepth) isItem = false
    } else if (letter === closeBrace || letter === closeBracket) {
      if (depth === listDepth) {
        listDepth = 0
        isItem = false
      }
      depth--
    } else if (letter === comma) {
      if (depth === listDepth) isItem = false
    } else if (depth === listDepth && depth > 0 && !isItem && letter > blank) {
      count++
      isItem = true
    }
  }
  return count
}

const [quote, backslash, comma, colon, blank] = [34, 92, 44, 58, 32]
const [openBracket, closeBracket, openBrace, closeBrace] = [91, 93, 123, 125]

/** The position behind the text in quotes that begins here. */
const textEnd = (text: string, start: number): number => {
  for (let i = start + 1; i < text.length; i++) {
    const letter = text.charCodeAt(i)
    if (letter === quote) return i + 1
    if (letter === backslash) i++
  }
  return text.length
}

/** The position of the bracket of a list that is the value behind a key; 0 for another value. */
const listAfter = (text: string, keyEnd: number): number => {
  let hasColon = false
  for (let i = keyEnd; i < text.length; i++) {
    const letter = text.charCodeAt(i)
    if (letter === colon && !hasColon) hasColon = true
    else if (letter > blank) return hasColon && letter === openBracket ? i : 0
  }
  return 0
}

/** How many documents a YAML text has at least: as many as marks of the start of one. */
export const yamlDocumentCount = (text: string): number => {
  let count = /^---(?:\s|$)/.test(text) ? 1 : 0
  for (let at = text.indexOf('\n---'); at !== -1; at = text.indexOf('\n---', at + 4)) {
    const next = text.charCodeAt(at + 4)
    if (Number.isNaN(next) || next <= blank) count++
  }
  return count
}
