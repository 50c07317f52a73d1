/**
 * Converts a start fault (the reason why a call starts none of its tasks) to the exception that the
 * API throws: either Fargate does not accept the task, or the launches are throttled.
 *
 * Source: Amazon ECS API Reference, RunTask and common errors; Developer Guide, AWS Fargate
 * throttling quotas.
 */
import { isObject, own, type Path } from '@stowage/documents'
import type { LaunchRefusal } from '@stowage/fargate'
import type { Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { StartFault, StartResult, StartedTasks } from '../cluster/start-result.js'
import type { CallResult } from '../cluster/state.js'
import { fargateException } from '../raise/fargate-exception.js'
import type { Share } from '../supply/share.js'
import { completeComplaint } from '../words/complaint.js'
import type { ApiException } from '../words/exception.js'
import { secondsOf } from '../words/instant.js'
import { capacityOf } from '../words/placement.js'

/** Translates the outcome of starting tasks to the outcome of the call `raw`. */
export const raiseStart = (raw: unknown, result: StartResult): CallResult<StartedTasks> =>
  pipe(
    result,
    E.mapLeft((fault) => exceptionOf(raw, fault)),
  )

const exceptionOf = (raw: unknown, fault: StartFault): ApiException =>
  fault._tag === 'Refused'
    ? refusedByFargate(raw, fault.refusals)
    : rateExceeded(fault.share, fault.until)

const refusedByFargate = (raw: unknown, refusals: readonly LaunchRefusal[]): ApiException => {
  const errors = refusals.map((refusal) => {
    const { exception, field, message } = fargateException(refusal)
    return { exception, message, at: pathOfField(raw, field) }
  })
  return {
    exception: errors[0]!.exception,
    message: errors.map(({ at, message }) => `${at.join('.')}: ${message}`).join('; '),
    wrong: errors.map(({ at, message }) => completeComplaint(raw, { at, expected: message })),
  }
}

/** The path of the field: in the overrides when the call overrides it, else at the top. */
const pathOfField = (raw: unknown, field: string): Path => {
  const overrides = isObject(raw) ? own(raw, 'overrides') : undefined
  return isObject(overrides) && own(overrides, field) !== undefined ? ['overrides', field] : [field]
}

const rateExceeded = (share: Share, until: Instant): ApiException => ({
  exception: 'ThrottlingException',
  message: `Rate exceeded: there is no token of ${capacityOf(share.provider)} for each of ${share.count} tasks${
    Number.isFinite(until) ? `, and the next comes at ${secondsOf(until)}` : ''
  }`,
  wrong: [],
})
