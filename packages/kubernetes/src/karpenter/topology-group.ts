/**
 * Counts, by topology domain, the pods that one rule (a topology spread, affinity or anti-affinity)
 * selects. From the counts it computes the domains into which the next pod may go. Pods with the
 * same rule share a group.
 *
 * Source: Karpenter documentation, "Scheduling" (topology spread, pod affinity), and recorded
 * answers.
 */
import { int32Max } from '@stowage/documents'
import { selects, type LabelSelector } from '../words/label-selector.js'
import type { Taint, Toleration } from '../words/taint.js'
import { namespaceOf } from '../workload/workload.js'
import { toleratesAll } from './domains.js'
import {
  intersection,
  meetsRequirement,
  requireAbsence,
  requireIn,
  setOperatorOf,
  type KeyRequirement,
} from '../node-pool/requirement.js'
import { areCompatible, noUndefinedKeys, type Requirements } from '../node-pool/requirements.js'
import { hostKey } from '../node-pool/well-known.js'
import type { KarpenterPod } from '../node-pool/words.js'

/** Which nodes a spread counts; affinities count all. */
export interface NodeFilter {
  /** Alternatives, of which the labels of a node meet one. */
  readonly alternatives: readonly Requirements[]
  readonly tolerations: readonly Toleration[]
  readonly honorsLabels: boolean
  readonly honorsTaints: boolean
}

/** The rule of a group. */
export interface TopologyRule {
  readonly type: 'topology spread' | 'pod affinity' | 'pod anti-affinity'
  readonly key: string
  readonly namespaces: ReadonlySet<string>
  readonly selector: LabelSelector | undefined
  readonly maxSkew: number
  readonly minDomains: number | undefined
  readonly nodeFilter: NodeFilter
}

/** A rule with its counts, which change as pods are placed. */
export interface TopologyGroup extends TopologyRule {
  /** Pods that have the rule, by uid. */
  readonly owners: Set<string>
  readonly counts: Map<string, number>
  readonly emptyDomains: Set<string>
}

/** A group in which nothing is counted yet. */
export const openGroup = (rule: TopologyRule, domains: readonly string[]): TopologyGroup => ({
  ...rule,
  owners: new Set(),
  counts: new Map(domains.map((domain) => [domain, 0])),
  emptyDomains: new Set(domains),
})

/** Counts a pod in each of the domains. */
export const recordDomains = (
  { counts, emptyDomains }: TopologyGroup,
  domains: Iterable<string>,
): void => {
  for (const domain of domains) {
    counts.set(domain, (counts.get(domain) ?? 0) + 1)
    emptyDomains.delete(domain)
  }
}

/** Adds a domain without pods, unless it is known. */
export const addDomain = ({ counts, emptyDomains }: TopologyGroup, domain: string): void => {
  if (counts.has(domain)) return
  counts.set(domain, 0)
  emptyDomains.add(domain)
}

/** Whether the group is about a pod. */
export const selectsPod = (
  { namespaces, selector }: TopologyRule,
  { metadata }: KarpenterPod,
): boolean => namespaces.has(namespaceOf(metadata)) && selects(selector, metadata.labels)

/** Whether a node counts. */
export const includesNode = (
  { nodeFilter }: TopologyRule,
  taints: readonly Taint[],
  requirements: Requirements,
): boolean => {
  const { alternatives, tolerations, honorsLabels, honorsTaints } = nodeFilter
  const hasLabels =
    !honorsLabels ||
    alternatives.length === 0 ||
    alternatives.some((one) => areCompatible(requirements, one, noUndefinedKeys))
  return hasLabels && (!honorsTaints || toleratesAll(tolerations, taints))
}

/**
 * The domains into which a pod may go; a requirement without values says that there is none.
 *
 * Of equal domains of a spread, or of an affinity that no pod meets yet, Karpenter takes any; here
 * the first by name is taken.
 */
export const nextDomains = (
  group: TopologyGroup,
  pod: KarpenterPod,
  ofPod: KeyRequirement,
  ofNode: KeyRequirement,
): KeyRequirement => {
  switch (group.type) {
    case 'topology spread':
      return nextOfSpread(group, pod, ofPod, ofNode)
    case 'pod affinity':
      return nextOfAffinity(group, pod, ofPod, ofNode)
    case 'pod anti-affinity':
      return nextOfAntiAffinity(group, ofPod, ofNode)
  }
}

