/**
 * Computes the natural logarithm of whole numbers: sums a series in fixed-point big integers, and
 * rounds only the result. This is the slow reference implementation (twin) of the kernel's
 * logarithm; the two may differ in the last bit.
 */

/** Bits after the binary point; a double has 52. */
const bits = 160n
const fixedPointOne = 1n << bits

/** 2 artanh(1/x), which is 2/x + 2/(3 x^3) + 2/(5 x^5) + ... */
const twiceArtanh = (x: bigint): bigint => {
  let sum = 0n
  for (let [power, odd] = [fixedPointOne / x, 1n]; power > 0n; power /= x * x, odd += 2n)
    sum += (2n * power) / odd
  return sum
}

const logarithms: bigint[] = [0n, 0n]

/**
 * The double nearest to ln n, for whole n > 0: ln n = ln(n - 1) + 2 artanh(1 / (2n - 1)). The last
 * bit changes no rounded score when there are as few replicas as in random cases; the kernel's
 * `score/log.test.ts` checks that.
 */
export const logarithmTwin = (n: number): number => {
  while (logarithms.length <= n)
    logarithms.push(
      logarithms[logarithms.length - 1]! + twiceArtanh(2n * BigInt(logarithms.length) - 1n),
    )
  return Number(logarithms[n]!) / Number(fixedPointOne)
}
