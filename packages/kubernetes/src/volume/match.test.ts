/** Tests which volume a claim gets, one test for each sentence of the documentation. */
import { decodeValue } from '@stowage/documents'
import { getOrThrow } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { PersistentVolume, PersistentVolumeClaim } from '../words/persistent-volume.js'
import { matchesFor } from './match.js'

const claim = (spec: object = {}, uid = 'u') =>
  getOrThrow(
    decodeValue(PersistentVolumeClaim, {
      metadata: { name: 'c', uid },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '2Gi' } },
        storageClassName: 'local',
        ...spec,
      },
    }),
  )
const volume = (
  name: string,
  storage = '2Gi',
  spec: object = {},
  metadata: object = {},
  phase = 'Available',
) =>
  getOrThrow(
    decodeValue(PersistentVolume, {
      metadata: { name, ...metadata },
      spec: {
        accessModes: ['ReadWriteOnce', 'ReadOnlyMany'],
        capacity: { storage },
        storageClassName: 'local',
        ...spec,
      },
      status: { phase },
    }),
  )
const anywhere = () => true
const got = (
  volumes: readonly PersistentVolume[],
  asked = claim(),
  isWithin: (one: PersistentVolume) => boolean = anywhere,
) => matchesFor(asked, volumes).find(isWithin)?.metadata.name

const reservedFor = (uid?: string, name = 'c') => ({
  claimRef: { namespace: 'default', name, uid },
})

describe('a claim', () => {
  it('gets the smallest that is large enough, and of the same size the first', () => {
    expect(
      got([volume('a', '9Gi'), volume('b', '1Gi'), volume('c', '3Gi'), volume('d', '3Gi')]),
    ).toBe('c')
  })
  it('gets the one that is set aside for it, however large', () => {
    const own = volume('own', '9Gi', reservedFor(), {}, 'Pending')
    expect(got([volume('a'), own])).toBe('own')
    expect(
      got([volume('a'), own], claim(), ({ metadata }) => metadata.name === 'a'),
    ).toBeUndefined()
    expect(got([volume('own', '1Gi', reservedFor()), volume('a')])).toBe('a')
  })
  it.each([
    ['set aside for another', volume('x', '2Gi', reservedFor(undefined, 'd'))],
    ['set aside for one that had its name', volume('x', '2Gi', reservedFor('before'))],
    ['going', volume('x', '2Gi', {}, { deletionTimestamp: '2026-01-01T00:00:00Z' })],
    ['released', volume('x', '2Gi', {}, {}, 'Released')],
    ['of another class', volume('x', '2Gi', { storageClassName: 'fast' })],
    ['a block device', volume('x', '2Gi', { volumeMode: 'Block' })],
    ['of other attributes', volume('x', '2Gi', { volumeAttributesClassName: 'gold' })],
    ['to be read only', volume('x', '2Gi', { accessModes: ['ReadOnlyMany'] })],
  ])('gets none that is %s', (_, one) => {
    expect(got([one])).toBeUndefined()
    expect(got([one, volume('y')])).toBe('y')
  })
  it('gets one that its selector takes', () => {
    const asked = claim({ selector: { matchLabels: { tier: 'x' } } })
    expect(got([volume('a'), volume('b', '4Gi', {}, { labels: { tier: 'x' } })], asked)).toBe('b')
  })
  it('gets one within reach', () => {
    expect(
      got([volume('a'), volume('b', '4Gi')], claim(), ({ metadata }) => metadata.name === 'b'),
    ).toBe('b')
  })
})
