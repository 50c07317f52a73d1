/**
 * Computes the natural logarithm with the same last bit in every runtime, unlike `Math.log`. The
 * method is that of fdlibm's `e_log.c`: x = 2^k * (1 + f) with 1 + f between the square roots of
 * 1/2 and 2, and a polynomial in s = f / (2 + f).
 */
const rootOf2 = 1.4142135623730951
const ln2High = 6.9314718036912381649e-1
const ln2Low = 1.90821492927058770002e-10
const coefficients = [
  6.66666666666673513e-1, 3.999999999940941908e-1, 2.857142874366239149e-1, 2.222219843214978396e-1,
  1.818357216161805012e-1, 1.531383769920937332e-1, 1.479819860511658591e-1,
] as const

/** The natural logarithm of a number from 1 to 2^53. */
export const logarithm = (x: number): number => {
  let [power, rest] = [0, x]
  while (rest >= rootOf2) {
    rest /= 2
    power++
  }
  const f = rest - 1
  const s = f / (2 + f)
  const s2 = s * s
  const s4 = s2 * s2
  const [l1, l2, l3, l4, l5, l6, l7] = coefficients
  const odd = s2 * (l1 + s4 * (l3 + s4 * (l5 + s4 * l7)))
  const even = s4 * (l2 + s4 * (l4 + s4 * l6))
  const half = 0.5 * f * f
  return power * ln2High - (half - (s * (half + (odd + even)) + power * ln2Low) - f)
}
