/**
 * Decides whether a replica matches a condition on its phase and on the facts (labels) of its
 * workload, and counts the matching replicas on nodes. This is the slow reference implementation
 * (twin) of the kernel's `Match`.
 */
import type { NodePicture } from '../picture/canonical.js'
import type { ReplicaChange, ReplicaPicture } from '../picture/content.js'
import type { MatchRecipe, TallyRecipe } from '../recipe/recipe.js'

/** Whether a replica matches, by the facts of its class and by its phase. */
const matchTwin = (match: MatchRecipe, replica: ReplicaPicture): boolean => {
  switch (match._tag) {
    case 'Fact':
      return replica.class.facts.includes(match.word)
    case 'Phase':
      return replica.phase === match.phase
    case 'Every':
      return !match.of.some((part) => !matchTwin(part, replica))
    case 'Some':
      return match.of.filter((part) => matchTwin(part, replica)).length > 0
    case 'None':
      return !matchTwin(match.of, replica)
  }
}

/**
 * The number of matching replicas on these nodes. It follows the kernel's `rule/match.ts` and
 * `rule/expr.ts`.
 */
export const countTwin = (
  tally: Pick<TallyRecipe, 'facts' | 'removal'>,
  nodes: readonly NodePicture[],
): number => nodes.reduce((sum, node) => sum + countOn(tally, node), 0)

/** In a trial: the number before it, plus the effect of each change since. */
const countOn = (
  { facts, removal = facts }: Pick<TallyRecipe, 'facts' | 'removal'>,
  { replicas, trial }: NodePicture,
): number => {
  const matching = (match: MatchRecipe, those: readonly ReplicaPicture[]): number =>
    those.filter((replica) => matchTwin(match, replica)).length
  if (trial === undefined) return matching(facts, replicas)
  const change = ({ added, removed, placed }: ReplicaChange): number => {
    const isOneOrOther = added === undefined || removed === undefined
    const match = isOneOrOther && placed === undefined ? removal : facts
    return (
      matching(match, added === undefined ? [] : [added]) -
      matching(match, removed === undefined ? [] : [removed])
    )
  }
  return trial.changes.reduce((sum, turn) => sum + change(turn), matching(facts, trial.before))
}
