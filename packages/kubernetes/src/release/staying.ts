/**
 * Explains why a node that nothing protects is not removed from the cluster. It simulates the
 * removal of this node, after the removals that the search chose. For example, it finds that the
 * pods of the node have no place, or that new nodes for them cost as much.
 */
import { allowIndexes, batch, empty, trial, wordPlan, type Draft } from '@stowage/kernel'
import type { NodePod } from '../drain/filter.js'
import type { Outcome } from '../plan/play.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import type { KubernetesInput } from '../read/input.js'
import { releaseCandidates, type ReleaseCandidate } from './candidate.js'
import { copyFleet, openFleet, takeNodes, type Fleet } from './fleet.js'
import { supplyFor } from './supply.js'
import type { ReleaseOptions, ReleaseWorld, StayingNode, StayingReason } from './terms.js'

/** The nodes in order, each with its reason. `input` has the nodes that are opened. */
export const stayingNodes = (
  { offers }: ReleaseWorld,
  input: KubernetesInput,
  names: ReadonlySet<string>,
  gone: ReadonlySet<string>,
  moving: readonly NodePod[],
  isSpent: boolean,
  options: ReleaseOptions,
): readonly StayingNode[] =>
  batch(allowIndexes(empty), (draft) => {
    const fleet = openFleet(draft, input, offers, moving)
    const all = releaseCandidates(draft, fleet, input.nodes, options.prices)
    const leaving = all.filter(({ name }) => gone.has(name))
    takeNodes(
      fleet,
      leaving.map(({ id }) => id),
    )
    return all
      .filter(({ name }) => names.has(name))
      .map((one) => ({
        name: one.name,
        reason: trial(draft, () => [
          false,
          stayingReason(draft, copyFleet(fleet), one, isSpent, options),
        ]),
      }))
  })[1]

const stayingReason = (
  draft: Draft,
  fleet: Fleet,
  { id, price: own }: ReleaseCandidate,
  isSpent: boolean,
  { search }: ReleaseOptions,
): StayingReason => {
  const homeless = takeNodes(fleet, [id])
  const free: StayingReason = { by: isSpent ? 'Work' : 'Together' }
  if (homeless.length === 0) return free
  const unplaced = unplacedRows(draft, homeless)
  const supply = supplyFor(fleet, homeless, Infinity, search)
  if (supply === undefined || supply.isShort) return { by: 'NoPlace', unplaced }
  const { nodes, price } = supply.plan
  if (price < own) return free
  return { by: 'Price', unplaced, price, offers: nodes.map(({ offering }) => offering) }
}

const unplacedRows = (draft: Draft, homeless: readonly Outcome[]) =>
  wordPlan(
    {
      nodes: [],
      unplaced: homeless.flatMap((one) => {
        const { name } = one.turn.workload
        if (one._tag === 'Held') return [{ name, count: one.turn.count, nodes: 0, reasons: [] }]
        const { unplaced } = one.answer
        return unplaced === undefined ? [] : [{ name, ...unplaced }]
      }),
    },
    vocabularyOf(draft),
  ).unplaced
