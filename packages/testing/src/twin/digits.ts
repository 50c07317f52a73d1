/** Decimal digits, and no others. */
export const digits = '0123456789'

/** Whether it is digits, at least one. */
export const isDigits = (text: string): boolean =>
  text !== '' && [...text].every((digit) => digits.includes(digit))
