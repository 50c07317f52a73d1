/**
 * Checks that the time of a call is not before the time of the previous call.
 */
import type { Instant } from '@stowage/kernel'
import type { Complaint } from '../words/complaint.js'
import { instantText } from '../words/instant.js'
import type { EcsState } from './state.js'

const momentExpected = 'whole milliseconds since 1970, up to the year 9999'

/**
 * Complaints about the time of a call: it is not an instant that a record can hold, or it is before
 * the last call.
 */
export const checkInstant = (state: Pick<EcsState, 'at'>, at: Instant): readonly Complaint[] => {
  if (instantText(at) === undefined)
    return [{ at: ['at'], found: String(at), expected: momentExpected }]
  return at >= state.at
    ? []
    : [{ at: ['at'], found: String(at), expected: `no earlier than the last call, at ${state.at}` }]
}
