/**
 * The scheduler's plugins and reasons by number, for rules to carry and `raise` to word. Reasons of resources follow the fixed
 * ones: one per dimension, as the set of resources is open.
 */
import { plugin, reason, type Dimension, type Plugin, type Reason } from '@stowage/kernel'

/** In the order in which the default profile asks them; '' stands for what several narrow down together. */
export const pluginNames = [
  '',
  'NodeName',
  'NodeUnschedulable',
  'TaintToleration',
  'NodeAffinity',
  'NodePorts',
  'NodeResourcesFit',
  'PodTopologySpread',
  'InterPodAffinity',
  'NodeDeclaredFeatures',
  'NodeResourcesBalancedAllocation',
  'ImageLocality',
] as const
export type PluginName = (typeof pluginNames)[number]

export const pluginOf = (name: PluginName): Plugin => plugin(pluginNames.indexOf(name))

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

export const reasonOf = (text: ReasonText): Reason =>
  reason(reasons.findIndex((known) => known.reason === text))

/** A reason with the plugin that gives it, as a rule carries them. */
export const said = (text: ReasonText): { readonly plugin: Plugin; readonly reason: Reason } => {
  const { plugin: name } = reasons.find((known) => known.reason === text)!
  return { plugin: pluginOf(name), reason: reasonOf(text) }
}

export const insufficient = (dimension: Dimension): Reason => reason(reasons.length + dimension)
