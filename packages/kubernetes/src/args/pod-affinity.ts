/**
 * Reads the args of InterPodAffinity: the weight of a required affinity term of an existing pod,
 * and whether the preferred terms of existing pods count.
 */
import { flag, withDefault } from '@stowage/documents'
import type { PluginArgs } from '../plugin/profile.js'
import { int32 } from '../words/whole-number.js'
import { reader, type ArgsReader } from './reader.js'
import { outside } from './shape.js'

type PodAffinityArgs = PluginArgs['podAffinity']
export const readPodAffinityArgs: ArgsReader<PodAffinityArgs> = reader<
  PodAffinityArgs,
  PodAffinityArgs
>(
  'InterPodAffinityArgs',
  {
    hardPodAffinityWeight: withDefault(int32, 1),
    ignorePreferredTermsOfExistingPods: withDefault(flag, false),
  },
  ({ hardPodAffinityWeight }) => outside(['hardPodAffinityWeight'], hardPodAffinityWeight, 100),
  ({ hardPodAffinityWeight, ignorePreferredTermsOfExistingPods }) => ({
    hardPodAffinityWeight,
    ignorePreferredTermsOfExistingPods,
  }),
)
