/**
 * Re-exports, under short names, the codecs of the inputs of our Cluster Autoscaler rules: nodes,
 * pods, PodDisruptionBudgets, instants.
 */
import { nodeSupplyRules } from '@stowage/kubernetes'

/** The rules of the Cluster Autoscaler. */
export const clusterAutoscalerRules: (typeof nodeSupplyRules)['clusterAutoscaler'] =
  nodeSupplyRules.clusterAutoscaler

export const { AutoscaledNode, AutoscaledPod, Moment, Node, OccupiedNode, PodDisruptionBudget } =
  clusterAutoscalerRules
