/** Kubernetes words in and out of the kernel: pods on nodes, and pods on Fargate. */
export { attempt, type Attempt, type Nomination } from './cycle/attempt.js'
export { nominate, voidBelow } from './cycle/nominated.js'
export { runReady, waitingIn, type Ran, type SchedulerEffect } from './cycle/run.js'
export { attemptsOf, type Scenario } from './cycle/scenario.js'
export {
  classOf,
  openSession,
  removePod,
  type KnownPod,
  type Session,
  type SessionOptions,
  type SessionProfile,
} from './cycle/session.js'
export type { Rejection, Verdict } from './cycle/verdict.js'
export { readConfiguration, type Configuration } from './config/configuration.js'
export { admitToFargate, type Admitted, type Taken } from './fargate/admit.js'
export { explainBesideProfiles, planWithProfiles, type ProfilesPlan } from './fargate/beside.js'
export type { Refused } from './fargate/judge.js'
export { mutatedForFargate, type Mutable } from './fargate/mutate.js'
export { fargateTaint, type FargateNodeObject } from './fargate/node.js'
export { eksFargateOptions, type EksFargateOptions, type SubnetPlace } from './fargate/options.js'
export { planOnFargate, type FargatePlan } from './fargate/plan.js'
export {
  isFargateProfile,
  profileQuotas,
  readFargateProfiles,
  type FargateProfile,
  type FargateProfiles,
  type FargateProfileSelector,
} from './fargate/profile.js'
export type { ScheduledPod } from './fargate/schedule.js'
export { isSelectedBy, profileFor, profileLabel, type Selected } from './fargate/select.js'
export { allocatable, allocatableFormula, nodesOfType } from './plan/fleet.js'
export {
  explainOnNodes,
  type EndedExplanation,
  type HeldExplanation,
  type KubernetesExplanation,
  type PodExplanation,
} from './explain/explain.js'
export { namesNear, namesOf, planNameOf, subjectsOf, type Subject } from './explain/subject.js'
export { planOnNodes, type HeldPods, type NodesPlan } from './plan/plan.js'
export { codeOf } from './raise/vocabulary.js'
export type { Backoff, Failures } from './queue/backoff.js'
export { backoffOf } from './queue/options.js'
export { concerns, type ClusterEvent, type TargetEvent } from './queue/event.js'
export {
  dequeue,
  emptyQueue,
  enqueue,
  nextTime,
  onEvent,
  onTime,
  onUpdate,
  pop,
  putBack,
  type Hint,
  type Queue,
  type QueuedPod,
  type QueueOptions,
  type WaitingPod,
} from './queue/queue.js'
export {
  isKubernetes,
  readObjects,
  type KubernetesObject,
  type ReadObjects,
} from './words/object.js'
export { readKubernetes, type KubernetesInput } from './workload/input.js'
export type { Running, Wanting } from './workload/share.js'
export type { Workload, WorkloadKind } from './workload/workload.js'
