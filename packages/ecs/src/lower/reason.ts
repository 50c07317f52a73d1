/**
 * Lists the reasons why an instance refuses a task: for each, the stage of placement that finds it,
 * and the text that the API shows. Stages are listed in the order in which they run.
 *
 * Source of the reasons: Amazon ECS Developer Guide, "API failure reasons". AWS publishes none for
 * `distinctInstance`, nor for an instance that is registered but not ACTIVE, such as a draining
 * one. Both texts are our own, the first modelled on the guide's sentence for `memberOf`.
 */
import { pluginId, reasonId, type PluginId, type ReasonId } from '@stowage/kernel'

/** The stages of placement, in order; each is a plugin of the kernel. */
export const stages = [
  'status',
  'agent',
  'attributes',
  'resources',
  'ports',
  'placementConstraints',
] as const
/** The name of a stage. */
export type Stage = (typeof stages)[number]

interface Reason {
  readonly stage: Stage
  readonly text: string
}

/** The stage and the text of each refusal. */
export const reasonTable = {
  notActive: { stage: 'status', text: 'NOT ACTIVE' },
  agent: { stage: 'agent', text: 'AGENT' },
  attribute: { stage: 'attributes', text: 'ATTRIBUTE' },
  location: { stage: 'attributes', text: 'LOCATION' },
  cpu: { stage: 'resources', text: 'RESOURCE:CPU' },
  memory: { stage: 'resources', text: 'RESOURCE:MEMORY' },
  gpu: { stage: 'resources', text: 'RESOURCE:GPU' },
  eni: { stage: 'resources', text: 'RESOURCE:ENI' },
  tcpPorts: { stage: 'ports', text: 'RESOURCE:PORTS' },
  udpPorts: { stage: 'ports', text: 'RESOURCE:PORTS_UDP' },
  memberOf: {
    stage: 'placementConstraints',
    text: 'MemberOf placement constraint unsatisfied.',
  },
  distinctInstance: {
    stage: 'placementConstraints',
    text: 'DistinctInstance placement constraint unsatisfied.',
  },
} as const satisfies Readonly<Record<string, Reason>>

/** Why an instance refuses a task. */
export type Refusal = keyof typeof reasonTable

/** All refusals in the order of the kernel's reason ids. */
export const refusals = Object.keys(reasonTable) as readonly Refusal[]

/** The stage, as the plugin, and the reason that a filter carries. */
export const filterReason = (
  refusal: Refusal,
): { readonly plugin: PluginId; readonly reason: ReasonId } => ({
  plugin: pluginId(stages.indexOf(reasonTable[refusal].stage)),
  reason: reasonId(refusals.indexOf(refusal)),
})

/**
 * The plugin of a score, named after its strategy, such as `binpack(memory)`; scores are numbered
 * after the stages.
 */
export const scorePlugin = (strategies: readonly string[], strategy: string): PluginId =>
  pluginId(stages.length + strategies.indexOf(strategy))
