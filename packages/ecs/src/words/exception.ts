/**
 * What the API refuses a whole call with: the exception's name, a message that names the field, and
 * every place in the request that is wrong. Nothing is changed by a call that is refused.
 *
 * Source: Amazon ECS API Reference, the errors of RunTask, StartTask and StopTask.
 */
import type { Path } from '@stowage/documents'
import { pathOf, shown, type Malformed } from '@stowage/kernel'
import { malformed, type Complaint } from './complaint.js'

export type ExceptionName =
  | 'ClientException'
  | 'ClusterNotFoundException'
  | 'ConflictException'
  | 'InvalidParameterException'
  | 'PlatformTaskDefinitionIncompatibilityException'
  | 'PlatformUnknownException'
  | 'ThrottlingException'

/** The exception that a call is refused with. Nothing has changed then. */
export interface ApiException {
  readonly exception: ExceptionName
  readonly message: string
  /** Where in the request, what was found there, and what was expected. */
  readonly wrong: readonly Malformed[]
  /** With a ConflictException: the tasks that the token stands for. */
  readonly resourceIds?: readonly string[]
}

/** All complaints of one request, in one exception. */
export const refusing = (
  request: unknown,
  complaints: readonly Complaint[],
  exception: ExceptionName = 'InvalidParameterException',
): ApiException => {
  const wrong = complaints.map((complaint) => malformed(request, complaint))
  return { exception, message: wrong.map(sentence).join('; '), wrong }
}

const sentence = ({ at, found, expected }: Malformed): string =>
  `${at.length === 0 ? 'the request' : pathOf(at)}: found ${found}, expected ${expected}`

/** One complaint about a value that is at hand. */
export const complaining = (at: Path, value: unknown, expected: string): Complaint => ({
  at,
  found: shown(value),
  expected,
})
