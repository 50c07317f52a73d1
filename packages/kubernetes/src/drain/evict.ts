/**
 * Requests the eviction of a pod in a simulated drain, and records which of these outcomes it has:
 * 1. The pod leaves, and a replacement is due.
 * 2. The disruption budget of the pod holds it back for another try.
 * 3. The eviction is an error.
 */
import { successorOf } from '../deployment/paused.js'
import { evictionAnswer } from '../disruption/eviction.js'
import { podAt } from '../workload/replica.js'
import { indexOf, isPodObject, type PendingWorkload } from '../workload/share.js'
import { titleOf } from '../workload/workload.js'
import { budgetsOf, statusNow } from './budgets.js'
import { statedController, type NodePod } from './filter.js'
import type { HeldBy } from './terms.js'
import { newPodName, type DrainWorld, type LeavingPod } from './world.js'

/** How long kubectl waits before it asks again, in milliseconds. */
export const retryAfter = 5_000

/** Asks once for the eviction of a pod. */
export const evictPod = (world: DrainWorld, pod: LeavingPod): void => {
  const { now, live, options } = world
  const { name, isReady, isPending, pod: found } = pod.found
  const known = live.get(name)
  if (known === undefined) return
  const answer = evictionAnswer(
    { isReady, isIdle: isPending || found.leaving },
    options.disableEviction ? [] : budgetsOf(world, known),
    (budget) => statusNow(world, budget),
  )
  pod.nextTry = undefined
  switch (answer._tag) {
    case 'TwoBudgets': {
      const names = answer.budgets.map((budget) => budget.name).join(' and ')
      const error = `the eviction API answers 500: more than one budget covers it, ${names}`
      pod.answer = { ...pod.answer, error }
      return
    }
    case 'TooManyRequests': {
      const { healthy, desiredHealthy, failure } = answer.status
      const heldBy: HeldBy = { budget: answer.budget.name, healthy, desiredHealthy }
      pod.nextTry = now + retryAfter
      pod.answer = {
        ...pod.answer,
        heldBy: failure === undefined ? heldBy : { ...heldBy, failure },
      }
      return
    }
    default:
      live.set(name, { ...known, isLeaving: true })
      noteEvicted(world, pod)
  }
}

const noteEvicted = (world: DrainWorld, pod: LeavingPod): void => {
  const { now, input, options, replacements } = world
  const goneAt = now + options.durations.stop
  const { heldBy } = pod.answer
  const freed = heldBy === undefined ? {} : { heldBy: { ...heldBy, until: now } }
  pod.answer = { ...pod.answer, ...freed, evictedAt: now, goneAt }
  const workload = replacementOf(input.pending, pod.found)
  if (workload === undefined || isReplacedAlready(pod.found, workload)) return
  const at = workload.kind === 'StatefulSet' ? goneAt : now
  const name = newPodName(workload, pod.found)
  replacements.push({ of: pod, name, workload, answer: { at }, outcome: undefined })
}

/**
 * Whether the controller has counted the pod as gone before the drain: the pod was terminating, and
 * what the controller lacked since then is there or waits.
 */
const isReplacedAlready = ({ pod }: NodePod, { isReplacedOnceGone }: PendingWorkload): boolean =>
  pod.leaving && isReplacedOnceGone !== true

/**
 * What comes in the place of a pod: a pod of its controller's present template, or one that is like
 * it when the controller is not among the documents. `undefined` without a controller.
 */
export const replacementOf = (
  pending: readonly PendingWorkload[],
  { pod }: NodePod,
): PendingWorkload | undefined => {
  if (statedController(pod) === undefined) return undefined
  const title = titleOf(pod)
  const own = successorOf(pending, pod, (one) => !isPodObject(one) && titleOf(one) === title)
  if (own === undefined || own.count === 'one per node')
    return { ...pod, spec: { ...pod.spec, nodeName: undefined } }
  const index = indexOf(pod)
  return own.kind === 'StatefulSet' && !Number.isNaN(index) ? podAt(own, index) : own
}
