/**
 * Parses files with the history of metrics (their values over time), in one of four formats:
 *
 * 1. a CSV table with a column of times and a column for each metric;
 * 2. a JSON list of `{ time, value, metric }`;
 * 3. the output of CloudWatch's `get-metric-data` or `get-metric-statistics`;
 * 4. the answer of a range query of Prometheus.
 */
import { isObject, own, type DocumentFault } from '@stowage/documents'
import { instant, renderValue, type Instant } from '@stowage/kernel'
import { momentOr } from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import { readDuration } from '../rollout/durations.js'
import type { SourceText } from '../text/documents.js'
import type { Faults } from '../text/fault.js'

/** A value of a metric from an instant on. */
export interface MetricPoint {
  readonly at: Instant
  readonly value: number
}

/** The points of each metric in the order of time. */
export type MetricHistory = ReadonlyMap<string, readonly MetricPoint[]>

/** The name of a column that says how many replicas there were. */
export const replicasColumn = 'replicas'

/** What a series is called that its file does not name. */
export const namelessMetric = 'value'

/** The names of the metrics of a history. */
export const metricsIn = (history: MetricHistory): readonly string[] =>
  [...history.keys()].filter((name) => name !== replicasColumn)

/**
 * The points under the first of the names that the history has. A history of one metric without a
 * name is that of `isOnly`, the only metric that is looked for.
 */
export const seriesOf = (
  history: MetricHistory,
  names: readonly string[],
  isOnly: boolean,
): readonly MetricPoint[] | undefined => {
  const [single, ...others] = metricsIn(history)
  const isNameless = isOnly && single === namelessMetric && others.length === 0
  const name = isNameless ? single : names.find((one) => history.has(one))
  return name === undefined ? undefined : history.get(name)
}

/**
 * Reads files of metrics; a metric of two files is a fault.
 *
 * A time is a timestamp such as `2026-03-01T08:00:00Z`, seconds or milliseconds since 1970, seconds
 * since the beginning of the history, or a duration such as `90s`. A value holds until the next
 * one.
 */
export const readMetrics = (texts: readonly SourceText[]): E.Either<Faults, MetricHistory> => {
  const history = new Map<string, readonly MetricPoint[]>()
  const faults: DocumentFault[] = []
  for (const text of texts) {
    const read = readMetricText(text)
    if (E.isLeft(read)) for (const fault of read.left) faults.push(fault)
    else
      for (const [name, points] of read.right) {
        if (history.has(name))
          faults.push({
            ...{ from: text.file, at: [], found: `the metric ${renderValue(name)} again` },
            expected: 'each metric once, in one file',
          })
        history.set(
          name,
          [...points].sort((a, b) => a.at - b.at),
        )
      }
  }
  if (faults.length > 0) return E.left(faults)
  const isEmpty = [...history.values()].every((points) => points.length < 2)
  return isEmpty
    ? E.left([
        {
          ...{ from: texts[0]?.file ?? '--metric', at: [], found: 'no two values of any metric' },
          expected: 'a table with the columns time and value, or JSON with times and values',
        },
      ])
    : E.right(history)
}

type Series = ReadonlyMap<string, readonly MetricPoint[]>

