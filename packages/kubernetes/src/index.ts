/** Kubernetes words in and out of the kernel: pods on nodes, and pods on Fargate. */
export type { Attempt, Nomination } from './scheduler/attempt.js'
export type { SchedulerEffect } from './scheduler/run.js'
export type { KnownPod } from './scheduler/session.js'
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
export { readConfiguration, type Configuration } from './config/configuration.js'
export { admitToFargate, type Admitted, type Taken } from './fargate-profile/admit.js'
export { explainBesideProfiles, planWithProfiles, type ProfilesPlan } from './fargate/beside.js'
export type { Refused } from './fargate/judge.js'
export { mutatedForFargate, type Mutable } from './fargate-profile/mutate.js'
export { fargateTaint, type FargateNodeObject } from './fargate/node.js'
export {
  eksFargateOptions,
  type EksFargateOptions,
  type SubnetPlace,
} from './fargate-profile/options.js'
export { planOnFargate, type FargatePlan } from './fargate/plan.js'
export {
  isFargateProfile,
  profileQuotas,
  readFargateProfiles,
  type FargateProfile,
  type FargateProfiles,
  type FargateProfileSelector,
} from './fargate-profile/profile.js'
export type { ScheduledPod } from './fargate/schedule.js'
export { isSelectedBy, profileFor, profileLabel, type Selected } from './fargate-profile/select.js'
export { allocatable, allocatableFormula, nodesOfType } from './plan/fleet.js'
export {
  explainOnNodes,
  type EndedExplanation,
  type HeldExplanation,
  type KubernetesExplanation,
  type PodExplanation,
} from './plan/explain.js'
export { namesNear, namesOf, planNameOf, subjectsOf, type Subject } from './plan/subject.js'
export { planOnNodes, type HeldPods, type NodesPlan } from './plan/plan.js'
export { codeOf } from './raise/vocabulary.js'
export type { ClusterEvent } from './queue/event.js'
export type { Hint, Queue, QueuedPod } from './queue/queue.js'
export {
  isKubernetes,
  readObjects,
  type KubernetesObject,
  type ReadObjects,
} from './words/object.js'
export { readKubernetes, type KubernetesInput } from './read/input.js'
export type { Running, Wanting } from './workload/share.js'
export type { Workload, WorkloadKind } from './workload/workload.js'
