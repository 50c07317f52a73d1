/**
 * The hot loop of the index in AssemblyScript: what `index/structures/flat-loop.ts` of the kernel
 * does, to the last bit. Nothing is multiplied by a reciprocal, and every division and rounding is
 * there; only two dimensions, or before and after, go side by side.
 *
 * A run is told by some integers, in the order of `Told`: where its arrays stand, each a number of
 * bytes, and a few numbers.
 */

enum Told { Cells, Asked, Kinds, Leaves, Rows, Starts, Sizes, Values, Counts, Lent, Width, KindCount }

/** What a node is worth that takes no replica, or is none. */
const infeasible: i32 = -32_768

/** Looks again at the nodes in the first so many rows that are lent. */
export function rescore(run: usize, count: i32): void {
  const lent = at(run, Told.Lent)
  const kinds = at(run, Told.Kinds)
  const leaves = at(run, Told.Leaves)
  const starts = at(run, Told.Starts)
  const sizes = at(run, Told.Sizes)
  const values = at(run, Told.Values)
  const changed = writeLeaves(run, count)
  for (let i = 0; i < changed; i++) {
    const row = integer(lent, i)
    const kind = integer(kinds, row)
    const start = integer(starts, kind)
    bubbleUp(values + (<usize>start << 1), integer(sizes, kind), integer(leaves, row) - start)
  }
}

@inline
function at(run: usize, told: Told): usize {
  return load<u32>(run + (<usize>told << 2))
}

@inline
function integer(array: usize, index: i32): i32 {
  return load<i32>(array + (<usize>index << 2))
}

/** Keeps the rows whose value has changed, and gives how many there are. */
function writeLeaves(run: usize, count: i32): i32 {
  const cells = at(run, Told.Cells)
  const kinds = at(run, Told.Kinds)
  const leaves = at(run, Told.Leaves)
  const values = at(run, Told.Values)
  const counts = at(run, Told.Counts)
  const lent = at(run, Told.Lent)
  const asked = at(run, Told.Asked)
  const width = at(run, Told.Width)
  const half = width << 3
  const least = asked + half
  const leastOne = <usize>load<f64>(least) << 3
  const leastOther = <usize>load<f64>(least, 8) << 3
  const leastAmounts = v128.load(least, 16)
  const leastWeights = v128.load(least, 32)
  const leastFactor = load<f64>(least, 48)
  const balance = least + 56
  const balanceOne = <usize>load<f64>(balance) << 3
  const balanceOther = <usize>load<f64>(balance, 8) << 3
  const balanceAmounts = v128.load(balance, 16)
  const balanceFactor = load<f64>(balance, 32)

  let changed = 0
  for (let i = 0; i < count; i++) {
    const row = integer(lent, i)
    const has = cells + <usize>row * (half << 1)
    const holds = has + half
    let now = infeasible
    if (fits(has, half, asked)) {
      let value: f64 = 0
      if (leastFactor != 0) {
        const whole = pair(has, leastOne, leastOther)
        const held = pair(holds, leastOne, leastOther)
        value = leastFactor * freeShareScore(whole, held, leastAmounts, leastWeights)
      }
      if (balanceFactor != 0) {
        const whole = pair(has, balanceOne, balanceOther)
        const held = pair(holds, balanceOne, balanceOther)
        value += balanceFactor * balanceScore(whole, held, balanceAmounts)
      }
      now = <i32>value
    }
    const leaf = values + (<usize>integer(leaves, row) << 1)
    const before = <i32>load<i16>(leaf)
    store<i16>(leaf, <i16>now)
    store<i32>(lent + (<usize>changed << 2), row)
    changed += i32(before != now)
    const more = i32(now != infeasible) - i32(before != infeasible)
    if (more != 0) {
      const counted = counts + (<usize>integer(kinds, row) << 2)
      store<i32>(counted, load<i32>(counted) + more)
    }
  }
  return changed
}

@inline
function pair(amounts: usize, one: usize, other: usize): v128 {
  return v128.load64_lane(amounts + other, v128.load64_zero(amounts + one), 1)
}

@inline
function fits(has: usize, half: usize, asked: usize): bool {
  for (let i: usize = 0; i < half; i += 16) {
    const left = f64x2.sub(v128.load(has + i), v128.load(has + half + i))
    if (!v128.all_true<i64>(f64x2.ge(left, v128.load(asked + i)))) return false
  }
  return true
}

