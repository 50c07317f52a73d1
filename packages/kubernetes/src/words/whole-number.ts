/**
 * Defines the codecs of the whole numbers of the API: Go's int32 and int64, ports and counts, each
 * within its range.
 */
import { whole, type Codec } from '@stowage/documents'

/** A count, such as `replicas`. */
export const count: Codec<number> = whole('a whole number, 0 or more', 0)
/** A port; 0 is none. */
export const port: Codec<number> = whole('a port from 0 to 65535', 0, 65_535)
/** An `int32` of Go. */
export const int32: Codec<number> = whole('a whole number of 32 bits', -2_147_483_648)

/** An `int64` of Go, as far as a double is exact: from -2^53 + 1 to 2^53 - 1. */
export const int64: Codec<number> = whole(
  'a whole number below 2^53',
  Number.MIN_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER,
)
