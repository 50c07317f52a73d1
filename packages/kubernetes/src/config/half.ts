/**
 * Refuses a profile that enables a plugin at one extension point but not at the earlier one where
 * it prepares its data. An example is a plugin that is enabled at filter but not at preFilter.
 * kube-scheduler accepts such a profile, and fails when it schedules a pod.
 */
import { expand, type MergedPlugins } from './merge.js'
import type { ExtensionPoint } from './registry.js'
import { wrong, type SettingPath, type Wrong } from '../setting/wrong.js'

const needs: readonly (readonly [
  point: ExtensionPoint,
  earlier: ExtensionPoint,
  plugins: readonly string[],
])[] = [
  [
    'filter',
    'preFilter',
    [
      'NodePorts',
      'NodeResourcesFit',
      'VolumeRestrictions',
      'VolumeBinding',
      'PodTopologySpread',
      'InterPodAffinity',
      'DynamicResources',
      'NodeDeclaredFeatures',
    ],
  ],
  ['score', 'preScore', ['TaintToleration', 'PodTopologySpread', 'InterPodAffinity']],
]

/** One error for each half-enabled plugin; `at` is the path of the plugins. */
export const wrongHalves = (plugins: MergedPlugins, at: SettingPath): readonly Wrong[] =>
  needs.flatMap(([point, earlier, names]) => {
    const atPoint = expand(plugins, point)
    const before = expand(plugins, earlier)
    return names
      .filter((name) => atPoint.some((one) => one.name === name))
      .filter((name) => !before.some((one) => one.name === name))
      .map((name) => {
        const expected = `${name}, as it is enabled for ${point} and needs what it notes here`
        return wrong([...at, earlier], 'no such plugin', expected)
      })
  })
