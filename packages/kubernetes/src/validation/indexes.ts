/** Counts the indexes that a Job's success policy names, as in `0,2-4`. */

/** How many indexes a text names; `undefined` when it is not a list of ascending ones. */
export const indexesIn = (text: string, completions: number): number | undefined => {
  if (text === '') return 0
  let last = -1
  let count = 0
  for (const part of text.split(',')) {
    const [, first = '', end] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? []
    const [low, high] = [Number(first), Number(end ?? first)]
    const isAscending = first !== '' && low > last && (end === undefined || high > low)
    if (!isAscending || high >= completions) return undefined
    last = high
    count += high - low + 1
  }
  return count
}
