/**
 * Tests that the task definitions of AWS's FireLens examples are read and planned as expected. They
 * are skipped where the files are missing; `SOURCE.txt` beside the files has repository, commit and
 * licence.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { containerInstances } from './fleet.js'
import { readEcs } from '../read/input.js'
import { planTasksOnFargate, planOnInstances } from './plan.js'

const root = new URL('../../../../', import.meta.url)
const shared = new URL(`${process.env['STOWAGE_SHARED'] ?? '../shared'}/`, root)
const folder = fileURLToPath(new URL('data/ecs-task-definitions-firelens/', shared))

const read = () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const documents = files.map((from) => ({
    from,
    value: JSON.parse(readFileSync(`${folder}${from}`, 'utf8')) as unknown,
  }))
  const input = readEcs(documents)
  return isRight(input) ? input.right : expect.fail(JSON.stringify(input.left))
}

const missing = `skipped, as ${folder} is missing: set STOWAGE_SHARED`

describe('the task definitions of the FireLens examples', () => {
  it('are tasks, one for each file, by family and number', ({ skip }) => {
    skip(!existsSync(folder), missing)
    const { workloads, warnings } = read()
    expect(workloads).toHaveLength(25)
    expect(warnings.map(({ subject }) => subject)).toEqual([
      'family firelens-example-json',
      'family firelens-example-firehose',
      'family firelens-example-cloudwatch',
    ])
  })

  it('run on instances, but for the one that asks for Fargate', ({ skip }) => {
    skip(!existsSync(folder), missing)
    const type = { vcpus: 2, memoryMiB: 8192, architecture: 'x86_64', gpus: 0 } as const
    const instances = containerInstances({ name: 'm5.large', ...type }, 2, ['a', 'b'])
    const made = planOnInstances(read(), { instances, seed: 1 })
    const used = made.plan.nodes.map(({ gauges }) => gauges.map((gauge) => gauge.used))
    const sum = (resource: number) => used.reduce((all, each) => all + (each[resource] ?? 0), 0)
    expect([sum(0), sum(1)]).toEqual([1024, 23 * 150 + 2048])
    expect(made.vended.map(({ name, size }) => [name, size])).toEqual([
      ['firelens-rewrite-tag-logger', { cpu: 1024, memory: 2048 }],
    ])
    expect([made.plan.unplaced, made.refused]).toEqual([[], []])
  })

  it('all run on Fargate, mostly in its smallest size', ({ skip }) => {
    skip(!existsSync(folder), missing)
    const { vended, refused } = planTasksOnFargate(read())
    expect(refused).toEqual([])
    expect(vended.filter(({ size }) => size.cpu === 256 && size.memory === 512)).toHaveLength(23)
  })
})
