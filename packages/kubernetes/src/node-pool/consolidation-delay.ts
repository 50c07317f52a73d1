/**
 * Reads `consolidateAfter` of a NodePool: how long a node must keep its pods unchanged before it
 * may be consolidated.
 */
import { decodeValue } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { Duration } from '../setting/duration.js'
import type { NodePool } from './words.js'

/** In milliseconds; `undefined` when the pool is never consolidated. */
export const consolidationDelay = ({ spec }: NodePool): number | undefined => {
  const read = decodeValue(Duration, spec.disruption.consolidateAfter)
  return E.isRight(read) ? read.right.seconds * 1000 : undefined
}
