/**
 * Draws random numbers by hashing the seed and the name of each decision. No draw depends on
 * another draw, so that removing one node does not change what happens to the others.
 */

/** A range of whole numbers, both ends included. */
export type WholeRange = readonly [min: number, max: number]

/** A whole number from 0 to 2^32 - 1. The integer arithmetic is the same on every runtime. */
export const draw = (seed: number, name: string): number => {
  let hash = mix(mix(0, seed >>> 0), Math.floor(seed / 4_294_967_296) >>> 0)
  for (let i = 0; i < name.length; i++) hash = mix(hash, name.charCodeAt(i))
  return mix(hash, name.length)
}

/** One round: multiplying by an odd constant spreads each bit upwards, the shifts downwards. */
const mix = (hash: number, value: number): number => {
  const spread = Math.imul(hash ^ value ^ 0x5bd1e995, 0x2c1b3c6d)
  const folded = Math.imul(spread ^ (spread >>> 15), 0x297a2d39)
  return (folded ^ (folded >>> 14)) >>> 0
}

/** Whether something happens that happens at a rate from 0 (never) to 1 (always). */
export const isHit = (seed: number, name: string, rate: number): boolean =>
  draw(seed, name) < rate * 4_294_967_296

/** A number of the range. */
export const drawWithin = (seed: number, name: string, [min, max]: WholeRange): number =>
  min + (draw(seed, name) % (max - min + 1))
