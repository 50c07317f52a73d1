/**
 * Handles the notice that AWS takes back the Fargate Spot capacity of a task: the desired status of
 * the task becomes STOPPED. The caller reports the task STOPPED when the task is gone.
 *
 * Source: Amazon ECS Developer Guide, Fargate capacity providers.
 */
import { nonEmptyText, optional, record, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { perform, refuse, noComplaints, type ApiAction } from '../api/action.js'
import { interrupt, type TaskInterruption } from '../cluster/interrupt.js'
import { findTask } from '../cluster/state.js'

/** Names a task on Fargate Spot. */
interface InterruptTask {
  readonly cluster?: string | undefined
  readonly task: string
}
const InterruptTask: Codec<InterruptTask> = record<InterruptTask>('the interruption of a task', {
  cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
  task: nonEmptyText('the id or the ARN of a task'),
})

const interruption: ApiAction<InterruptTask, TaskInterruption> = {
  codec: InterruptTask,
  check: noComplaints,
  apply: (call) => {
    const task = findTask(call.state, call.request.task)
    const answer = task && interrupt(call.state, task)
    return answer === undefined
      ? refuse(call, [{ at: ['task'], expected: 'a task on Fargate Spot that is to run' }])
      : E.right(answer)
  },
}

/** Interrupts a task on Fargate Spot. A task whose desired status is STOPPED is refused. */
export const interruptTask = perform(interruption)
