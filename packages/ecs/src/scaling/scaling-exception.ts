/**
 * Creates the exceptions of Application Auto Scaling.
 *
 * Source: Application Auto Scaling API Reference, the errors of its actions.
 */
import type { MalformedValue } from '@stowage/kernel'
import { pathOf } from '@stowage/kernel'
import { completeComplaint, type Complaint } from '../words/complaint.js'

/** The exceptions that this model throws. */
export type ScalingExceptionName =
  | 'LimitExceededException'
  | 'ObjectNotFoundException'
  | 'ValidationException'

/** The exception that refuses a call. The registry is unchanged. */
export interface ScalingException {
  readonly exception: ScalingExceptionName
  readonly message: string
  /** For each mistake: its path in the request, what was found, and what was expected. */
  readonly wrong: readonly MalformedValue[]
}

/** One exception with all complaints about a request. */
export const scalingException = (
  request: unknown,
  complaints: readonly Complaint[],
  exception: ScalingExceptionName = 'ValidationException',
): ScalingException => {
  const wrong = complaints.map((complaint) => completeComplaint(request, complaint))
  const sentences = wrong.map(
    ({ at, found, expected }) =>
      `${at.length === 0 ? 'the request' : pathOf(at)}: found ${found}, expected ${expected}`,
  )
  return { exception, message: sentences.join('; '), wrong }
}
