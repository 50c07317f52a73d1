/**
 * The loop of the index in AssemblyScript: which of the nodes that have changed take a replica of a class, how good each is, and the
 * tournament of these. It says of the plain rules of `shapes.ts` what the kernel says, to the last bit: nothing is multiplied by a
 * reciprocal, and every division and rounding is there; only two dimensions, or before and after, go side by side.
 *
 * A record is 64 bytes: what the node has of processor and memory, and what it holds of both; what it has and holds of slots; where
 * it stands in rank, and the mark of those who have looked at it. `asked` is what a class asks for of the three.
 */

const outside: i32 = -32_768

/** Writes which rows fit to the place of all, and their values beside; gives how many fit. */
export function values(records: usize, rows: usize, count: i32, asked: usize, out: usize): i32 {
  let kept: usize = 0
  for (let i: usize = 0; i < <usize>count; i++) {
    const row = load<i32>(rows + (i << 2))
    const now = valueOf(records + (<usize>row << 6), asked)
    if (now == outside) continue
    store<i32>(rows + (kept << 2), row)
    store<f64>(out + (kept << 3), <f64>now)
    kept++
  }
  return <i32>kept
}

/**
 * Looks at the rows of a ring from one number up to another, each once. All leaves are written before anything is played, so that no
 * access to memory waits for another. Gives how many more nodes are in than before.
 */
export function catchUp(
  records: usize,
  mark: i32,
  ring: usize,
  around: i32,
  from: i32,
  to: i32,
  asked: usize,
  tree: usize,
  nodes: i32,
  changed: usize,
): i32 {
  let more: i32 = 0
  let many: usize = 0
  for (let number = from; number < to; number++) {
    const record = records + (<usize>load<i32>(ring + (<usize>(number & around) << 2)) << 6)
    if (load<i32>(record, 52) == mark) continue
    store<i32>(record, mark, 52)
    const now = valueOf(record, asked)
    const position = load<i32>(record, 48)
    const leaf = tree + (<usize>position << 1)
    const before = <i32>load<i16>(leaf)
    store<i16>(leaf, <i16>now)
    more += i32(now != outside) - i32(before != outside)
    store<i32>(changed + (many << 2), position)
    many += usize(before != now)
  }
  for (let i: usize = 0; i < many; i++) play(tree, nodes, <usize>load<i32>(changed + (i << 2)))
  return more
}

/** Each level stands after the one below it, and has the best of each eight of that. */
function play(tree: usize, nodes: i32, position: usize): void {
  let size = eights(nodes)
  let level = tree
  let at = position
  while (size > 8) {
    const best = bestOf(v128.load(level + ((at >> 3) << 4)))
    level += <usize>size << 1
    size = eights(size >> 3)
    at >>= 3
    if (<i32>load<i16>(level + (at << 1)) == best) return
    store<i16>(level + (at << 1), <i16>best)
  }
}

/** The position of the first of the best. */
export function first(tree: usize, nodes: i32): i32 {
  const size = eights(nodes)
  const above = size == 8 ? 0 : first(tree + (<usize>size << 1), size >> 3)
  const eight = v128.load(tree + (<usize>above << 4))
  const isBest = i16x8.eq(eight, i16x8.splat(<i16>bestOf(eight)))
  return (above << 3) + ctz(i16x8.bitmask(isBest))
}

@inline
function eights(size: i32): i32 {
  return (size + 7) & ~7
}

@inline
function bestOf(eight: v128): i32 {
  const four = i16x8.max_s(eight, v128.shuffle<i16>(eight, eight, 4, 5, 6, 7, 0, 1, 2, 3))
  const two = i16x8.max_s(four, v128.shuffle<i16>(four, four, 2, 3, 0, 1, 2, 3, 0, 1))
  const one = i16x8.max_s(two, v128.shuffle<i16>(two, two, 1, 0, 1, 0, 1, 0, 1, 0))
  return <i32>i16x8.extract_lane_s(one, 0)
}

/** The share that stays free, and the change of balance; or that the node has no room. */
@inline
function valueOf(record: usize, demand: usize): i32 {
  const whole = v128.load(record)
  const held = v128.load(record, 16)
  const asked = v128.load(demand)
  const left = f64x2.sub(whole, held)
  if (!v128.all_true<i64>(f64x2.ge(left, asked))) return outside
  if (load<f64>(record, 32) - load<f64>(record, 40) < load<f64>(demand, 16)) return outside
  const one = f64x2.splat(1)
  const hundred = f64x2.splat(100)
  const free = f64x2.floor(f64x2.div(f64x2.mul(f64x2.sub(left, asked), hundred), whole))
  const least = floor((f64x2.extract_lane(free, 0) + f64x2.extract_lane(free, 1)) / 2)
  const after = f64x2.pmin(one, f64x2.div(f64x2.add(held, asked), whole))
  const before = f64x2.pmin(one, f64x2.div(held, whole))
  const apart = f64x2.sub(
    v128.shuffle<f64>(after, before, 0, 2),
    v128.shuffle<f64>(after, before, 1, 3),
  )
  const deviation = f64x2.abs(f64x2.mul(apart, f64x2.splat(0.5)))
  const even = f64x2.floor(f64x2.mul(f64x2.sub(one, deviation), hundred))
  const change = f64x2.extract_lane(even, 0) - f64x2.extract_lane(even, 1)
  return <i32>(least + 50 + floor((50 + change) / 2))
}
