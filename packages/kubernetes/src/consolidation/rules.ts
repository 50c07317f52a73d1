/**
 * Exports the decision functions of the Cluster Autoscaler and of Karpenter as one object, with the
 * codecs of their inputs. Tests compare them with recorded answers.
 */
import { clusterAutoscalerRules } from '../cluster-autoscaler/rules.js'
import { instanceTypeFrom, launchableOfferings } from '../node-pool/instance-type.js'
import { addMeasures, measuresFrom, measureTexts } from '../node-pool/measure.js'
import { podKey } from '../karpenter/pod.js'
import { requirementLines } from '../node-pool/requirements.js'
import { provisionPods } from '../karpenter/simulate.js'
import { KarpenterNamespace, KarpenterPod, KarpenterVolume, NodePool } from '../node-pool/words.js'
import { Moment } from '../wire/moment.js'
import { Amounts } from '../words/amounts.js'
import { PersistentVolumeClaim } from '../words/persistent-volume.js'
import { PodDisruptionBudget } from '../words/preemption.js'
import { CSINode, StorageClass } from '../words/storage.js'
import { Taint } from '../words/taint.js'
import { DaemonSet } from '../words/workload.js'
import { disruptNodes } from './methods.js'

/** The decisions of Karpenter, each a pure function, and the codecs of what they read. */
const karpenterRules = {
  addMeasures,
  disruptNodes,
  instanceTypeFrom,
  launchableOfferings,
  measuresFrom,
  measureTexts,
  podKey,
  provisionPods,
  requirementLines,
  Amounts,
  CSINode,
  DaemonSet,
  KarpenterNamespace,
  KarpenterPod,
  KarpenterVolume,
  Moment,
  NodePool,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  StorageClass,
  Taint,
} as const

/** The rules of those that add and remove nodes. */
export const nodeSupplyRules = {
  clusterAutoscaler: clusterAutoscalerRules,
  karpenter: karpenterRules,
} as const
