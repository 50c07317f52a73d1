/**
 * DescribeTasks: the records of the tasks that are named, and a failure for each that is not there.
 *
 * Source: Amazon ECS API Reference, DescribeTasks; Developer Guide, API failure reasons.
 */
import { arnOf } from '../cluster/options.js'
import { taskOf, type ClusterState } from '../cluster/state.js'
import type { Failure } from '../cluster/refusal.js'
import { idIn, type Task } from '../words/task.js'

export const describeTasks = (
  state: ClusterState,
  names: readonly string[],
): { readonly tasks: readonly Task[]; readonly failures: readonly Failure[] } => ({
  tasks: names.flatMap((name) => taskOf(state, name) ?? []),
  failures: names
    .filter((name) => taskOf(state, name) === undefined)
    .map((name) => ({ arn: arnOf(state.options, 'task', idIn(name)), reason: 'MISSING' })),
})
