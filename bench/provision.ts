/**
 * Measures `provision`, which chooses the machines to launch for pods without a place:
 *
 * - the speed of the greedy packing, in pods per CPU second;
 * - how far the cost of each packing, greedy or by the solver, is above the lower bound.
 *
 * Uses random batches of pods from a seed and, if they are on the disk, two published data sets.
 * `node bench/run.js provision [LIMITS…]` runs the solver once for each given limit on its work,
 * counted in filled bins (machines).
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import {
  allowIndexes,
  batch,
  classSpecOf,
  define,
  empty,
  getOrThrow,
  internDimension,
  provision,
  type ClassId,
  type Draft,
  type Offering,
  type SupplyOptions,
} from '@stowage/kernel'
import { packingSolver } from '@stowage/optimizer'
import { randomBatch, type BatchSize } from './provisioned.js'

/** What is asked of `provision`. */
interface Batch {
  readonly requests: readonly { readonly class: ClassId; readonly count: number }[]
  readonly offerings: readonly Offering[]
  readonly objective?: SupplyOptions['objective']
}
type MakeBatch = (draft: Draft) => Batch

type LoadHighs = () => Promise<Parameters<typeof packingSolver>[0]>
const loadHighs = createRequire(resolve('packages/cli/package.json'))('highs') as LoadHighs
const solver = packingSolver(await loadHighs())
const shared = resolve(process.env['STOWAGE_SHARED'] ?? '../shared', 'data')

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const measured = (name: string, make: MakeBatch, options: SupplyOptions) =>
  batch(allowIndexes(empty), (draft) => {
    const { requests, offerings, objective = ['price', 'nodes'] } = make(draft)
    const before = cpuSeconds()
    const plan = getOrThrow(provision(draft, requests, offerings, { objective, ...options }))
    const seconds = cpuSeconds() - before
    const pods = requests.reduce((sum, { count }) => sum + count, 0)
    const cost = objective[0] === 'price' ? plan.price : plan.nodes.length
    return {
      ...{ batch: name, pods, by: options.solver === undefined ? 'rule' : options.workMax },
      ...{ nodes: plan.nodes.length, cost, bound: plan.bound.value, proof: plan.bound.by },
      'gap %': Number((100 * (cost / plan.bound.value - 1)).toFixed(3)),
      'CPU s': Number(seconds.toFixed(2)),
      'pods per CPU s': Math.round(pods / seconds),
      unplaced: plan.unplaced.reduce((sum, { count }) => sum + count, 0),
    }
  })[1]

/** A batch of shapes by amounts, and nodes by amounts with a price and a number. */
const batchOf =
  (
    names: readonly string[],
    shapes: ReadonlyMap<string, number>,
    nodes: readonly { readonly amounts: readonly number[]; readonly price: number }[],
    more: Partial<Offering> & Pick<Batch, 'objective'>,
  ): MakeBatch =>
  (draft) => {
    const { objective, ...offering } = more
    const dimensions = names.map((name) => internDimension(draft, name))
    const vector = (amounts: readonly number[]) =>
      amounts.map((amount, d) => [dimensions[d]!, amount] as const)
    return {
      requests: [...shapes].map(([text, count]) => ({
        class: getOrThrow(define(draft, classSpecOf(vector(JSON.parse(text) as number[])))),
        count,
      })),
      offerings: nodes.map(({ amounts, price }, i) => ({
        ...{ prefix: `n${i}`, capacity: vector(amounts), price },
        ...{ attributes: [], marks: [], named: [], holds: [], ...offering },
      })),
      ...(objective === undefined ? {} : { objective }),
    }
  }

const countsOf = (rows: readonly (readonly number[])[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const row of rows)
    counts.set(JSON.stringify(row), (counts.get(JSON.stringify(row)) ?? 0) + 1)
  return counts
}

/** Pods of openb that take whole GPUs, on its most frequent kind of node; nodes are counted. */
const openb = (): MakeBatch | undefined => {
  const path = resolve(shared, 'openb-gpu-v2023/openb_pod_list_default.csv')
  if (!existsSync(path)) return undefined
  const rows = readFileSync(path, 'utf8').trim().split('\n').slice(1)
  const pods = rows.map((row) => row.split(',').slice(1, 5).map(Number))
  const whole = pods.filter(([, , gpus, milli]) => gpus! > 0 && milli === 1000)
  return batchOf(
    ['cpu', 'memory', 'gpu'],
    countsOf(whole.map((row) => row.slice(0, 3))),
    [{ amounts: [96_000, 393_216, 8], price: 1 }],
    { objective: ['nodes'] },
  )
}

interface CloudBalance {
  readonly computerList: readonly Record<
    'cpuPower' | 'memory' | 'networkBandwidth' | 'cost',
    number
  >[]
  readonly processList: readonly Record<
    'requiredCpuPower' | 'requiredMemory' | 'requiredNetworkBandwidth',
    number
  >[]
}

/** Processes on computers, each of which there is once. */
const cloudBalance = (name: string): MakeBatch | undefined => {
  const path = resolve(shared, 'optaplanner-cloudbalancing', `${name}.json`)
  if (!existsSync(path)) return undefined
  const { computerList, processList } = JSON.parse(readFileSync(path, 'utf8')) as CloudBalance
  return batchOf(
    ['cpu', 'memory', 'network'],
    countsOf(
      processList.map((one) => [
        ...[one.requiredCpuPower, one.requiredMemory, one.requiredNetworkBandwidth],
      ]),
    ),
    computerList.map(({ cpuPower, memory, networkBandwidth, cost }) => ({
      ...{ amounts: [cpuPower, memory, networkBandwidth], price: cost },
    })),
    { countMax: 1 },
  )
}

const random =
  (seed: number, size: BatchSize): MakeBatch =>
  (draft) =>
    randomBatch(draft, seed, size)

const [, , , ...words] = process.argv
const works = words.length === 0 ? [60_000, 2_000_000] : words.map(Number)
const batches: readonly (readonly [string, MakeBatch | undefined])[] = [
  ...Array.from({ length: 6 }, (_, seed): readonly [string, MakeBatch] => [
    `random, seed ${seed}`,
    random(seed, {
      ...{ pods: [300, 600, 1000, 1500, 2000][seed % 5]!, types: 400 },
      shapes: [20, 40, 60][seed % 3]!,
    }),
  ]),
  ['openb, whole GPUs', openb()],
  ['cloud balancing, 100', cloudBalance('100computers-300processes')],
  ['cloud balancing, 400', cloudBalance('400computers-1200processes')],
]
const large = [5_000, 20_000].map((pods) =>
  measured(`random, ${pods} pods`, random(1, { pods, shapes: 60, types: 400 }), {}),
)
const rows = batches.flatMap(([name, make]) => {
  if (make === undefined) {
    console.log(`${name}: left out, as its data is not there (STOWAGE_SHARED)`)
    return []
  }
  const ways: readonly SupplyOptions[] = [{}, ...works.map((workMax) => ({ workMax, solver }))]
  return ways.map((way) => measured(name, make, way))
})
console.table([...large, ...rows])
