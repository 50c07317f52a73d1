/**
 * Numbers the plugins and the reasons for which they refuse nodes. Kernel rules hold these numbers,
 * and `raise/vocabulary.ts` turns them back into text. If n is the number of fixed texts below,
 * then
 *
 * 1. reasons 0 to n - 1 are the fixed texts;
 * 2. reason n + 3d says that too little is left of the resource with number d;
 * 3. reason n + 3w + 1 is a text with the name of an object: entry w of the kernel's word table;
 * 4. reason n + 3w + 2 is the text of an error, also entry w; it fails the pod and not only the
 *    node.
 */
import { pluginId, reasonId, internWord, type Draft, type DimensionId } from '@stowage/kernel'
import type { PluginId, ReasonId, WordId } from '@stowage/kernel'

/**
 * In the order in which the default profile runs them; '' means a restriction by several plugins
 * together.
 */
export const pluginNames = [
  '',
  'NodeName',
  'NodeUnschedulable',
  'TaintToleration',
  'NodeAffinity',
  'NodePorts',
  'NodeResourcesFit',
  'VolumeRestrictions',
  'NodeVolumeLimits',
  'VolumeBinding',
  'VolumeZone',
  'PodTopologySpread',
  'InterPodAffinity',
  'DynamicResources',
  'NodeDeclaredFeatures',
  'NodeResourcesBalancedAllocation',
  'ImageLocality',
] as const
export type PluginName = (typeof pluginNames)[number]

/** The number of a plugin. */
export const pluginOf = (name: PluginName): PluginId => pluginId(pluginNames.indexOf(name))

/** The fixed texts in the wording of kube-scheduler, each with its plugin. */
export const reasons = [
  { plugin: '', reason: "node(s) didn't satisfy plugin(s) [NodeAffinity]" },
  { plugin: 'NodeAffinity', reason: 'pod affinity terms conflict' },
  { plugin: 'NodeUnschedulable', reason: 'node(s) were unschedulable' },
  { plugin: 'TaintToleration', reason: 'node(s) had untolerated taint(s)' },
  { plugin: 'NodeAffinity', reason: "node(s) didn't match scheduler-enforced node affinity" },
  { plugin: 'NodeAffinity', reason: "node(s) didn't match Pod's node affinity/selector" },
  { plugin: 'NodePorts', reason: "node(s) didn't have free ports for the requested pod ports" },
  { plugin: 'NodeResourcesFit', reason: 'Too many pods' },
  { plugin: 'VolumeRestrictions', reason: 'node(s) had no available disk' },
  {
    plugin: 'VolumeRestrictions',
    reason:
      'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
  },
  { plugin: 'NodeVolumeLimits', reason: 'node(s) exceed max volume count' },
  { plugin: 'VolumeBinding', reason: 'pod has unbound immediate PersistentVolumeClaims' },
  {
    plugin: 'VolumeBinding',
    reason: "node(s) didn't match PersistentVolume's node affinity",
  },
  {
    plugin: 'VolumeBinding',
    reason: "node(s) didn't find available persistent volumes to bind",
  },
  { plugin: 'VolumeBinding', reason: 'node(s) did not have enough free storage' },
  {
    plugin: 'VolumeBinding',
    reason: 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)',
  },
  { plugin: 'VolumeZone', reason: 'PersistentVolumeClaim had no pv name and storageClass name' },
  { plugin: 'VolumeZone', reason: 'PersistentVolume had no name' },
  { plugin: 'VolumeZone', reason: 'node(s) had no available volume zone' },
  {
    plugin: 'PodTopologySpread',
    reason: "node(s) didn't match pod topology spread constraints (missing required label)",
  },
  {
    plugin: 'PodTopologySpread',
    reason: "node(s) didn't match pod topology spread constraints",
  },
  { plugin: 'InterPodAffinity', reason: "node(s) didn't match pod affinity rules" },
  { plugin: 'InterPodAffinity', reason: "node(s) didn't match pod anti-affinity rules" },
  {
    plugin: 'InterPodAffinity',
    reason: "node(s) didn't satisfy existing pods anti-affinity rules",
  },
  {
    plugin: 'NodeDeclaredFeatures',
    reason: "node(s) didn't match Pod's required features",
  },
] as const satisfies readonly { readonly plugin: PluginName; readonly reason: string }[]

export type ReasonText = (typeof reasons)[number]['reason']

/** The number of a fixed text. */
export const reasonOf = (text: ReasonText): ReasonId =>
  reasonId(reasons.findIndex((known) => known.reason === text))

/** The number of a fixed text, with its plugin. */
export const fixedReason = (text: ReasonText): PluginReason => {
  const { plugin: name } = reasons.find((known) => known.reason === text)!
  return { plugin: pluginOf(name), reason: reasonOf(text) }
}

/** The plugin and the reason that a rule carries. */
export interface PluginReason {
  readonly plugin: PluginId
  readonly reason: ReasonId
}

/** The reason that a node has too little of a dimension. */
export const insufficient = (dimension: DimensionId): ReasonId =>
  reasonId(reasons.length + 3 * dimension)

/** A reason whose text names an object. */
export const namedReason = (draft: Draft, name: PluginName, text: string): PluginReason => ({
  plugin: pluginOf(name),
  reason: reasonId(reasons.length + 3 * internWord(draft, `${name}: ${text}`) + 1),
})

/** The reason that a plugin fails with an error, in the words of kube-scheduler. */
export const errorReason = (draft: Draft, name: PluginName, text: string): PluginReason => ({
  plugin: pluginOf(name),
  reason: reasonId(reasons.length + 3 * internWord(draft, `${name}: ${text}`) + 2),
})

/** Whether the reason is an error. */
export const isErrorReason = (reason: ReasonId): boolean =>
  reason >= reasons.length && (reason - reasons.length) % 3 === 2

/** The dimension or the word that a reason after the fixed ones means. */
export const openReason = (
  number: ReasonId,
): { readonly dimension: DimensionId } | { readonly word: WordId } => {
  const rest = number - reasons.length
  const of = Math.floor(rest / 3)
  return rest % 3 === 0 ? { dimension: of as DimensionId } : { word: of as WordId }
}
