/**
 * The plugins that the scheduler comes with, the points at which each is asked, and those that are
 * enabled by default. A point's name with a capital letter and `Plugin` is what the scheduler calls
 * those that are asked there.
 *
 * Source: Kubernetes documentation, "Scheduler Configuration" (extension points, scheduling
 * plugins, `multiPoint`).
 */

/** In the order in which the scheduler fills them. */
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

/**
 * The last four are there for features that are off by default: nothing enables them but a
 * configuration.
 */
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

/** What `multiPoint` enables when nothing is said, in order; 0 is a weight that is not said. */
export const defaultPlugins: readonly (readonly [name: string, weight: number])[] = [
  ...registry.keys(),
]
  .filter((name) => !dormant.includes(name))
  .map((name) => [name, defaultWeights.get(name) ?? 0])

export const isPlugin = (plugin: string): boolean => registry.has(plugin)

export const extendsPoint = (plugin: string, point: ExtensionPoint): boolean =>
  registry.get(plugin)?.includes(point) === true

/** Plugins of earlier versions, which a configuration of this one must not name. */
export const removedPlugins: readonly string[] = [
  'AzureDiskLimits',
  'CinderLimits',
  'EBSLimits',
  'GCEPDLimits',
]
