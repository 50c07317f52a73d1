/**
 * Searches for nodes to remove, and for new nodes to open in their place:
 *
 * 1. It removes each candidate whose pods fit on the other nodes, one after the other.
 * 2. It tries sets of the other candidates, from all of them down to single nodes. A set is removed
 *    if the new nodes that its pods need cost less than the set.
 * 3. It checks all removals together (`at-once.ts`). By bisection, it also finds how many removals
 *    of step 1 work together without new nodes. It keeps the better of the two results.
 * 4. It tries to remove each other candidate, too, and then to keep each removed node. It accepts
 *    each change that improves the result.
 *
 * The search stops early when it has placed a given number of pods on trial.
 */
import { trial } from '@stowage/kernel'
import { compareProposals, proposeAtOnce, type Proposal } from './at-once.js'
import { candidateSets, priceOfCandidates, type ReleaseCandidate } from './candidate.js'
import { copyFleet, takeNodes, type Fleet } from './fleet.js'
import { openFor, supplyFor } from './supply.js'
import type { ReleaseOptions } from './terms.js'

/** The proposal that saves the most; one of no nodes where none can go. */
export const proposeRelease = (
  fleet: Fleet,
  candidates: readonly ReleaseCandidate[],
  options: ReleaseOptions,
): Proposal => {
  const { draft } = fleet.stage.session
  const { removed, gone } = trial(draft, () => [false, removeInSteps(fleet, candidates, options)])
  const propose = (set: readonly ReleaseCandidate[]): Proposal | undefined =>
    set.length === 0 ? noProposal : proposeAtOnce(fleet, set, options)
  const named = (options.sets ?? []).map((names) =>
    propose(candidates.filter(({ name }) => names.includes(name))),
  )
  const [best = noProposal] = [propose(gone), longestFree(removed, propose), ...named]
    .flatMap((one) => one ?? [])
    .sort(compareProposals)
  const largest = changeEach(fleet, best, withoutAll(candidates, best.gone), options, (set, one) =>
    propose([...set, one]),
  )
  return changeEach(fleet, largest, [...largest.gone].reverse(), options, (set, one) =>
    propose(withoutAll(set, [one])),
  )
}

const noProposal: Proposal = { gone: [], opened: [], saving: 0 }

type ReleaseProposer = (set: readonly ReleaseCandidate[]) => Proposal | undefined

/** The longest beginning that needs no new nodes, as far as bisection finds it. */
const longestFree = (removed: readonly ReleaseCandidate[], propose: ReleaseProposer): Proposal => {
  let best = noProposal
  let [low, high] = [0, removed.length]
  for (let count = high; low < high; count = (low + high + 1) >> 1) {
    const found = propose(removed.slice(0, count))
    if (found !== undefined && compareProposals(found, best) < 0) best = found
    if (found !== undefined && found.opened.length === 0) low = count
    else high = count - 1
  }
  return best
}

/** The best after each candidate was added to what goes, or taken off it. */
const changeEach = (
  fleet: Fleet,
  start: Proposal,
  candidates: readonly ReleaseCandidate[],
  options: ReleaseOptions,
  change: (gone: readonly ReleaseCandidate[], one: ReleaseCandidate) => Proposal | undefined,
): Proposal =>
  candidates.reduce((best, one) => {
    if (fleet.work.count >= options.workMax) return best
    const found = change(best.gone, one)
    return found !== undefined && compareProposals(found, best) < 0 ? found : best
  }, start)

/** What went: first of all what needed no new nodes. */
interface Removal {
  readonly removed: readonly ReleaseCandidate[]
  readonly gone: readonly ReleaseCandidate[]
}

const removeInSteps = (
  start: Fleet,
  candidates: readonly ReleaseCandidate[],
  options: ReleaseOptions,
): Removal => {
  let [fleet, gone]: readonly [Fleet, readonly ReleaseCandidate[]] = [start, []]
  const isSpent = (): boolean => fleet.work.count >= options.workMax
  const goTogether = (set: readonly ReleaseCandidate[], mayOpen: boolean): boolean => {
    const next = trial(fleet.stage.session.draft, () => {
      const taken = takeStep(fleet, set, options, mayOpen)
      return [taken !== undefined, taken]
    })
    if (next === undefined) return false
    fleet = next
    gone = [...gone, ...set]
    return true
  }
  for (const one of candidates) if (!isSpent()) goTogether([one], false)
  const removed = gone
  if (fleet.offerings.length === 0) return { removed, gone }
  for (let hasGrown = true; hasGrown && !isSpent(); ) {
    hasGrown = false
    for (const set of candidateSets(withoutAll(candidates, gone)))
      if (!isSpent() && withoutAll(set, gone).length === set.length)
        hasGrown = goTogether(set, true) || hasGrown
  }
  return { removed, gone }
}

/** Candidates without some of them. */
const withoutAll = (
  candidates: readonly ReleaseCandidate[],
  others: readonly ReleaseCandidate[],
): readonly ReleaseCandidate[] => {
  const names = new Set(others.map(({ name }) => name))
  return candidates.filter(({ name }) => !names.has(name))
}

/**
 * The fleet after the set has gone, with nodes for what finds no place. `undefined` when some of it
 * has none then, or when the nodes cost as much as the set.
 */
const takeStep = (
  before: Fleet,
  set: readonly ReleaseCandidate[],
  options: ReleaseOptions,
  mayOpen: boolean,
): Fleet | undefined => {
  const fleet = copyFleet(before)
  const homeless = takeNodes(
    fleet,
    set.map(({ id }) => id),
  )
  if (homeless.length === 0) return fleet
  if (!mayOpen) return undefined
  const supply = supplyFor(fleet, homeless, priceOfCandidates(set), options.search)
  return supply === undefined || supply.isShort ? undefined : openFor(fleet, supply)
}
