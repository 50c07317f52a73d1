/** Formats a list of names for a message: the first twenty, and how many more there are. */

const listedMax = 20

/** The names with commas between them; of more than twenty the first, and how many others. */
export const someOf = (names: readonly string[]): string => {
  const others = names.length - listedMax
  return others <= 0
    ? names.join(', ')
    : `${names.slice(0, listedMax).join(', ')} and ${others} more`
}
