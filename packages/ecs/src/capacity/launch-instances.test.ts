/**
 * Tests which instances are launched for waiting tasks: against answers worked out by hand from
 * AWS's documents, and by properties.
 */
import { readFileSync } from 'node:fs'
import type { DimensionId } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OfferedType } from '../memory/capacity-memory.js'
import { launchesFor, type TasksAlike } from './launch-instances.js'

interface Row {
  readonly name: string
  readonly types: readonly { readonly zone: string; readonly cpu: number; readonly suits?: false }[]
  readonly zones?: readonly string[]
  readonly tasks: readonly {
    readonly count: number
    readonly cpu: number
    readonly perInstance?: number
  }[]
  readonly launches: readonly number[]
}
const rows = JSON.parse(
  readFileSync(
    new URL('../../../../test/golden/ecs-services/managed-launches.json', import.meta.url),
    'utf8',
  ),
) as readonly Row[]

const cpu = 0 as DimensionId
type Question = Omit<Row, 'name' | 'launches'>
const typesOf = ({ types }: Question): readonly OfferedType[] =>
  types.map(({ zone, cpu: amount }) => ({ instanceType: '', zone, capacity: [[cpu, amount]] }))
const tasksOf = ({ types, tasks }: Question): readonly TasksAlike[] =>
  tasks.map(({ count, cpu: amount, perInstance = 1000 }) => ({
    ...{ count, perInstance, demand: [[cpu, amount]] },
    suiting: new Set(types.flatMap(({ suits = true }, i) => (suits ? [i] : []))),
  }))
const launchesIn = (launches: typeof launchesFor, question: Question) =>
  launches(tasksOf(question), typesOf(question), question.zones ?? [])

it.each(rows)('$name', ({ launches, ...question }) => {
  expect(launchesIn(launchesFor, question)).toEqual(launches)
})

const anyQuestion: fc.Arbitrary<Question> = fc.record({
  types: fc.array(
    fc.record({ zone: fc.constantFrom('a', 'b', 'c', 'd'), cpu: fc.constantFrom(4, 8, 16) }),
    { minLength: 1, maxLength: 6 },
  ),
  tasks: fc.array(
    fc.record({ count: fc.integer({ min: 1, max: 9 }), cpu: fc.integer({ min: 1, max: 4 }) }),
    { minLength: 1, maxLength: 3 },
  ),
})

const inZone = (types: readonly OfferedType[], zone: string): ReadonlySet<number> =>
  new Set(types.flatMap((type, i) => (type.zone === zone ? [i] : [])))

/** The tasks have room together, in at least three zones or as many as there are. */
const isEnough = (launches: typeof launchesFor) =>
  fc.property(anyQuestion, (question) => {
    const { types, tasks } = question
    const launched = launchesIn(launches, question)
    const room = launched.reduce((sum, one) => sum + types[one]!.cpu, 0)
    const count = tasks.reduce((sum, one) => sum + one.count, 0)
    const zones = new Set(launched.map((one) => types[one]!.zone)).size
    const all = new Set(types.map(({ zone }) => zone)).size
    const isSpread = zones >= Math.min(3, all, tasks[0]!.count)
    return (
      room >= tasks.reduce((sum, one) => sum + one.count * one.cpu, 0) &&
      launched.length <= count &&
      isSpread
    )
  })

describe('what is launched', () => {
  it('is enough, no more than an instance for each task, and spread over three zones', () => {
    fc.assert(isEnough(launchesFor), { numRuns: 2000, seed: 22 })
  })
  it('is refuted when one is missing', () => {
    expect(isRefuted(isEnough((...given) => launchesFor(...given).slice(1)))).toBe(true)
  })
  it('is refuted when one zone has all of them', () => {
    const inOne: typeof launchesFor = (tasks, types, zones) =>
      launchesFor(
        tasks.map((one) => ({ ...one, suiting: inZone(types, types[0]!.zone) })),
        ...([types, zones] as const),
      )
    expect(isRefuted(isEnough(inOne))).toBe(true)
  })
})
