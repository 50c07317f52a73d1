/** The codecs of what the rules of the Cluster Autoscaler read. */
import { nodeSupplyRules } from '@stowage/kubernetes'

/** The rules of the Cluster Autoscaler. */
export const clusterAutoscalerRules: (typeof nodeSupplyRules)['clusterAutoscaler'] =
  nodeSupplyRules.clusterAutoscaler

export const { AutoscaledNode, AutoscaledPod, Moment, Node, OccupiedNode, PodDisruptionBudget } =
  clusterAutoscalerRules
