/**
 * Translates pods to kernel classes again, so that their volume and device filters also work on
 * nodes that a plan adds. Such a filter reads a mask: the set of nodes that reach a volume, have
 * room for one more, or have a device. The set is computed before the new nodes exist. Therefore:
 * 1. A sample node (probe) of each offer joins the cluster, and the pods are translated again, so
 *    that the masks include the probes.
 * 2. Each condition on a mask also accepts a node whose offer has its probe in the mask. An
 *    attribute of the node names its offer.
 * 3. The probes leave.
 */
import {
  define,
  getOrThrow,
  internWord,
  join,
  leave,
  nodesWhere,
  type Attributes,
  type ClassSpec,
  type Draft,
  type Expr,
  type NodeId,
  type NodeSpec,
} from '@stowage/kernel'
import { isMaskFilter, readsMask } from '../lower/mask.js'
import { lowerOnce, type Translations } from '../scheduler/lowered.js'
import type { AnsweredTurn } from './play.js'
import type { Stage } from './stage.js'

/** No label can have this key, because a label key does not begin with a slash. */
const offerKey = '/offer'

/** The attribute of the nodes of an offer, by its position. */
export const offerAttribute = (draft: Draft, at: number): Attributes[number] => [
  internWord(draft, offerKey),
  internWord(draft, String(at)),
]

/** The outcomes, lowered so that new nodes are judged as the probe of their offer is. */
export const lowerForOffers = (
  { session }: Stage,
  probes: readonly NodeSpec[],
  outcomes: readonly AnsweredTurn[],
): readonly AnsweredTurn[] => {
  if (!outcomes.some(({ lowered }) => readsMask(lowered.spec))) return outcomes
  const { draft } = session
  const ids = probes.map((probe) => getOrThrow(join(draft, probe)))
  const templates: Translations = new Map()
  const lowered = outcomes.map((outcome) => {
    if (!readsMask(outcome.lowered.spec)) return outcome
    const again = lowerOnce(templates, session, outcome.turn.workload)
    const spec = withOffers(draft, again.spec, ids)
    return { ...outcome, lowered: { ...again, spec, class: getOrThrow(define(draft, spec)) } }
  })
  for (const id of ids) getOrThrow(leave(draft, id))
  return lowered
}

const withOffers = (draft: Draft, spec: ClassSpec, probes: readonly NodeId[]): ClassSpec => ({
  ...spec,
  filters: spec.filters.map((filter) =>
    isMaskFilter(filter) ? { ...filter, expr: exprWithOffers(draft, filter.expr, probes) } : filter,
  ),
})

const exprWithOffers = (draft: Draft, expr: Expr, probes: readonly NodeId[]): Expr => {
  const within = (one: Expr): Expr => exprWithOffers(draft, one, probes)
  switch (expr._tag) {
    case 'InMask': {
      const members = new Set(getOrThrow(nodesWhere(draft, expr)))
      const values = probes.flatMap((probe, at) =>
        members.has(probe) ? [offerAttribute(draft, at)[1]] : [],
      )
      return { _tag: 'Any', of: [expr, { _tag: 'In', key: internWord(draft, offerKey), values }] }
    }
    case 'Not':
      return { ...expr, of: within(expr.of) }
    case 'All':
    case 'Any':
      return { ...expr, of: expr.of.map(within) }
    default:
      return expr
  }
}
