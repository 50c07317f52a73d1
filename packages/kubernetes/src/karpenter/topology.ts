/**
 * Counts, for each topology rule of a pod (spread, affinity or anti-affinity), the placed pods that
 * the rule selects, by domain (such as a zone). Rules that are equal share one group of counts. A
 * required anti-affinity also needs a second, inverse group, which counts the pods that have the
 * rule: a pod that the rule selects must not join a domain with such a pod.
 */
import { byCodeUnit } from '@stowage/kernel'
import { selects } from '../words/label-selector.js'
import type { Taint } from '../words/taint.js'
import { namespaceOf } from '../workload/workload.js'
import { reachedDomains, type PoolDomains } from './domains.js'
import { countsInDomains, isFinished, hasNode } from './pod.js'
import { requireExists, requirementText, type KeyRequirement } from '../node-pool/requirement.js'
import {
  addRequirements,
  labelRequirements,
  requirementOn,
  type Requirements,
} from '../node-pool/requirements.js'
import type { PlaceRefusal } from './refusal.js'
import type { NodeState } from './state.js'
import {
  addDomain,
  recordDomains,
  includesNode,
  nextDomains,
  openGroup,
  selectsPod,
  type TopologyGroup,
  type TopologyRule,
} from './topology-group.js'
import { inverseRulesOfPod, rulesOfPod, ruleKey, type NamespaceLabels } from './topology-rules.js'
import { hostKey } from '../node-pool/well-known.js'
import type { KarpenterPod } from '../node-pool/words.js'

/** What a topology is made of. */
export interface TopologySources {
  readonly domains: ReadonlyMap<string, PoolDomains>
  /** All nodes, by name; pods of each of them count. */
  readonly nodes: ReadonlyMap<string, NodeState>
  /** The nodes that stay, whose domains exist. */
  readonly staying: readonly NodeState[]
  readonly pods: readonly KarpenterPod[]
  readonly namespaces: NamespaceLabels
  readonly respectsPreferences: boolean
}

/** The groups by the keys of their rules. */
export interface Topology {
  readonly sources: TopologySources
  /** Pods that are to be placed, by uid: they count only where they are placed. */
  readonly excluded: ReadonlySet<string>
  readonly groups: Map<string, TopologyGroup>
  readonly inverse: Map<string, TopologyGroup>
}

/** The uid of a pod, by which it owns groups. */
export const uidOf = ({ metadata }: KarpenterPod): string => metadata.uid ?? ''

/**
 * The topology in which pods are to be placed.
 *
 * Running pods count from the start, except for those that are to be placed themselves.
 */
export const openTopology = (sources: TopologySources, pods: readonly KarpenterPod[]): Topology => {
  const topology: Topology = {
    ...{ sources, excluded: new Set(pods.map(uidOf)), groups: new Map(), inverse: new Map() },
  }
  for (const pod of sources.pods) {
    const node = sources.nodes.get(pod.spec.nodeName ?? '')
    if (
      node !== undefined &&
      hasNode(pod) &&
      !isFinished(pod) &&
      !topology.excluded.has(uidOf(pod))
    )
      addInverseGroups(topology, pod, node.labels)
  }
  for (const pod of pods) updatePod(topology, pod)
  return topology
}

/** Makes a pod the owner of the groups of its rules as they are now. */
export const updatePod = (topology: Topology, pod: KarpenterPod): void => {
  const { sources, groups } = topology
  for (const { owners } of groups.values()) owners.delete(uidOf(pod))
  addInverseGroups(topology, pod, new Map())
  for (const rule of rulesOfPod(pod, sources.namespaces, sources.respectsPreferences)) {
    const key = ruleKey(rule)
    const group = groups.get(key) ?? countedGroup(topology, rule, pod)
    groups.set(key, group)
    group.owners.add(uidOf(pod))
  }
}

/** By an inverse group, a pod keeps others away. */
const addInverseGroups = (
  { sources, inverse }: Topology,
  pod: KarpenterPod,
  labels: ReadonlyMap<string, string>,
): void => {
  for (const rule of inverseRulesOfPod(pod, sources.namespaces)) {
    const key = ruleKey(rule)
    const group = inverse.get(key) ?? openGroup(rule, domainsOf(sources, rule, pod))
    inverse.set(key, group)
    const domain = labels.get(rule.key)
    if (domain !== undefined) recordDomains(group, [domain])
    group.owners.add(uidOf(pod))
  }
}

