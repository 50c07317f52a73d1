/** The filters of each plugin. A plugin that is not among these refuses nobody. */
import type { Filter } from '@stowage/kernel'
import type { Asked, FiltersOf } from './asked.js'
import { featureFilter } from './feature.js'
import { fitFilter } from './fit.js'
import { nodeAffinityFilters, pinnedFilter } from './node-affinity-plugin.js'
import { podAffinityFilters } from './pod-affinity.js'
import { portsFilter } from './ports.js'
import type { Profile } from './profile.js'
import { spreadFilters } from './spread.js'
import { tolerationFilter, unschedulableFilter } from './toleration-plugin.js'

const preFilters: ReadonlyMap<string, FiltersOf> = new Map([['NodeAffinity', pinnedFilter]])

const filters: ReadonlyMap<string, FiltersOf> = new Map([
  ['NodeUnschedulable', unschedulableFilter],
  ['TaintToleration', tolerationFilter],
  ['NodeAffinity', nodeAffinityFilters],
  ['NodePorts', portsFilter],
  ['NodeResourcesFit', fitFilter],
  ['PodTopologySpread', spreadFilters],
  ['InterPodAffinity', podAffinityFilters],
  ['NodeDeclaredFeatures', featureFilter],
])

/** In the order of the profile; what is known before any node is looked at comes first. */
export const filtersOf = (profile: Profile, asked: Asked): readonly Filter[] => [
  ...profile.preFilters.flatMap((name) => preFilters.get(name)?.(asked) ?? []),
  ...profile.filters.flatMap((name) => filters.get(name)?.(asked) ?? []),
]
