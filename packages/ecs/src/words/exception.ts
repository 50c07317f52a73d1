/**
 * Creates the exception that the API throws when it refuses a call: its name, a message that names
 * the fields, and every mistake in the request. A refused call changes nothing.
 *
 * Source: Amazon ECS API Reference, the errors of RunTask, StartTask and StopTask.
 */
import type { Path } from '@stowage/documents'
import { pathOf, renderValue, type MalformedValue } from '@stowage/kernel'
import { completeComplaint, type Complaint } from './complaint.js'

/** The exceptions of the API that this model throws. */
export type ExceptionName =
  | 'ClientException'
  | 'ClusterNotFoundException'
  | 'ConflictException'
  | 'InvalidParameterException'
  | 'PlatformTaskDefinitionIncompatibilityException'
  | 'PlatformUnknownException'
  | 'ResourceInUseException'
  | 'ServiceDeploymentNotFoundException'
  | 'ServiceNotActiveException'
  | 'ServiceNotFoundException'
  | 'TaskSetNotFoundException'
  | 'ThrottlingException'

/** The exception that refuses a call. The state is unchanged. */
export interface ApiException {
  readonly exception: ExceptionName
  readonly message: string
  /** For each mistake: its path in the request, what was found, and what was expected. */
  readonly wrong: readonly MalformedValue[]
  /**
   * With a ConflictException: the tasks that an earlier call with the same client token started.
   */
  readonly resourceIds?: readonly string[]
}

/** One exception with all complaints about a request. */
export const exceptionFor = (
  request: unknown,
  complaints: readonly Complaint[],
  exception: ExceptionName = 'InvalidParameterException',
): ApiException => {
  const wrong = complaints.map((complaint) => completeComplaint(request, complaint))
  return { exception, message: wrong.map(sentence).join('; '), wrong }
}

const sentence = ({ at, found, expected }: MalformedValue): string =>
  `${at.length === 0 ? 'the request' : pathOf(at)}: found ${found}, expected ${expected}`

/** A complaint about a value that the caller has at hand. */
export const complaintAbout = (at: Path, value: unknown, expected: string): Complaint => ({
  at,
  found: renderValue(value),
  expected,
})
