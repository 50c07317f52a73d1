/**
 * Returns the indexes of a list of non-negative integers in sorted order: the index of the smallest
 * integer comes first. Uses a stable radix sort, so the indexes of equal integers keep their order.
 */

/** The numbers are split into a low and a high part of so many bits, and each part into digits. */
const partBits = 27
const digitBits = 9
const partCount = 1 << partBits
const radix = 1 << digitBits

/** The positions of the numbers, whole and from 0, in rising order; equal ones keep theirs. */
export const risingPositions = (numbers: ArrayLike<number>): Int32Array => {
  const { length } = numbers
  const part = new Int32Array(length)
  let positions = new Int32Array(length)
  let target = new Int32Array(length)
  for (let i = 0; i < length; i++) positions[i] = i
  for (const unit of [1, partCount]) {
    let some = 0
    // `&` reads a number modulo 2^32, of which a part is the lowest bits.
    for (let i = 0; i < length; i++)
      some |= part[i] = Math.floor(numbers[i]! / unit) & (partCount - 1)
    for (let shift = 0; shift < partBits && some >> shift > 0; shift += digitBits) {
      distribute(part, shift, positions, target)
      ;[positions, target] = [target, positions]
    }
  }
  return positions
}

/** Writes the positions to the target in the order of a digit; equal ones keep their order. */
const distribute = (
  part: Int32Array,
  shift: number,
  positions: Int32Array,
  target: Int32Array,
): void => {
  const starts = new Int32Array(radix + 1)
  for (let i = 0; i < part.length; i++) starts[((part[i]! >> shift) & (radix - 1)) + 1]!++
  for (let digit = 0; digit < radix; digit++) starts[digit + 1]! += starts[digit]!
  for (let i = 0; i < part.length; i++) {
    const position = positions[i]!
    target[starts[(part[position]! >> shift) & (radix - 1)]!++] = position
  }
}
