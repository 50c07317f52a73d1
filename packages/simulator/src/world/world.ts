/**
 * Defines the true state of the simulated cluster: which nodes are up, and which replicas were
 * started or are about to be. The orchestrator learns of this state only by reports, which may come
 * late.
 */
import {
  later,
  type Instant,
  type ReplicaId,
  type StepEffect,
  type StepEvent,
} from '@stowage/kernel'
import { drawWithin, isHit, type WholeRange } from '../chance/chance.js'
import { copyAgenda, emptyAgenda, putEntry, type Agenda, type NodeDescription } from './agenda.js'
import type { FaultRates, Latencies } from './setting.js'

/** An order that a node carries out. */
export type ReplicaOrder = Extract<StepEffect, { readonly _tag: 'Place' | 'Stop' }>

/** A world; it changes while the simulation that owns it runs. */
export interface World {
  readonly seed: number
  readonly latencies: Latencies
  readonly faults: FaultRates
  readonly agenda: Agenda
  /** The nodes that are up. */
  readonly nodes: Map<string, NodeDescription>
  /** How often a node of a name joined. */
  readonly lives: Map<string, number>
  /** The node of each replica that was started or is about to be. */
  readonly replicas: Map<ReplicaId, string>
  readonly ended: Set<ReplicaId>
  /** The orders about replicas whose nodes do not answer. */
  readonly waiting: ReplicaOrder[]
  reportCount: number
}

/** A world in which there is nothing yet. */
export const emptyWorld = (seed: number, latencies: Latencies, faults: FaultRates): World => ({
  ...{ seed, latencies, faults, agenda: emptyAgenda() },
  ...{ nodes: new Map(), lives: new Map(), replicas: new Map(), ended: new Set() },
  ...{ waiting: [], reportCount: 0 },
})

/** A world in which the same is true; what happens in one of them does not happen in the other. */
export const copyWorld = (world: World): World => ({
  ...world,
  agenda: copyAgenda(world.agenda),
  nodes: new Map(world.nodes),
  lives: new Map(world.lives),
  replicas: new Map(world.replicas),
  ended: new Set(world.ended),
  waiting: [...world.waiting],
})

/** Whether something goes wrong now; `name` says what, so that each is decided once. */
export const goesWrong = (
  { seed, faults }: Pick<World, 'seed' | 'faults'>,
  now: Instant,
  name: string,
  rate: number,
): boolean => now < (faults.until ?? Infinity) && isHit(seed, name, rate)

/** The instant after a time that is drawn from the range; at least 1 ms later. */
export const afterDraw = (
  { seed }: World,
  now: Instant,
  name: string,
  range: WholeRange,
): Instant => later(now, Math.max(1, drawWithin(seed, name, range)))

/** Lets a node be up, and decides whether it will die. */
export const raiseNode = (
  world: World,
  now: Instant,
  name: string,
  description: NodeDescription,
): void => {
  const life = (world.lives.get(name) ?? 0) + 1
  world.lives.set(name, life)
  world.nodes.set(name, description)
  if (!goesWrong(world, now, `death ${name} ${life}`, world.faults.nodeDeaths)) return
  const at = afterDraw(world, now, `life ${name} ${life}`, world.faults.life)
  if (at >= (world.faults.until ?? Infinity)) return
  putEntry(world.agenda, { at, isFaulty: true, happening: { _tag: 'Death', name, life } })
}

/** Lets a node be gone with all its replicas. */
export const dropNode = (world: World, name: string): void => {
  world.nodes.delete(name)
  for (const [replica, node] of world.replicas) if (node === name) endReplica(world, replica)
}

/** Lets a replica be gone. */
export const endReplica = (world: World, replica: ReplicaId): void => {
  world.replicas.delete(replica)
  world.ended.add(replica)
}

/**
 * Sends a fact about a replica or an order on its way: it may be delayed, so that later ones
 * overtake it, and it may come twice.
 */
export const sendReport = (
  world: World,
  now: Instant,
  event: StepEvent,
  isFaulty = false,
): Instant => {
  const { agenda, faults } = world
  const name = `report ${world.reportCount++}`
  const isDelayed = goesWrong(world, now, `${name} delayed`, faults.delayed)
  const at = isDelayed ? afterDraw(world, now, `${name} delay`, faults.delay) : now
  putEntry(agenda, { at, isFaulty: isFaulty || isDelayed, report: { ...event, at } })
  if (goesWrong(world, now, `${name} repeated`, faults.repeated)) {
    const again = afterDraw(world, at, `${name} repetition`, faults.delay)
    putEntry(agenda, { at: again, isFaulty: true, report: { ...event, at: again } })
  }
  return at
}

/** Sends a fact about a node on its way: these are neither delayed nor repeated. */
export const sendNodeReport = ({ agenda }: World, event: StepEvent, isFaulty: boolean): void =>
  putEntry(agenda, { at: event.at, isFaulty, report: event })
