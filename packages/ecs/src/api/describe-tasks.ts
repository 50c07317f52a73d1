/**
 * DescribeTasks: returns the records of the named tasks, and a failure for each unknown name.
 *
 * Source: Amazon ECS API Reference, DescribeTasks; Developer Guide, API failure reasons.
 */
import { list, nonEmptyText, optional, record, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { arnOf } from '../cluster/options.js'
import type { Failure } from '../cluster/refusal.js'
import { findTask, type EcsState } from '../cluster/state.js'
import { idIn, type Task } from '../words/task.js'
import { noComplaints, type ApiAction } from './action.js'

export interface DescribeTasksRequest {
  readonly cluster?: string | undefined
  /** Ids or ARNs. */
  readonly tasks: readonly string[]
}
const DescribeTasksRequest: Codec<DescribeTasksRequest> = record<DescribeTasksRequest>(
  'a call of DescribeTasks',
  {
    cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
    tasks: list('a list of tasks', nonEmptyText('the id or the ARN of a task')),
  },
)

/** The answer of DescribeTasks. */
export interface DescribedTasks {
  readonly tasks: readonly Task[]
  readonly failures: readonly Failure[]
}

export const describeTasksAction: ApiAction<DescribeTasksRequest, DescribedTasks> = {
  codec: DescribeTasksRequest,
  check: noComplaints,
  apply: ({ state, request }) => E.right([state, describeTasks(state, request.tasks)]),
}

/** Describes the named tasks. It needs no time, as it changes nothing. */
export const describeTasks = (state: EcsState, names: readonly string[]): DescribedTasks => ({
  tasks: names.flatMap((name) => findTask(state, name) ?? []),
  failures: names
    .filter((name) => findTask(state, name) === undefined)
    .map((name) => ({ arn: arnOf(state.options, 'task', idIn(name)), reason: 'MISSING' })),
})
