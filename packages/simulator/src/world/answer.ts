/**
 * Handles the commands that the simulated cluster receives: schedules the execution of each command
 * after a latency. By chance a command is lost, and fails after a timeout.
 */
import type { Instant, ReplicaId, StepEffect, StepState } from '@stowage/kernel'
import { putEntry, type Happening } from './agenda.js'
import { afterDraw, goesWrong, type World } from './world.js'
import type { Latencies } from './setting.js'

/** Whether nobody hears of an order, which then fails after its timeout. */
export const isLost = ({ seed, faults }: World, now: Instant, effect: StepEffect): boolean =>
  effect._tag !== 'WakeAt' &&
  (effect._tag !== 'Ask' || effect.needsAnswer === true) &&
  goesWrong({ seed, faults }, now, `order ${effect.order} is lost`, faults.lost)

/**
 * Handles the orders of a step. One about a replica whose node does not answer waits, and is
 * handled when the node answers again.
 */
export const takeOrders = (
  world: World,
  now: Instant,
  effects: readonly StepEffect[],
  { state, isSilent = () => false }: OrderContext,
): void => {
  const retries = world.waiting.splice(0).filter(({ replica }) => world.replicas.has(replica))
  for (const effect of [...retries, ...effects]) {
    const isWaiting =
      (effect._tag === 'Place' || effect._tag === 'Stop') &&
      !world.ended.has(effect.replica) &&
      isSilent(state, effect.replica)
    if (!isWaiting) {
      takeOrder(world, now, effect, state.books)
      continue
    }
    world.replicas.set(effect.replica, effect.node)
    world.waiting.push(effect)
  }
}

interface OrderContext {
  readonly state: StepState
  readonly isSilent?: ((state: StepState, replica: ReplicaId) => boolean) | undefined
}

/**
 * Handles one order; ignores `WakeAt`. An `Ask` is fulfilled by whoever knows its request, unless
 * it needs an answer and is lost.
 */
const takeOrder = (
  world: World,
  now: Instant,
  effect: StepEffect,
  books: StepState['books'],
): void => {
  if (effect._tag === 'WakeAt') return
  const { order } = effect
  if (isLost(world, now, effect)) {
    fail(world, now, order, 'the order was lost')
    return
  }
  switch (effect._tag) {
    case 'Ask':
      return
    case 'Place':
      if (!world.nodes.has(effect.node)) {
        fail(world, now, order, `node ${effect.node} does not answer`)
        return
      }
      start(world, now, order, effect.replica, effect.node)
      return
    case 'Vend':
      start(world, now, order, effect.replica, effect.node)
      return
    case 'Stop': {
      const { replica, node } = effect
      if (world.ended.has(replica)) return
      // One that was there before the simulation began, or whose start was lost.
      if (!world.replicas.has(replica)) world.replicas.set(replica, node)
      plan(world, now, order, 'stop', { _tag: 'End', replica })
      return
    }
    case 'Buy': {
      const { pool } = books.get(effect.pool)!
      const node = pool._tag === 'Fleet' ? pool.offerings[effect.offering] : pool.offering
      const description = { node, pool: pool.name }
      plan(world, now, order, 'buy', { _tag: 'Arrival', name: effect.node, description })
      return
    }
    case 'Release':
      plan(world, now, order, 'stop', { _tag: 'Departure', name: effect.node })
  }
}

const start = (
  world: World,
  now: Instant,
  order: number,
  replica: ReplicaId,
  node: string,
): void => {
  world.replicas.set(replica, node)
  plan(world, now, order, 'start', { _tag: 'Start', replica })
}

const plan = (
  world: World,
  now: Instant,
  order: number,
  latency: keyof Latencies,
  happening: Happening,
): void => {
  const at = afterDraw(world, now, `order ${order}`, world.latencies[latency])
  putEntry(world.agenda, { at, isFaulty: false, happening })
}

/** The order fails after the timeout, as nothing is heard of it. */
const fail = (world: World, now: Instant, order: number, because: string): void => {
  const at = afterDraw(world, now, `order ${order} timeout`, world.faults.timeout)
  putEntry(world.agenda, {
    ...{ at, isFaulty: true },
    happening: { _tag: 'Timeout', order, because },
  })
}
