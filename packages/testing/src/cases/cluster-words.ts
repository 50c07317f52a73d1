/** The codecs of what the rules of the Cluster Autoscaler read. */
import { clusterAutoscalerRules } from '@stowage/kubernetes'

export const { AutoscaledNode, AutoscaledPod, Moment, Node, OccupiedNode, PodDisruptionBudget } =
  clusterAutoscalerRules
