/**
 * Lists the replicas that were bound or evicted in an unfinished trial (changes that may be rolled
 * back). A tally (a rule that counts replicas per domain) reads the list if it has the condition
 * `removal`, which replaces its usual condition for exactly these replicas.
 */
/** A move, and the moves before it. */
export interface TrialMoves {
  readonly move: Move
  readonly before: TrialMoves | undefined
}

/**
 * A replica that was bound to a node row (`change` 1) or evicted from it (-1), with its class and
 * phase at that moment.
 */
export interface Move {
  readonly node: number
  readonly class: number
  readonly phase: number
  readonly change: 1 | -1
}

/** The moves of a list, the latest first. */
export const movesOf = (tried: TrialMoves | undefined): readonly Move[] => {
  const moves: Move[] = []
  for (let one = tried; one !== undefined; one = one.before) moves.push(one.move)
  return moves
}

/** The list without the moves on a node row, whose node has left. */
export const withoutNodeRow = (
  tried: TrialMoves | undefined,
  row: number,
): TrialMoves | undefined =>
  movesOf(tried)
    .filter(({ node }) => node !== row)
    .reduceRight<TrialMoves | undefined>((before, move) => ({ move, before }), undefined)
