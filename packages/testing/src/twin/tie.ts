/**
 * Selects the winner among the best nodes, by rank or by a seeded hash. This is the slow reference
 * implementation (twin) of tie-breaks.
 */
import type { ChoiceRecipe } from '../recipe/recipe.js'

/** The winner among the best nodes, which are in the order of rank; `undefined` of none. */
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

/**
 * Mixes the low and high 32 bits of the seed and of the replica id with the finaliser of
 * MurmurHash3, in big integers; its first state is the golden ratio's constant 0x9e3779b9.
 */
const hashTwin = (seed: number, replica: number): bigint =>
  [...halves(seed), ...halves(replica)].reduce((state, half) => finalise(state ^ half), 0x9e3779b9n)

const finalise = (state: bigint): bigint => {
  const first = BigInt.asUintN(32, (state ^ (state >> 16n)) * 0x85ebca6bn)
  const second = BigInt.asUintN(32, (first ^ (first >> 13n)) * 0xc2b2ae35n)
  return second ^ (second >> 16n)
}
