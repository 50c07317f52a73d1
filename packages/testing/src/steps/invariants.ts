/**
 * Checks the invariants that hold after every step, whatever the controllers are. Each check
 * returns a sentence for each violation.
 */
import {
  bookingOf,
  findNode,
  nodeIds,
  openOrdersOf,
  replicasOn,
  stateHash,
  type AnyController,
  type Replica,
  type ReplicaId,
  type StepEvent,
  type StepState,
  type step,
} from '@stowage/kernel'
import type { Moment } from '@stowage/simulator'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { nothingOverfull } from '../invariant/capacity.js'

/** What invariants need beside the moment: the step that made it. */
export interface StepUnderTest {
  readonly controllers: readonly AnyController[]
  readonly advance: ReturnType<typeof step>
}

type StepInvariant = (moment: Moment, underTest: StepUnderTest) => readonly string[]

const replicasIn = ({ cluster }: StepState): ReadonlyMap<ReplicaId, Replica> =>
  new Map(
    nodeIds(cluster)
      .flatMap((node) => replicasOn(cluster, node))
      .map((replica) => [replica.id, replica]),
  )

/** The number of the last order that was given. */
const lastOrderOf = ({ orders }: StepState): number => orders.next - 1

/** Numbers of orders rise by one, and no two orders are about the same. */
const orderedOnce: StepInvariant = ({ before, state, effects, events }) => {
  const numbers = effects.flatMap((effect) => ('order' in effect ? [effect.order] : []))
  const known = replicasIn(before)
  const failed = new Set(events.flatMap((event) => ('order' in event ? [event.order] : [])))
  const first = lastOrderOf(before) + 1
  const gaps = numbers.filter((order, i) => order !== first + i)
  const isRising = gaps.length === 0 && lastOrderOf(state) === lastOrderOf(before) + numbers.length
  const subjects = effects.flatMap((effect) =>
    effect._tag === 'Place' || effect._tag === 'Vend' || effect._tag === 'Stop'
      ? [`${effect._tag === 'Stop' ? 'stop' : 'start'} replica ${effect.replica}`]
      : [],
  )
  return [
    ...(isRising ? [] : [`orders ${numbers.join()} do not follow ${first - 1}`]),
    ...subjects
      .filter((subject, i) => subjects.indexOf(subject) !== i)
      .map((one) => `${one} twice`),
    ...effects.flatMap((effect) => {
      if (effect._tag === 'Place' || effect._tag === 'Vend')
        return known.has(effect.replica) ? [`replica ${effect.replica} was there`] : []
      if (effect._tag !== 'Stop') return []
      const stop = known.has(effect.replica)
        ? bookingOf(before, effect.replica)?.stopOrder
        : undefined
      return stop === undefined || failed.has(stop)
        ? []
        : [`replica ${effect.replica} was told to stop by order ${stop}`]
    }),
  ]
}

/** What is on its way has one open order or was reported; each open order has what it is about. */
const nothingForgotten: StepInvariant = ({ before, state, events }) => {
  const replicas = replicasIn(state)
  const [former, reported] = [replicasIn(before), new Set<number>()]
  const open = new Map(
    openOrdersOf(state).flatMap((one) =>
      'replica' in one ? [[one.order, one.replica] as const] : [],
    ),
  )
  for (const event of events) if ('replica' in event) reported.add(event.replica)
  return [
    ...[...replicas.values()].flatMap(({ id, phase }) => {
      const booking = bookingOf(state, id)
      const order = phase === 'assumed' ? booking?.startOrder : booking?.stopOrder
      const isOpen = order !== undefined && open.get(order) === id
      const wasReported = reported.has(id) || former.get(id)?.phase === 'leaving'
      if (phase === 'running' || isOpen || (phase === 'leaving' && wasReported)) return []
      return [`replica ${id} is ${phase} without an order`]
    }),
    ...[...open].flatMap(([order, replica]) => {
      const { startOrder, stopOrder } = (replicas.has(replica) && bookingOf(state, replica)) || {}
      return order === startOrder || order === stopOrder
        ? []
        : [`order ${order} is about replica ${replica}, which has none`]
    }),
  ]
}

/** The replica of each effect is there, on that node, in that phase. */
const effectsAreReal: StepInvariant = ({ effects, state }) => {
  const replicas = replicasIn(state)
  return effects.flatMap((effect) => {
    if (effect._tag !== 'Place' && effect._tag !== 'Vend' && effect._tag !== 'Stop') return []
    const phase = effect._tag === 'Stop' ? 'leaving' : 'assumed'
    const found = replicas.get(effect.replica)?.phase
    return found === phase
      ? []
      : [`replica ${effect.replica} of order ${effect.order} is ${found ?? 'gone'}, not ${phase}`]
  })
}

