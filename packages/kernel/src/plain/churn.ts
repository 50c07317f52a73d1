/**
 * Wraps `churn`, which starts and stops many replicas in one call, for callers that use no Either:
 * returns a `Result` instead of an Either.
 */
import type { Draft } from '../cluster/draft.js'
import * as churning from '../place/churn.js'
import type { ChurnResult, ChurnFault, ChurnSteps } from '../rule/churn.js'
import type { DecidedBy } from '../rule/answer.js'
import { resultOf } from './from-fp-ts.js'
import type { Result } from './result.js'

/**
 * Places and stops replicas, step by step: first the class `starts[step]` gets one more replica,
 * then the replica `stops[step]` ends. -1 is no class and no replica; -2 - n ends what step n
 * placed. Fails with the first step that has an unknown class or replica, and changes nothing then.
 */
export const churn = (
  draft: Draft,
  steps: ChurnSteps,
  options: { readonly decideBy?: DecidedBy } = {},
): Result<ChurnResult, ChurnFault> => resultOf(churning.churn(draft, steps, options))
