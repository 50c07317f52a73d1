/**
 * Why an instance refuses a task, and which stage of placement says so: the numbers that the rules
 * carry, and the table by which `raise` reads them. The stages stand in the order in which they are
 * asked.
 *
 * Source of the reasons: Amazon ECS Developer Guide, "API failure reasons". AWS publishes none for
 * an instance that is not ACTIVE but still registered, such as one that is draining, nor for
 * `distinctInstance`; those two are ours, the second after the sentence that the guide has for
 * `memberOf`.
 */
import { pluginId, reasonId, type PluginId, type ReasonId } from '@stowage/kernel'

export const stages = [
  'status',
  'agent',
  'attributes',
  'resources',
  'ports',
  'placementConstraints',
] as const
export type Stage = (typeof stages)[number]

interface Reason {
  readonly stage: Stage
  readonly text: string
}

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

export type Refusal = keyof typeof reasonTable

/** In the order of the kernel's numbers. */
export const refusals = Object.keys(reasonTable) as readonly Refusal[]

/** The reason, and the stage as the plugin, that a filter carries. */
export const filterReason = (
  refusal: Refusal,
): { readonly plugin: PluginId; readonly reason: ReasonId } => ({
  plugin: pluginId(stages.indexOf(reasonTable[refusal].stage)),
  reason: reasonId(refusals.indexOf(refusal)),
})

/**
 * A score goes by its strategy, such as `binpack(memory)`; the strategies of a plan are numbered
 * after the stages.
 */
export const scorePlugin = (strategies: readonly string[], strategy: string): PluginId =>
  pluginId(stages.length + strategies.indexOf(strategy))
