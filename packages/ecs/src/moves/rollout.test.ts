/**
 * Tests the numbers of a rollout against a reference implementation that starts and stops tasks one
 * by one.
 */
import { byCodeUnit } from '@stowage/kernel'
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAtRest, isHeld, isStuck, movesOf, type Census, type Moves } from './rollout.js'

const few = fc.oneof(fc.constant(0), fc.nat(4))
const rarely = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.nat(2) },
)
const anyCensus: fc.Arbitrary<Census> = fc
  .record({
    desired: few,
    tasksMin: few,
    tasksMax: fc.nat(9),
    goodHealthy: few,
    goodStarting: few,
    unhealthy: few,
    goingHealthy: few,
    goingOther: few,
    ...{ heldHealthy: rarely, heldOther: rarely },
    ...{ protectedHealthy: rarely, protectedStarting: rarely },
    leaving: fc.nat(1),
    waiting: fc.nat(2),
    older: fc.array(fc.record({ desired: few, good: few, waiting: fc.nat(2) }), { maxLength: 2 }),
    olderStarting: few,
  })
  .filter(
    ({ goingOther, olderStarting, ...census }) =>
      olderStarting <= goingOther &&
      census.protectedHealthy <= census.goodHealthy &&
      census.protectedStarting <= census.goodStarting,
  )
const anyOption = fc.constantFrom('below the minimum too' as const, 'within the minimum' as const)

/** Asks before each single task whether the book lets it start or stop. */
const movesByTheBook: typeof movesOf = (census, unhealthyStops) => {
  const moved = {
    ...{ start: 0, withdraw: 0, stopGoingOther: 0, stopUnhealthy: 0, stopExcessStarting: 0 },
    ...{ stopGoingHealthy: 0, stopExcessHealthy: 0 },
    startOlder: census.older.map(() => 0),
    withdrawOlder: census.older.map(() => 0),
  }
  const good = () => census.goodHealthy + census.goodStarting
  const waits = () => census.waiting - moved.withdraw + moved.start
  const olderWaits = (i: number) =>
    census.older[i]!.waiting - moved.withdrawOlder[i]! + moved.startOlder[i]!
  const allOlderWaits = () => census.older.reduce((sum, _, i) => sum + olderWaits(i), 0)
  const active = () =>
    good() +
    census.unhealthy +
    census.goingHealthy +
    census.goingOther +
    census.heldHealthy +
    census.heldOther +
    waits() +
    allOlderWaits()
  const healthy = () =>
    census.goodHealthy +
    census.goingHealthy +
    census.heldHealthy -
    moved.stopGoingHealthy -
    moved.stopExcessHealthy
  const isReplaced = () => census.goodHealthy >= census.desired

  while (census.waiting > moved.withdraw && good() + waits() > census.desired) moved.withdraw++
  for (const [i, older] of census.older.entries())
    while (olderWaits(i) > 0 && (isReplaced() || older.good + olderWaits(i) > older.desired))
      moved.withdrawOlder[i]!++
  while (good() + waits() < census.desired && active() < census.tasksMax) moved.start++
  for (const [i, older] of census.older.entries())
    while (
      older.good + olderWaits(i) < older.desired &&
      active() < census.tasksMax &&
      healthy() + census.olderStarting + allOlderWaits() < census.tasksMin
    )
      moved.startOlder[i]!++
  const lacks = () => census.desired - good() - waits()
  while (
    census.goingOther > moved.stopGoingOther &&
    (isReplaced() || (lacks() > 0 && active() + lacks() - moved.stopGoingOther > census.tasksMax))
  )
    moved.stopGoingOther++
  while (
    census.unhealthy > moved.stopUnhealthy &&
    census.goodHealthy + census.unhealthy - moved.stopUnhealthy > census.desired
  )
    moved.stopUnhealthy++
  const isNothingComing =
    census.goodStarting === 0 &&
    waits() === 0 &&
    allOlderWaits() - moved.startOlder.reduce((a, b) => a + b, 0) === 0 &&
    census.olderStarting === 0 &&
    census.leaving === 0
  if (
    census.unhealthy > 0 &&
    moved.stopUnhealthy === 0 &&
    lacks() > 0 &&
    isNothingComing &&
    moved.stopGoingOther === 0 &&
    (unhealthyStops === 'below the minimum too' || healthy() >= census.tasksMin)
  )
    moved.stopUnhealthy++
  while (census.goingHealthy > moved.stopGoingHealthy && healthy() > census.tasksMin)
    moved.stopGoingHealthy++
  const left = () => good() - moved.stopExcessStarting - moved.stopExcessHealthy
  const startingLeft = () =>
    census.goodStarting - census.protectedStarting - moved.stopExcessStarting
  while (left() > census.desired && startingLeft() > 0) moved.stopExcessStarting++
  const healthyLeft = () => census.goodHealthy - census.protectedHealthy - moved.stopExcessHealthy
  while (left() > census.desired && healthy() > census.tasksMin && healthyLeft() > 0)
    moved.stopExcessHealthy++
  return moved
}