const passesMax = 3

/**
 * A state comes to rest in a few passes without events, and then gives no more orders: what is
 * wanted does not change by itself.
 */
const comesToRest: StepInvariant = ({ state }, { advance }) => {
  let [last, count] = [state, -1]
  for (let pass = 0; pass <= passesMax && count !== 0; pass++) {
    const result = advance(last, [{ at: state.now, _tag: 'ClockAdvanced' }])
    if (E.isLeft(result)) return [`a pass without events is a fault: ${result.left.expected}`]
    const orders = result.right.effects.filter(({ _tag }) => _tag !== 'WakeAt')
    ;[last, count] = [result.right.state, orders.length]
  }
  return count === 0 ? [] : [`it still orders after ${passesMax} passes without events`]
}

const subjectText = (event: StepEvent): string => {
  if ('replica' in event) return `replica ${event.replica}`
  if ('name' in event) return `node ${event.name}`
  if ('order' in event) return `order ${event.order}`
  return 'about' in event ? `object ${event.controller} ${event.about}` : 'clock'
}

/** Facts about different objects at one instant lead to the same state in any order. */
const factsCommute: StepInvariant = ({ before, events, state }, { advance, controllers }) => {
  const subjects = [...new Set(events.map(subjectText))].reverse()
  if (subjects.length < 2) return []
  const turned = subjects.flatMap((one) => events.filter((event) => subjectText(event) === one))
  const result = advance(before, turned)
  const isSame =
    E.isRight(result) &&
    stateHash(controllers, result.right.state) === stateHash(controllers, state)
  return isSame ? [] : [`the order of ${events.map(({ _tag }) => _tag).join(', ')} matters`]
}

/** A pool has the nodes that are counted, and each node that is coming has an open order. */
const poolsAddUp: StepInvariant = ({ state }) => {
  const counts = new Map<string, number>()
  for (const [node, pool] of state.nodePools) {
    if (O.isNone(findNode(state.cluster, node))) return [`${node} of pool ${pool} is not there`]
    counts.set(pool, (counts.get(pool) ?? 0) + 1)
  }
  const open = new Set(openOrdersOf(state).map(({ order }) => order))
  return [...state.books].flatMap(([name, { size, coming, leaving, idle }]) => [
    ...(size === (counts.get(name) ?? 0) ? [] : [`pool ${name} counts ${size} nodes`]),
    ...[...coming, ...leaving].flatMap(({ order }) =>
      open.has(order) ? [] : [`order ${order} of pool ${name} is not open`],
    ),
    ...[...idle.keys()].flatMap((node) =>
      state.nodePools.get(node) === name ? [] : [`${node} is idle in pool ${name}, not its own`],
    ),
  ])
}

/** The invariants by name. */
export const stepInvariants: Readonly<Record<string, StepInvariant>> = {
  capacity: ({ state }) => nothingOverfull(state.cluster),
  orderedOnce,
  nothingForgotten,
  effectsAreReal,
  comesToRest,
  factsCommute,
  poolsAddUp,
}

/** How many replicas an object has: starting or running, running, and waiting for a node. */
export interface ReplicaCounts {
  readonly alive: number
  readonly running: number
  readonly pending: number
}

/** The counts of the objects of a state, by their names. */
export const countsIn = (
  state: StepState,
  objectOf: (owner: string) => string = (owner) => owner,
): ReadonlyMap<string, ReplicaCounts> => {
  const counts = new Map<string, ReplicaCounts>()
  const add = (name: string, part: Partial<ReplicaCounts>): void => {
    const { alive, running, pending } = counts.get(name) ?? { alive: 0, running: 0, pending: 0 }
    counts.set(name, {
      alive: alive + (part.alive ?? 0),
      running: running + (part.running ?? 0),
      pending: pending + (part.pending ?? 0),
    })
  }
  for (const { id, phase } of replicasIn(state).values()) {
    const name = bookingOf(state, id)?.owner.name
    if (name !== undefined && phase !== 'leaving')
      add(objectOf(name), { alive: 1, running: Number(phase === 'running') })
  }
  for (const { owner, count } of state.pending) add(objectOf(owner.name), { pending: count })
  return counts
}
