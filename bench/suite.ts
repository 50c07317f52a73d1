/**
 * Defines a bench suite, which has a function that makes the rows for a size such as 1,000 nodes,
 * and runs a suite. The rows of a size do the same work in different ways, such as by index and by
 * scan. Rows whose answers disagree are an error and are never timed. All rows of a size are timed
 * in one run, so that their ratios mean something on a noisy machine.
 */
import { Bench } from 'tinybench'

export interface Row {
  readonly name: string
  readonly run: () => unknown
  /** What is done before each run, and not timed. */
  readonly before?: () => void
  /** The answer of the row, and what others answer to the same: all must be equal. */
  readonly answers: readonly unknown[]
}

export interface Cases {
  /** How many units of work one run of a row does. */
  readonly perRun: number
  readonly rows: readonly Row[]
}

export interface Suite {
  readonly name: string
  readonly sizes: { readonly smoke: readonly number[]; readonly full: readonly number[] }
  readonly unit: string
  /**
   * For how long a row is run at its full size, in milliseconds. Default: 1,000.
   */
  readonly time?: number
  readonly cases: (size: number) => Cases
}

export interface Result {
  readonly suite: string
  readonly size: number
  readonly row: string
  readonly unit: string
  /** The median of all runs, per unit of work. */
  readonly value: number
  /** By how much it is slower than the fastest row of its size. */
  readonly ratio: number
  readonly runs: number
  /** Of the answer: equal hashes, equal answers. */
  readonly hash: string
}

export type Size = 'smoke' | 'full'

/** Runs a suite at all its sizes. Throws where answers disagree: a wrong one is never timed. */
export const measure = async (suite: Suite, size: Size): Promise<readonly Result[]> => {
  const results: Result[] = []
  for (const nodes of suite.sizes[size])
    for (const one of await measureSize(suite, nodes, size === 'full' ? (suite.time ?? 1_000) : 1))
      results.push(one)
  return results
}

/** From one size nothing can be told. */
const rowsOfManySizes = (results: readonly Result[]): readonly string[] =>
  new Set(results.map(({ size }) => size)).size < 2
    ? []
    : [...new Set(results.map(({ row }) => row))]

/**
 * With how high a power of the nodes each row grows: the line that fits best where both are
 * logarithms.
 */
export const growthOf = (results: readonly Result[]): ReadonlyMap<string, number> =>
  new Map(
    rowsOfManySizes(results).map((name) => {
      const points = results.filter(({ row }) => row === name)
      const [xs, ys] = [
        points.map(({ size }) => Math.log(size)),
        points.map(({ value }) => Math.log(value)),
      ]
      const mean = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0) / all.length
      const [x, y] = [mean(xs), mean(ys)]
      const rise = xs.reduce((sum, one, i) => sum + (one - x) * (ys[i]! - y), 0)
      return [name, rise / xs.reduce((sum, one) => sum + (one - x) ** 2, 0)]
    }),
  )

const measureSize = async (
  suite: Suite,
  size: number,
  time: number,
): Promise<readonly Result[]> => {
  const { perRun, rows } = suite.cases(size)
  const hashes = rows.map(({ name, answers }) =>
    agreed(answers, `${suite.name}: ${name} at ${size}`),
  )
  const bench = new Bench({ time, iterations: 3, warmupTime: time / 4, warmupIterations: 1 })
  for (const { name, run, before } of rows)
    bench.add(name, run, before === undefined ? {} : { beforeEach: before })
  await bench.run()
  const medians = bench.tasks.map(({ result }) => medianOf(result) / perRun)
  const fastest = medians.reduce((a, b) => Math.min(a, b))
  return bench.tasks.map(({ name, runs }, i) => ({
    suite: suite.name,
    size,
    row: name,
    unit: suite.unit,
    value: medians[i]!,
    ratio: medians[i]! / fastest,
    runs,
    hash: hashes[i]!,
  }))
}

/** The hash that all of the answers have. */
const agreed = (answers: readonly unknown[], of: string): string => {
  const [hash, ...others] = new Set(answers.map((answer) => hashOf(JSON.stringify(answer))))
  if (hash === undefined || others.length > 0) throw new Error(`${of}: the answers disagree`)
  return hash
}

/** In nanoseconds. */
const medianOf = (result: Bench['tasks'][number]['result']): number => {
  if (!('latency' in result))
    throw new Error('a bench did not complete', {
      cause: 'error' in result ? result.error : result,
    })
  return result.latency.p50 * 1e6
}

/** FNV-1a, 32 bits. */
const hashOf = (text: string): string => {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
