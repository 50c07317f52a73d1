#!/usr/bin/env bash
# aws-cron-parser takes a day that a month does not have as a day of the next month: a schedule for the
# 29th of February runs on the 1st of March in three of four years, and one for the 31st of April runs
# on the 1st of May. A schedule expression of AWS is skipped in a month without that day, as in any
# cron. Nothing in the answer differs from that of a date that exists.
# Seen with aws-cron-parser 1.1.12.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" && npm init -y >/dev/null && npm install --no-audit --no-fund aws-cron-parser@1.1.12 >/dev/null || exit 2
cat > run.cjs <<'JS'
const { parse, next } = require('aws-cron-parser')
console.log('aws-cron-parser', require('aws-cron-parser/package.json').version)
const runs = (expression, count) => {
  const cron = parse(expression)
  const days = []
  for (let at = new Date('2026-11-29T00:00:00Z'); days.length < count; days.push(at.toISOString().slice(0, 10)))
    at = next(cron, at)
  return days.join(' ')
}
const seen = [
  ['0 12 29 2 ? *', runs('0 12 29 2 ? *', 3)],
  ['0 10 31 4,5 ? *', runs('0 10 31 4,5 ? *', 2)],
]
for (const [expression, days] of seen) console.log(`${expression}: ${days}`)
const same = ['2027-03-01 2028-02-29 2029-03-01', '2027-05-01 2027-05-31']
process.exit(seen.every(([, days], i) => days === same[i]) ? 0 : 1)
JS
node run.cjs
