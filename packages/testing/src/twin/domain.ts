/**
 * Decides whether a node is in any domain, and whether two nodes are in the same domain. A domain
 * is a group of nodes whose replicas a rule counts together, such as a zone. This is the slow
 * reference implementation (twin) of domains.
 */
import type { NodePicture } from '../picture/canonical.js'
import { valueOf } from '../recipe/pairs.js'
import type { TallyRecipe } from '../recipe/recipe.js'

type Domains = Pick<TallyRecipe, 'domain' | 'key' | 'absent'>

/** Whether a node has the attribute that the domain, or else `key`, names. */
const hasKey = ({ domain, key }: Domains, node: NodePicture): boolean => {
  const name = typeof domain === 'object' ? domain.key : key
  return name === undefined || valueOf(node.attributes, name) !== undefined
}

/** Whether a node is in any domain. */
export const isInDomain = (domains: Domains, node: NodePicture): boolean =>
  hasKey(domains, node) || domains.absent === 'own' || domains.absent === 'shared'

/** Whether two nodes that are in domains are in the same one. */
export const shareDomain = (domains: Domains, one: NodePicture, other: NodePicture): boolean => {
  if (one.name === other.name) return true
  const { domain, absent } = domains
  const keys = [one, other].filter((node) => hasKey(domains, node)).length
  if (keys < 2) return keys === 0 && absent === 'shared'
  if (typeof domain === 'string') return domain === 'cluster'
  return valueOf(one.attributes, domain.key) === valueOf(other.attributes, domain.key)
}
