/**
 * Finds small changes after which a class (a workload as the scheduler sees it) that fits nowhere
 * would fit on some node. There are three kinds of change, and the smallest of each is sought: (1)
 * drop filters; (2) add capacity; (3) evict replicas. Nodes are judged by the code that placing
 * uses.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as N from 'fp-ts/lib/number.js'
import * as Ord from 'fp-ts/lib/Ord.js'
import { stateOf, type View } from '../cluster/cluster.js'
import { invariant } from '../cluster/invariant.js'
import { capacityAt, loadAt, type State } from '../cluster/state.js'
import { nodeIdOf } from '../cluster/read.js'
import { shortfalls } from '../judge/fit.js'
import type { PlaceRequest } from '../rule/answer.js'
import type { ClassSpec } from '../rule/class.js'
import type { Vector } from '../rule/dimension.js'
import type { FitFilter } from '../rule/filter.js'
import type { DimensionId, NodeId } from '../rule/id.js'
import type { Remedies } from '../rule/remedy.js'
import { getClassSpec } from './get-class-spec.js'
import { judgeNodes, type NodeVerdicts } from './refusals.js'
import { findRemoval } from './removal.js'

/** Bounds of the search. */
export interface RemedyOptions {
  /** How many looks at nodes the search for replicas may take; default: 500,000. */
  readonly looksMax?: number
  /** Dimensions of which no node can be given more; default: none. */
  readonly fixed?: readonly DimensionId[]
  /** Nodes of which none can have more than its capacity of today; default: none. */
  readonly sized?: readonly NodeId[]
}

/**
 * The smallest change of each kind for one replica of a request, as if it were placed now. Changes
 * nothing.
 *
 * Dropping filters and adding capacity are exact; of a `fixed` dimension nothing is
 * added, and to a `sized` node nothing that it would lack even if it were empty. Evicting
 * replicas is a search by rising number of victims. It stops after `looksMax` looks at nodes; a try
 * costs one look, or as many as there are nodes when a filter counts in domains wider than a node.
 * Then as many looks again are spent on finding any victims that help. The request's `only` is
 * never dropped. Throws for an unknown class.
 */
export const remedies = (
  view: View,
  request: Pick<PlaceRequest, 'class' | 'only'>,
  { looksMax = 500_000, fixed = [], sized = [] }: RemedyOptions = {},
): Remedies => {
  invariant(looksMax >= 0, `${looksMax} is no number of looks`)
  const state = stateOf(view)
  const classSpec = getClassSpec(state, request.class)
  const verdicts = judgeNodes(state, classSpec, request.only)
  return {
    ...findDrop(state, verdicts),
    ...findAddition(state, classSpec, verdicts, fixed, new Set(sized)),
    ...findRemoval(state, classSpec, verdicts, looksMax),
  }
}

/** The first of the least items. */
const leastBy = <Item>(items: readonly Item[], { compare }: Ord.Ord<Item>): Item | undefined =>
  items.reduce<Item | undefined>(
    (least, item) => (least === undefined || compare(item, least) < 0 ? item : least),
    undefined,
  )

const byRefusals: Ord.Ord<NodeVerdicts> = pipe(
  N.Ord,
  Ord.contramap(({ refusals }) => refusals.size),
)

const findDrop = (state: State, verdicts: readonly NodeVerdicts[]): Pick<Remedies, 'drop'> => {
  const least = leastBy(verdicts, byRefusals)
  if (least === undefined) return {}
  return { drop: { node: nodeIdOf(state, least.row), filters: [...least.refusals.keys()] } }
}

/** What a node lacks of each dimension. */
interface Shortfall {
  readonly row: number
  readonly amounts: Vector
  /** The largest share of a demand that is lacking. */
  readonly worst: number
  /** Whether a demand is larger than the whole capacity. */
  readonly isTooSmall: boolean
}

/** The fewest dimensions first, among these the smallest lacking share. */
const byDimensionsThenShare: Ord.Ord<Shortfall> = Ord.getMonoid<Shortfall>().concat(
  pipe(
    N.Ord,
    Ord.contramap(({ amounts }) => amounts.length),
  ),
  pipe(
    N.Ord,
    Ord.contramap(({ worst }) => worst),
  ),
)

const findAddition = (
  state: State,
  classSpec: ClassSpec,
  verdicts: readonly NodeVerdicts[],
  fixed: readonly DimensionId[],
  sized: ReadonlySet<NodeId>,
): Pick<Remedies, 'add'> => {
  const shortfallsOfFit = verdicts.flatMap(({ row, refusals }) => {
    const refusers = [...refusals.keys()].map((position) => classSpec.filters[position]!)
    const fits = refusers.flatMap((filter) => (filter._tag === 'Fit' ? [filter] : []))
    return fits.length < refusers.length ? [] : [shortfallAt(state, fits, row)]
  })
  const isAddable = ({ row, amounts, isTooSmall }: Shortfall): boolean =>
    !amounts.some(([dimension]) => fixed.includes(dimension)) &&
    !(isTooSmall && sized.has(nodeIdOf(state, row)))
  const least = leastBy(shortfallsOfFit.filter(isAddable), byDimensionsThenShare)
  if (least === undefined) return {}
  return { add: { node: nodeIdOf(state, least.row), amounts: least.amounts } }
}

const shortfallAt = (state: State, fits: readonly FitFilter[], row: number): Shortfall => {
  const amounts = new Map<DimensionId, number>()
  let worst = 0
  let isTooSmall = false
  for (const { dimension, amount } of fits.flatMap((fit) => shortfalls(fit, state, row))) {
    const lack = amount - (capacityAt(state, dimension, row) - loadAt(state, dimension, row))
    amounts.set(dimension, Math.max(lack, amounts.get(dimension) ?? 0))
    worst = Math.max(worst, lack / amount)
    isTooSmall ||= amount > capacityAt(state, dimension, row)
  }
  return { row, amounts: [...amounts].sort(([a], [b]) => a - b), worst, isTooSmall }
}
