/**
 * Tests parsing histories of metrics in every supported format, and the errors for malformed
 * histories.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readMetrics } from './metric-history.js'

const read = (text: string, file = 'm.csv') => readMetrics([{ file, text }])
const pointsIn = (text: string): unknown => {
  const history = read(text)
  if (E.isLeft(history)) throw new Error(JSON.stringify(history.left))
  return Object.fromEntries(
    [...history.right].map(([name, points]) => [name, points.map(({ at, value }) => [at, value])]),
  )
}
const first = 1_772_352_000_000
const both = [
  [first, 1],
  [first + 60_000, 2],
]

describe('a history', () => {
  it.each([
    ['a table', 'time,rps\n2026-03-01T08:00:00Z,1\n2026-03-01T08:01:00Z,2\n', 'rps'],
    [
      'a table with semicolons and quotes',
      '"time";"r;ps"\n2026-03-01 08:00;1\n2026-03-01 08:01;2',
      'r;ps',
    ],
    ['seconds since 1970, in any order', 'timestamp,rps\n1772352060,2\n1772352000,1', 'rps'],
    ['milliseconds', 'at,rps\n1772352000000,1\n1772352060000,2', 'rps'],
    ['another offset', 'time,rps\n2026-03-01T09:00:00+01:00,1\n2026-03-01T09:01:00+01:00,2', 'rps'],
    ['a list', '[{"time":1772352000,"value":1},{"time":1772352060,"value":2}]', 'value'],
    [
      'a list with names',
      '[{"time":1772352000,"value":1,"metric":"a"},{"time":1772352060,"value":2,"metric":"a"}]',
      'a',
    ],
    ['lists by name', '{"a":[{"time":1772352000,"value":1},{"time":1772352060,"value":2}]}', 'a'],
    [
      'get-metric-data',
      '{"MetricDataResults":[{"Id":"m","Label":"CPUUtilization","Timestamps":["2026-03-01T08:01:00Z","2026-03-01T08:00:00+00:00"],"Values":[2,1]}]}',
      'CPUUtilization',
    ],
    [
      'get-metric-statistics',
      '{"Label":"CPUUtilization","Datapoints":[{"Timestamp":"2026-03-01T08:01:00Z","Average":2},{"Timestamp":"2026-03-01T08:00:00Z","Average":1}]}',
      'CPUUtilization',
    ],
    [
      'a range query of Prometheus',
      '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"up"},"values":[[1772352000,"1"],[1772352060.000,"2"]]}]}}',
      'up',
    ],
  ])('is read from %s', (_, text, name) => {
    expect(pointsIn(text)).toEqual({ [name]: both })
  })
  it('may have several metrics, gaps and times since its beginning', () => {
    expect(pointsIn('time,a,b\n0s,1,\n90s,,4\n5m,2,5\n')).toEqual({
      a: [
        [0, 1],
        [300_000, 2],
      ],
      b: [
        [90_000, 4],
        [300_000, 5],
      ],
    })
  })
})

describe('a history that cannot be read', () => {
  it.each([
    ['', 'm.csv:1: found "", expected a head'],
    ['rps,cpu\n1,2', 'm.csv:1: found "rps,cpu", expected a head'],
    ['time,rps\n0,1\n15,x\n', 'm.csv:3: found "x", expected a number'],
    ['time,rps\nnever,1\n2026-02-30T00:00:00Z,1', 'm.csv:2: found "never", expected a time'],
    ['time,rps\n0,1\n', 'm.csv: found no two values'],
    ['{"a": 1}', 'm.csv: found an object, expected a list of'],
    ['[{"time": 0, "value": "x"}]', 'm.csv: found 0 with "x", expected a number'],
    ['[1', 'm.csv: found a text, expected JSON'],
  ])('%j says so', (text, fault) => {
    const history = read(text)
    if (E.isRight(history)) throw new Error('it was read')
    const [{ from, found, expected }] = history.left as [(typeof history.left)[number]]
    expect(`${from}: found ${found}, expected ${expected}`).toContain(fault)
  })
  it('has a metric in one file only', () => {
    const text = 'time,rps\n0,1\n60,2'
    const twice = readMetrics([
      { file: 'a.csv', text },
      { file: 'b.csv', text },
    ])
    expect(twice).toMatchObject(E.left([{ from: 'b.csv', found: 'the metric "rps" again' }]))
  })
})
