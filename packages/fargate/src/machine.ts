/**
 * The vending machine: a value, and what becomes of it when a task is launched, stopped or
 * interrupted. A launch vends one node, cut to its task; the node is there as long as the task is,
 * and goes with it. Times are milliseconds of the caller's clock.
 */
import * as E from 'fp-ts/lib/Either.js'
import { fullBucket, nextToken, takeToken, type Bucket } from './bucket.js'
import { add, draftOf, entered, placeOf, sealed, takenOut, type Draft } from './draft.js'
import { judge, type Judged, type LaunchRequest } from './launch-request.js'
import { fargateOptions, type FargateOptions } from './options.js'
import type { Platform } from './platform.js'
import type { LaunchRefusal } from './refusal.js'
import type { TaskSize } from './size.js'
import { interruption, type Capacity, type Interruption } from './spot.js'
import type { GiB } from './storage.js'
import { subnetBy } from './subnet.js'

/** A node that was vended. */
export interface FargateNode {
  readonly task: string
  readonly capacity: Capacity
  readonly size: TaskSize
  readonly platform: Platform
  readonly ephemeralStorage: GiB
  readonly subnet: string
  /** How many nodes this subnet was given before: no two nodes of a subnet have the same. */
  readonly serial: number
  readonly at: number
}

export type Launch =
  | { readonly _tag: 'Vended'; readonly node: FargateNode }
  | { readonly _tag: 'Refused'; readonly refusals: readonly LaunchRefusal[] }
  /** There was no token; `until` is when there will be one. */
  | { readonly _tag: 'Throttled'; readonly until: number }
  /** So many vCPUs run already, and no more than `most` may. */
  | {
      readonly _tag: 'OverQuota'
      readonly capacity: Capacity
      readonly running: number
      readonly most: number
    }
  /** AWS has none left. */
  | { readonly _tag: 'NoCapacity'; readonly capacity: Capacity }

export interface Machine {
  readonly options: FargateOptions
  readonly buckets: Readonly<Record<Capacity, Bucket>>
  /** By task. */
  readonly nodes: ReadonlyMap<string, FargateNode>
  /** Running nodes by capacity and subnet, and by capacity the CPU units that they have. */
  readonly running: ReadonlyMap<string, number>
  readonly cpu: Readonly<Record<Capacity, number>>
  /** Nodes that were ever vended, by subnet. */
  readonly serials: ReadonlyMap<string, number>
  /** Nodes that were ever vended, by capacity and the list of subnets that was asked for. */
  readonly turns: ReadonlyMap<string, number>
}

/** A machine that has vended nothing yet, its buckets full. */
export const openMachine = (options: Partial<FargateOptions> = {}, at = 0): Machine => {
  const all = { ...fargateOptions, ...options }
  const bucket = (capacity: Capacity): Bucket => fullBucket(all.launchRate[capacity], at)
  return {
    options: all,
    buckets: { FARGATE: bucket('FARGATE'), FARGATE_SPOT: bucket('FARGATE_SPOT') },
    nodes: new Map(),
    running: new Map(),
    cpu: { FARGATE: 0, FARGATE_SPOT: 0 },
    serials: new Map(),
    turns: new Map(),
  }
}

/** Launches a task at a moment. What is not vended leaves the machine as it was. */
export const launch = (
  machine: Machine,
  request: LaunchRequest,
  at: number,
): readonly [after: Machine, answer: Launch] => {
  const [after, [launched]] = launchAll(machine, [request], at)
  return [after, launched!]
}

/** Launches tasks at one moment, one after the other. */
export const launchAll = (
  machine: Machine,
  requests: readonly LaunchRequest[],
  at: number,
): readonly [after: Machine, answer: readonly Launch[]] => {
  const draft = draftOf(machine)
  return [sealed(draft), requests.map((request) => launchIn(draft, request, at))]
}

/**
 * As `launchAll`, but each that finds no token waits for one, and those after it wait behind it.
 */
export const launchPatiently = (
  machine: Machine,
  requests: readonly LaunchRequest[],
  at: number,
): readonly [after: Machine, answer: readonly Launch[]] => {
  const draft = draftOf(machine)
  const launched = requests.map((request) => {
    const first = launchIn(draft, request, at)
    return first._tag === 'Throttled' && Number.isFinite(first.until)
      ? launchIn(draft, request, first.until)
      : first
  })
  return [sealed(draft), launched]
}

/**
 * Takes over nodes that were vended before the machine was opened: they count, and took their
 * tokens long ago.
 */
export const takeOver = (
  machine: Machine,
  nodes: readonly Omit<FargateNode, 'serial'>[],
): Machine => {
  const draft = draftOf(machine)
  for (const node of nodes) entered(draft, node)
  return sealed(draft)
}

/** The task has stopped, so its node is gone: that node, or nothing when there was none. */
export const stopTask = (
  machine: Machine,
  task: string,
): readonly [after: Machine, answer: FargateNode | undefined] => {
  const [after, [gone]] = stopTasks(machine, [task])
  return [after, gone]
}

/** The nodes that are gone with these tasks. */
export const stopTasks = (
  machine: Machine,
  tasks: readonly string[],
): readonly [after: Machine, answer: readonly FargateNode[]] => {
  const gone = tasks.flatMap((task) => machine.nodes.get(task) ?? [])
  if (gone.length === 0) return [machine, gone]
  const draft = draftOf(machine)
  for (const node of gone) takenOut(draft, node)
  return [sealed(draft), gone]
}

/**
 * What AWS tells a Spot task that it takes back; nothing, of a task that is not there or not on
 * Spot. Stop it when it is gone.
 */
export const interrupt = (machine: Machine, task: string, at: number): Interruption | undefined =>
  machine.nodes.get(task)?.capacity === 'FARGATE_SPOT'
    ? interruption(task, at, machine.options)
    : undefined

const launchIn = (draft: Draft, request: LaunchRequest, at: number): Launch => {
  if (draft.nodes.has(request.task))
    return { _tag: 'Refused', refusals: [{ _tag: 'TaskExists', task: request.task }] }
  const judged = judge(request, draft.options)
  if (E.isLeft(judged)) return { _tag: 'Refused', refusals: judged.left }
  const { capacity = 'FARGATE', size } = request
  const most = draft.options.vcpusAtOnce[capacity]
  const running = draft.cpu[capacity]
  if (running + size.cpu > most * 1024)
    return { _tag: 'OverQuota', capacity, running: running / 1024, most }
  if (running + size.cpu > draft.options.vcpusThere[capacity] * 1024)
    return { _tag: 'NoCapacity', capacity }
  const bucket = takeToken(draft.buckets[capacity], at)
  if (bucket === undefined)
    return { _tag: 'Throttled', until: nextToken(draft.buckets[capacity], at) }
  draft.buckets[capacity] = bucket
  return { _tag: 'Vended', node: vended(draft, request, judged.right, bucket.at) }
}

const vended = (draft: Draft, request: LaunchRequest, judged: Judged, at: number): FargateNode => {
  const { capacity = 'FARGATE', task, size, subnets } = request
  const list = JSON.stringify([capacity, ...subnets])
  const running = (subnet: string): number => draft.running.get(placeOf({ capacity, subnet })) ?? 0
  const subnet = subnetBy(draft.options.subnetRule, subnets, running, draft.turns.get(list) ?? 0)!
  add(draft.turns, list, 1)
  return entered(draft, { task, capacity, size, ...judged, subnet, at })
}