const agrees = (moves: typeof movesOf) =>
  fc.property(anyCensus, anyOption, (census, option) =>
    isDeepStrictEqual(plain(moves(census, option)), plain(movesByTheBook(census, option))),
  )
const plain = (moves: Moves): unknown => Object.entries(moves).sort(([a], [b]) => byCodeUnit(a, b))

const withCensus =
  (change: (census: Census) => Partial<Census>): typeof movesOf =>
  (census, option) =>
    movesOf({ ...census, ...change(census) }, option)

describe('the moves of a service', () => {
  it('are those of the book', () => {
    fc.assert(agrees(movesOf), { numRuns: 10_000, seed: 18 })
  })
  it.each<readonly [string, typeof movesOf]>([
    ['one more may stop', withCensus(({ tasksMin }) => ({ tasksMin: Math.max(0, tasksMin - 1) }))],
    ['one more may run', withCensus(({ tasksMax }) => ({ tasksMax: tasksMax + 1 }))],
    ['what waits does not count', withCensus(() => ({ waiting: 0 }))],
    ['older deployments replace nothing', withCensus(() => ({ older: [] }))],
    ['what leaves does not count', withCensus(() => ({ leaving: 0 }))],
    ['unhealthy tasks are forgotten', withCensus(() => ({ unhealthy: 0 }))],
    ['protection is forgotten', withCensus(() => ({ protectedHealthy: 0, protectedStarting: 0 }))],
    ['what is held does not count', withCensus(() => ({ heldHealthy: 0, heldOther: 0 }))],
    ['the option is not read', (census) => movesOf(census, 'below the minimum too')],
  ])('are refuted when %s', (_, moves) => {
    expect(isRefuted(agrees(moves), { runsMax: 20_000 })).toBe(true)
  })

  it('keep to both bounds', () => {
    fc.assert(
      fc.property(anyCensus, anyOption, (census, option) => {
        const moves = movesOf(census, option)
        const healthy = census.goodHealthy + census.goingHealthy + census.heldHealthy
        const stopped = moves.stopGoingHealthy + moves.stopExcessHealthy
        const started = moves.start + moves.startOlder.reduce((a, b) => a + b, 0)
        const older = census.older.reduce((sum, { waiting }) => sum + waiting, 0)
        const active =
          healthy +
          census.goodStarting +
          census.unhealthy +
          census.goingOther +
          census.heldOther +
          (census.waiting - moves.withdraw) +
          (older - moves.withdrawOlder.reduce((a, b) => a + b, 0))
        return (
          (stopped === 0 || healthy - stopped >= census.tasksMin) &&
          (started === 0 || active + started <= census.tasksMax)
        )
      }),
      { numRuns: 5000 },
    )
  })
  it('are none at rest and none when stuck', () => {
    fc.assert(
      fc.property(anyCensus, anyOption, (census, option) => {
        const moves = movesOf(census, option)
        if (isAtRest(census, moves) || isStuck(census, moves))
          expect(
            Object.values(moves)
              .flat()
              .every((count) => count === 0),
          ).toBe(true)
        expect(isAtRest(census, moves) && isStuck(census, moves)).toBe(false)
      }),
    )
  })
})

const rows = JSON.parse(
  readFileSync(
    new URL('../../../../test/golden/ecs-services/protection.json', import.meta.url),
    'utf8',
  ),
) as readonly {
  readonly running: number
  readonly desired: number
  readonly protected: number
  readonly stops: number
  readonly blocked: boolean
}[]
it.each(rows)('$stops of $running tasks stop for $desired when $protected are protected', (row) => {
  const census: Census = {
    ...{ desired: row.desired, tasksMin: row.desired, tasksMax: 2 * row.desired },
    ...{ goodHealthy: row.running, goodStarting: 0, unhealthy: 0, goingHealthy: 0, goingOther: 0 },
    ...{ heldHealthy: 0, heldOther: 0, protectedHealthy: row.protected, protectedStarting: 0 },
    ...{ leaving: 0, waiting: 0, older: [], olderStarting: 0 },
  }
  const moves = movesOf(census, 'below the minimum too')
  expect(moves.stopExcessHealthy).toBe(row.stops)
  const left = { ...census, goodHealthy: row.running - row.stops }
  expect(isHeld(left, movesOf(left, 'below the minimum too'))).toBe(row.blocked)
})
