/**
 * Compares where the replicas of one workload are in two plans. Replicas of a workload are
 * interchangeable, so a move is a count: the losses of some machines are matched, in the order of
 * their names, with the gains of other machines.
 */
import { byCodeUnit } from '@stowage/kernel'
import { noPlaces, type WorkloadPlaces } from './places.js'

/** A workload that is not placed alike in both plans. */
export interface WorkloadDifference {
  readonly name: string
  /** Absent for a workload that only the other plan has. */
  readonly before?: WorkloadPlaces
  readonly after?: WorkloadPlaces
  readonly moves: readonly Move[]
  /** What places have gained beyond the moves. */
  readonly added: readonly PlaceCount[]
  /** What places have lost beyond the moves. */
  readonly removed: readonly PlaceCount[]
}

/** So many replicas that have another place. */
export interface Move {
  readonly from: string
  readonly to: string
  readonly count: number
}

/** So many replicas in a place. */
export interface PlaceCount {
  readonly place: string
  readonly count: number
}

/**
 * `undefined` when both plans have as many replicas in each place, and as many without one.
 * Swapping the plans reverses every move.
 */
export const workloadDifference = (
  name: string,
  before: WorkloadPlaces | undefined,
  after: WorkloadPlaces | undefined,
): WorkloadDifference | undefined => {
  const [old, next] = [before ?? noPlaces, after ?? noPlaces]
  const flows = matchPlaces(gains(next, old), gains(old, next))
  const isSame =
    flows.moves.length + flows.added.length + flows.removed.length === 0 &&
    old.unplaced === next.unplaced
  return isSame
    ? undefined
    : {
        name,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
        ...flows,
      }
}

/** The places that have more replicas than they have elsewhere, and how many more; by name. */
const gains = (here: WorkloadPlaces, there: WorkloadPlaces): readonly PlaceCount[] =>
  [...here.places]
    .map(([place, count]) => ({ place, count: count - (there.places.get(place) ?? 0) }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => byCodeUnit(one.place, other.place))

const matchPlaces = (
  gained: readonly PlaceCount[],
  lost: readonly PlaceCount[],
): Pick<WorkloadDifference, 'moves' | 'added' | 'removed'> => {
  const moves: Move[] = []
  const [sinks, sources] = [gained.map((one) => ({ ...one })), lost.map((one) => ({ ...one }))]
  let [sink, source] = [0, 0]
  while (sink < sinks.length && source < sources.length) {
    const [to, from] = [sinks[sink]!, sources[source]!]
    const count = Math.min(to.count, from.count)
    moves.push({ from: from.place, to: to.place, count })
    to.count -= count
    from.count -= count
    if (to.count === 0) sink += 1
    if (from.count === 0) source += 1
  }
  return { moves, added: sinks.slice(sink), removed: sources.slice(source) }
}

/** How many more replicas have no place after than before. */
export const moreUnplaced = ({ before, after }: WorkloadDifference): number =>
  (after?.unplaced ?? 0) - (before?.unplaced ?? 0)
