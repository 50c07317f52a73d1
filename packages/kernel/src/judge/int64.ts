/**
 * Texts that stand for 64-bit integers: an optional sign and decimal digits, nothing else, within the range.
 */
const least = -9_223_372_036_854_775_808n
const most = 9_223_372_036_854_775_807n

export const readInt64 = (text: string): bigint | undefined => {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text)
  return value < least || value > most ? undefined : value
}
