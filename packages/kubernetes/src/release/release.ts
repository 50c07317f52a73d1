/**
 * Finds which nodes of a cluster can be removed, in five steps:
 *
 * 1. It excludes nodes that are protected by themselves, their pods, a NodePool or a disruption
 *    budget.
 * 2. It searches for nodes to remove, and for cheaper nodes to open in their place.
 * 3. It simulates the removal with the scheduler and the eviction API. Nodes that cannot be
 *    drained, or whose pods find no place, are excluded, and step 2 is repeated.
 * 4. It finds out why each other node stays.
 * 5. It sums up the prices before and after.
 */
import { allowIndexes, batch, empty, nodeName } from '@stowage/kernel'
import { statusNow } from '../drain/budgets.js'
import type { NodePod } from '../drain/filter.js'
import { openWorld } from '../drain/world.js'
import type { NodePool } from '../node-pool/words.js'
import { playWaiting, type NodeOffer } from '../plan/provision.js'
import { openStage } from '../plan/stage.js'
import type { KubernetesInput } from '../read/input.js'
import type { Proposal } from './at-once.js'
import { releaseCandidates } from './candidate.js'
import { openFleet } from './fleet.js'
import {
  failedNodes,
  playRelease,
  unplacedOf,
  type PlayedRelease,
  type WaitingPlaces,
} from './play.js'
import { protectionOf, type NodeProtection } from './protection.js'
import { proposeRelease } from './search.js'
import { stayingNodes } from './staying.js'
import type { OpenedNode, Release, ReleaseOptions, ReleaseWorld } from './terms.js'

/** Which nodes can go. */
export const releaseNodes = (world: ReleaseWorld, options: ReleaseOptions): Release => {
  const input = world.inputWith([], false)
  const protections = protectionsOf(input, world.pools, options)
  const moving = [...protections.values()].flatMap((one) => (one.isProtected ? [] : one.moving))
  const before = waitingBefore(input)
  const found = findRelease(world, input, protections, moving, before, options)
  const gone = new Set(found.gone)
  const free = [...protections].filter(([name, one]) => !one.isProtected && !gone.has(name))
  const names = new Set(free.map(([name]) => name))
  const grown = world.inputWith(found.opened, true)
  const reasons = new Map(
    stayingNodes(world, grown, names, gone, moving, found.work >= options.workMax, options).map(
      (one) => [one.name, one.reason],
    ),
  )
  const priceBefore = [...options.prices.values()].reduce((sum, price) => sum + price, 0)
  const { drain, waiting } = found.played
  return {
    ...{ gone: found.gone, opened: found.opened, work: found.work, drain },
    staying: [...protections].flatMap(([name, one]) => {
      const reason = one.isProtected ? one.reason : reasons.get(name)
      return reason === undefined ? [] : [{ name, reason }]
    }),
    priceBefore,
    priceAfter: priceBefore - found.saving,
    waiting: { before: before.unplaced, after: waiting },
  }
}

/** What keeps each node, by name in the order of the input. */
const protectionsOf = (
  input: KubernetesInput,
  pools: readonly NodePool[],
  { durations, deletesLocalData }: ReleaseOptions,
): ReadonlyMap<string, NodeProtection> =>
  batch(allowIndexes(empty), (draft) => {
    const stage = openStage(draft, { ...input, pending: [], rollouts: [] })
    const world = openWorld(stage, input, {
      ...{ nodes: [], durations, ignoreDaemonsets: true, force: true },
      ...{ deleteEmptydirData: true, disableEviction: false },
    })
    const statuses = new Map(
      input.disruptionBudgets.map((budget) => [budget, statusNow(world, budget)]),
    )
    return new Map(
      input.nodes.map((node) => [
        node.metadata.name,
        protectionOf(world, node, pools, (budget) => statuses.get(budget)!, deletesLocalData),
      ]),
    )
  })[1]

const waitingBefore = (input: KubernetesInput): WaitingPlaces =>
  batch(allowIndexes(empty), (draft) => {
    const outcomes = playWaiting(openStage(draft, input), input)
    const places = outcomes.flatMap((one) => (one._tag === 'Answered' ? one.answer.placed : []))
    const hosts = new Set(places.map(({ node }) => nodeName(draft, node)))
    return { unplaced: unplacedOf(outcomes), hosts }
  })[1]

/** A proposal that was played. */
interface FoundRelease extends Pick<Release, 'gone' | 'opened' | 'work'> {
  readonly saving: number
  readonly played: PlayedRelease
}

/** After so many proposals that fail, half of what is left is no candidate any more. */
const patience = 4

const findRelease = (
  world: ReleaseWorld,
  input: KubernetesInput,
  protections: ReadonlyMap<string, NodeProtection>,
  moving: readonly NodePod[],
  before: WaitingPlaces,
  options: ReleaseOptions,
): FoundRelease => {
  const excluded = new Set<string>()
  let work = 0
  for (let round = 1; ; round++) {
    const isFree = (name: string): boolean =>
      protections.get(name)?.isProtected === false && !excluded.has(name)
    const { proposal, work: searched } = searchRelease(world, isFree, moving, options)
    work += searched
    const gone = proposal.gone.map(({ name }) => name)
    const opened = nameOpened(world.offers, proposal.opened, input)
    const played = playRelease(world.inputWith(opened, false), gone, options.durations)
    const failed = failedNodes(played, before)
    if (failed.length === 0) return { gone, opened, saving: proposal.saving, played, work }
    for (const name of failed) excluded.add(name)
    if (round > patience) for (const name of gone.slice(gone.length >> 1)) excluded.add(name)
  }
}

const searchRelease = (
  { offers, inputWith }: ReleaseWorld,
  isFree: (name: string) => boolean,
  moving: readonly NodePod[],
  options: ReleaseOptions,
): { readonly proposal: Proposal; readonly work: number } =>
  batch(allowIndexes(empty), (draft) => {
    const input = inputWith([], true)
    const fleet = openFleet(draft, input, offers, moving)
    const free = input.nodes.filter(({ metadata: { name } }) => isFree(name))
    const candidates = releaseCandidates(draft, fleet, free, options.prices)
    return { proposal: proposeRelease(fleet, candidates, options), work: fleet.work.count }
  })[1]

/** New nodes have the name of their offer and the first number that no node has. */
const nameOpened = (
  offers: readonly NodeOffer[],
  opened: readonly number[],
  { nodes }: KubernetesInput,
): readonly OpenedNode[] => {
  const names = new Set(nodes.map(({ metadata: { name } }) => name))
  return [...opened]
    .sort((one, other) => one - other)
    .map((offer) => {
      const { prefix } = offers[offer]!
      let number = 1
      while (names.has(`${prefix}-${number}`)) number++
      const name = `${prefix}-${number}`
      names.add(name)
      return { offer, name }
    })
}
