/** Gathers the rules of the Cluster Autoscaler, for comparing them with recorded answers. */
import { balanceGroups } from './balance.js'
import { equivalenceGroups } from './equivalence.js'
import { areSimilar } from './similar.js'
import { nodeUtilization } from './utilization.js'
import { unneededVerdicts } from './unneeded.js'
import { AutoscaledPod, OccupiedNode } from './words.js'

/** The rules, each a pure function, and the codecs of what they read. */
export const clusterAutoscalerRules = {
  areSimilar,
  balanceGroups,
  equivalenceGroups,
  nodeUtilization,
  unneededVerdicts,
  AutoscaledPod,
  OccupiedNode,
} as const
