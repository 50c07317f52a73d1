/** The outcome of starting tasks: the tasks, the failures of some, or why none of them starts. */
import type { LaunchRefusal } from '@stowage/fargate'
import type * as E from 'fp-ts/lib/Either.js'
import type { Share } from '../supply/share.js'
import type { Task } from '../words/task.js'
import type { Failure, InstanceRefusals } from './refusal.js'
import type { EcsState } from './state.js'

/** The answer of RunTask and StartTask. */
export interface StartedTasks {
  /** As the API answers: the tasks that were started, and for the others, why not. */
  readonly tasks: readonly Task[]
  readonly failures: readonly Failure[]
  /**
   * All refusals of each instance for a task that found no place, which the API does not tell;
   * empty when all found one.
   */
  readonly refusals: readonly InstanceRefusals[]
}

/** Why none of the tasks of a call starts. */
export type StartFault =
  | { readonly _tag: 'Refused'; readonly refusals: readonly LaunchRefusal[] }
  /** `until` is when Fargate has the next token, or Infinity. */
  | { readonly _tag: 'Throttled'; readonly share: Share; readonly until: number }

/** The next state and the tasks that were started, or why the call is refused as a whole. */
export type StartResult = E.Either<StartFault, readonly [EcsState, StartedTasks]>
