/**
 * Checks whether a text consists of decimal digits, for the reference implementations (slow twins)
 * that read numbers from texts.
 */
/** The ten digits, in the order of their values. */
export const digits = '0123456789'

/** Whether a text consists of one or more digits. */
export const isDigits = (text: string): boolean =>
  text !== '' && [...text].every((digit) => digits.includes(digit))
