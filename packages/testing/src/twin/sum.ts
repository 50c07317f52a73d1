/** From the first to the last; 0 of none. */
export const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
