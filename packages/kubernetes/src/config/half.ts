/**
 * Plugins that are asked at one point and need what they noted at an earlier one. The scheduler
 * takes a profile that leaves the earlier point out, and then fails on every pod; it is refused
 * here instead.
 */
import { expand, type MergedPlugins } from './merge.js'
import type { Point } from './registry.js'
import { wrong, type At, type Wrong } from '../setting/wrong.js'

const needs: readonly (readonly [point: Point, earlier: Point, plugins: readonly string[]])[] = [
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

export const wrongHalves = (plugins: MergedPlugins, at: At): readonly Wrong[] =>
  needs.flatMap(([point, earlier, names]) => {
    const asked = expand(plugins, point)
    const before = expand(plugins, earlier)
    return names
      .filter((name) => asked.some((one) => one.name === name))
      .filter((name) => !before.some((one) => one.name === name))
      .map((name) => {
        const expected = `${name}, as it is enabled for ${point} and needs what it notes here`
        return wrong([...at, earlier], 'no such plugin', expected)
      })
  })
