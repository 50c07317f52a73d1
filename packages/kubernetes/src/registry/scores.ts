/**
 * Builds a pod's kernel scores by calling the function of each score plugin in the pod's profile. A
 * table maps the name of a plugin to its function. A plugin that is not in the table scores no
 * node.
 */
import type { Score } from '@stowage/kernel'
import type { PluginInput, ScoreOf } from '../plugin/input.js'
import { balanceScore, fitScore } from '../lower/fit.js'
import { imageScore } from '../lower/image.js'
import { nodeAffinityScore } from '../lower/node-affinity-plugin.js'
import { podAffinityScore } from '../lower/pod-affinity.js'
import type { Profile } from '../plugin/profile.js'
import { pluginOf, type PluginName } from '../plugin/reason.js'
import { spreadScore } from '../lower/spread.js'
import { tolerationScore } from '../lower/toleration-plugin.js'
import { deviceScore } from '../device/filters.js'
import { bindingScore } from '../volume/binding.js'

const scores: ReadonlyMap<string, readonly [name: PluginName, score: ScoreOf]> = new Map(
  (
    [
      ['TaintToleration', tolerationScore],
      ['NodeAffinity', nodeAffinityScore],
      ['NodeResourcesFit', fitScore],
      ['VolumeBinding', bindingScore],
      ['PodTopologySpread', spreadScore],
      ['InterPodAffinity', podAffinityScore],
      ['DynamicResources', deviceScore],
      ['NodeResourcesBalancedAllocation', balanceScore],
      ['ImageLocality', imageScore],
    ] as const
  ).map((one) => [one[0], one]),
)

/** The scores of a profile for a pod, in the profile's order and with its weights. */
export const scoresOf = (profile: Profile, input: PluginInput): readonly Score[] =>
  profile.scores.flatMap(([plugin, weight]) => {
    const [name, score] = scores.get(plugin) ?? []
    const given = score?.(input)
    return name === undefined || given === undefined
      ? []
      : [{ plugin: pluginOf(name), ...given, weight }]
  })
