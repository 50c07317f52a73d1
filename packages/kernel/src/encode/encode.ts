/**
 * A cluster as bytes, to carry it into a worker, a cache or a bug report. What each section holds
 * stands in the file that writes and reads it; what is written and why, in
 * `docs/decisions/0007-what-an-encoded-state-holds.md`.
 */
import { stateOf, type Cluster } from '../cluster/cluster.js'
import { checksumOf } from './checksum.js'
import { putClasses } from './classes.js'
import { formatVersion, magic } from './format.js'
import { putInputs } from './inputs.js'
import { putNodes } from './nodes.js'
import { putReplicas } from './replicas.js'
import { newSink, putByte, putUnsigned, bytesOf, type Sink } from './sink.js'
import { putTexts } from './texts.js'

/**
 * Writes all that can be seen of a cluster and all that a later answer depends on, ids to come
 * included. Clusters that nobody can tell apart give the same bytes. The buffer holds nothing else,
 * so that it can be transferred.
 */
export const encode = (cluster: Cluster): Uint8Array<ArrayBuffer> => {
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

/** Of all that is before it, the lowest byte first. */
const putChecksum = (sink: Sink): void => {
  const sum = checksumOf(sink.bytes, sink.length)
  for (const shift of [0, 8, 16, 24]) putByte(sink, (sum >>> shift) & 0xff)
}
