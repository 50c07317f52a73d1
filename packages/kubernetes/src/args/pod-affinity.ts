/**
 * Reads the args of the scheduler plugin InterPodAffinity, which say how existing pods affect the
 * score of a node:
 * 1. `hardPodAffinityWeight`: the weight of the required affinity terms of existing pods;
 * 2. `ignorePreferredTermsOfExistingPods`: whether existing pods are ignored if the new pod has no
 *    preferred terms itself.
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
