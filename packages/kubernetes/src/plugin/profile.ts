/**
 * Defines the types of a scheduler profile, and the default profile: the plugins that filter and
 * score, with their order, weights and args.
 *
 * Source: Kubernetes documentation, "Scheduler Configuration" (default plugins), and the API
 * reference of kubescheduler.config.k8s.io/v1.
 */
import type { NodeAffinity } from '../words/node-selector.js'

/** A profile; pods select it by its scheduler name. */
export interface Profile {
  readonly schedulerName: string
  /** Plugins that can keep a pod out of the queue. */
  readonly preEnqueues: readonly string[]
  /** Plugins that restrict the nodes or refuse a pod before any node is checked, in order. */
  readonly preFilters: readonly string[]
  readonly filters: readonly string[]
  /** Plugins that run when no node is feasible. */
  readonly postFilters: readonly string[]
  readonly scores: readonly (readonly [plugin: string, weight: number])[]
  readonly args: PluginArgs
}

/** The args of all plugins, with defaults filled in. */
export interface PluginArgs {
  readonly nodeAffinity: { readonly addedAffinity: NodeAffinity | undefined }
  readonly fit: FitArgs
  readonly balance: { readonly resources: readonly string[] }
  /**
   * Default constraints for pods that a service or a controller selects: the built-in ones or a
   * list.
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

/** How full nodes should be, and which extended resources are not checked. */
export interface FitArgs {
  readonly strategy: 'LeastAllocated' | 'MostAllocated' | 'RequestedToCapacityRatio'
  readonly resources: readonly (readonly [resource: string, weight: number])[]
  /** Only for RequestedToCapacityRatio. */
  readonly shape: Shape
  readonly ignoredResources: readonly string[]
  readonly ignoredResourceGroups: readonly string[]
}

/** A score curve: utilization in percent, and a score from 0 to 10. */
export type Shape = readonly (readonly [utilization: number, score: number])[]

/** A topology spread constraint without a selector; each pod supplies its own. */
export interface DefaultConstraint {
  readonly maxSkew: number
  readonly topologyKey: string
  readonly whenUnsatisfiable: string
  readonly minDomains?: number | undefined
  readonly nodeAffinityPolicy?: string | undefined
  readonly nodeTaintsPolicy?: string | undefined
}

/** The timeout of binding, and how full volumes should be. */
export interface VolumeBindingArgs {
  readonly bindTimeoutSeconds: number
  /** Utilization in percent, and a score from 0 to 10. */
  readonly shape: Shape
}

/** The minimum number of nodes on which preemption looks for victims: the larger of the two. */
export interface PreemptionArgs {
  readonly minCandidateNodesPercentage: number
  readonly minCandidateNodesAbsolute: number
}

/** The timeouts of filtering and binding. */
export interface DynamicResourcesArgs {
  readonly filterTimeoutSeconds: number
  readonly bindingTimeoutSeconds: number
}

/** The args of a profile that sets none. */
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

/** In the order in which kube-scheduler runs them. */
const filterPlugins = [
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

/** The profile of a scheduler that has no configuration. */
export const defaultProfile: Profile = {
  schedulerName: 'default-scheduler',
  preEnqueues: ['SchedulingGates', 'DynamicResources', 'DefaultPreemption'],
  preFilters: filterPlugins,
  filters: filterPlugins,
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
