/** Lists names in a message: the first ones, and how many more there are. */

const namesMax = 20

/** The names with commas between them; of more than twenty the first, and the number of the others. */
export const someOf = (names: readonly string[]): string => {
  const others = names.length - namesMax
  return others <= 0
    ? names.join(', ')
    : `${names.slice(0, namesMax).join(', ')} and ${others} more`
}
