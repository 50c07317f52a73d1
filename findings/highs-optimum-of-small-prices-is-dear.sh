#!/usr/bin/env bash
# HiGHS calls a plan optimal that costs four times the optimum when prices are small numbers, such as
# dollars per millisecond: two machines hold the same, one costs 0.40 and one 0.10 dollars per hour,
# and with both prices divided by 3,600,000 the answer buys the dear one. Costs below the absolute
# tolerance of 1e-7 for reduced costs count as equal; nothing in the answer says so. Only presolve is
# wrong here: without it the same input gives the cheap plan. Dollars per hour or per second are fine.
# Seen with highs 1.15.3 (HiGHS 1.15.3 as WebAssembly). Prices are best given as whole numbers.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" && npm init -y >/dev/null && npm install --no-audit --no-fund highs@1.15.3 >/dev/null || exit 2
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs'
import load from 'highs'
const highs = await load()
console.log('highs', JSON.parse(readFileSync('node_modules/highs/package.json', 'utf8')).version)
const plan = (msPerUnit, options) => {
  const problem = `Minimize
    cost: ${0.4 / msPerUnit} dear + ${0.1 / msPerUnit} cheap
  Subject To
    cpu: 4 dear + 4 cheap >= 100
  End`
  const { Status, Columns } = highs.solve(problem, { output_flag: false, ...options })
  return `${Status}, ${Columns.dear.Primal} dear and ${Columns.cheap.Primal} cheap machines`
}
const seen = [
  ['dollars per hour', plan(1, {})],
  ['dollars per second', plan(3600, {})],
  ['dollars per millisecond', plan(3600000, {})],
  ['dollars per millisecond, no presolve', plan(3600000, { presolve: 'off' })],
]
for (const [name, text] of seen) console.log(`${name}: ${text}`)
const cheap = 'Optimal, 0 dear and 25 cheap machines'
const dear = 'Optimal, 25 dear and 0 cheap machines'
process.exit(seen.map(([, text]) => text).join() === [cheap, cheap, dear, cheap].join() ? 0 : 1)
JS
node run.mjs
