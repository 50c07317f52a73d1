/** Validates one number against its bounds. */
import type { Path } from '@stowage/documents'
import type { Complaint } from '../words/complaint.js'

/** A complaint when the amount is there and not from `min` to `max`, both included. */
export const checkBetween = (
  at: Path,
  amount: number | undefined,
  min: number,
  max: number,
): readonly Complaint[] =>
  amount === undefined || (amount >= min && amount <= max)
    ? []
    : [{ at, expected: max === Infinity ? `${min} or more` : `from ${min} to ${max}` }]
