/**
 * Checks by simulation whether a set of nodes can be removed in one step, and which new nodes this
 * needs. It places the pods of the removed nodes on the other nodes as the scheduler would, and
 * opens new nodes while pods find no place. The set fails if the new nodes cost as much as the
 * removed ones.
 */
import { trial } from '@stowage/kernel'
import { unplacedIn } from '../plan/rollout.js'
import { priceOfCandidates, type ReleaseCandidate } from './candidate.js'
import { copyFleet, placeTurns, takeNodes, type Fleet } from './fleet.js'
import { openNodes } from './open-supply.js'
import { isTried, supplyFor } from './supply.js'
import type { ReleaseOptions } from './terms.js'

/** Nodes that may go together, and the offers of which nodes are opened before they do. */
export interface Proposal {
  readonly gone: readonly ReleaseCandidate[]
  readonly opened: readonly number[]
  /** What goes costs so much more than what is opened. */
  readonly saving: number
}

/** What saves more comes first, then what leaves fewer nodes, then what moves fewer pods. */
export const compareProposals = (one: Proposal, other: Proposal): number =>
  other.saving - one.saving || removedBy(other) - removedBy(one) || movedBy(one) - movedBy(other)

const removedBy = ({ gone, opened }: Proposal): number => gone.length - opened.length

const movedBy = ({ gone }: Proposal): number => gone.reduce((sum, { pods }) => sum + pods, 0)

const triesMax = 6

/** `undefined` when some pods have no place, or when what is opened costs as much. */
export const proposeAtOnce = (
  fleet: Fleet,
  gone: readonly ReleaseCandidate[],
  options: ReleaseOptions,
): Proposal | undefined => {
  const price = priceOfCandidates(gone)
  let opened: readonly number[] = []
  for (let tries = 0; tries < triesMax; tries++) {
    const spent = opened.reduce((sum, at) => sum + fleet.offerings[at]!.price, 0)
    if (opened.length > 0 && spent >= price) return undefined
    const more = trial(fleet.stage.session.draft, () => [
      false,
      offersLacking(fleet, gone, opened, price - spent, options),
    ])
    if (more === undefined) return undefined
    if (more.length === 0) return { gone, opened, saving: price - spent }
    opened = [...opened, ...more].sort((one, other) => one - other)
  }
  return undefined
}

/** The offers of nodes for what has no place: none when everything has one. */
const offersLacking = (
  before: Fleet,
  gone: readonly ReleaseCandidate[],
  opened: readonly number[],
  priceMax: number,
  { search }: ReleaseOptions,
): readonly number[] | undefined => {
  const own = copyFleet(before)
  openNodes(
    own.stage.session.draft,
    opened.map((at) => own.offerings[at]!),
  )
  const waiting = own.lacking.map((one) => ({ ...one.turn, count: unplacedIn(one) }))
  const lacking = placeTurns(own, opened.length === 0 ? [] : waiting).filter(isTried)
  const fleet = { ...own, lacking: opened.length === 0 ? own.lacking : lacking }
  const homeless = takeNodes(
    fleet,
    gone.map(({ id }) => id),
  )
  if (homeless.length === 0) return []
  const supply = supplyFor(fleet, homeless, priceMax, search)
  if (supply === undefined || supply.isShort) return undefined
  const { nodes } = supply.plan
  return nodes.length === 0 ? undefined : nodes.map(({ offering }) => offering)
}
