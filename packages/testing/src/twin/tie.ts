/**
 * The slow twin of ties: who is taken of the best set. The hash of a seed and an id is the
 * finaliser of MurmurHash3, run over the low and the high half of the seed and then of the id, from
 * the golden ratio; here in integers of any size.
 */
import type { ChoiceRecipe } from '../recipe/recipe.js'

/**
 * The one of the best set, which stands in the order of rank, that a replica with this id takes.
 */
export const tieTwin = <Item>(
  tie: ChoiceRecipe['tie'],
  best: readonly Item[],
  replica: number,
): Item | undefined =>
  tie === 'rank' ? best[0] : best[Number(hashTwin(tie.seeded, replica) % BigInt(best.length || 1))]

const halves = (number: number): readonly bigint[] => [
  BigInt.asUintN(32, BigInt(number)),
  BigInt.asUintN(32, BigInt(number) >> 32n),
]

const hashTwin = (seed: number, replica: number): bigint =>
  [...halves(seed), ...halves(replica)].reduce(
    (state, half) => finalised(state ^ half),
    0x9e3779b9n,
  )

const finalised = (state: bigint): bigint => {
  const first = BigInt.asUintN(32, (state ^ (state >> 16n)) * 0x85ebca6bn)
  const second = BigInt.asUintN(32, (first ^ (first >> 13n)) * 0xc2b2ae35n)
  return second ^ (second >> 16n)
}
