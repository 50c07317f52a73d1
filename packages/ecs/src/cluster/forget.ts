/**
 * Deletes the records of tasks that stopped long ago, an hour by default, so that the memory of a
 * long-running cluster stays bounded. Also deletes from the kernel the classes (workloads) that no
 * task uses any more.
 *
 * Source: Amazon ECS API Reference, DescribeTasks: stopped tasks are shown for an hour.
 */
import {
  batch,
  compareAs,
  findClass,
  forget,
  getOrThrow,
  later,
  tableIds,
  type Cluster,
  type Instant,
  withChanges,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { exceptionFor } from '../words/exception.js'
import { instantText } from '../words/instant.js'
import { hasStopped } from '../words/task.js'
import { checkInstant } from './clock.js'
import type { CallResult, EcsState } from './state.js'

/** The answer of `forgetStoppedTasks`. */
export interface ForgottenTasks {
  /** The ARNs of the tasks whose records went. */
  readonly tasks: readonly string[]
}

/**
 * Drops the records of the tasks that stopped longer ago than the option `stoppedTaskLifetime`, and
 * all classes of the kernel that nothing uses, with their facts. A record without `stoppedAt`
 * stays.
 */
export const forgetStoppedTasks = (state: EcsState, at: Instant): CallResult<ForgottenTasks> => {
  const complaints = checkInstant(state, at)
  if (complaints.length > 0) return E.left(exceptionFor({}, complaints))
  const tasks = stoppedBefore(state, later(at, -state.options.stoppedTaskLifetime))
  const gone = tasks.map((arn) => [arn, undefined] as const)
  const placed = withoutUnused(state.placed)
  return E.right([{ ...state, at, placed, tasks: withChanges(state.tasks, gone) }, { tasks }])
}

const stoppedBefore = ({ tasks }: EcsState, last: Instant): readonly string[] => {
  const end = instantText(last)
  if (end === undefined) return []
  return [...tasks.values()].flatMap((task) => {
    const order =
      hasStopped(task) && task.stoppedAt !== undefined
        ? compareAs('instant')(task.stoppedAt, end)
        : undefined
    return order !== undefined && order < 0 ? [task.taskArn] : []
  })
}

const withoutUnused = (placed: Cluster): Cluster => {
  const { classes } = tableIds(placed)
  const words = classes.flatMap((id) => O.toUndefined(findClass(placed, id))?.facts ?? [])
  return batch(placed, (draft) => getOrThrow(forget(draft, { classes, words }, 'keep')))[0]
}
