/**
 * What was bound and stopped in the trials that are open, the latest first, for tallies that count
 * it in a way of their own. A list that is never changed, only made longer, so that a trial that is
 * rolled back puts the old one back.
 */
export interface TrialMoves {
  readonly move: Move
  readonly before: TrialMoves | undefined
}

/**
 * One replica that was bound to a node row (`change` 1) or stopped there (-1), as it was at that
 * moment.
 */
export interface Move {
  readonly node: number
  readonly class: number
  readonly phase: number
  readonly change: 1 | -1
}

/** The latest first. */
export const movesOf = (tried: TrialMoves | undefined): readonly Move[] => {
  const moves: Move[] = []
  for (let one = tried; one !== undefined; one = one.before) moves.push(one.move)
  return moves
}

/** Without what happened on a row whose node is gone. */
export const withoutNodeRow = (
  tried: TrialMoves | undefined,
  row: number,
): TrialMoves | undefined =>
  movesOf(tried)
    .filter(({ node }) => node !== row)
    .reduceRight<TrialMoves | undefined>((before, move) => ({ move, before }), undefined)
