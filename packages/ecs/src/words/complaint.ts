/**
 * Defines a complaint about an input value: the path of the mistake and what was expected there,
 * for example "a whole number". `completeComplaint` adds the value that was found at the path.
 */
import { valueAt, type Path } from '@stowage/documents'
import { renderValue, type MalformedValue } from '@stowage/kernel'

/** One mistake in an input value. */
export interface Complaint {
  readonly at: Path
  readonly expected: string
  readonly found?: string
}

/** Completes a complaint with what was found in the value. */
export const completeComplaint = (
  value: unknown,
  { at, expected, found }: Complaint,
): MalformedValue => ({
  at,
  found: found ?? renderValue(valueAt(value, at)),
  expected,
})
