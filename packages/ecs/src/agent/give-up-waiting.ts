/**
 * Stops a task that waits for capacity. The caller decides how long a task may wait.
 *
 * Source: Amazon ECS Developer Guide, stopped task errors.
 */
import { nonEmptyText, optional, record, text, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { perform, refuse, noComplaints, type ApiAction } from '../api/action.js'
import { withAnswer, type OneTask } from '../cluster/settle.js'
import { findTask } from '../cluster/state.js'
import { giveUp } from '../cluster/waiting.js'

/** Names a task that waits. */
interface GiveUpWaiting {
  readonly cluster?: string | undefined
  readonly task: string
  /** The reason for its record. */
  readonly reason?: string | undefined
}
const GiveUpWaiting: Codec<GiveUpWaiting> = record<GiveUpWaiting>('the end of a wait', {
  cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
  task: nonEmptyText('the id or the ARN of a task'),
  reason: optional(text),
})

const endOfWait: ApiAction<GiveUpWaiting, OneTask> = {
  codec: GiveUpWaiting,
  check: noComplaints,
  apply: (call) => {
    const { task: name, reason } = call.request
    const task = findTask(call.state, name)
    const next = task && giveUp(call.state, task, reason)
    return task === undefined || next === undefined
      ? refuse(call, [{ at: ['task'], expected: 'a task that waits for capacity' }])
      : E.right(withAnswer(next, task))
  },
}

/**
 * Gives up a waiting task: it is STOPPED as one that failed to start. Without a `reason`, the
 * record says that its provider has no instance, no ACTIVE instance, or no instance that accepts
 * the task.
 */
export const giveUpWaiting = perform(endOfWait)
