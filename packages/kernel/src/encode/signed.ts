/**
 * Which numbers are written short, and as which unsigned number: those below 0 take the odd ones.
 */
const shortMax = 1_125_899_906_842_624

/** A whole number within 2^50 of 0. -0 is none, as it would come back as 0. */
export const isShort = (number: number): boolean =>
  Number.isInteger(number) && Math.abs(number) <= shortMax && !Object.is(number, -0)

/** 0, -1, 1, -2, … as 0, 1, 2, 3, … */
export const zigzag = (number: number): number => (number < 0 ? -2 * number - 1 : 2 * number)

export const unzigzag = (number: number): number =>
  number % 2 === 0 ? number / 2 : -(number + 1) / 2
