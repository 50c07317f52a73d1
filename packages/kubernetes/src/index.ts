/**
 * Exports the public API of the Kubernetes package, whose functions
 * 1. read Kubernetes documents;
 * 2. plan pods on nodes or on Fargate;
 * 3. explain placements;
 * 4. run a scheduler event by event;
 * 5. run the controllers of workloads in the kernel's `step`.
 */

// Reading documents.
export { readConfiguration, type Configuration } from './config/configuration.js'
export { readKubernetes, type KubernetesInput } from './read/input.js'
export { zonesIn } from './read/zones.js'
export {
  isKubernetes,
  readObjects,
  type KubernetesObject,
  type ReadObjects,
} from './words/object.js'
export type { PendingWorkload, RunningPod } from './workload/share.js'
export type { WorkloadKind } from './workload/kind.js'
export type { KubernetesWorkload } from './workload/workload.js'

// Admission, as the API server runs it.
export { replaceObject } from './apply/replace-object.js'
export { submitObjects } from './admission/server.js'

// Planning and explaining on nodes.
export {
  explainOnNodes,
  type HeldExplanation,
  type KubernetesExplanation,
  type PodExplanation,
} from './plan/explain.js'
export { allocatable, kubeletAllocatableFormula, nodesOfType } from './plan/fleet.js'
export { planOnNodes, type HeldPods, type NodesPlan } from './plan/plan.js'
export { namesNear, planNameOf, subjectsOf, type Subject } from './plan/subject.js'

// Pods on Fargate, by the profiles of Amazon EKS.
export { eksFargateOptions, type EksFargateOptions } from './fargate-profile/options.js'
export {
  isFargateProfile,
  readFargateProfiles,
  type FargateProfile,
  type FargateProfiles,
} from './fargate-profile/profile.js'
export {
  explainBesideProfiles,
  headroomBesideProfiles,
  provisionBesideProfiles,
  releaseAsMinds,
  releaseBesideProfiles,
  planWithProfiles,
  type ProfilesPlan,
} from './fargate/beside.js'
export type { RefusedPods } from './fargate/judge.js'
export { planPodsOnFargate, type FargatePlan } from './fargate/plan.js'
export type { ScheduledPod } from './fargate/schedule.js'

// Draining nodes, as kubectl does.
export { drainNodes } from './drain/drain.js'
export type { Drain, DrainedNode, DrainedPod, DrainOptions } from './drain/terms.js'

// A scheduler at work.
export type { ClusterEvent } from './queue/event.js'
export type { Queue, QueuedPod, RetryHint } from './queue/queue.js'
export { refusalCode } from './raise/vocabulary.js'
export type { Attempt, Nomination } from './scheduler/attempt.js'
export type { SchedulerEffect } from './scheduler/run.js'
export type { Rejection, Verdict } from './scheduler/verdict.js'
export { decodeScheduler } from './state/decode.js'
export { encodeScheduler } from './state/encode.js'
export type { EncodedScheduler } from './state/encoded.js'
export { openScheduler, podClassSpec, type SchedulerOptions } from './state/open.js'
export type { SchedulerState } from './state/state.js'
export {
  applyEvent,
  nextInstant,
  nominatePod,
  passTime,
  removePod,
  runReady,
  schedulePod,
  type SchedulerFault,
  type Transition,
} from './state/transition.js'
export {
  kubernetesWarnings,
  type KubernetesWarning,
  type KubernetesWarningCode,
} from './words/warning.js'

// The Horizontal Pod Autoscaler, look by look.
export { autoscalerSpec, type AutoscalerSpec } from './autoscale/autoscaler.js'
export { type ScalingHistory } from './autoscale/history.js'
export { defaultAutoscalerOptions } from './autoscale/options.js'
export { normalizeCount } from './autoscale/normalize.js'
export { proposeCount } from './autoscale/propose.js'
export { reconcileAutoscaler, type AutoscalerView } from './autoscale/reconcile.js'
export { scaledDemands } from './read/scaled-demands.js'
export { type ScaledPod } from './autoscale/sample.js'

// Controllers of workloads, for the kernel's `step`.
export { autoscalingController } from './autoscaler/autoscaling-controller.js'
export type { AutoscalingMemory } from './autoscaler/autoscaling-memory.js'
export type { KubernetesControllerOptions } from './controller/controller.js'
export { placedController as kubernetesController } from './placer/placed-controller.js'
export { nodeSupplyRules } from './consolidation/rules.js'
export { workloadRules } from './api/workload-rules.js'
export { momentOr } from './wire/moment.js'
export { assumedReplicaSets } from './controller/assumed-set.js'
export { objectsNotSimulated } from './controller/not-simulated.js'
export type { KubernetesMemory } from './memory/memory.js'
export { lowerKubernetesNode } from './memory/node.js'
export { podSubject } from './memory/pod-name.js'
export type { ProgressCondition } from './memory/progress.js'
export { vocabularyOf as kubernetesVocabulary } from './raise/vocabulary.js'
export type { PodCounts } from './controller/pod-counts.js'
export {
  kubernetesStatus,
  reportedPod,
  workloadOfPods,
  type DeploymentStatus,
  type KubernetesStatus,
  type ReplicaSetStatus,
} from './controller/status.js'
