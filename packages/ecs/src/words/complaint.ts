/**
 * Defines the type of a complaint about an input value: the path of the mistake and what was
 * expected there. The found value is read from the input at that path, unless the complaint states
 * it.
 */
import { valueAt, type Path } from '@stowage/documents'
import { shown, type Malformed } from '@stowage/kernel'

/** One mistake in an input value. */
export interface Complaint {
  readonly at: Path
  readonly expected: string
  readonly found?: string
}

/** Completes a complaint with what was found in the value. */
export const malformed = (value: unknown, { at, expected, found }: Complaint): Malformed => ({
  at,
  found: found ?? shown(valueAt(value, at)),
  expected,
})
