/**
 * UpdateTaskProtection and GetTaskProtection: sets and reads the scale-in protection of tasks of
 * services. A protected task is stopped neither to scale in nor for a deployment.
 *
 * Source: Amazon ECS API Reference, UpdateTaskProtection and GetTaskProtection.
 */
import { flag, list, nonEmptyText, optional, record, whole, type Codec } from '@stowage/documents'
import type { ReplicaId, StepState } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { Failure } from '../cluster/refusal.js'
import { isProtected, type OwnTask } from '../memory/memory.js'
import { instantText } from '../words/instant.js'
import { idIn } from '../words/task.js'
import { factOf, memoryIn, refuseCall, type ServiceAction } from './service-call.js'

/** A task as the two actions answer it. */
export interface ProtectedTask {
  readonly taskArn: string
  readonly protectionEnabled: boolean
  /** Present while it is protected. */
  readonly expirationDate?: string
}

/** The answer of both actions. */
export interface ProtectedTasks {
  readonly protectedTasks: readonly ProtectedTask[]
  readonly failures: readonly Failure[]
}

/** The request of GetTaskProtection; tasks are named by ARN or id. */
export interface GetTaskProtectionRequest {
  readonly cluster: string
  readonly tasks: readonly string[]
}
const fields = {
  cluster: nonEmptyText('the name or the ARN of a cluster'),
  tasks: list('a list of tasks', nonEmptyText('the id or the ARN of a task')),
}
const GetTaskProtectionRequest: Codec<GetTaskProtectionRequest> = record<GetTaskProtectionRequest>(
  'a call of GetTaskProtection',
  fields,
)

/** The request of UpdateTaskProtection. */
export interface UpdateTaskProtectionRequest extends GetTaskProtectionRequest {
  readonly protectionEnabled: boolean
  /** From 1 to 2880; 120 when it is absent. */
  readonly expiresInMinutes?: number | undefined
}
const UpdateTaskProtectionRequest: Codec<UpdateTaskProtectionRequest> =
  record<UpdateTaskProtectionRequest>('a call of UpdateTaskProtection', {
    ...fields,
    protectionEnabled: flag,
    expiresInMinutes: optional(whole('a whole number of minutes from 1 to 2880', 1, 2880)),
  })

/** The task of a service, by its ARN, its id or the number of its replica. */
const findOwnTask = (state: StepState, reference: string): OwnTask | undefined => {
  const memory = memoryIn(state)
  const id = idIn(reference)
  const replica =
    memory.adopted.get(id) ?? (/^\d+$/.test(id) ? (Number(id) as ReplicaId) : undefined)
  if (replica === undefined) return undefined
  return memory.services.get(memory.owners.get(replica) ?? '')?.tasks.get(replica)
}

const answerAbout =
  (tasks: readonly string[]) =>
  (state: StepState): ProtectedTasks => ({
    protectedTasks: tasks.flatMap((taskArn) => {
      const task = findOwnTask(state, taskArn)
      if (task === undefined) return []
      const until = isProtected(task, state.now) ? task.protectedUntil : undefined
      const expirationDate = until === undefined ? undefined : instantText(until)
      return [
        {
          ...{ taskArn, protectionEnabled: until !== undefined },
          ...(expirationDate === undefined ? {} : { expirationDate }),
        },
      ]
    }),
    failures: tasks
      .filter((task) => findOwnTask(state, task) === undefined)
      .map((arn) => ({ arn, reason: 'TASK_NOT_VALID' })),
  })

/** One call is about at most so many tasks. */
const tasksPerCall = 10

export const getTaskProtectionAction: ServiceAction<GetTaskProtectionRequest, ProtectedTasks> = {
  codec: GetTaskProtectionRequest,
  apply: ({ request: { tasks } }) => E.right({ events: [], answer: answerAbout(tasks) }),
}

export const updateTaskProtectionAction: ServiceAction<
  UpdateTaskProtectionRequest,
  ProtectedTasks
> = {
  codec: UpdateTaskProtectionRequest,
  apply: (call) => {
    const { tasks, protectionEnabled, expiresInMinutes } = call.request
    if (tasks.length === 0 || tasks.length > tasksPerCall)
      return refuseCall(call, { at: ['tasks'], expected: `1 to ${tasksPerCall} tasks` })
    const report = {
      protectionEnabled,
      ...(expiresInMinutes === undefined ? {} : { expiresInMinutes }),
    }
    const known = tasks.filter((task) => findOwnTask(call.state, task) !== undefined)
    return E.right({
      events: known.map((task) => factOf(call.at, `task ${idIn(task)}`, report)),
      answer: answerAbout(tasks),
    })
  },
}
