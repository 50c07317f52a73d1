/**
 * Wraps `decode`, which reads a cluster from bytes, for callers that use no Either: returns a
 * `Result` instead of an Either.
 */
import type { Cluster } from '../cluster/cluster.js'
import * as encoded from '../encode/decode.js'
import type { BadEncoding } from '../rule/fault.js'
import { resultOf } from './from-fp-ts.js'
import type { Result } from './result.js'

/**
 * The cluster that `encode` wrote, with all ids, present and future; fails with the place of the
 * first wrong byte.
 */
export const decode = (bytes: Uint8Array): Result<Cluster, BadEncoding> =>
  resultOf(encoded.decode(bytes))
