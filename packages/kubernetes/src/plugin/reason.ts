/**
 * The scheduler's plugins and reasons by number, for rules to carry and `raise` to word. What is
 * open follows the fixed ones: after them one reason per dimension, for resources, and one per
 * word, for texts with names in them, in turn.
 */
import { pluginId, reasonId, internWord, type Draft, type DimensionId } from '@stowage/kernel'
import type { PluginId, ReasonId, WordId } from '@stowage/kernel'

/**
 * In the order in which the default profile asks them; '' stands for what several narrow down
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
  'NodeDeclaredFeatures',
  'NodeResourcesBalancedAllocation',
  'ImageLocality',
] as const
export type PluginName = (typeof pluginNames)[number]

export const pluginOf = (name: PluginName): PluginId => pluginId(pluginNames.indexOf(name))

/** Each with the plugin that gives it, in upstream's words. */
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

export const reasonOf = (text: ReasonText): ReasonId =>
  reasonId(reasons.findIndex((known) => known.reason === text))

/** A reason with the plugin that gives it, as a rule carries them. */
export const said = (text: ReasonText): Said => {
  const { plugin: name } = reasons.find((known) => known.reason === text)!
  return { plugin: pluginOf(name), reason: reasonOf(text) }
}

/** What a rule says on behalf of a plugin. */
export interface Said {
  readonly plugin: PluginId
  readonly reason: ReasonId
}

export const insufficient = (dimension: DimensionId): ReasonId =>
  reasonId(reasons.length + 2 * dimension)

/** A reason with a name in it, as a text of its own. */
export const told = (draft: Draft, name: PluginName, text: string): Said => ({
  plugin: pluginOf(name),
  reason: reasonId(reasons.length + 2 * internWord(draft, `${name}: ${text}`) + 1),
})

/** What an open reason is about: the dimension that falls short, or the word that says all. */
export const openReason = (
  number: ReasonId,
): { readonly dimension: DimensionId } | { readonly word: WordId } => {
  const rest = number - reasons.length
  return rest % 2 === 0
    ? { dimension: (rest / 2) as DimensionId }
    : { word: ((rest - 1) / 2) as WordId }
}
