/** Runs every bench at its full size, or those that are named, prints a table, and keeps the results as JSON when told to. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { adversarialSuites } from './adversarial.bench.js'
import { everyRule } from './every-rule.bench.js'
import { indexSuites } from './index.bench.js'
import { runTaskSuite } from './run-task.bench.js'
import { scan } from './scan.bench.js'
import { growthOf, measure, type Result, type Suite } from './suite.js'

const suites: Readonly<Record<string, readonly Suite[]>> = {
  scan: [scan],
  'every-rule': [everyRule],
  index: indexSuites,
  adversarial: adversarialSuites,
  'run-task': [runTaskSuite],
}
const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'))

const shown = (results: readonly Result[]) =>
  results.map(({ size, row, unit, value, ratio, runs, hash }) => ({
    nodes: size,
    row,
    [unit]: Number(value.toFixed(2)),
    ratio: Number(ratio.toFixed(2)),
    runs,
    hash,
  }))

const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  node: process.version,
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim(),
})

for (const [file, some] of Object.entries(suites)) {
  if (asked.length > 0 && !asked.includes(file)) continue
  const results: Result[] = []
  for (const suite of some) {
    const measured = await measure(suite, 'full')
    console.log(suite.name)
    console.table(shown(measured))
    for (const [row, power] of growthOf(measured))
      console.log(`${row}: as the nodes to the power of ${power.toFixed(2)}`)
    console.log()
    results.push(...measured)
  }
  if (process.argv.includes('--keep')) {
    mkdirSync('bench/results', { recursive: true })
    const kept = JSON.stringify({ machine: machine(), results }, null, 2)
    writeFileSync(`bench/results/${file}.json`, `${kept}\n`)
  }
}
