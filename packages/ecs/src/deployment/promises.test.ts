/**
 * Tests four rules of deployments (failures, restart delays, stages, shares of traffic) against
 * answers worked out by hand from AWS's documents.
 */
import { readFileSync } from 'node:fs'
import { instant } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDeployment } from '../check/deployment.js'
import { taskBounds } from '../service/task-bounds.js'
import type {
  DeploymentCircuitBreaker,
  DeploymentConfiguration,
  ThresholdConfiguration,
} from '../words/deployment-configuration.js'
import { afterHealthyTask, failureThreshold, isTripped } from './circuit-breaker.js'
import { afterFailedStart, restartCurve, restartDelay } from './restart-throttle.js'

const rowsOf = (name: string): unknown =>
  JSON.parse(
    readFileSync(
      new URL(`../../../../test/golden/ecs-services/${name}.json`, import.meta.url),
      'utf8',
    ),
  )

type TaskOutcome = 'failed' | 'replaced' | 'healthy' | 'exited'
const breaker = rowsOf('breaker') as {
  readonly thresholds: readonly {
    readonly desired: number
    readonly configuration?: ThresholdConfiguration
    readonly threshold: number
  }[]
  readonly histories: readonly {
    readonly desired: number
    readonly configuration?: ThresholdConfiguration
    readonly resetOnHealthyTask?: boolean
    readonly events: readonly TaskOutcome[]
    readonly failsAt: number | null
  }[]
}

/** The position, counted from 1, of the event at which a deployment fails. */
const failsAt = (
  setting: DeploymentCircuitBreaker,
  desired: number,
  events: readonly TaskOutcome[],
  trips = isTripped,
): number | null => {
  let failedTasks = 0
  for (const [i, event] of events.entries()) {
    if (event === 'healthy') failedTasks = afterHealthyTask(setting, failedTasks)
    if (event === 'failed' || event === 'replaced') failedTasks++
    if (trips(setting, desired, failedTasks)) return i + 1
  }
  return null
}

/** Looks back from each failure for as many as the threshold, without a count that is kept. */
const failsAtByTheBook: typeof failsAt = (setting, desired, events) => {
  const { type = 'BOUNDED_PERCENT', value = 50 } = setting.thresholdConfiguration ?? {}
  const isEnough = (count: number): boolean => {
    if (type === 'COUNT') return count >= value
    if (type === 'BOUNDED_PERCENT' && count < 3) return false
    return count * 100 >= desired * value || (type === 'BOUNDED_PERCENT' && count >= 200)
  }
  const position = events.findIndex((_, i) => {
    const past = events.slice(0, i + 1)
    const from = setting.resetOnHealthyTask === false ? 0 : past.lastIndexOf('healthy') + 1
    const failures = past.slice(from).filter((one) => one === 'failed' || one === 'replaced')
    return failures.length > 0 && isEnough(failures.length)
  })
  return position < 0 ? null : position + 1
}
const anyBreaker: fc.Arbitrary<DeploymentCircuitBreaker> = fc.record({
  enable: fc.constant(true),
  resetOnHealthyTask: fc.option(fc.boolean(), { nil: undefined }),
  thresholdConfiguration: fc.record({
    type: fc.constantFrom('COUNT', 'BOUNDED_PERCENT', 'UNBOUNDED_PERCENT'),
    value: fc.integer({ min: 1, max: 100 }),
  }),
})
const anyEvents = fc.array(
  fc.constantFrom<TaskOutcome>('failed', 'failed', 'replaced', 'healthy', 'exited'),
  { maxLength: 20 },
)
const tripsByTheBook = (trips: typeof isTripped) =>
  fc.property(anyBreaker, fc.integer({ min: 1, max: 30 }), anyEvents, (setting, desired, events) =>
    Object.is(failsAt(setting, desired, events, trips), failsAtByTheBook(setting, desired, events)),
  )

describe('the circuit breaker', () => {
  it.each(breaker.thresholds)('of $desired tasks trips at $threshold', (row) => {
    const { configuration: thresholdConfiguration, desired, threshold } = row
    expect(failureThreshold({ thresholdConfiguration }, desired)).toBe(threshold)
  })
  it.each(breaker.histories)('fails after $events at $failsAt', (row) => {
    const setting = {
      enable: true,
      thresholdConfiguration: row.configuration,
      resetOnHealthyTask: row.resetOnHealthyTask,
    }
    expect(failsAt(setting, row.desired, row.events)).toBe(row.failsAt)
    expect(failsAt({ ...setting, enable: false }, row.desired, row.events)).toBe(null)
  })
  it('trips exactly at its threshold', () => {
    fc.assert(tripsByTheBook(isTripped), { numRuns: 2000, seed: 19 })
  })
  it('is refuted when it trips one failure late or early', () => {
    for (const shift of [-1, 1])
      expect(
        isRefuted(
          tripsByTheBook((one, desired, failed) => isTripped(one, desired, failed + shift)),
        ),
      ).toBe(true)
  })
})

describe('throttled restarts', () => {
  it.each(rowsOf('restarts') as readonly { readonly waves: number; readonly seconds: number }[])(
    'wait $seconds s after $waves waves',
    ({ waves, seconds }) => expect(restartDelay(waves, restartCurve)).toBe(seconds * 1000),
  )
  it('count tasks that stop while the throttle holds as one wave', () => {
    const first = afterFailedStart(undefined, instant(0), restartCurve)
    const same = afterFailedStart(first, instant(9999), restartCurve)
    const next = afterFailedStart(same, instant(10_000), restartCurve)
    expect([first, same, next]).toEqual([
      { waves: 1, until: 10_000 },
      { waves: 1, until: 10_000 },
      { waves: 2, until: 30_000 },
    ])
  })
})

it.each(
  rowsOf('bounds') as readonly {
    readonly desired: number
    readonly minimumHealthyPercent?: number
    readonly maximumPercent?: number
    readonly tasksMin: number
    readonly tasksMax: number
  }[],
)('the bounds of $desired tasks are $tasksMin and $tasksMax', (row) => {
  const { minimumHealthyPercent, maximumPercent } = row
  const deploymentConfiguration = { minimumHealthyPercent, maximumPercent }
  const { tasksMin, tasksMax } = taskBounds({ deploymentConfiguration }, row.desired)
  expect([tasksMin, tasksMax]).toEqual([row.tasksMin, row.tasksMax])
})

const stages = rowsOf('stages') as {
  readonly orders: readonly { readonly configuration: DeploymentConfiguration }[]
  readonly refused: readonly {
    readonly configuration: DeploymentConfiguration
    readonly at: readonly (string | number)[]
  }[]
}
describe('a deployment configuration', () => {
  it.each(stages.refused)('$configuration is refused at $at', ({ configuration, at }) => {
    expect(checkDeployment(configuration).map((complaint) => complaint.at)).toEqual([at])
  })
  it.each(stages.orders)('$configuration is let in', ({ configuration }) => {
    expect(checkDeployment(configuration)).toEqual([])
  })
})
