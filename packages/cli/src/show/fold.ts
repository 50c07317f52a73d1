/**
 * Wraps texts at blanks for the cells of a table, in time linear in the text. Widths are counted as
 * on a terminal, where an East Asian character takes two columns.
 */

/** The lines of a text, each at most so wide; a word that is wider has a line of its own. */
export const foldText = (text: string, widthMax: number): readonly string[] =>
  text.split('\n').flatMap((line) => foldLine(line, widthMax))

const foldLine = (text: string, widthMax: number): readonly string[] => {
  // Words are at even positions, and the blanks between them at odd ones.
  const parts = text.split(/(\s+)/)
  const lines: string[] = []
  let line = ''
  let width = 0
  for (let i = 0; i < parts.length; i += 2) {
    const word = parts[i]!
    const blanks = i > 0 ? parts[i - 1]! : ''
    const more = (width > 0 ? blanks.length : 0) + textWidth(word)
    if (width + more <= widthMax) {
      line += blanks + word
      width += more
    } else {
      if (width > 0) lines.push(line)
      line = word
      width = textWidth(word)
    }
  }
  if (width > 0) lines.push(line)
  return lines
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu

const textWidth = (text: string): number => text.length + (text.match(wide)?.length ?? 0)
