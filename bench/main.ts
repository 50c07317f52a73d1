/**
 * Runs all benches, or those named on the command line, at full size; prints a table and writes the
 * results to `bench/results` as JSON.
 */
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
const suiteNames = process.argv.slice(2)

const shown = (results: readonly Result[]) =>
  results.map(({ size, row, unit, value, ratio, runs, hash }) => ({
    nodes: size,
    row,
    [unit]: Number(value.toFixed(2)),
    ratio: Number(ratio.toFixed(2)),
    runs,
    hash,
  }))

const git = (...words: readonly string[]): string => execFileSync('git', words).toString().trim()

const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  node: process.version,
  commit: git('rev-parse', '--short', 'HEAD'),
  // Where files differ from what was committed, beside the results themselves.
  isChanged: git('status', '--porcelain', '--', '.', ':!bench/results') !== '',
})

for (const [file, some] of Object.entries(suites)) {
  if (suiteNames.length > 0 && !suiteNames.includes(file)) continue
  const results: Result[] = []
  for (const suite of some) {
    const measured = await measure(suite, 'full')
    console.log(suite.name)
    console.table(shown(measured))
    for (const [row, power] of growthOf(measured))
      console.log(`${row}: as the nodes to the power of ${power.toFixed(2)}`)
    console.log()
    for (const one of measured) results.push(one)
  }
  mkdirSync('bench/results', { recursive: true })
  const report = JSON.stringify({ machine: machine(), results }, null, 2)
  writeFileSync(`bench/results/${file}.json`, `${report}\n`)
}
