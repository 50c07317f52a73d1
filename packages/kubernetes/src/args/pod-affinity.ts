/**
 * Reads the args of InterPodAffinity: the weight of a required affinity term of an existing pod,
 * and whether the preferred terms of existing pods count.
 */
import type { PluginArgs } from '../plugin/profile.js'
import { flag, int32 } from '../words/decode.js'
import { or } from '../setting/closed.js'
import { reader, type ArgsReader } from './reader.js'
import { outside } from './shape.js'

type PodAffinityArgs = PluginArgs['podAffinity']
export const readPodAffinityArgs: ArgsReader<PodAffinityArgs> = reader<
  PodAffinityArgs,
  PodAffinityArgs
>(
  'InterPodAffinityArgs',
  {
    hardPodAffinityWeight: or(int32, 1),
    ignorePreferredTermsOfExistingPods: or(flag, false),
  },
  ({ hardPodAffinityWeight }) => outside(['hardPodAffinityWeight'], hardPodAffinityWeight, 100),
  ({ hardPodAffinityWeight, ignorePreferredTermsOfExistingPods }) => ({
    hardPodAffinityWeight,
    ignorePreferredTermsOfExistingPods,
  }),
)
