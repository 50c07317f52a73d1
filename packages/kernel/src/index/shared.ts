/**
 * What the indexes of classes have in common, kept once: kinds of nodes, orders of nodes, what they
 * hold, and the counts of tallies. They hear of each move once, and counts only where they count
 * it.
 */
import { changeOf, classRowOf, nodeOf, phaseOf, type Changes } from '../cluster/changes.js'
import { phaseMasksOf } from '../cluster/classes.js'
import type { State } from '../cluster/state.js'
import type { Scratch } from '../cluster/scratch.js'
import type { Tally } from '../rule/expr.js'
import { groundOf, isSameGround, type Ground } from './ground.js'
import { keyOfKinds, kindsOf, type Kinds } from './kinds.js'
import { layOut, type Layout } from './layout.js'
import { openOrder, type Order } from './order.js'
import { masksIn, type Ordering, type Reads } from './reads.js'
import { hearInHoldings, openHoldings, type Holdings } from './holdings.js'
import { addTo, sumOf, type Sum } from './sum.js'

export interface Shared {
  kinds: Made<Kinds>[]
  readonly orders: WeakMap<Kinds, Order[]>
  readonly layouts: WeakMap<Kinds, Layout>
  holdings: Holdings | undefined
  sums: Made<Sum>[]
  /** By class row. */
  readonly hearing: (Hearing | undefined)[]
  /** The first move that the sums have not heard of. */
  seen: number
}

/**
 * A value, and what it was made of, beside the nodes: it is good as long as these are the same
 * objects. They may be so again, once a trial is over; so it stays beside what is made in the
 * meantime.
 */
interface Made<Value> {
  readonly key: string
  readonly ground: Ground
  readonly value: Value
}

/** Which sums count replicas of a class, and in which phases. */
interface Hearing {
  readonly sums: readonly Sum[]
  readonly masks: readonly number[]
}

export const newShared = ({ count }: Changes): Shared => ({
  kinds: [],
  orders: new WeakMap(),
  layouts: new WeakMap(),
  holdings: undefined,
  sums: [],
  hearing: [],
  seen: count,
})

/** All hear of the moves that they have not heard of. */
export const hear = (shared: Shared, parts: State, changes: Changes): void => {
  const { count } = changes
  if (shared.holdings !== undefined) hearInHoldings(shared.holdings, parts, changes, shared.seen)
  if (shared.sums.length > 0)
    for (let number = shared.seen; number < count; number++) {
      const { sums, masks } = hearingOf(shared, parts, classRowOf(changes, number))
      for (let i = 0; i < sums.length; i++)
        if (((masks[i]! >> phaseOf(changes, number)) & 1) === 1)
          addTo(sums[i]!, nodeOf(changes, number), changeOf(changes, number))
    }
  shared.seen = count
}

const hearingOf = ({ hearing, sums }: Shared, { classes }: State, classRow: number): Hearing => {
  const before = hearing[classRow]
  if (before !== undefined) return before
  const maskIn = ({ tally }: Sum): number => phaseMasksOf(classes, tally.facts)[classRow]!
  const counting = sums.map(({ value }) => value).filter((sum) => maskIn(sum) !== 0)
  const made = { sums: counting, masks: counting.map(maskIn) }
  hearing[classRow] = made
  return made
}

const kept = <Value>(all: Made<Value>[], key: string, ground: Ground, make: () => Value): Value => {
  const before = all.find((one) => one.key === key && isSameGround(one.ground, ground))
  if (before !== undefined) return before.value
  const value = make()
  all.push({ key, ground, value })
  return value
}

export const sharedKinds = (
  { kinds }: Shared,
  reads: Reads,
  parts: State,
  scratch: Scratch,
): Kinds =>
  kept(kinds, keyOfKinds(reads), groundOf(reads, parts), () => kindsOf(reads, parts, scratch))

export const sharedOrder = (
  { orders, seen }: Shared,
  ordering: Ordering,
  kinds: Kinds,
  parts: State,
): Order => {
  const { dimension, sign } = ordering
  const width = parts.dimensions.texts.length
  const known = orders.get(kinds) ?? []
  const before = known.find(
    ({ sorting }) =>
      sorting.dimension === dimension && sorting.sign === sign && sorting.width === width,
  )
  if (before !== undefined) return before
  const made = openOrder(kinds, ordering, parts, seen)
  orders.set(kinds, [...known.filter(({ sorting }) => sorting.width === width), made])
  return made
}

export const sharedHoldings = (shared: Shared, parts: State): Holdings =>
  (shared.holdings ??= openHoldings(parts))

export const sharedLayout = ({ layouts }: Shared, kinds: Kinds): Layout => {
  const before = layouts.get(kinds)
  if (before !== undefined) return before
  const made = layOut(kinds)
  layouts.set(kinds, made)
  return made
}

/**
 * The sum of each tally of the class, the same for tallies that say the same; with its levels if
 * they are asked for by any of these.
 */
export const sharedSums = (
  shared: Shared,
  { tallies, ranged }: Pick<Reads, 'tallies' | 'ranged'>,
  parts: State,
): ReadonlyMap<Tally, Sum> => {
  const rangedTexts = new Set(ranged.map((tally) => JSON.stringify(tally)))
  return new Map(
    tallies.map((tally) => {
      const isRanged = rangedTexts.has(JSON.stringify(tally))
      const ground = groundOf({ masks: masksIn(tally), columns: [] }, parts)
      const sum = kept(shared.sums, JSON.stringify([tally, isRanged]), ground, () => {
        shared.hearing.length = 0
        return sumOf(parts, tally, isRanged)
      })
      return [tally, sum]
    }),
  )
}

/** Lets go of all that is not used any more. */
export const keepOnly = (
  shared: Shared,
  used: Iterable<{ readonly kinds: Kinds; readonly sums: ReadonlyMap<Tally, Sum> }>,
): void => {
  const [kindsUsed, sumsUsed] = [new Set<Kinds>(), new Set<Sum>()]
  for (const one of used) {
    kindsUsed.add(one.kinds)
    for (const sum of one.sums.values()) sumsUsed.add(sum)
  }
  shared.kinds = shared.kinds.filter(({ value }) => kindsUsed.has(value))
  shared.sums = shared.sums.filter(({ value }) => sumsUsed.has(value))
  shared.hearing.length = 0
}
