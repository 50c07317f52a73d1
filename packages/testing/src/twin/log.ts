/**
 * The slow twin of the natural logarithm of whole numbers: a sum of series in whole numbers of any
 * size, of which only the result is rounded. The kernel's own, which is that of Go, may be the
 * double beside it; where that decides, `log.test.ts` would say so.
 */

/** So many bits behind the point: many more than a double has. */
const bits = 160n
const one = 1n << bits

/** 2 artanh(1/x), which is 2/x + 2/(3 x^3) + 2/(5 x^5) + ... */
const twiceArtanh = (x: bigint): bigint => {
  let sum = 0n
  for (let [power, odd] = [one / x, 1n]; power > 0n; power /= x * x, odd += 2n)
    sum += (2n * power) / odd
  return sum
}

const known: bigint[] = [0n, 0n]

/**
 * Of a whole number from 1 upwards, the double that is nearest: ln n is ln (n - 1) + 2 artanh(1 /
 * (2n - 1)).
 */
export const logarithmTwin = (n: number): number => {
  while (known.length <= n)
    known.push(known[known.length - 1]! + twiceArtanh(2n * BigInt(known.length) - 1n))
  return Number(known[n]!) / Number(one)
}
