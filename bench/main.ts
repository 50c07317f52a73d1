/** Runs every bench at its full size, prints a table, and keeps the results as JSON when told to. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { everyRule } from './every-rule.bench.js'
import { index } from './index.bench.js'
import { runTaskSuite } from './run-task.bench.js'
import { scan } from './scan.bench.js'
import { measure, type Result } from './suite.js'

const suites = { scan, 'every-rule': everyRule, index, 'run-task': runTaskSuite }

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

for (const [file, suite] of Object.entries(suites)) {
  const results = await measure(suite, 'full')
  console.log(suite.name)
  console.table(shown(results))
  if (process.argv.includes('--keep')) {
    mkdirSync('bench/results', { recursive: true })
    const kept = JSON.stringify({ machine: machine(), results }, null, 2)
    writeFileSync(`bench/results/${file}.json`, `${kept}\n`)
  }
}