/** The mean of the shares that stay free, of the dimensions of which the node has any. */
@inline
function freeShareScore(whole: v128, held: v128, amounts: v128, weights: v128): f64 {
  const none = f64x2.splat(0)
  const free = f64x2.sub(f64x2.sub(whole, held), amounts)
  const share = f64x2.floor(f64x2.div(f64x2.mul(free, f64x2.splat(100)), whole))
  const counted = v128.and(f64x2.mul(share, weights), f64x2.gt(free, none))
  const weighing = v128.and(weights, f64x2.gt(whole, none))
  const weight = f64x2.extract_lane(weighing, 0) + f64x2.extract_lane(weighing, 1)
  if (!(weight > 0)) return 0
  return floor((f64x2.extract_lane(counted, 0) + f64x2.extract_lane(counted, 1)) / weight)
}

/** How much evener it is taken. */
@inline
function balanceScore(whole: v128, held: v128, amounts: v128): f64 {
  if (f64x2.extract_lane(whole, 0) == 0 || f64x2.extract_lane(whole, 1) == 0) return 75
  const one = f64x2.splat(1)
  const after = f64x2.pmin(one, f64x2.div(f64x2.add(held, amounts), whole))
  const before = f64x2.pmin(one, f64x2.div(held, whole))
  const apart = f64x2.sub(
    v128.shuffle<f64>(after, before, 0, 2),
    v128.shuffle<f64>(after, before, 1, 3),
  )
  const deviation = f64x2.abs(f64x2.mul(apart, f64x2.splat(0.5)))
  const even = f64x2.floor(f64x2.mul(f64x2.sub(one, deviation), f64x2.splat(100)))
  return 50 + floor((50 + f64x2.extract_lane(even, 0) - f64x2.extract_lane(even, 1)) / 2)
}

/** Each level stands after the one below it, and has the best of each eight of that. */
function bubbleUp(tree: usize, nodes: i32, position: i32): void {
  let size = roundUpTo8(nodes)
  let level = tree
  let place = position
  while (size > 8) {
    const best = maxOf8(v128.load(level + (<usize>(place >> 3) << 4)))
    level += <usize>size << 1
    size = roundUpTo8(size >> 3)
    place >>= 3
    const above = level + (<usize>place << 1)
    if (<i32>load<i16>(above) == best) return
    store<i16>(above, <i16>best)
  }
}

@inline
function roundUpTo8(size: i32): i32 {
  return (size + 7) & ~7
}

@inline
function maxOf8(eight: v128): i32 {
  const four = i16x8.max_s(eight, v128.shuffle<i16>(eight, eight, 4, 5, 6, 7, 0, 1, 2, 3))
  const two = i16x8.max_s(four, v128.shuffle<i16>(four, four, 2, 3, 0, 1, 2, 3, 0, 1))
  const one = i16x8.max_s(two, v128.shuffle<i16>(two, two, 1, 0, 1, 0, 1, 0, 1, 0))
  return <i32>i16x8.extract_lane_s(one, 0)
}

/**
 * Lends the rows of the first of the best of each kind of which any takes a replica, and gives how
 * many there are.
 */
export function bestPerPartition(run: usize): i32 {
  const rows = at(run, Told.Rows)
  const starts = at(run, Told.Starts)
  const sizes = at(run, Told.Sizes)
  const values = at(run, Told.Values)
  const counts = at(run, Told.Counts)
  const lent = at(run, Told.Lent)
  const kindCount = <i32>at(run, Told.KindCount)
  let count = 0
  for (let kind = 0; kind < kindCount; kind++) {
    if (integer(counts, kind) == 0) continue
    const start = integer(starts, kind)
    const place = firstBest(values + (<usize>start << 1), integer(sizes, kind))
    store<i32>(lent + (<usize>count << 2), integer(rows, start + place))
    count++
  }
  return count
}

/** The place of the first of the best. */
function firstBest(tree: usize, nodes: i32): i32 {
  const size = roundUpTo8(nodes)
  const above = size <= 8 ? 0 : firstBest(tree + (<usize>size << 1), size >> 3)
  const eight = v128.load(tree + (<usize>above << 4))
  const isBest = i16x8.eq(eight, i16x8.splat(<i16>maxOf8(eight)))
  return (above << 3) + ctz(i16x8.bitmask(isBest))
}
