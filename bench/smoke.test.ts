/**
 * Runs every bench of `npm run bench` at its smallest size, so that all keep working, and checks
 * that a bench refuses to time rows whose answers disagree.
 */
import { execFileSync } from 'node:child_process'
import { batch } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { stateOf } from '../packages/kernel/src/cluster/cluster.js'
import { noCosts } from '../packages/kernel/src/index/cost-model.js'
import { indexFor } from '../packages/kernel/src/index/index-cache.js'
import { getClassSpec } from '../packages/kernel/src/place/get-class-spec.js'
import { adversarialSuites } from './adversarial.bench.js'
import { everyRule, missing } from './every-rule.bench.js'
import { indexSuites } from './index.bench.js'
import { openRollouts, rollOut, sizeOf, type Rollouts } from './rollouts.js'
import { runTaskSuite } from './run-task.bench.js'
import { openServices, passQuietly, rollByHand, rollServices, tasksByClass } from './services.js'
import { scan } from './scan.bench.js'
import { growthOf, measure, type Result } from './suite.js'

it('runs the scan at its smoke size', async () => {
  const results = await measure(scan, 'smoke')
  expect(results.map(({ row, size }) => [row, size])).toEqual([
    ['kernel', 16],
    ['bare loop', 16],
  ])
  expect(results.every(({ value, runs }) => value > 0 && runs > 0)).toBe(true)
})

it('runs the class with every kind of rule at its smoke size', async () => {
  const results = await measure(everyRule, 'smoke')
  expect(results.map(({ row }) => row)).toEqual(['every kind of rule', 'plain class'])
  expect(missing()).toEqual([])
})

it.each(indexSuites)(
  'places by index, and whichever way pays, as by the scan: $name',
  async (suite) => {
    const results = await measure(suite, 'smoke')
    expect(results.map(({ row }) => row)).toEqual(['whichever pays', 'index', 'scan'])
  },
)

it.each(adversarialSuites)('places whichever way pays as by the scan: $name', async (suite) => {
  const results = await measure(suite, 'smoke')
  expect(results.map(({ row }) => row)).toEqual(['whichever pays', 'scan'])
})

/** How much the indexes share that is kept. */
const derivedOf = ({ cluster, running }: Rollouts) =>
  batch(cluster, (draft) => {
    const classSpec = getClassSpec(stateOf(draft), running[0]!.class)
    const { partitions, counts } = indexFor(draft, classSpec, 1, noCosts)!.shared
    return { partitions: partitions.length, counts: counts.length }
  })[1]

it('rolls services out, and by hand as many tasks', () => {
  const fleet = { nodes: 6, services: 3, tasks: 4 }
  const world = openServices(fleet)
  const classes = () => [...tasksByClass(world).values()].map((own) => own.length)
  expect(classes()).toEqual([4, 4, 4])
  const before = [...tasksByClass(world).values()].flat()
  passQuietly(world)
  rollServices(world, 2, fleet)
  expect(classes()).toEqual([4, 4, 4])
  const after = [...tasksByClass(world).values()].flat()
  expect(after.filter((replica) => before.includes(replica))).toEqual([])
  rollServices(world, 1, fleet, 1)
  expect(
    [...tasksByClass(world).values()].flat().filter((one) => after.includes(one)),
  ).toHaveLength(8)
  expect(rollByHand(world)).toBe(12)
})

it('holds as much after many rollouts as after a few', () => {
  const rollouts = openRollouts({ nodes: 70, services: 4, replicas: 30 })
  const after = (times: number) => {
    rollOut(rollouts, times)
    const { bytes, ...rows } = sizeOf(rollouts)
    return { bytes, rows: { ...rows, ...derivedOf(rollouts) } }
  }
  const [early, late] = [after(3), after(30)]
  expect(early.rows).toEqual({
    classes: 4,
    words: 12,
    masks: 0,
    columns: 0,
    partitions: 1,
    counts: 4,
  })
  expect(late.rows).toEqual(early.rows)
  expect(late.bytes / early.bytes).toBeLessThan(1.05)
})

it('runs RunTask at its smoke size', async () => {
  const results = await measure(runTaskSuite, 'smoke')
  expect(results.map(({ row }) => row)).toEqual(['RunTask', 'loops over arrays'])
  expect(new Set(results.map(({ hash }) => hash)).size).toBe(1)
})

it('decides the same with the loop in WebAssembly', () => {
  const printed = execFileSync(process.execPath, ['bench/run.js', 'wasm', 'smoke'], {
    encoding: 'utf8',
  })
  expect(printed).toMatch(/│ +0 +│ +700 +│ +20 +│ +'index' +│/)
})

it('fits a power of the nodes to what each row costs', () => {
  const at = (row: string, size: number, value: number): Result => ({
    ...{ suite: '', unit: 'ns', ratio: 1, runs: 1, hash: '' },
    ...{ row, size, value },
  })
  const results = [10, 100, 1_000].flatMap((size) => [
    at('scan', size, 3 * size),
    at('flat', size, 7),
  ])
  const growth = [...growthOf(results)].map(([row, power]) => [row, Number(power.toFixed(6))])
  expect(growth).toEqual([
    ['scan', 1],
    ['flat', 0],
  ])
})

it('times nothing when the rows disagree', async () => {
  const cases = (size: number) => {
    const { rows, ...rest } = scan.cases(size)
    return { ...rest, rows: rows.map((row) => ({ ...row, answers: ['one', 'other'] })) }
  }
  await expect(measure({ ...scan, cases }, 'smoke')).rejects.toThrow(
    'kernel at 16: the answers disagree',
  )
})
