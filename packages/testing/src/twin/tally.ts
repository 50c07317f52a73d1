/** The slow twin of `Tally`: how many replicas that match stand in the domain of a node. */
import type { NodePicture, Picture, ReplicaPicture } from '../picture/settled.js'
import { valueOf } from '../recipe/pairs.js'
import type { MatchRecipe, TallyRecipe } from '../recipe/recipe.js'

/** Whether a replica is counted, by the facts of its class and its own phase. */
export const matchTwin = (match: MatchRecipe, replica: ReplicaPicture): boolean => {
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

/** The count in the domain of `node`, which is one of the picture's nodes. */
export const tallyTwin = (tally: TallyRecipe, node: NodePicture, { nodes }: Picture): number =>
  nodes
    .filter((other) => inDomain(tally, node, other))
    .flatMap((other) => other.replicas)
    .filter((replica) => matchTwin(tally.facts, replica)).length

const inDomain = (
  { domain, absent }: TallyRecipe,
  node: NodePicture,
  other: NodePicture,
): boolean => {
  if (domain === 'node') return other.name === node.name
  const value = valueOf(node.attributes, domain.key)
  if (value !== undefined || absent === 'shared')
    return valueOf(other.attributes, domain.key) === value
  return absent === 'own' && other.name === node.name
}
