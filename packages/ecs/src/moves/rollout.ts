/**
 * Computes how many tasks a rolling update starts, stops, and withdraws (cancels while they wait
 * for an instance) next. A task is good if it belongs to the newest deployment and its instance is
 * not draining; every other task is outdated. `tasksMax` and `tasksMin` are `maximumPercent` and
 * `minimumHealthyPercent` in tasks:
 *
 * 1. Good tasks start while fewer than `tasksMax` tasks, of all revisions, run or start.
 * 2. Healthy outdated tasks stop while more than `tasksMin` tasks are healthy.
 * 3. An unhealthy task stops when a new task needs its room, or once there is a healthy task in its
 *    place.
 * 4. A protected task counts like any other task, and does not stop.
 * 5. When a task of an older deployment is lost, that deployment starts another one, unless enough
 *    tasks are healthy without it.
 *
 * Source: Amazon ECS Developer Guide, rolling updates; API Reference, DeploymentConfiguration.
 */
import type { EcsControllerOptions } from '../memory/options.js'

/** The tasks of an older deployment; `good` are not unhealthy, on instances that stay. */
export interface OlderCount {
  readonly desired: number
  readonly good: number
  readonly waiting: number
}

/** The tasks of a service, counted. Those that are to stop count in `leaving` alone. */
export interface Census {
  readonly desired: number
  readonly tasksMin: number
  readonly tasksMax: number
  readonly goodHealthy: number
  /** Good tasks that start, or are not healthy yet. */
  readonly goodStarting: number
  /** Of the newest deployment, on instances that stay, and UNHEALTHY. */
  readonly unhealthy: number
  /** Of older deployments, or on instances that are DRAINING; healthy. */
  readonly goingHealthy: number
  /** The same, not healthy. */
  readonly goingOther: number
  /** Of older deployments, on instances that stay, and protected; healthy, and not healthy. */
  readonly heldHealthy: number
  readonly heldOther: number
  /** Of `goodHealthy` and of `goodStarting`, those that are protected. */
  readonly protectedHealthy: number
  readonly protectedStarting: number
  readonly leaving: number
  /** Of the newest deployment, without a node. */
  readonly waiting: number
  /** The newest first. */
  readonly older: readonly OlderCount[]
  /** Of older deployments, on instances that stay, not healthy yet. */
  readonly olderStarting: number
}

/** What a service does next. */
export interface Moves {
  readonly start: number
  readonly startOlder: readonly number[]
  readonly withdraw: number
  readonly withdrawOlder: readonly number[]
  readonly stopGoingOther: number
  readonly stopUnhealthy: number
  readonly stopExcessStarting: number
  readonly stopGoingHealthy: number
  readonly stopExcessHealthy: number
}