const readMetricText = ({ file, text }: SourceText): E.Either<Faults, Series> => {
  const plain = text.replace(/^\uFEFF/, '').trim()
  if (!/^[[{]/.test(plain)) return readTable(file, plain)
  let value: unknown
  try {
    value = JSON.parse(plain)
  } catch {
    return E.left([{ from: file, at: [], found: 'a text', expected: 'JSON that can be parsed' }])
  }
  return readJson(file, value)
}

const timeTitles = ['time', 'timestamp', 'at', 'date']

const readTable = (file: string, text: string): E.Either<Faults, Series> => {
  const [head = '', ...rows] = text.split(/\r?\n/)
  const separator = [';', '\t'].find((one) => head.includes(one)) ?? ','
  const titles = cellsOf(head, separator)
  const timeColumn = titles.findIndex((title) => timeTitles.includes(title.toLowerCase()))
  if (timeColumn < 0 || titles.length < 2)
    return E.left([
      {
        ...{ from: `${file}:1`, at: [], found: renderValue(head) },
        expected: 'a head with the column time and one for each metric, such as time,cpu',
      },
    ])
  const series = new Map<string, MetricPoint[]>()
  const faults: DocumentFault[] = []
  for (const [i, row] of rows.entries()) {
    if (row.trim() === '') continue
    const from = `${file}:${i + 2}`
    const cells = cellsOf(row, separator)
    const at = timeOf(cells[timeColumn] ?? '')
    if (at === undefined) {
      faults.push({
        ...{ from, at: [], found: renderValue(cells[timeColumn]) },
        expected: timeExpected,
      })
      continue
    }
    for (const [column, title] of titles.entries()) {
      const cell = cells[column] ?? ''
      if (column === timeColumn || cell === '') continue
      const value = Number(cell)
      if (Number.isFinite(value)) pushPoint(series, title, { at, value })
      else
        faults.push({
          from,
          at: [title],
          found: renderValue(cell),
          expected: 'a number, or nothing',
        })
    }
  }
  return faults.length > 0 ? E.left(faults.slice(0, faultsMax)) : E.right(series)
}

const faultsMax = 20

const pushPoint = (series: Map<string, MetricPoint[]>, name: string, point: MetricPoint): void => {
  const points = series.get(name)
  if (points === undefined) series.set(name, [point])
  else points.push(point)
}

/** The cells of a row; one in quotes may hold the separator, and two quotes for one. */
const cellsOf = (row: string, separator: string): readonly string[] => {
  const cells: string[] = []
  let [cell, isQuoted] = ['', false]
  for (let i = 0; i < row.length; i++) {
    const letter = row.charAt(i)
    if (letter === '"' && isQuoted && row.charAt(i + 1) === '"') {
      cell += letter
      i++
    } else if (letter === '"') isQuoted = !isQuoted
    else if (letter === separator && !isQuoted) {
      cells.push(cell.trim())
      cell = ''
    } else cell += letter
  }
  return [...cells, cell.trim()]
}

const timeExpected =
  'a time: such as 2026-03-01T08:00:00Z, seconds since 1970, seconds since the beginning, or 90s'

/** Less than this are seconds, also those since 1970; more are milliseconds. */
const secondsMax = 100_000_000_000

const timeOf = (found: unknown): Instant | undefined => {
  const number = typeof found === 'number' ? found : Number(found === '' ? NaN : found)
  if (Number.isFinite(number) && number >= 0)
    return instant(Math.round(number < secondsMax ? number * 1000 : number))
  if (typeof found !== 'string') return undefined
  const duration = readDuration(found)
  if (duration !== undefined) return instant(duration)
  const [, day, time = '', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?)?(Z|[+-]\d\d:\d\d)?$/.exec(found) ??
    []
  if (day === undefined) return undefined
  const clock = time === '' ? '00:00:00' : time.length === 5 ? `${time}:00` : time
  const [one, other] = [0, 1].map((number) => momentOr(`${day}T${clock}${zone}`, instant(number)))
  return one === other ? one : undefined
}

const readJson = (file: string, value: unknown): E.Either<Faults, Series> => {
  const lists = listsIn(value)
  if (lists === undefined)
    return E.left([
      {
        ...{ from: file, at: [], found: renderValue(value) },
        expected:
          'a list of { time, value }, or the answer of get-metric-data, get-metric-statistics or of a range query of Prometheus',
      },
    ])
  const series = new Map<string, MetricPoint[]>()
  const faults: DocumentFault[] = []
  for (const { name, pairs } of lists)
    for (const [i, [time, number]] of pairs.entries()) {
      const [at, amount] = [timeOf(time), typeof number === 'string' ? Number(number) : number]
      if (at !== undefined && typeof amount === 'number' && Number.isFinite(amount))
        pushPoint(series, name, { at, value: amount })
      else
        faults.push({
          ...{
            from: file,
            at: [name, i],
            found: `${renderValue(time)} with ${renderValue(number)}`,
          },
          expected: `a number at ${timeExpected}`,
        })
    }
  return faults.length > 0 ? E.left(faults.slice(0, faultsMax)) : E.right(series)
}

interface NamedPairs {
  readonly name: string
  readonly pairs: readonly (readonly [time: unknown, value: unknown])[]
}

const listsIn = (value: unknown): readonly NamedPairs[] | undefined => {
  if (Array.isArray(value)) return byMetric(value)
  if (!isObject(value)) return undefined
  const results = own(value, 'MetricDataResults')
  if (Array.isArray(results)) return results.map(cloudWatchSeries)
  const points = own(value, 'Datapoints')
  if (Array.isArray(points)) return [statisticsOf(own(value, 'Label'), points)]
  const data = own(value, 'data')
  const matrix = isObject(data) ? own(data, 'result') : undefined
  if (Array.isArray(matrix)) return matrix.map(prometheusSeries)
  const named = Object.entries(value)
  const isNamed = named.length > 0 && named.every(([, list]) => Array.isArray(list))
  return isNamed
    ? named.flatMap(([name, list]) =>
        byMetric(list as readonly unknown[]).map(({ pairs }) => ({ name, pairs })),
      )
    : undefined
}

/** A list of `{ time, value, metric }`. */
const byMetric = (points: readonly unknown[]): readonly NamedPairs[] => {
  const found = new Map<string, (readonly [unknown, unknown])[]>()
  for (const point of points) {
    const fields = isObject(point) ? point : {}
    const metric = own(fields, 'metric')
    const name = typeof metric === 'string' ? metric : namelessMetric
    const time = timeTitles.map((title) => own(fields, title)).find((one) => one !== undefined)
    const pair = [time, own(fields, 'value')] as const
    const others = found.get(name)
    if (others === undefined) found.set(name, [pair])
    else others.push(pair)
  }
  return [...found].map(([name, pairs]) => ({ name, pairs }))
}

const textOr = (value: unknown, fallback: string): string =>
  typeof value === 'string' && value !== '' ? value : fallback

const cloudWatchSeries = (result: unknown): NamedPairs => {
  const fields = isObject(result) ? result : {}
  const [times, values] = ['Timestamps', 'Values'].map((name) => own(fields, name))
  const list = Array.isArray(times) ? (times as readonly unknown[]) : []
  const amounts = Array.isArray(values) ? (values as readonly unknown[]) : []
  return {
    name: textOr(own(fields, 'Label'), textOr(own(fields, 'Id'), namelessMetric)),
    pairs: list.map((time, i) => [time, amounts[i]]),
  }
}

const statisticsOf = (label: unknown, points: readonly unknown[]): NamedPairs => ({
  name: textOr(label, namelessMetric),
  pairs: points.map((point) => {
    const fields = isObject(point) ? point : {}
    const value = ['Average', 'Sum', 'Maximum', 'Minimum', 'SampleCount']
      .map((name) => own(fields, name))
      .find((one) => one !== undefined)
    return [own(fields, 'Timestamp'), value]
  }),
})

const prometheusSeries = (result: unknown): NamedPairs => {
  const fields = isObject(result) ? result : {}
  const [labels, values] = [own(fields, 'metric'), own(fields, 'values')]
  const list = Array.isArray(values) ? (values as readonly unknown[]) : []
  return {
    name: textOr(isObject(labels) ? own(labels, '__name__') : undefined, namelessMetric),
    pairs: list.map((pair) => {
      const [time, value] = Array.isArray(pair) ? (pair as readonly unknown[]) : []
      return [time, value]
    }),
  }
}
