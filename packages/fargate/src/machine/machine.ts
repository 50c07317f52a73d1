/**
 * Launches and removes the nodes of the Fargate model (`VendingMachine`). Each task has a node of
 * its own:
 *
 * 1. `launchNodes` creates ("vends") a node of the size of the task, or returns why not.
 * 2. `interruptionOf` returns the notice that a Spot task gets two minutes before its end.
 * 3. `releaseNode` removes the node of a task that stopped.
 */
import { instant, isInstant, type Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { fargateOptions, type FargateOptions } from '../launch/options.js'
import { checkLaunch, type LaunchRequest, type LaunchTerms } from '../launch/request.js'
import { spotInterruption, type FargateCapacity, type Interruption } from '../platform/spot.js'
import { fullBucket, nextToken, takeToken, type Bucket } from '../quota/bucket.js'
import { pickSubnet } from '../quota/subnet.js'
import {
  addCount,
  draftOf,
  enterNode,
  placeKey,
  removeNode,
  sealMachine,
  type MachineDraft,
} from './draft.js'
import type { FargateNode, LaunchResult, VendingMachine } from './state.js'

/**
 * A machine with full buckets. Missing options have their defaults. `nodes` were vended earlier, by
 * others: they count for quotas and take no tokens.
 */
export const openMachine = (
  options: Partial<FargateOptions> = {},
  nodes: readonly Omit<FargateNode, 'serial'>[] = [],
  at: Instant = instant(0),
): VendingMachine => {
  const all = { ...fargateOptions, ...options }
  const bucket = (capacity: FargateCapacity): Bucket => fullBucket(all.launchRate[capacity], at)
  const draft: MachineDraft = {
    options: all,
    buckets: { FARGATE: bucket('FARGATE'), FARGATE_SPOT: bucket('FARGATE_SPOT') },
    nodes: new Map(),
    running: new Map(),
    cpu: { FARGATE: 0, FARGATE_SPOT: 0 },
    serials: new Map(),
    turns: new Map(),
  }
  for (const node of nodes) enterNode(draft, node)
  return sealMachine(draft)
}

/**
 * Launches tasks at one instant, in the given order. An instant that is no whole number of
 * milliseconds refuses each of them; one before that of the last launch counts as that one.
 */
export const launchNodes = (
  machine: VendingMachine,
  requests: readonly LaunchRequest[],
  at: Instant,
): readonly [after: VendingMachine, answer: readonly LaunchResult[]] => {
  const draft = draftOf(machine)
  const results = requests.map((request) => launchIn(draft, request, at))
  return [sealMachine(draft), results]
}

/**
 * Launches tasks in the given order, from `at` on: a request without a token waits for the next
 * one, and the requests after it wait as well.
 */
export const launchQueue = (
  machine: VendingMachine,
  requests: readonly LaunchRequest[],
  at: Instant,
): readonly [after: VendingMachine, answer: readonly LaunchResult[]] => {
  const draft = draftOf(machine)
  const results = requests.map((request) => {
    const first = launchIn(draft, request, at)
    return first._tag === 'Throttled' && Number.isFinite(first.until)
      ? launchIn(draft, request, first.until)
      : first
  })
  return [sealMachine(draft), results]
}

/** Removes the node of a stopped task. The answer is that node, `undefined` if there is none. */
export const releaseNode = (
  machine: VendingMachine,
  task: string,
): readonly [after: VendingMachine, answer: FargateNode | undefined] => {
  const [after, [node]] = releaseNodes(machine, [task])
  return [after, node]
}

/** Removes the nodes of stopped tasks. The answer is those nodes; unknown tasks are ignored. */
export const releaseNodes = (
  machine: VendingMachine,
  tasks: readonly string[],
): readonly [after: VendingMachine, answer: readonly FargateNode[]] => {
  const nodes = tasks.flatMap((task) => machine.nodes.get(task) ?? [])
  if (nodes.length === 0) return [machine, nodes]
  const draft = draftOf(machine)
  for (const node of nodes) removeNode(draft, node)
  return [sealMachine(draft), nodes]
}

/**
 * The notice to a task whose Spot capacity AWS takes back at `at`; `undefined` for a task that does
 * not run on Spot. The machine does not change: call `releaseNode` when the task is gone.
 */
export const interruptionOf = (
  machine: VendingMachine,
  task: string,
  at: Instant,
): Interruption | undefined =>
  machine.nodes.get(task)?.capacity === 'FARGATE_SPOT'
    ? spotInterruption(task, at, machine.options)
    : undefined

const launchIn = (draft: MachineDraft, request: LaunchRequest, at: Instant): LaunchResult => {
  if (!isInstant(at)) return { _tag: 'Refused', refusals: [{ _tag: 'InvalidInstant', at }] }
  if (draft.nodes.has(request.task))
    return { _tag: 'Refused', refusals: [{ _tag: 'TaskExists', task: request.task }] }
  const terms = checkLaunch(request, draft.options)
  if (E.isLeft(terms)) return { _tag: 'Refused', refusals: terms.left }
  const { capacity = 'FARGATE', size } = request
  const max = draft.options.vcpusAtOnce[capacity]
  const running = draft.cpu[capacity]
  if (running + size.cpu > max * 1024)
    return { _tag: 'OverQuota', capacity, running: running / 1024, max }
  if (running + size.cpu > draft.options.vcpusThere[capacity] * 1024)
    return { _tag: 'NoCapacity', capacity }
  const bucket = takeToken(draft.buckets[capacity], at)
  if (bucket === undefined)
    return { _tag: 'Throttled', until: nextToken(draft.buckets[capacity], at) }
  draft.buckets[capacity] = bucket
  return { _tag: 'Vended', node: vendNode(draft, request, terms.right, bucket.at) }
}

const vendNode = (
  draft: MachineDraft,
  request: LaunchRequest,
  terms: LaunchTerms,
  at: Instant,
): FargateNode => {
  const { capacity = 'FARGATE', task, size, subnets } = request
  const list = JSON.stringify([capacity, ...subnets])
  const running = (subnet: string): number => draft.running.get(placeKey({ capacity, subnet })) ?? 0
  const turn = draft.turns.get(list) ?? 0
  const subnet = pickSubnet(draft.options.subnetRule, subnets, running, turn)!
  addCount(draft.turns, list, 1)
  return enterNode(draft, { task, capacity, size, ...terms, subnet, at })
}
