/**
 * A scheduler's profile: which plugins filter and score, in what order and with what weight, and
 * what they are told.
 *
 * Source: Kubernetes documentation, "Scheduler Configuration" (default plugins), and the API
 * reference of kubescheduler.config.k8s.io/v1.
 */
import type { NodeAffinity } from '../words/node-selector.js'

export interface Profile {
  readonly schedulerName: string
  /** Plugins that keep a pod from being looked at at all. */
  readonly preEnqueues: readonly string[]
  /** Plugins that narrow the nodes or refuse a pod before any node is looked at, in their order. */
  readonly preFilters: readonly string[]
  readonly filters: readonly string[]
  /** Plugins that are asked when no node is left. */
  readonly postFilters: readonly string[]
  readonly scores: readonly (readonly [plugin: string, weight: number])[]
  readonly args: PluginArgs
}

export interface PluginArgs {
  readonly nodeAffinity: { readonly addedAffinity: NodeAffinity | undefined }
  readonly fit: FitArgs
  readonly balance: { readonly resources: readonly string[] }
  /**
   * The system's own defaults for pods that a service or a controller selects, or those of a list.
   */
  readonly spread: { readonly defaults: 'System' | readonly DefaultConstraint[] }
  readonly podAffinity: {
    readonly hardPodAffinityWeight: number
    readonly ignorePreferredTermsOfExistingPods: boolean
  }
  readonly volumeBinding: VolumeBindingArgs
  readonly preemption: PreemptionArgs
  readonly dynamicResources: DynamicResourcesArgs
}

export interface FitArgs {
  readonly strategy: 'LeastAllocated' | 'MostAllocated' | 'RequestedToCapacityRatio'
  readonly resources: readonly (readonly [resource: string, weight: number])[]
  /** Utilization in percent, and a score from 0 to 10; for the third strategy. */
  readonly shape: Shape
  readonly ignoredResources: readonly string[]
  readonly ignoredResourceGroups: readonly string[]
}

export type Shape = readonly (readonly [utilization: number, score: number])[]

/** A constraint without a selector, which is each pod's own. */
export interface DefaultConstraint {
  readonly maxSkew: number
  readonly topologyKey: string
  readonly whenUnsatisfiable: string
  readonly minDomains?: number | undefined
  readonly nodeAffinityPolicy?: string | undefined
  readonly nodeTaintsPolicy?: string | undefined
}

export interface VolumeBindingArgs {
  readonly bindTimeoutSeconds: number
  /** Utilization in percent, and a score from 0 to 10. */
  readonly shape: Shape
}

/** On how many nodes victims are looked for at least: the larger of both. */
export interface PreemptionArgs {
  readonly minCandidateNodesPercentage: number
  readonly minCandidateNodesAbsolute: number
}

export interface DynamicResourcesArgs {
  readonly filterTimeoutSeconds: number
  readonly bindingTimeoutSeconds: number
}

export const defaultArgs: PluginArgs = {
  nodeAffinity: { addedAffinity: undefined },
  fit: {
    strategy: 'LeastAllocated',
    resources: [
      ['cpu', 1],
      ['memory', 1],
    ],
    shape: [],
    ignoredResources: [],
    ignoredResourceGroups: [],
  },
  balance: { resources: ['cpu', 'memory'] },
  spread: { defaults: 'System' },
  podAffinity: { hardPodAffinityWeight: 1, ignorePreferredTermsOfExistingPods: false },
  volumeBinding: {
    bindTimeoutSeconds: 600,
    shape: [
      [0, 10],
      [100, 0],
    ],
  },
  preemption: { minCandidateNodesPercentage: 10, minCandidateNodesAbsolute: 100 },
  dynamicResources: { filterTimeoutSeconds: 10, bindingTimeoutSeconds: 600 },
}

/** In the order in which upstream asks them. */
const filtering = [
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
] as const

export const defaultProfile: Profile = {
  schedulerName: 'default-scheduler',
  preEnqueues: ['SchedulingGates', 'DynamicResources', 'DefaultPreemption'],
  preFilters: filtering,
  filters: filtering,
  postFilters: ['DynamicResources', 'DefaultPreemption'],
  scores: [
    ['TaintToleration', 3],
    ['NodeAffinity', 2],
    ['NodeResourcesFit', 1],
    ['VolumeBinding', 1],
    ['PodTopologySpread', 2],
    ['InterPodAffinity', 2],
    ['DynamicResources', 2],
    ['NodeResourcesBalancedAllocation', 1],
    ['ImageLocality', 1],
  ],
  args: defaultArgs,
}
