/**
 * What is wrong with a value of the API: where in it, and what was expected there. What was found
 * is looked up in the value, unless the complaint has it.
 */
import { valueAt, type Path } from '@stowage/documents'
import { shown, type Malformed } from '@stowage/kernel'

export interface Complaint {
  readonly at: Path
  readonly expected: string
  readonly found?: string
}

export const malformed = (value: unknown, { at, expected, found }: Complaint): Malformed => ({
  at,
  found: found ?? shown(valueAt(value, at)),
  expected,
})
