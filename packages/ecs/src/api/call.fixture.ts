/**
 * Exports helpers for tests of API calls: build a cluster from documents, take the answer of a call
 * that must succeed, or take the exception of a call that must be refused.
 */
import * as E from 'fp-ts/lib/Either.js'
import { clusterOf } from '../cluster/open.js'
import type { ClusterOptions } from '../cluster/options.js'
import type { CallResult, EcsState } from '../cluster/state.js'
import { input } from '../plan/plan.fixture.js'
import type { ApiException } from '../words/exception.js'

export const cluster = (
  values: readonly unknown[],
  options: Partial<ClusterOptions> = {},
): EcsState => clusterOf(input(...values), options)

export const done = <Answer>(called: CallResult<Answer>): readonly [EcsState, Answer] => {
  if (E.isRight(called)) return called.right
  throw new Error(`${called.left.exception}: ${called.left.message}`)
}

export const refused = <Answer>(called: CallResult<Answer>): ApiException => {
  if (E.isLeft(called)) return called.left
  throw new Error('it was not refused')
}

/** On which instances the tasks are that were started, by the ends of their ARNs. */
export const on = (tasks: readonly { readonly containerInstanceArn?: string | undefined }[]) =>
  tasks.map(({ containerInstanceArn = '' }) => containerInstanceArn.split('/').at(-1)!)