/** What a service with these tasks does next. */
export const movesOf = (
  census: Census,
  unhealthyStops: EcsControllerOptions['unhealthyStops'],
): Moves => {
  const { desired, tasksMin, goodHealthy, goodStarting, goingHealthy, goingOther } = census
  const good = goodHealthy + goodStarting
  const isReplaced = goodHealthy >= desired
  const withdraw = clamp(good + census.waiting - desired, census.waiting)
  const withdrawOlder = census.older.map((older) =>
    isReplaced ? older.waiting : clamp(older.good + older.waiting - older.desired, older.waiting),
  )
  const waiting = census.waiting - withdraw
  const olderWaiting = sum(census.older.map((older, i) => older.waiting - withdrawOlder[i]!))
  const held = census.heldHealthy + census.heldOther
  const active = good + census.unhealthy + goingHealthy + goingOther + held + waiting + olderWaiting
  const need = Math.max(0, desired - good - waiting)
  const room = Math.max(0, census.tasksMax - active)
  const start = Math.min(need, room)
  const healthy = goodHealthy + goingHealthy + census.heldHealthy
  const lacking = tasksMin - healthy - census.olderStarting - olderWaiting
  const startOlder = spread(
    Math.min(room - start, lacking),
    census.older.map((older, i) => older.desired - older.good - older.waiting + withdrawOlder[i]!),
  )
  const overfull = need > start ? active + need - census.tasksMax : 0
  const stopGoingOther = isReplaced ? goingOther : Math.min(goingOther, overfull)
  const isNothingComing =
    goodStarting + waiting + olderWaiting + census.olderStarting + census.leaving + start === 0
  const mayStopUnhealthy = unhealthyStops === 'below the minimum too' || healthy >= tasksMin
  const isRoomForced = need > start && isNothingComing && stopGoingOther === 0 && mayStopUnhealthy
  const excess = Math.max(0, good - desired)
  const stopExcessStarting = Math.min(goodStarting - census.protectedStarting, excess)
  const stoppable = Math.max(0, healthy - tasksMin)
  const stopGoingHealthy = Math.min(goingHealthy, stoppable)
  return {
    ...{ start, startOlder, withdraw, withdrawOlder, stopGoingOther },
    stopUnhealthy: Math.min(
      census.unhealthy,
      Math.max(goodHealthy + census.unhealthy - desired, isRoomForced ? 1 : 0, 0),
    ),
    ...{ stopExcessStarting, stopGoingHealthy },
    stopExcessHealthy: Math.min(
      excess - stopExcessStarting,
      stoppable - stopGoingHealthy,
      goodHealthy - census.protectedHealthy,
    ),
  }
}

/**
 * What is left of the moves when the newest deployment has failed and stays: nothing of it starts,
 * and nothing makes way for it. Older deployments replace what they lost.
 */
export const movesWhenFailed = ({ waiting, older }: Census, moves: Moves): Moves => ({
  ...{ start: 0, startOlder: moves.startOlder, withdraw: waiting },
  ...{ withdrawOlder: older.map(() => 0), stopGoingOther: 0, stopUnhealthy: 0 },
  ...{ stopExcessStarting: 0, stopGoingHealthy: 0, stopExcessHealthy: 0 },
})

/** True when a service has something to do, and its bounds let it do nothing. */
export const isStuck = (census: Census, moves: Moves): boolean =>
  isIdle(moves) &&
  census.goodStarting + census.waiting + census.leaving + census.goingOther === 0 &&
  sum(census.older.map(({ waiting }) => waiting)) === 0 &&
  (census.goodHealthy < census.desired || census.goingHealthy > 0)

/** True when a service has something to do, and only protected tasks are in the way. */
export const isHeld = (census: Census, moves: Moves): boolean => {
  const good = census.goodHealthy + census.goodStarting
  const isTooMany = good > census.desired && census.protectedHealthy + census.protectedStarting > 0
  return isIdle(moves) && (census.heldHealthy + census.heldOther > 0 || isTooMany)
}

/** True when the good tasks are as many as wanted, all healthy, and no others are left. */
export const isAtRest = (census: Census, moves: Moves): boolean =>
  isIdle(moves) &&
  census.goodHealthy === census.desired &&
  census.goodStarting + census.waiting + census.unhealthy === 0 &&
  census.goingHealthy + census.goingOther + census.heldHealthy + census.heldOther === 0 &&
  sum(census.older.map(({ waiting }) => waiting)) === 0

const isIdle = ({ startOlder, withdrawOlder, ...moves }: Moves): boolean =>
  sum(Object.values(moves)) + sum(startOlder) + sum(withdrawOlder) === 0

/** The number, not below 0 and at most `max`. */
const clamp = (count: number, max: number): number => Math.min(max, Math.max(0, count))

/** Gives up to `count` out, first come, first served, to each at most what it lacks. */
const spread = (count: number, lacks: readonly number[]): readonly number[] => {
  let left = Math.max(0, count)
  return lacks.map((lack) => {
    const part = clamp(lack, left)
    left -= part
    return part
  })
}

const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0)
