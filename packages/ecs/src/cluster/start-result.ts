/**
 * Defines the types of the result of a call that starts tasks. The result is either the started
 * tasks and a failure for each other task, or the reason why the call is refused and starts no
 * task.
 */
import type { LaunchRefusal } from '@stowage/fargate'
import type { Instant } from '@stowage/kernel'
import type * as E from 'fp-ts/lib/Either.js'
import type { Share } from '../supply/share.js'
import type { Task } from '../words/task.js'
import type { Failure, InstanceRefusals } from './refusal.js'
import type { EcsState } from './state.js'

/** The answer of RunTask and StartTask. `tasks` and `failures` are the answer of the API. */
export interface StartedTasks {
  /** The tasks that were started. */
  readonly tasks: readonly Task[]
  readonly failures: readonly Failure[]
  /**
   * Beyond the API: all refusals of each instance for a task that found no place; empty when every
   * task found one.
   */
  readonly refusals: readonly InstanceRefusals[]
}

/** Why none of the tasks of a call starts. */
export type StartFault =
  | { readonly _tag: 'Refused'; readonly refusals: readonly LaunchRefusal[] }
  /** `until` is when Fargate has the next token, or Infinity. */
  | { readonly _tag: 'Throttled'; readonly share: Share; readonly until: Instant }

/** The next state and the tasks that were started, or why the call is refused as a whole. */
export type StartResult = E.Either<StartFault, readonly [EcsState, StartedTasks]>
