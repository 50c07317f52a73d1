/**
 * Exports the decision functions of the Cluster Autoscaler, and the codecs of their inputs, as one
 * object, for tests that compare them with recorded answers.
 */
import { Moment } from '../wire/moment.js'
import { Node } from '../words/node.js'
import { PodDisruptionBudget } from '../words/preemption.js'
import { balanceGroups } from './balance.js'
import { deletionsNow } from './deletion-budget.js'
import { eligibilityOf } from './eligible.js'
import { equivalenceGroups } from './equivalence.js'
import { estimateNodes } from './estimate.js'
import { chainOptions, expanderNames, filterOptions } from './expander.js'
import { budgetVerdict, nodeDrain } from './node-drain.js'
import { podRemoval } from './pod-removal.js'
import { simulateRemovals } from './removal.js'
import { planScaleUp } from './scale-up.js'
import { areSimilar } from './similar.js'
import { nodeUtilization } from './utilization.js'
import { unneededVerdicts } from './unneeded.js'
import { AutoscaledNode, AutoscaledPod, OccupiedNode } from './words.js'

/** The rules, each a pure function, and the codecs of what they read. */
export const clusterAutoscalerRules = {
  areSimilar,
  balanceGroups,
  budgetVerdict,
  chainOptions,
  deletionsNow,
  eligibilityOf,
  equivalenceGroups,
  estimateNodes,
  expanderNames,
  filterOptions,
  nodeDrain,
  nodeUtilization,
  planScaleUp,
  podRemoval,
  simulateRemovals,
  unneededVerdicts,
  AutoscaledNode,
  AutoscaledPod,
  Moment,
  Node,
  OccupiedNode,
  PodDisruptionBudget,
} as const
