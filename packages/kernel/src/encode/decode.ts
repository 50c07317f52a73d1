/**
 * Bytes back to a cluster. Nothing is believed: whatever is not as `encode` writes it is refused
 * with its place in the format, so that what is accepted gives the same bytes again. Nothing is
 * thrown, whatever the bytes are.
 */
import * as E from 'fp-ts/lib/Either.js'
import { seal, type Cluster } from '../cluster/cluster.js'
import { emptyState, everyPart, knownIn, type State } from '../cluster/parts.js'
import type { BadEncoding } from '../rule/fault.js'
import { shown } from '../rule/malformed.js'
import { checksumLength, checksumOf } from './checksum.js'
import { getClasses } from './classes.js'
import { formatVersion, magic } from './format.js'
import { getGiven } from './given.js'
import { getNodes } from './nodes.js'
import { getReplicas } from './replicas.js'
import { getUnsigned, refuse, sourceOf, type Source } from './source.js'
import { getDimensions, getTexts } from './texts.js'

/**
 * Reads what `encode` wrote: the same cluster to all who look at it or go on from it, with the same
 * ids.
 */
export const decode = (bytes: Uint8Array): E.Either<BadEncoding, Cluster> => {
  if (!(bytes instanceof Uint8Array))
    return E.left({ _tag: 'BadEncoding', at: [], found: shown(bytes), expected: 'bytes' })
  const source = sourceOf(bytes, Math.max(0, bytes.length - checksumLength))
  getMagic(source)
  getFormat(source)
  getChecksum(source)
  source.place = ['version']
  const version = getUnsigned(source)
  const parts = getParts(source)
  source.place = ['end']
  const left = source.end - source.at
  if (left > 0) refuse(source, { found: `${left} more bytes`, expected: 'the end' })
  return source.wrong === undefined
    ? E.right(seal(parts, version, everyPart, false))
    : E.left({ _tag: 'BadEncoding', ...source.wrong })
}

const getMagic = (source: Source): void => {
  source.place = ['magic']
  if (magic.some((byte, i) => source.bytes[i] !== byte))
    refuse(source, { found: 'other bytes', expected: 'an encoded state' })
  else source.at = magic.length
}

const getFormat = (source: Source): void => {
  source.place = ['format']
  const version = getUnsigned(source)
  if (version !== formatVersion)
    refuse(source, { found: `version ${version}`, expected: `version ${formatVersion}` })
}

const getChecksum = (source: Source): void => {
  source.place = ['checksum']
  const { bytes, end } = source
  const [is, said] = [checksumOf(bytes, end), sumAt(bytes, end)]
  if (is !== said) refuse(source, { found: shown(said), expected: `${is}: it is damaged` })
}

const sumAt = (bytes: Uint8Array, at: number): number =>
  [3, 2, 1, 0].reduce((sum, i) => sum * 256 + (bytes[at + i] ?? 0), 0)

/** The sections in their order: what a section names is known by then. */
const getParts = (source: Source): State => {
  const parts = emptyState()
  parts.words = getTexts(source, 'words')
  parts.dimensions = getDimensions(source)
  const [masks, columns] = [getTexts(source, 'masks'), getTexts(source, 'columns')]
  parts.given = { masks, members: [], columns, numbers: [] }
  parts.classes = getClasses(source, knownIn(parts))
  parts.roster = getNodes(source, knownIn(parts))
  getReplicas(source, parts)
  getGiven(source, parts)
  return parts
}
