/**
 * The same loop in JavaScript, step by step as in `loop.as.ts`, so that what its shape buys can be told from what WebAssembly does.
 * Where a processor would guess wrong which way a comparison goes, there is arithmetic instead.
 */
import { doubles, integers, shorts } from './memory.js'

const outside = -32_768

export const catchUp = (
  records: number,
  mark: number,
  ring: number,
  around: number,
  from: number,
  to: number,
  asked: number,
  tree: number,
  nodes: number,
  changed: number,
): number => {
  let more = 0
  let many = 0
  for (let number = from; number < to; number++) {
    const record = records + (integers[(ring >> 2) + (number & around)]! << 6)
    if (integers[(record + 52) >> 2] === mark) continue
    integers[(record + 52) >> 2] = mark
    const now = valueOf(record >> 3, asked >> 3)
    const position = integers[(record + 48) >> 2]!
    const leaf = (tree >> 1) + position
    const before = shorts[leaf]!
    shorts[leaf] = now
    more += differ(now, outside) - differ(before, outside)
    integers[(changed >> 2) + many] = position
    many += differ(before, now)
  }
  for (let i = 0; i < many; i++) play(tree >> 1, nodes, integers[(changed >> 2) + i]!)
  return more
}

/** 1 or 0. */
const differ = (one: number, other: number): number => {
  const bits = one ^ other
  return (bits | -bits) >>> 31
}

const play = (tree: number, nodes: number, position: number): void => {
  let size = eights(nodes)
  let level = tree
  let at = position
  while (size > 8) {
    const best = bestOf(level + (at & ~7))
    level += size
    size = eights(size >> 3)
    at >>= 3
    if (shorts[level + at] === best) return
    shorts[level + at] = best
  }
}

export const first = (tree: number, nodes: number): number => {
  const size = eights(nodes)
  const above = size === 8 ? 0 : first(tree + 2 * size, size >> 3)
  const eight = (tree >> 1) + 8 * above
  const best = bestOf(eight)
  let at = 0
  while (shorts[eight + at] !== best) at++
  return 8 * above + at
}

const eights = (size: number): number => (size + 7) & ~7

const bestOf = (eight: number): number => larger(bestOfFour(eight), bestOfFour(eight + 4))

const bestOfFour = (four: number): number =>
  larger(larger(shorts[four]!, shorts[four + 1]!), larger(shorts[four + 2]!, shorts[four + 3]!))

const larger = (one: number, other: number): number => one - ((one - other) & ((one - other) >> 31))

const valueOf = (record: number, asked: number): number => {
  const cpu = doubles[asked]!
  const memory = doubles[asked + 1]!
  const cpuWhole = doubles[record]!
  const memoryWhole = doubles[record + 1]!
  const cpuHeld = doubles[record + 2]!
  const memoryHeld = doubles[record + 3]!
  if (cpuWhole - cpuHeld < cpu || memoryWhole - memoryHeld < memory) return outside
  if (doubles[record + 4]! - doubles[record + 5]! < doubles[asked + 2]!) return outside
  const free =
    Math.floor(((cpuWhole - cpuHeld - cpu) * 100) / cpuWhole) +
    Math.floor(((memoryWhole - memoryHeld - memory) * 100) / memoryWhole)
  const change =
    evenness((cpuHeld + cpu) / cpuWhole, (memoryHeld + memory) / memoryWhole) -
    evenness(cpuHeld / cpuWhole, memoryHeld / memoryWhole)
  return (Math.floor(free / 2) + 50 + Math.floor((50 + change) / 2)) | 0
}

const evenness = (one: number, other: number): number =>
  Math.floor((1 - Math.abs((Math.min(one, 1) - Math.min(other, 1)) / 2)) * 100)
