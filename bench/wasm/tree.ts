/** The tournament, in the memory of the loop: each place has eight below it, and a level stands after the one below. */
import type * as trees from '../../packages/kernel/src/index/tree.js'
import { first, isWhole } from './chosen.js'
import { allot, buffer } from './memory.js'

const out = -32_768

const placesOf = (nodes: number): number => {
  const level = (nodes + 7) & ~7
  return level === 8 ? 8 : level + placesOf(level >> 3)
}

export const newTree = (before: typeof trees.newTree): typeof trees.newTree =>
  isWhole
    ? (nodes) => {
        const places = placesOf(nodes)
        const values = new Int16Array(buffer, allot(2 * places), places).fill(out)
        return { width: nodes, values, out, alike: undefined, count: 0 }
      }
    : before

export const firstIn = (before: typeof trees.firstIn): typeof trees.firstIn =>
  isWhole ? ({ values, width }) => first(values.byteOffset, width) : before
