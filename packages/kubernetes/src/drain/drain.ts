/**
 * Simulates `kubectl drain` on the objects of a cluster: all nodes are cordoned, then one node
 * after the other is drained.
 * 1. The evictions of all pods of a node are requested at once, in the order of their names. A pod
 *    that its budget holds back is tried again every 5 s.
 * 2. Controllers replace evicted pods: a StatefulSet when the old pod is gone, any other controller
 *    at once.
 * 3. The scheduler places new pods, and pods that waited before the drain, by priority. A pod that
 *    finds no node is tried again whenever something happens.
 *
 * Source: Kubernetes documentation, "Safely Drain a Node".
 */
import { nearestNames, type DocumentFault } from '@stowage/documents'
import { allowIndexes, batch, empty, renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { disruptionTimeout } from '../disruption/healthy.js'
import { sharedTurns } from '../plan/play.js'
import { openStage, type Stage, type Turn } from '../plan/stage.js'
import { withoutSurplus } from '../plan/surplus.js'
import type { KubernetesInput } from '../read/input.js'
import type { Node } from '../words/node.js'
import { titleOf } from '../workload/workload.js'
import { evictPod, retryAfter } from './evict.js'
import { statedController, filterPods } from './filter.js'
import { parsePodSelector, type LabelTest } from './pod-selector.js'
import { dueAfter, replacementAnswer, settleInstant } from './replace.js'
import type { Drain, DrainedNode, DrainedPod, DrainOptions } from './terms.js'
import { waitingRow, waitingTurns } from './waiting.js'
import { hasSettled, openWorld, type DrainWorld, type LeavingPod } from './world.js'

/** Drains the nodes. A `Left` names those that are not among the input. */
export const drainNodes = (
  input: KubernetesInput,
  options: DrainOptions,
): E.Either<readonly DocumentFault[], Drain> => {
  const names = input.nodes.map(({ metadata }) => metadata.name)
  const unknown = options.nodes.filter((name) => !names.includes(name))
  if (unknown.length > 0) return E.left(unknown.map((name) => nodeToDrainFault(name, names)))
  return pipe(
    parsePodSelector(options.podSelector ?? ''),
    E.mapLeft((fault) => [{ from: '--pod-selector', ...fault }]),
    E.map((isSelected) => playDrain(withoutSurplus(input), options, isSelected)),
  )
}

const nodeToDrainFault = (name: string, names: readonly string[]): DocumentFault => {
  const near = nearestNames(name, names, name.length)
  const suggestion = near.length === 0 ? '' : `, such as ${near.join(', ')}`
  const expected = `the name of a node among the documents${suggestion}`
  return { from: 'the nodes to drain', at: [], found: renderValue(name), expected }
}

const playDrain = (input: KubernetesInput, options: DrainOptions, isSelected: LabelTest): Drain => {
  const [, drain] = batch(allowIndexes(empty), (draft) => {
    const nodes = cordonNodes(input.nodes, options.nodes)
    const stage = openStage(draft, { ...input, nodes, rollouts: [] })
    const daemonSets = input.pending.filter(({ kind }) => kind === 'DaemonSet').map(titleOf)
    const drained = drainStage(stage, input, options, {
      ...{ isSelected, daemonSets: new Set(daemonSets) },
      waiting: sharedTurns(stage).flatMap(([, turn]) => (turn.count > 0 ? [turn] : [])),
    })
    return { ...drained, warnings: [...input.warnings, ...stage.warnings] }
  })
  return drain
}

/** The nodes, of which some take no more pods. */
export const cordonNodes = (nodes: readonly Node[], names: readonly string[]): readonly Node[] =>
  nodes.map((node) =>
    names.includes(node.metadata.name)
      ? { ...node, spec: { taints: [], ...node.spec, unschedulable: true } }
      : node,
  )

/** Which pods are looked at. */
export interface DrainScope {
  readonly isSelected: LabelTest
  /** The titles of DaemonSets that are there. */
  readonly daemonSets: ReadonlySet<string>
  /** The pods that wait for a node, in the order of the queue. */
  readonly waiting: readonly Turn[]
}

/** Drains nodes of a stage on which they are cordoned. */
export const drainStage = (
  stage: Stage,
  input: KubernetesInput,
  options: DrainOptions,
  scope: DrainScope,
): Omit<Drain, 'warnings'> => {
  const world = openWorld(stage, input, options, waitingTurns(scope.waiting))
  settleInstant(world)
  const nodes = options.nodes.reduce<readonly DrainedNode[]>(
    (before, name) => [...before, drainNode(world, name, before, scope)],
    [],
  )
  while (advance(world, []));
  return {
    nodes,
    pods: world.leaving.map((pod) => podAnswer(world, pod)),
    waiting: world.waiting.map((one) => waitingRow(world, one)),
  }
}

const podAnswer = (world: DrainWorld, pod: LeavingPod): DrainedPod => {
  const one = world.replacements.find(({ of }) => of === pod)
  return one === undefined
    ? pod.answer
    : { ...pod.answer, replacement: replacementAnswer(world, one) }
}

/**
 * A node is stuck when all pods that are left are held back and nothing more is going to happen.
 */
const drainNode = (
  world: DrainWorld,
  name: string,
  before: readonly DrainedNode[],
  { isSelected, daemonSets }: DrainScope,
): DrainedNode => {
  if (before.some(({ outcome }) => outcome === 'Stuck'))
    return { name, outcome: 'NotReached', refusals: [], staying: [] }
  const { found, options } = world
  const { evicted, refusals, staying } = filterPods(
    found.filter(({ pod }) => pod.nodeName === name && isSelected(pod.labels)),
    daemonSets,
    options,
  )
  const from = world.now
  if (refusals.length > 0) return { name, outcome: 'Refused', from, refusals, staying }
  const own = evicted.map((one): LeavingPod => {
    const workload = statedController(one.pod) === undefined ? {} : { workload: titleOf(one.pod) }
    return { found: one, nextTry: from, answer: { name: one.name, node: name, ...workload } }
  })
  for (const pod of own) world.leaving.push(pod)
  world.lastChange = from
  const outcome = evictAll(world, own, from + (options.timeout ?? Infinity))
  return {
    name,
    outcome,
    from,
    ...(outcome === 'Stuck' ? {} : { to: world.now }),
    refusals,
    staying,
  }
}

/** Evicts pods until all are gone, the time is over, or nothing more is going to happen. */
const evictAll = (
  world: DrainWorld,
  own: readonly LeavingPod[],
  end: number,
): DrainedNode['outcome'] => {
  for (;;) {
    for (const pod of own) if (pod.nextTry === world.now) evictPod(world, pod)
    settleInstant(world)
    if (own.every((pod) => hasSettled(world, pod)))
      return own.some(({ answer }) => answer.error !== undefined) ? 'Failed' : 'Drained'
    if (!advance(world, own, end)) return world.now === end ? 'TimedOut' : 'Stuck'
  }
}

/** Moves on to the next instant and what is due then; `false` when none comes before the end. */
const advance = (world: DrainWorld, own: readonly LeavingPod[], end = Infinity): boolean => {
  const { input, lastChange, now } = world
  const hasDisrupted = input.disruptionBudgets.some(({ disrupted }) => disrupted.size > 0)
  const changes = [
    ...dueAfter(world),
    ...(hasDisrupted && now < disruptionTimeout ? [disruptionTimeout] : []),
  ]
  const tries = own.flatMap(({ nextTry }) => nextTry ?? [])
  const isIdle = changes.length === 0 && tries.every((at) => at >= lastChange + retryAfter)
  if (isIdle && end === Infinity) return false
  const next = [...changes, ...tries].reduce((first, at) => Math.min(first, at), Infinity)
  if (next === Infinity) return false
  world.now = Math.min(next, end)
  if (next > end) return false
  if (changes.includes(next)) world.lastChange = next
  settleInstant(world)
  return true
}
