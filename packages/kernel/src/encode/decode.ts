/**
 * Decodes a cluster from bytes. Refuses bytes that `encode` would not write, and says where the
 * error is. `decode` never throws.
 */
import * as E from 'fp-ts/lib/Either.js'
import { seal, type Cluster } from '../cluster/cluster.js'
import { emptyState, ownsAll, symbolsOf, type State } from '../cluster/state.js'
import type { BadEncoding } from '../rule/fault.js'
import { renderValue } from '../rule/malformed.js'
import { checksumLength, checksumOf } from './checksum.js'
import { getClasses } from './classes.js'
import { formatVersion, magic } from './format.js'
import { getInputs } from './inputs.js'
import { getNodes } from './nodes.js'
import { getReplicas } from './replicas.js'
import { getUnsigned, refuse, sourceOf, type Source } from './source.js'
import { getDimensions, getTexts } from './texts.js'

/**
 * The cluster that `encode` wrote, with all ids, present and future. A `Left` has the place of the
 * first wrong byte: `at` is a path into the format.
 */
export const decode = (bytes: Uint8Array): E.Either<BadEncoding, Cluster> => {
  if (!(bytes instanceof Uint8Array))
    return E.left({ _tag: 'BadEncoding', at: [], found: renderValue(bytes), expected: 'bytes' })
  const source = sourceOf(bytes, Math.max(0, bytes.length - checksumLength))
  getMagic(source)
  getFormat(source)
  getChecksum(source)
  source.place = ['version']
  const version = getUnsigned(source)
  const state = getState(source)
  source.place = ['end']
  const left = source.end - source.at
  if (left > 0) refuse(source, { found: `${left} more bytes`, expected: 'the end' })
  return source.malformed === undefined
    ? E.right(seal(state, version, ownsAll, false))
    : E.left({ _tag: 'BadEncoding', ...source.malformed })
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
  const [actual, stored] = [checksumOf(bytes, end), sumAt(bytes, end)]
  if (actual !== stored)
    refuse(source, { found: renderValue(stored), expected: `${actual}: it is damaged` })
}

const sumAt = (bytes: Uint8Array, at: number): number =>
  [3, 2, 1, 0].reduce((sum, i) => sum * 256 + (bytes[at + i] ?? 0), 0)

/** Reads the sections in order; a section refers only to earlier ones. */
const getState = (source: Source): State => {
  const state = emptyState()
  state.words = getTexts(source, 'words')
  state.dimensions = getDimensions(source)
  const [masks, columns] = [getTexts(source, 'masks'), getTexts(source, 'columns')]
  state.inputs = { masks, members: new Map(), columns, numbers: new Map() }
  state.classes = getClasses(source, symbolsOf(state))
  state.roster = getNodes(source, symbolsOf(state), state.dimensions.next)
  getReplicas(source, state)
  getInputs(source, state)
  return state
}
