/**
 * InterPodAffinity: what a required term of a pod that is there weighs, and whether preferred ones
 * count.
 */
import type { PluginArgs } from '../plugin/profile.js'
import { flag, int32 } from '../words/decode.js'
import { or } from '../setting/closed.js'
import { reader, type ArgsReader } from './reader.js'
import { outside } from './shape.js'

type Args = PluginArgs['podAffinity']
export const readPodAffinityArgs: ArgsReader<Args> = reader<Args, Args>(
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
