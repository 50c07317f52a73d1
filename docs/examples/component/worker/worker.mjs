/** Uses the component in workerd, which takes WebAssembly as modules and compiles none itself. */
import { coreOf } from './cores.mjs'
import { instantiate } from './kernel.js'

const { scheduler } = await instantiate(coreOf, {})

const node = (name, cpu) => ({ name, capacity: [[0, cpu]], attributes: [], marks: [] })
const part = { dimension: 0, amount: 400, reason: 0, slot: false }
const job = {
  facts: [],
  occupies: [[0, 400]],
  filters: [{ _tag: 'Fit', plugin: 0, removable: true, parts: [part] }],
  choice: { _tag: 'Sum', scores: [], tie: 'rank' },
  priority: 0,
}

export default {
  fetch() {
    const cluster = new scheduler.Cluster()
    cluster.join(JSON.stringify(node('small', 100)))
    cluster.join(JSON.stringify(node('large', 1000)))
    const { placed, unplaced } = cluster.place(cluster.define(JSON.stringify(job)), 3)
    const lines = [`${placed.length} placed, ${unplaced.count} not`]
    try {
      cluster.join('{')
    } catch (error) {
      lines.push(error.payload)
    }
    return new Response(lines.join('\n'))
  },
}
