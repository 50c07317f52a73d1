/**
 * Lists kube-scheduler's plugins: the extension points at which each runs, and which plugins are
 * enabled by default.
 *
 * Source: Kubernetes documentation, "Scheduler Configuration" (extension points, scheduling
 * plugins, `multiPoint`).
 */

/** The extension points, in the order in which kube-scheduler fills them with plugins. */
export const points = [
  'preFilter',
  'filter',
  'postFilter',
  'reserve',
  'preScore',
  'score',
  'preBind',
  'bind',
  'postBind',
  'permit',
  'preEnqueue',
  'queueSort',
  'placementGenerate',
  'placementScore',
  'podGroupPostFilter',
] as const
export type ExtensionPoint = (typeof points)[number]

const narrows: readonly ExtensionPoint[] = ['preFilter', 'filter']
const prefers: readonly ExtensionPoint[] = ['preScore', 'score']

/** The last four belong to features that are off by default: only a configuration enables them. */
const registry: ReadonlyMap<string, readonly ExtensionPoint[]> = new Map<
  string,
  readonly ExtensionPoint[]
>([
  ['SchedulingGates', ['preEnqueue']],
  ['PrioritySort', ['queueSort']],
  ['NodeName', narrows],
  ['NodeUnschedulable', narrows],
  ['TaintToleration', [...narrows, ...prefers]],
  ['NodeAffinity', [...narrows, ...prefers]],
  ['NodePorts', narrows],
  ['NodeResourcesFit', [...narrows, ...prefers, 'placementScore']],
  ['VolumeRestrictions', narrows],
  ['NodeVolumeLimits', narrows],
  ['VolumeBinding', [...narrows, ...prefers, 'reserve', 'preBind']],
  ['VolumeZone', narrows],
  ['PodTopologySpread', [...narrows, ...prefers]],
  ['InterPodAffinity', [...narrows, ...prefers]],
  [
    'DynamicResources',
    ['preEnqueue', ...narrows, 'postFilter', 'score', 'reserve', 'preBind', 'podGroupPostFilter'],
  ],
  ['DefaultPreemption', ['preEnqueue', 'postFilter', 'podGroupPostFilter']],
  ['NodeResourcesBalancedAllocation', prefers],
  ['ImageLocality', ['score']],
  ['DefaultBinder', ['bind']],
  ['NodeDeclaredFeatures', narrows],
  ['GangScheduling', ['preEnqueue', 'permit']],
  ['DeferredPodScheduling', [...narrows, 'permit']],
  ['TopologyPlacementGenerator', ['placementGenerate']],
  ['PodGroupPodsCount', ['placementScore']],
])

const dormant = [
  'GangScheduling',
  'DeferredPodScheduling',
  'TopologyPlacementGenerator',
  'PodGroupPodsCount',
]

const defaultWeights: ReadonlyMap<string, number> = new Map([
  ['TaintToleration', 3],
  ['NodeAffinity', 2],
  ['NodeResourcesFit', 1],
  ['PodTopologySpread', 2],
  ['InterPodAffinity', 2],
  ['DynamicResources', 2],
  ['NodeResourcesBalancedAllocation', 1],
  ['ImageLocality', 1],
])

/** The plugins that `multiPoint` enables by default, in order; weight 0 means that none is set. */
export const defaultPlugins: readonly (readonly [name: string, weight: number])[] = [
  ...registry.keys(),
]
  .filter((name) => !dormant.includes(name))
  .map((name) => [name, defaultWeights.get(name) ?? 0])

/** Whether kube-scheduler has a plugin of this name. */
export const isPlugin = (plugin: string): boolean => registry.has(plugin)

/** Whether a plugin runs at an extension point. */
export const extendsPoint = (plugin: string, point: ExtensionPoint): boolean =>
  registry.get(plugin)?.includes(point) === true

/** Plugins of earlier API versions, which a configuration of this version must not name. */
export const removedPlugins: readonly string[] = [
  'AzureDiskLimits',
  'CinderLimits',
  'EBSLimits',
  'GCEPDLimits',
]
