/**
 * Completes deployments that succeed. A deployment is COMPLETED once one of two conditions has held
 * for its bake time:
 *
 * 1. by default, all tasks are healthy and no task of an older deployment is left;
 * 2. with early success criteria, the required percentage of tasks is healthy.
 *
 * Also records whether a service is steady (as in 1) or blocked (its minimum and maximum let no
 * task start or stop).
 *
 * Source: Amazon ECS API Reference, DeploymentEarlySuccessCriteria and DeploymentConfiguration.
 */
import { later, type Instant } from '@stowage/kernel'
import { isStaged } from '../deployment/lifecycle-stages.js'
import {
  withEvent,
  withFailuresEnded,
  type Deployment,
  type ServiceRecord,
} from '../memory/memory.js'
import type { Census } from '../moves/rollout.js'

/** What a pass found of a service. */
export interface ServiceProgress {
  readonly now: Instant
  readonly census: Pick<Census, 'goodHealthy' | 'desired'>
  /** All tasks are healthy, and no others are left. */
  readonly isSteady: boolean
  /** The two bounds let nothing be started nor stopped. */
  readonly isBlocked: boolean
  /** Only protected tasks are in the way. */
  readonly isHeld: boolean
}

/** The record with its progress, and when it has to be looked at again for that. */
export const withProgress = (
  record: ServiceRecord,
  progress: ServiceProgress,
): readonly [ServiceRecord, dueAt: Instant | undefined] => {
  const { now, isSteady, isHeld } = progress
  const isBlocked = progress.isBlocked && !isHeld
  const [primary, ...older] = record.deployments
  const bakingSince = isAsItShouldBe(record, progress) ? (primary.bakingSince ?? now) : undefined
  const bakedAt = bakingSince === undefined ? undefined : later(bakingSince, bakeTime(record))
  const isCompleted =
    primary.rolloutState === 'IN_PROGRESS' && bakedAt !== undefined && bakedAt <= now
  const remaining = isSteady ? [] : older.filter((one) => hasActiveTasks(record, one))
  const deployment = isCompleted ? withCompletion(primary, now) : withBaking(primary, bakingSince)
  const rolledBack = { at: now, status: 'ROLLBACK_SUCCESSFUL' } as const
  const past = withPast(record, remaining)
  let next: ServiceRecord = {
    ...record,
    ...{ isSteady, isBlocked, isHeld },
    deployments: [
      deployment,
      ...(isCompleted ? withFailuresEnded(remaining, rolledBack) : remaining),
    ],
    past: isCompleted ? withFailuresEnded(past, rolledBack) : past,
  }
  if (isCompleted) next = withEvent(next, now, `(deployment ${primary.id}) deployment completed.`)
  if (isSteady && !record.isSteady) next = withEvent(next, now, 'has reached a steady state.')
  if (isBlocked && !record.isBlocked) next = withEvent(next, now, blockedText)
  if (isHeld && !record.isHeld) next = withEvent(next, now, heldText(record))
  return [next, isCompleted ? undefined : bakedAt]
}

/** So many past deployments are remembered. */
const pastMax = 20

const withPast = (
  { deployments: [primary, ...older], past }: ServiceRecord,
  remaining: readonly Deployment[],
): ServiceRecord['past'] => {
  const gone = older.filter((one) => !remaining.includes(one))
  return gone.length === 0
    ? past
    : [...gone, ...past.filter(({ id }) => id !== primary.id)].slice(0, pastMax)
}

const isAsItShouldBe = (
  { service, deployments: [primary, ...older], tasks }: ServiceRecord,
  { census, isSteady }: ServiceProgress,
): boolean => {
  if (primary.rolloutState !== 'IN_PROGRESS') return false
  const {
    enable,
    healthyPercent = 100,
    sourceServiceRevisionCleanup,
  } = service.deploymentConfiguration?.earlySuccessCriteria ?? {}
  if (enable !== true) return isSteady
  const isEnough = census.goodHealthy >= Math.ceil((census.desired * healthyPercent) / 100)
  if (!isEnough || sourceServiceRevisionCleanup === 'DEFERRED') return isEnough
  const olderIds = new Set(older.map(({ id }) => id))
  return [...tasks.values()].every(({ deployment }) => !olderIds.has(deployment))
}

/** Only what may end early, or what alarms watch, is looked at for longer. */
const bakeTime = ({ service: { deploymentConfiguration = {} } }: ServiceRecord): number => {
  const { alarms, earlySuccessCriteria, bakeTimeInMinutes = 0 } = deploymentConfiguration
  const isWatched = alarms?.enable === true || earlySuccessCriteria?.enable === true
  return isWatched && !isStaged(deploymentConfiguration) ? bakeTimeInMinutes * 60_000 : 0
}

const withCompletion = (
  { bakingSince: _, ...deployment }: Deployment,
  at: Instant,
): Deployment => ({
  ...deployment,
  end: deployment.end ?? { at, status: 'SUCCESSFUL' },
  rolloutState: 'COMPLETED',
  rolloutStateReason: `ECS deployment ${deployment.id} completed.`,
})

const withBaking = (
  { bakingSince: _, ...deployment }: Deployment,
  since: Instant | undefined,
): Deployment => (since === undefined ? deployment : { ...deployment, bakingSince: since })

/** Source: Amazon ECS Developer Guide, service event messages. */
const blockedText =
  'was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.'

/** Source: Amazon ECS Developer Guide, service event messages. */
const heldText = ({ guarded }: ServiceRecord): string =>
  `was unable to stop tasks, as ${guarded.size} of its tasks are protected from scale-in.`

const hasActiveTasks = (
  { tasks, waiting }: ServiceRecord,
  { id, desiredCount }: Deployment,
): boolean =>
  desiredCount > 0 ||
  waiting.some(({ deployment }) => deployment === id) ||
  [...tasks.values()].some(({ deployment, phase }) => deployment === id && phase !== 'leaving')
