/**
 * Tests rebalancing over availability zones: against answers worked out by hand from AWS's
 * documents, and that the moves end in balance.
 */
import { readFileSync } from 'node:fs'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { isBalanceable, zoneMove } from './zone-balance.js'

const rows = JSON.parse(
  readFileSync(new URL('../../../../test/golden/ecs-services/zones.json', import.meta.url), 'utf8'),
) as readonly {
  readonly tasks: Readonly<Record<string, number>>
  readonly start: string | null
  readonly stop: string | null
}[]
it.each(rows)('$tasks starts in $start and stops in $stop', ({ tasks, start, stop }) => {
  const move = zoneMove(new Map(Object.entries(tasks)))
  expect([move?.start ?? null, move?.stop ?? null]).toEqual([start, stop])
})

const ends = (moveOf: typeof zoneMove) =>
  fc.property(fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }), (counts) => {
    const tasks = new Map(counts.map((count, i) => [`z${i}`, count]))
    const sum = counts.reduce((a, b) => a + b, 0)
    let moves = 0
    for (let move = moveOf(tasks); move !== undefined; move = moveOf(tasks)) {
      tasks.set(move.start, tasks.get(move.start)! + 1)
      tasks.set(move.stop, tasks.get(move.stop)! - 1)
      if (++moves > sum) return false
    }
    const after = [...tasks.values()]
    const spread =
      after.reduce((a, b) => Math.max(a, b), 0) - after.reduce((a, b) => Math.min(a, b))
    return spread <= 1 && after.reduce((a, b) => a + b, 0) === sum
  })
it('ends with no zone two tasks above another, in no more moves than tasks', () => {
  fc.assert(ends(zoneMove), { numRuns: 1000 })
})
it('is refuted when it stops too early, and when it never does', () => {
  expect(isRefuted(ends(() => undefined))).toBe(true)
  const restless: typeof zoneMove = (tasks) => zoneMove(tasks) ?? { start: 'z0', stop: 'z0' }
  expect(isRefuted(ends(restless))).toBe(true)
})
it('is for REPLICA services that are spread over zones or by no strategy', () => {
  const base = { serviceName: 'web', taskDefinition: 'web', desiredCount: 3 }
  const field = 'attribute:ecs.availability-zone'
  expect(isBalanceable(base)).toBe(true)
  expect(isBalanceable({ ...base, placementStrategy: [{ type: 'spread', field }] })).toBe(true)
  expect(isBalanceable({ ...base, placementStrategy: [{ type: 'binpack', field: 'cpu' }] })).toBe(
    false,
  )
  expect(isBalanceable({ ...base, schedulingStrategy: 'DAEMON' })).toBe(false)
  expect(isBalanceable({ ...base, launchType: 'EXTERNAL' })).toBe(false)
  expect(isBalanceable({ ...base, deploymentConfiguration: { maximumPercent: 100 } })).toBe(false)
  const placementConstraints = [{ type: 'memberOf' as const, expression: `${field} == a` }]
  expect(isBalanceable({ ...base, placementConstraints })).toBe(false)
})
