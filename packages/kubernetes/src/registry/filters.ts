/**
 * Builds a pod's kernel filters by calling the function of each plugin in the pod's profile. Two
 * tables (PreFilter and Filter) map the name of a plugin to its function. A plugin that is in
 * neither table refuses no node.
 */
import type { Filter } from '@stowage/kernel'
import type { PluginInput, FiltersOf } from '../plugin/input.js'
import { featureFilter } from '../lower/feature.js'
import { fitFilter } from '../lower/fit.js'
import { nodeAffinityFilters, pinnedFilter } from '../lower/node-affinity-plugin.js'
import { podAffinityFilters } from '../lower/pod-affinity.js'
import { portsFilter } from '../lower/ports.js'
import type { Profile } from '../plugin/profile.js'
import { pluginOf } from '../plugin/reason.js'
import { spreadFilters } from '../lower/spread.js'
import { tolerationFilter, unschedulableFilter } from '../lower/toleration-plugin.js'
import { deviceFilters } from '../device/filters.js'
import { devicesRefusal } from '../device/refusal.js'
import { bindingFilters } from '../volume/binding.js'
import { limitFilters } from '../volume/limit.js'
import { bindingRefusal, restrictionsRefusal, zoneRefusal } from '../volume/refusal.js'
import { restrictionFilters } from '../volume/restriction.js'
import { zoneFilters } from '../volume/zone.js'

const preFilters: ReadonlyMap<string, FiltersOf> = new Map([
  ['NodeAffinity', pinnedFilter],
  ['VolumeRestrictions', restrictionsRefusal],
  ['VolumeBinding', bindingRefusal],
  ['VolumeZone', zoneRefusal],
  ['DynamicResources', devicesRefusal],
])

const filters: ReadonlyMap<string, FiltersOf> = new Map([
  ['NodeUnschedulable', unschedulableFilter],
  ['TaintToleration', tolerationFilter],
  ['NodeAffinity', nodeAffinityFilters],
  ['NodePorts', portsFilter],
  ['NodeResourcesFit', fitFilter],
  ['VolumeRestrictions', restrictionFilters],
  ['NodeVolumeLimits', limitFilters],
  ['VolumeBinding', bindingFilters],
  ['VolumeZone', zoneFilters],
  ['PodTopologySpread', spreadFilters],
  ['InterPodAffinity', podAffinityFilters],
  ['DynamicResources', deviceFilters],
  ['NodeDeclaredFeatures', featureFilter],
])

/** The id of a filter that only narrows the nodes, which counts as no plugin's refusal. */
const severalPlugins = pluginOf('')

/**
 * The filters of a profile for a pod: PreFilter results first, then filters in the profile's order.
 * If a plugin refuses the pod itself in PreFilter, its filter is the only one.
 */
export const filtersOf = (profile: Profile, input: PluginInput): readonly Filter[] => {
  const before = profile.preFilters.flatMap((name) => preFilters.get(name)?.(input) ?? [])
  const refusal = before.find(({ plugin }) => plugin !== severalPlugins)
  if (refusal !== undefined) return [refusal]
  return [...before, ...profile.filters.flatMap((name) => filters.get(name)?.(input) ?? [])]
}
