/**
 * Compares decisions by index with the same decisions by the book (the plain scan of all nodes):
 * `npm run soak -- [DECISIONS] [SEED]`. The defaults are a million decisions and a seed from the
 * clock. A fifth of the decisions are made on 1,000 nodes with 20 classes. The run fails on any
 * difference.
 */
import { soak, type Life } from './soak.js'

const [count = '1000000', first = `${Date.now() % 2 ** 31}`] = process.argv.slice(2)
const [all, seed] = [Number(count), Number(first)]

const lives: readonly Life[] = [
  { nodes: 5, classes: 3, decisions: 1_000 },
  { nodes: 30, classes: 6, decisions: 3_000 },
  { nodes: 200, classes: 12, decisions: 4_000 },
  { nodes: 1_000, classes: 20, decisions: 2_000 },
]

let [decisions, large, indexed] = [0, 0, 0]
const differences: string[] = []
for (let round = 0; decisions < all; round++)
  for (const [i, life] of lives.entries()) {
    const soaked = soak(life, seed + round * lives.length + i)
    decisions += soaked.decisions
    indexed += soaked.indexed
    if (life.nodes >= 1_000) large += soaked.decisions
    for (const one of soaked.differences) differences.push(one)
  }
console.log(
  `seed ${seed}: ${decisions} decisions, ${large} of them on 1,000 nodes with 20 classes, ${indexed} by index, ${differences.length} differences`,
)
for (const difference of differences.slice(0, 20)) console.log(difference)
process.exitCode = differences.length > 0 ? 1 : 0
