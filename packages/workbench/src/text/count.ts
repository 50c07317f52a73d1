/**
 * Formats a count with its noun in the right number: `1 pod`, `3 pods`.
 */
export const countText = (count: number, [one, many]: readonly [string, string]): string =>
  `${count} ${count === 1 ? one : many}`
