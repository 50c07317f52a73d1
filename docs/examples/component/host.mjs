/**
 * An example of the kernel as a WebAssembly component in Node: two nodes join, three replicas of a
 * class are placed, and two bad inputs are refused. The cluster stays inside the component.
 */
import { readFile } from 'node:fs/promises'
import { instantiate } from '../../../component/dist/kernel.js'

const compile = async (name) =>
  WebAssembly.compile(await readFile(new URL(`../../../component/dist/${name}`, import.meta.url)))
const { scheduler } = await instantiate(compile, {})

const cluster = new scheduler.Cluster()
const node = (name, cpu) => ({ name, capacity: [[0, cpu]], attributes: [], marks: [] })
cluster.join(JSON.stringify(node('small', 100)))
cluster.join(JSON.stringify(node('large', 1000)))
const part = { dimension: 0, amount: 400, reason: 0, slot: false }
const job = cluster.define(
  JSON.stringify({
    facts: [],
    occupies: [[0, 400]],
    filters: [{ _tag: 'Fit', plugin: 0, removable: true, parts: [part] }],
    choice: { _tag: 'Sum', scores: [], tie: 'rank' },
    priority: 0,
  }),
)
const { placed, unplaced } = cluster.place(job, 3)
console.log(`${placed.length} placed, ${unplaced.count} not, because of`, unplaced.reasons)
for (const bad of ['{', '{}'])
  try {
    cluster.join(bad)
  } catch (error) {
    console.log(error.payload)
  }