/** The domains of new nodes; an affinity knows those alone whose taints the pod tolerates. */
const domainsOf = (
  { domains }: TopologySources,
  { type, key, nodeFilter }: TopologyRule,
  { spec }: KarpenterPod,
): readonly string[] => {
  const ignoresTaints = type === 'topology spread' && !nodeFilter.honorsTaints
  return reachedDomains(domains.get(key), spec.tolerations, ignoresTaints)
}

const countedGroup = (topology: Topology, rule: TopologyRule, pod: KarpenterPod): TopologyGroup => {
  const { sources, excluded } = topology
  const group = openGroup(rule, domainsOf(sources, rule, pod))
  for (const { labels, taints } of sources.staying) {
    const domain = labels.get(rule.key)
    if (domain !== undefined && includesNode(rule, taints, labelRequirements(labels)))
      addDomain(group, domain)
  }
  for (const one of sources.pods) {
    if (!countsInDomains(one) || excluded.has(uidOf(one)) || !isListed(rule, one)) continue
    const node = sources.nodes.get(one.spec.nodeName!)
    if (node === undefined) continue
    const { labels, taints, name } = node
    const domain = labels.get(rule.key) ?? (rule.key === hostKey ? name : undefined)
    if (domain !== undefined && includesNode(rule, taints, labelRequirements(labels)))
      recordDomains(group, [domain])
  }
  return group
}

/** A rule without selector counts every pod that runs, though it selects none to be placed. */
const isListed = ({ namespaces, selector }: TopologyRule, { metadata }: KarpenterPod): boolean =>
  namespaces.has(namespaceOf(metadata)) &&
  (selector === undefined || selects(selector, metadata.labels))

/** Makes a host known to all groups about hosts. */
export const addHost = ({ groups, inverse }: Topology, host: string): void => {
  for (const group of [...groups.values(), ...inverse.values()])
    if (group.key === hostKey) addDomain(group, host)
}

/** A node, or one to launch, on which a pod may be. */
export interface PodPlace {
  readonly taints: readonly Taint[]
  readonly requirements: Requirements
}

/** The requirements of a place once a pod is there; or why it cannot be. */
export const narrowPlace = (
  { groups, inverse }: Topology,
  pod: KarpenterPod,
  strict: Requirements,
  { taints, requirements }: PodPlace,
): Requirements | PlaceRefusal => {
  let narrow = requirements
  for (const [isInverse, all] of [
    [false, groups],
    [true, inverse],
  ] as const)
    for (const group of all.values()) {
      const concerns = isInverse
        ? selectsPod(group, pod) && includesNode(group, taints, requirements)
        : group.owners.has(uidOf(pod))
      if (!concerns) continue
      const ofPod = strict.get(group.key) ?? requireExists(group.key)
      const ofNode = requirementOn(requirements, group.key)
      const domains = nextDomains(group, pod, ofPod, ofNode)
      if (domains.values.size === 0) return () => unsatisfiable(group, ofPod, ofNode)
      narrow = addRequirements(narrow, [domains])
    }
  return narrow
}

const countsShownMax = 25

const unsatisfiable = (
  { type, key, counts }: TopologyGroup,
  ofPod: KeyRequirement,
  ofNode: KeyRequirement,
): string => {
  const texts = [...counts].sort(([one], [other]) => byCodeUnit(one, other))
  const shown = texts.slice(0, countsShownMax).map(([domain, count]) => `${domain}: ${count}`)
  const more = texts.length - shown.length
  const all = `${shown.join(', ')}${more > 0 ? ` and ${more} other(s)` : ''}`
  return (
    `unsatisfiable topology constraint for ${type}, key=${key} (counts = ${all}, ` +
    `podDomains = ${requirementText(ofPod)}, nodeDomains = ${requirementText(ofNode)}`
  )
}

/** Counts a pod that was placed. */
export const recordPod = (
  { groups, inverse }: Topology,
  pod: KarpenterPod,
  { taints, requirements }: PodPlace,
): void => {
  for (const group of groups.values()) {
    if (!selectsPod(group, pod) || !includesNode(group, taints, requirements)) continue
    const { isComplement, values } = requirementOn(requirements, group.key)
    const isKnown = !isComplement && values.size === 1
    if (group.type === 'pod anti-affinity' || isKnown) recordDomains(group, values)
  }
  for (const group of inverse.values())
    if (group.owners.has(uidOf(pod)))
      recordDomains(group, requirementOn(requirements, group.key).values)
}
