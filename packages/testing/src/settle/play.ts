/**
 * Plays a history (a list of steps done to a cluster): performs each step, then advances the
 * virtual clock until nothing has changed for a while, and returns the settled state.
 */
import { canonicalJson } from './canonical-json.js'
import { followRules, lookAtPods } from './kubelet.js'
import type { SettledLine, SettledStep, SettleLine, SettleRequest, SettleStep } from './line.js'
import { applyNode, loseNodes, nextLoss, turnNodes } from './nodes.js'
import { pictureOf } from './picture.js'
import { preempt, refusalOf } from './scheduling.js'
import { applyRequest, deleteRequests, evictRequests } from './requests.js'
import { happen, openWorld, type NodeManifest, type HistoryWorld } from './world.js'

/** For how long nothing must change where a step says nothing else, in milliseconds. */
const quietDefault = 2_000

/** After how long a world that does not come to rest is looked at all the same. */
const restlessAfter = 90_000

/** Where the cluster of a history comes to rest after each step. */
export const settle = ({ id, nodes, rules = [], steps }: SettleLine): SettledLine => {
  const world = openWorld()
  followRules(world, rules)
  for (const node of nodes) applyNode(world, node as NodeManifest)
  return { id, steps: steps.map((step) => playStep(world, step)) }
}

const playStep = (world: HistoryWorld, step: SettleStep): SettledStep => {
  const requests = doStep(world, step)
  const isQuiet = playUntilQuiet(world, step.quietMs ?? quietDefault)
  return {
    ...(requests.length === 0 ? {} : { requests }),
    ...(isQuiet ? {} : { restless: true }),
    ...pictureOf(world, (pod) => refusalOf(world, pod)),
  }
}

const doStep = (world: HistoryWorld, step: SettleStep): readonly SettleRequest[] => {
  const { rules, nodes = {}, delete: deleted = [], apply = [], evict = [] } = step
  if (rules !== undefined) followRules(world, rules)
  turnNodes(world, nodes)
  const requests = [
    ...deleted.flatMap((target) => deleteRequests(world, target)),
    ...apply.map((manifest) => applyRequest(world, manifest)),
  ]
  if (evict.length > 0 && requests.length > 0) playUntilQuiet(world, quietDefault)
  return [...requests, ...evict.flatMap((target) => evictRequests(world, target))]
}

/** Plays on until nothing has changed for so long; `false` when that does not come. */
const playUntilQuiet = (world: HistoryWorld, quiet: number): boolean => {
  const begin = world.now
  let changedAt = begin
  let before = canonicalJson(pictureOf(world))
  for (;;) {
    const next = nextAt(world)
    if (next > changedAt + quiet) {
      world.now = changedAt + quiet
      return true
    }
    if (next > begin + quiet + restlessAfter) return false
    world.now = Math.max(world.now, next)
    happenNow(world)
    preempt(world)
    const after = canonicalJson(pictureOf(world))
    if (after !== before) changedAt = world.now
    before = after
  }
}

const nextAt = (world: HistoryWorld): number =>
  Math.min(world.lookAt ?? Infinity, nextLoss(world), timerIn(world))

const timerIn = ({ state }: HistoryWorld): number =>
  [...state.wakes.values()].reduce<number>((first, at) => Math.min(first, at), Infinity)

const happenNow = (world: HistoryWorld): void => {
  if ((world.lookAt ?? Infinity) <= world.now) lookAtPods(world)
  loseNodes(world)
  if (timerIn(world) <= world.now) happen(world, { _tag: 'ClockAdvanced' })
}
