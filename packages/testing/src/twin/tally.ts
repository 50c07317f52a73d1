/**
 * The slow twin of `Tally`: how many replicas that match stand in the domain of a node, as the
 * sentences of `rule/tally.ts` say.
 */
import type { NodePicture, Picture, ReplicaPicture } from '../picture/settled.js'
import type { Turn } from '../picture/turn.js'
import { valueOf } from '../recipe/pairs.js'
import type { MatchRecipe, TallyRecipe } from '../recipe/recipe.js'
import { exprTwin } from './expr.js'

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

type Domains = Pick<TallyRecipe, 'domain' | 'key' | 'absent'>

/** Whether a node has the attribute that the domain, or else the key, asks for. */
const hasKey = ({ domain, key }: Domains, node: NodePicture): boolean => {
  const asked = typeof domain === 'object' ? domain.key : key
  return asked === undefined || valueOf(node.attributes, asked) !== undefined
}

/** Whether a node is in a domain at all. */
export const isInDomain = (domains: Domains, node: NodePicture): boolean =>
  hasKey(domains, node) || domains.absent === 'own' || domains.absent === 'shared'

/** Whether two nodes, each of which is in a domain, are in the same. */
export const shareDomain = (domains: Domains, one: NodePicture, other: NodePicture): boolean => {
  if (one.name === other.name) return true
  const { domain, absent } = domains
  const keys = [one, other].filter((node) => hasKey(domains, node)).length
  if (keys < 2) return keys === 0 && absent === 'shared'
  if (typeof domain === 'string') return domain === 'cluster'
  return valueOf(one.attributes, domain.key) === valueOf(other.attributes, domain.key)
}

/** The nodes that form the domains, a list for each domain. */
export const domainsTwin = (
  tally: TallyRecipe,
  all: Picture,
): readonly (readonly NodePicture[])[] => {
  const domains: NodePicture[][] = []
  for (const node of all.nodes.filter((one) => isInDomain(tally, one) && counts(tally, one, all))) {
    const known = domains.find(([first]) => shareDomain(tally, first!, node))
    if (known === undefined) domains.push([node])
    else known.push(node)
  }
  return domains
}

/**
 * The count in the domain of `node`, which is one of the picture's nodes; nothing where it is in
 * none.
 */
export const tallyTwin = (
  tally: TallyRecipe,
  node: NodePicture,
  all: Picture,
): number | undefined => {
  if (!isInDomain(tally, node)) return undefined
  const others = all.nodes.filter((other) => isInDomain(tally, other))
  return countTwin(
    tally,
    others.filter((other) => shareDomain(tally, node, other) && counts(tally, other, all)),
  )
}

/** Whether the node is eligible. */
const counts = ({ eligible }: TallyRecipe, node: NodePicture, all: Picture): boolean =>
  eligible === undefined || exprTwin(eligible, node, all)

/** How many match on these nodes. */
export const countTwin = (
  tally: Pick<TallyRecipe, 'facts' | 'removal'>,
  nodes: readonly NodePicture[],
): number => nodes.reduce((sum, node) => sum + countOn(tally, node), 0)

/** In a trial: what matched before it, and what each turn since has changed. */
const countOn = (
  { facts, removal = facts }: Pick<TallyRecipe, 'facts' | 'removal'>,
  { replicas, tried }: NodePicture,
): number => {
  const matching = (match: MatchRecipe, those: readonly ReplicaPicture[]): number =>
    those.filter((replica) => matchTwin(match, replica)).length
  if (tried === undefined) return matching(facts, replicas)
  const change = ({ came, went, placed }: Turn): number => {
    const isOneOrOther = came === undefined || went === undefined
    const match = isOneOrOther && placed === undefined ? removal : facts
    return (
      matching(match, came === undefined ? [] : [came]) -
      matching(match, went === undefined ? [] : [went])
    )
  }
  return tried.turns.reduce((sum, turn) => sum + change(turn), matching(facts, tried.before))
}
