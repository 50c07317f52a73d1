/**
 * Simulates a small cluster around a controller, for tests: carries out each command after a fixed
 * delay, and advances time from event to event until none is left. Counts tasks independently of
 * the controller.
 */
import {
  instant,
  startSteps,
  step,
  type AnyController,
  type Pool,
  type ReplicaId,
  type StepEffect,
  type StepEvent,
  type StepState,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { lowerContainerInstance } from './container-instance-node.js'

/** An event without its instant. */
export type Fact = StepEvent extends infer Event
  ? Event extends StepEvent
    ? Omit<Event, 'at'>
    : never
  : never

/** A task as the world knows it. */
export interface WorldTask {
  readonly replica: ReplicaId
  readonly owner: string
  readonly node: string
  readonly runningAt?: number
  readonly isStopOrdered: boolean
}

export interface Delays {
  /** Milliseconds until the n-th task that was placed runs; used in turn. */
  readonly start: readonly number[]
  readonly stop: number
  /** Milliseconds until an instance that was bought joins; 60,000 when it is absent. */
  readonly buy?: number
  /** Whether the n-th task that was placed, counted from 0, stops instead of running. */
  readonly fails?: (nth: number, owner: string) => boolean
}

/** A world: its state, its tasks, what is to happen, and all orders so far. */
export interface World {
  readonly state: () => StepState
  readonly now: () => number
  /** Reports facts at an instant, the present one by default. */
  readonly tell: (facts: readonly Fact[], at?: number) => World
  /** Lets time pass until nothing is left to happen, or until an instant. */
  readonly run: (until?: number) => World
  readonly effects: () => readonly StepEffect[]
  /** The tasks that are not told to stop. */
  readonly active: () => readonly WorldTask[]
  /** Those of them that have run for 40 seconds. */
  readonly healthy: () => readonly WorldTask[]
  /** The owners of the tasks that stopped instead of running, so far. */
  readonly failures: () => readonly string[]
  /** The nodes of the orders with this tag, in their order. */
  readonly nodesOf: (tag: 'Place' | 'Stop' | 'Vend' | 'Buy' | 'Release') => readonly string[]
}

/** More passes than any test needs. */
const passesMax = 2000

/** Opens a world; `after` sees it after each call. */
export const openWorld = (
  controller: AnyController,
  delays: Delays = { start: [1000], stop: 500 },
  after: (world: World) => void = () => undefined,
  pools: readonly Pool[] = [],
): World => {
  const advance = step([controller], { lowerNode: lowerContainerInstance })
  const tasks = new Map<ReplicaId, WorldTask>()
  const effects: StepEffect[] = []
  const failures: string[] = []
  let state = startSteps({ pools })
  let now = 0
  let queue: readonly (readonly [at: number, fact: Fact])[] = []
  let placed = 0

  const tell = (facts: readonly Fact[], at = now): World => {
    queue = [...queue, ...facts.map((fact) => [at, fact] as const)]
    return world
  }
  const run = (until = Infinity): World => {
    for (let passes = 0; ; passes++) {
      const timers = [...state.wakes.values(), state.poolTimer ?? Infinity]
      const next = [...queue.map(([at]) => at), ...timers].reduce(
        (a, b) => Math.min(a, b),
        Infinity,
      )
      if (next > until || next === Infinity) break
      if (passes === passesMax) throw new Error(`something happens for ever: ${now} ms`)
      call(next)
    }
    if (until !== Infinity) now = until
    return world
  }
  const call = (at: number): void => {
    const facts = queue.filter(([due]) => due === at)
    queue = queue.filter(([due]) => due !== at)
    now = at
    const events = [
      { _tag: 'ClockAdvanced' as const, at: instant(at) },
      ...facts.map(([, fact]) => ({ ...fact, at: instant(at) })),
    ]
    for (const event of events) note(event)
    const result = advance(state, events)
    if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
    state = result.right.state
    for (const effect of result.right.effects) carryOut(effect)
    for (const effect of result.right.effects) effects.push(effect)
    after(world)
  }
  const note = (event: StepEvent): void => {
    if (event._tag === 'ReplicaStopped') {
      const task = tasks.get(event.replica)
      if (task !== undefined && task.runningAt === undefined && !task.isStopOrdered)
        failures.push(task.owner)
      tasks.delete(event.replica)
    }
    if (event._tag === 'OrderFailed') {
      const failed = effects.find((one) => 'order' in one && one.order === event.order)
      const isOpen = failed?._tag === 'Place' && tasks.get(failed.replica)?.runningAt === undefined
      if (isOpen) tasks.delete(failed.replica)
    }
    if (event._tag === 'NodeLeft')
      for (const { replica, node } of [...tasks.values()])
        if (node === event.name) tasks.delete(replica)
    if (event._tag !== 'ReplicaRunning') return
    const task = tasks.get(event.replica)
    if (task !== undefined) tasks.set(event.replica, { ...task, runningAt: event.at })
  }
  const carryOut = (effect: StepEffect): void => {
    if (effect._tag === 'Place' || effect._tag === 'Vend') {
      const { replica, owner, node } = effect
      tasks.set(replica, { replica, owner: owner.name, node, isStopOrdered: false })
      const nth = placed++
      const delay = delays.start[nth % delays.start.length]!
      const fails = delays.fails?.(nth, owner.name) === true
      const tag = fails ? ('ReplicaStopped' as const) : ('ReplicaRunning' as const)
      tell([{ _tag: tag, replica }], now + delay)
    }
    if (effect._tag === 'Buy') {
      const pool = pools.find(({ name }) => name === effect.pool)
      const node = pool?._tag === 'Fleet' ? pool.offerings[effect.offering] : undefined
      tell([{ _tag: 'NodeJoined', name: effect.node, node }], now + (delays.buy ?? 60_000))
    }
    if (effect._tag === 'Release')
      tell([{ _tag: 'NodeLeft', name: effect.node }], now + delays.stop)
    if (effect._tag === 'Ask') {
      const request = effect.request as Readonly<Record<string, string>>
      const { drainInstance, terminateInstance } = request
      const at = now + delays.stop
      if (drainInstance !== undefined)
        tell([reported(`container-instance ${drainInstance}`, { status: 'DRAINING' })], at)
      if (terminateInstance !== undefined) tell([{ _tag: 'NodeLeft', name: terminateInstance }], at)
    }
    if (effect._tag === 'Stop') {
      const { replica, owner, node } = effect
      const task = tasks.get(replica) ?? { replica, owner: owner.name, node }
      tasks.set(replica, { ...task, isStopOrdered: true })
      tell([{ _tag: 'ReplicaStopped', replica }], now + delays.stop)
    }
  }
  const active = () => [...tasks.values()].filter(({ isStopOrdered }) => !isStopOrdered)
  const world: World = {
    ...{ tell, run, active },
    state: () => state,
    now: () => now,
    effects: () => effects,
    failures: () => failures,
    healthy: () =>
      active().filter(({ runningAt }) => runningAt !== undefined && now - runningAt >= 40_000),
    nodesOf: (tag) => effects.flatMap((effect) => (effect._tag === tag ? [effect.node] : [])),
  }
  return world
}

/** A report to the controller. */
export const reported = (about: string, report: unknown): Fact => ({
  ...{ _tag: 'Reported', controller: 'ecs' },
  ...{ about, report },
})

/** A container instance joins. */
export const joined = (name: string, node: object): Fact => ({ _tag: 'NodeJoined', name, node })
