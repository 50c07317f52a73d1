/**
 * Encodes a cluster as bytes, for a worker, a cache or a bug report. Each section of the format has
 * its own file in this folder. `docs/decisions/0007-what-an-encoded-state-holds.md` says what is
 * written and why.
 */
import { stateOf, type Cluster } from '../cluster/cluster.js'
import { checksumOf } from './checksum.js'
import { putClasses } from './classes.js'
import { formatVersion, magic } from './format.js'
import { putInputs } from './inputs.js'
import { putNodes } from './nodes.js'
import { putReplicas } from './replicas.js'
import { newSink, putByte, putUnsigned, bytesOf, type OwnBytes, type Sink } from './sink.js'
import { putTexts } from './texts.js'

/**
 * Everything that can be read from a cluster and everything that later answers depend on, future
 * ids included. Clusters that behave alike give the same bytes. The buffer has no other content, so
 * it can be transferred to a worker.
 *
 * @example
 * ```ts
 * import { batch, cpu, decode, empty, encode, getOrThrow, join } from '@stowage/kernel'
 * import { nodeIds, nodeSpecOf } from '@stowage/kernel'
 *
 * const [fleet] = batch(empty, (draft) => getOrThrow(join(draft, nodeSpecOf('a', [[cpu, 100]]))))
 * console.log(nodeIds(getOrThrow(decode(encode(fleet)))).length)
 * ```
 * ```text
 * 1
 * ```
 */
export const encode = (cluster: Cluster): OwnBytes => {
  const state = stateOf(cluster)
  const sink = newSink()
  for (const byte of magic) putByte(sink, byte)
  putUnsigned(sink, formatVersion)
  putUnsigned(sink, cluster.version)
  putTexts(sink, state.words)
  putTexts(sink, state.dimensions)
  putTexts(sink, state.inputs.masks)
  putTexts(sink, state.inputs.columns)
  putClasses(sink, state.classes)
  putNodes(sink, state.roster)
  putReplicas(sink, state)
  putInputs(sink, state)
  putChecksum(sink)
  return bytesOf(sink)
}

/** Appends the checksum of everything before it, the lowest byte first. */
const putChecksum = (sink: Sink): void => {
  const sum = checksumOf(sink.bytes, sink.length)
  for (const shift of [0, 8, 16, 24]) putByte(sink, (sum >>> shift) & 0xff)
}
