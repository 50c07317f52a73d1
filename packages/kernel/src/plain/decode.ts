/**
 * Bytes back to a cluster.
 */
import type { Cluster } from '../cluster/cluster.js'
import * as encoded from '../encode/decode.js'
import type { BadEncoding } from '../rule/fault.js'
import { resultOf } from './from-fp-ts.js'
import type { Result } from './result.js'

/**
 * Reads what `encode` wrote: the same cluster to all who look at it or go on from it, with the same
 * ids.
 */
export const decode = (bytes: Uint8Array): Result<Cluster, BadEncoding> =>
  resultOf(encoded.decode(bytes))
