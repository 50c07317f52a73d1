/**
 * Implements the inner loop of the index, which scores nodes, in AssemblyScript (a language that
 * compiles to WebAssembly). The results equal those of `index/structures/flat-loop.ts` of the
 * kernel to the last bit. Therefore this file does the same divisions and roundings, and never
 * multiplies by a reciprocal instead. One SIMD register holds either two dimensions, or one amount
 * before and after a placement.
 *
 * The parameter `loop` of the exports is the address of a table of 32-bit integers, in the order of
 * `Field`: the addresses of the arrays in bytes, and a few numbers.
 */

enum Field { Cells, Query, PartitionOf, LeafOf, RowAt, Starts, Sizes, Values, Counts, Rows, Width, PartitionCount }

/** The value of a node that is not feasible, and of padding. */
const infeasible: i32 = -32_768

/** Scores the nodes in the first `count` of `Rows` again, and updates their tournaments. */
export function rescore(loop: usize, count: i32): void {
  const rows = at(loop, Field.Rows)
  const partitionOf = at(loop, Field.PartitionOf)
  const leafOf = at(loop, Field.LeafOf)
  const starts = at(loop, Field.Starts)
  const sizes = at(loop, Field.Sizes)
  const values = at(loop, Field.Values)
  const changed = writeLeaves(loop, count)
  for (let i = 0; i < changed; i++) {
    const row = integer(rows, i)
    const partition = integer(partitionOf, row)
    const start = integer(starts, partition)
    bubbleUp(values + (<usize>start << 1), integer(sizes, partition), integer(leafOf, row) - start)
  }
}

@inline
function at(loop: usize, field: Field): usize {
  return load<u32>(loop + (<usize>field << 2))
}

@inline
function integer(array: usize, index: i32): i32 {
  return load<i32>(array + (<usize>index << 2))
}

/** Moves the rows whose score changed to the front of `Rows`; returns how many there are. */
function writeLeaves(loop: usize, count: i32): i32 {
  const cells = at(loop, Field.Cells)
  const partitionOf = at(loop, Field.PartitionOf)
  const leafOf = at(loop, Field.LeafOf)
  const values = at(loop, Field.Values)
  const counts = at(loop, Field.Counts)
  const rows = at(loop, Field.Rows)
  const query = at(loop, Field.Query)
  const width = at(loop, Field.Width)
  const half = width << 3
  const least = query + half
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
    const row = integer(rows, i)
    const has = cells + <usize>row * (half << 1)
    const holds = has + half
    let now = infeasible
    if (fits(has, half, query)) {
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
    const leaf = values + (<usize>integer(leafOf, row) << 1)
    const before = <i32>load<i16>(leaf)
    store<i16>(leaf, <i16>now)
    store<i32>(rows + (<usize>changed << 2), row)
    changed += i32(before != now)
    const more = i32(now != infeasible) - i32(before != infeasible)
    if (more != 0) {
      const counted = counts + (<usize>integer(partitionOf, row) << 2)
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
function fits(has: usize, half: usize, query: usize): bool {
  for (let i: usize = 0; i < half; i += 16) {
    const left = f64x2.sub(v128.load(has + i), v128.load(has + half + i))
    if (!v128.all_true<i64>(f64x2.ge(left, v128.load(query + i)))) return false
  }
  return true
}

/** The weighted mean of the free shares, over dimensions with a capacity above 0. */
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

/** How much more even the two dimensions are used; 75 when as even as before. */
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

/** Recomputes the cells above a leaf, up to the first that keeps its value. */
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
function maxOf8(cells: v128): i32 {
  const four = i16x8.max_s(cells, v128.shuffle<i16>(cells, cells, 4, 5, 6, 7, 0, 1, 2, 3))
  const two = i16x8.max_s(four, v128.shuffle<i16>(four, four, 2, 3, 0, 1, 2, 3, 0, 1))
  const one = i16x8.max_s(two, v128.shuffle<i16>(two, two, 1, 0, 1, 0, 1, 0, 1, 0))
  return <i32>i16x8.extract_lane_s(one, 0)
}

/** Writes to `Rows` the best node of each partition with feasible nodes; returns how many. */
export function bestPerPartition(loop: usize): i32 {
  const rowAt = at(loop, Field.RowAt)
  const starts = at(loop, Field.Starts)
  const sizes = at(loop, Field.Sizes)
  const values = at(loop, Field.Values)
  const counts = at(loop, Field.Counts)
  const rows = at(loop, Field.Rows)
  const partitionCount = <i32>at(loop, Field.PartitionCount)
  let count = 0
  for (let partition = 0; partition < partitionCount; partition++) {
    if (integer(counts, partition) == 0) continue
    const start = integer(starts, partition)
    const place = firstBest(values + (<usize>start << 1), integer(sizes, partition))
    store<i32>(rows + (<usize>count << 2), integer(rowAt, start + place))
    count++
  }
  return count
}

/** The position of the leftmost leaf with the best value. */
function firstBest(tree: usize, nodes: i32): i32 {
  const size = roundUpTo8(nodes)
  const above = size <= 8 ? 0 : firstBest(tree + (<usize>size << 1), size >> 3)
  const cells = v128.load(tree + (<usize>above << 4))
  const isBest = i16x8.eq(cells, i16x8.splat(<i16>maxOf8(cells)))
  return (above << 3) + ctz(i16x8.bitmask(isBest))
}