/** The one host of a node, where the group is about hosts. */
const hostOf = ({ key }: TopologyGroup, { values }: KeyRequirement): string | undefined =>
  key === hostKey && values.size === 1 ? [...values][0] : undefined

const someOf = (key: string, domains: readonly string[]): KeyRequirement =>
  domains.length === 0 ? requireAbsence(key) : requireIn(key, domains)

/** The domains of the group that a node can be in, by name. */
const domainsWithin = ({ counts }: TopologyGroup, ofNode: KeyRequirement): readonly string[] =>
  (setOperatorOf(ofNode) === 'In'
    ? [...ofNode.values].filter((domain) => counts.has(domain))
    : [...counts.keys()].filter((domain) => meetsRequirement(ofNode, domain))
  ).sort()

const nextOfSpread = (
  group: TopologyGroup,
  pod: KarpenterPod,
  ofPod: KeyRequirement,
  ofNode: KeyRequirement,
): KeyRequirement => {
  const own = selectsPod(group, pod) ? 1 : 0
  const countOf = (domain: string): number => (group.counts.get(domain) ?? 0) + own
  const host = hostOf(group, ofNode)
  if (host !== undefined) return someOf(group.key, countOf(host) <= group.maxSkew ? [host] : [])
  const least = leastCount(group, ofPod)
  const possible = domainsWithin(group, ofNode).filter(
    (domain) => countOf(domain) - least <= group.maxSkew,
  )
  const fewest = possible.reduce((least, domain) => Math.min(least, countOf(domain)), Infinity)
  return someOf(group.key, possible.filter((domain) => countOf(domain) === fewest).slice(0, 1))
}

/** What counts for a global minimum where no domain is: beyond any count. */
const leastCountMax = int32Max

/** New nodes are always possible, so the minimum count over hosts is 0. */
const leastCount = ({ key, counts, minDomains }: TopologyGroup, ofPod: KeyRequirement): number => {
  if (key === hostKey) return 0
  const found = [...counts].filter(([domain]) => meetsRequirement(ofPod, domain))
  return minDomains !== undefined && found.length < minDomains
    ? 0
    : found.reduce((least, [, count]) => Math.min(least, count), leastCountMax)
}

const nextOfAffinity = (
  group: TopologyGroup,
  pod: KarpenterPod,
  ofPod: KeyRequirement,
  ofNode: KeyRequirement,
): KeyRequirement => {
  const { key, counts } = group
  const isPopulated = (domain: string): boolean =>
    meetsRequirement(ofPod, domain) && (counts.get(domain) ?? 0) > 0
  const isFirst = (): boolean =>
    selectsPod(group, pod) &&
    (counts.size === group.emptyDomains.size || ![...counts.keys()].some(isPopulated))
  const host = hostOf(group, ofNode)
  if (host !== undefined) {
    const isPossible = meetsRequirement(ofPod, host) && ((counts.get(host) ?? 0) > 0 || isFirst())
    return someOf(key, isPossible ? [host] : [])
  }
  const populated = domainsWithin(group, ofNode).filter(isPopulated)
  if (populated.length > 0) return someOf(key, populated)
  if (!isFirst()) return requireAbsence(key)
  const domains = [...counts.keys()].sort()
  const both = intersection(ofPod, ofNode)
  const inside = domains.find((domain) => meetsRequirement(both, domain))
  const anywhere = domains.find((domain) => meetsRequirement(ofPod, domain))
  return someOf(
    key,
    [...new Set([inside, anywhere])].filter((domain) => domain !== undefined),
  )
}

const nextOfAntiAffinity = (
  { key, counts, emptyDomains }: TopologyGroup,
  ofPod: KeyRequirement,
  ofNode: KeyRequirement,
): KeyRequirement => {
  if (key === hostKey && ofNode.values.size === 1) {
    const [host] = [...ofNode.values]
    return someOf(key, (counts.get(host!) ?? 0) === 0 ? [host!] : [])
  }
  return someOf(
    key,
    [...emptyDomains].filter(
      (domain) => meetsRequirement(ofNode, domain) && meetsRequirement(ofPod, domain),
    ),
  )
}
