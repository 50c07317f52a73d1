/**
 * Encodes signed integers by zigzag (0, -1, 1, -2, … become 0, 1, 2, 3, …), so that small negative
 * numbers are short, too.
 */
const shortMax = 1_125_899_906_842_624

/** True for a whole number within 2^50 of 0, except -0, which would come back as 0. */
export const isShort = (number: number): boolean =>
  Number.isInteger(number) && Math.abs(number) <= shortMax && !Object.is(number, -0)

/** The unsigned number of a signed one. */
export const zigzag = (number: number): number => (number < 0 ? -2 * number - 1 : 2 * number)

/** The signed number of an unsigned one. */
export const unzigzag = (number: number): number =>
  number % 2 === 0 ? number / 2 : -(number + 1) / 2
