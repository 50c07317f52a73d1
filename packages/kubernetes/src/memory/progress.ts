/**
 * Computes the `Progressing` condition of a Deployment, which only reports: nothing is rolled back.
 * 1. `NewReplicaSetCreated` or `FoundNewReplicaSet`: a rollout begins.
 * 2. `ReplicaSetUpdated`: pods were updated, became ready or became available.
 * 3. `NewReplicaSetAvailable`: the rollout is complete.
 * 4. `ProgressDeadlineExceeded`: nothing of 2 happened for longer than the deadline.
 * 5. `DeploymentPaused` and `DeploymentResumed` may come in between; both restart the deadline.
 *
 * Source: Kubernetes documentation, "Deployments" (deployment status, failed deployment).
 */
import { later, type Instant } from '@stowage/kernel'

/** Why a Deployment progresses or does not. */
export type ProgressReason =
  | 'NewReplicaSetCreated'
  | 'FoundNewReplicaSet'
  | 'ReplicaSetUpdated'
  | 'NewReplicaSetAvailable'
  | 'ProgressDeadlineExceeded'
  | 'DeploymentPaused'
  | 'DeploymentResumed'

/** The condition `Progressing`. */
export interface ProgressCondition {
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: ProgressReason
  /** When progress was last seen; the deadline counts from then. */
  readonly lastUpdate: Instant
}

/** The pods of a Deployment, as its status counts them. */
export interface RolloutStatus {
  readonly replicas: number
  readonly updated: number
  readonly ready: number
  readonly available: number
}

/** What a status is compared with. */
export interface ProgressTerms {
  readonly desired: number
  /** In milliseconds; `undefined` for none. */
  readonly deadline: number | undefined
  readonly now: Instant
}

/** A condition with a reason, from now on. */
export const condition = (reason: ProgressReason, now: Instant): ProgressCondition => ({
  ...{ status: statusOfReason(reason), reason },
  lastUpdate: now,
})

const statusOfReason = (reason: ProgressReason): ProgressCondition['status'] => {
  switch (reason) {
    case 'ProgressDeadlineExceeded':
      return 'False'
    case 'DeploymentPaused':
    case 'DeploymentResumed':
      return 'Unknown'
    default:
      return 'True'
  }
}

/** The condition after a sync that found the status `after` in place of `before`. */
export const progressAfter = (
  current: ProgressCondition | undefined,
  before: RolloutStatus,
  after: RolloutStatus,
  { desired, deadline, now }: ProgressTerms,
): ProgressCondition | undefined => {
  if (deadline === undefined) return undefined
  const isDone = after.replicas === after.updated && current?.reason === 'NewReplicaSetAvailable'
  if (isDone) return current
  if (isComplete(after, desired)) return withReason(current, 'NewReplicaSetAvailable', now)
  if (hasProgressed(before, after)) return condition('ReplicaSetUpdated', now)
  return hasTimedOut(current, deadline, now)
    ? withReason(current, 'ProgressDeadlineExceeded', now)
    : current
}

/** The condition stays as it is where it gives the reason already. */
const withReason = (
  current: ProgressCondition | undefined,
  reason: ProgressReason,
  now: Instant,
): ProgressCondition => (current?.reason === reason ? current : condition(reason, now))

/** Whether all pods are of the present template and available, and as many as are wanted. */
export const isComplete = (
  { replicas, updated, available }: RolloutStatus,
  desired: number,
): boolean => updated === desired && replicas === desired && available === desired

const hasProgressed = (before: RolloutStatus, after: RolloutStatus): boolean =>
  after.updated > before.updated ||
  after.replicas - after.updated < before.replicas - before.updated ||
  after.ready > before.ready ||
  after.available > before.available

const hasTimedOut = (
  current: ProgressCondition | undefined,
  deadline: number,
  now: Instant,
): boolean =>
  current !== undefined &&
  current.reason !== 'NewReplicaSetAvailable' &&
  (current.reason === 'ProgressDeadlineExceeded' || later(current.lastUpdate, deadline) < now)

/** When the deadline will have passed if nothing happens; `undefined` when it cannot pass. */
export const deadlineOf = (
  current: ProgressCondition | undefined,
  status: RolloutStatus,
  { desired, deadline }: Pick<ProgressTerms, 'desired' | 'deadline'>,
): Instant | undefined =>
  deadline === undefined ||
  current === undefined ||
  current.reason === 'NewReplicaSetAvailable' ||
  current.reason === 'ProgressDeadlineExceeded' ||
  current.reason === 'DeploymentPaused' ||
  isComplete(status, desired)
    ? undefined
    : later(current.lastUpdate, deadline + 1)
