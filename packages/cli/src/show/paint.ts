/**
 * Colours texts for a terminal with the escape sequences of ECMA-48. Colours are added last, after
 * the control characters in names have been escaped.
 */

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  bad: [31, 39],
  good: [32, 39],
  warning: [33, 39],
} as const

/** What a text is painted for. */
export type Paint = keyof typeof codes

/** The text between the sequences that set and reset the paint, each line by itself. */
export const paintText = (text: string, paint: Paint): string => {
  const [set, reset] = codes[paint]
  return text
    .split('\n')
    .map((line) => (line === '' ? line : `\u001b[${set}m${line}\u001b[${reset}m`))
    .join('\n')
}
