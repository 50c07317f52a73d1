/**
 * Tests the score of storage utilization on examples. The expected scores 50, 75 and 90 were
 * recorded from kube-scheduler.
 */
import { decodeValue } from '@stowage/documents'
import { getOrThrow } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { defaultArgs } from '../plugin/profile.js'
import { PersistentVolume, PersistentVolumeClaim } from '../words/persistent-volume.js'
import { CSIStorageCapacity } from '../words/storage.js'
import { scoreOf } from './utilization.js'

const { shape } = defaultArgs.volumeBinding
const metadata = { name: 'x' }
const claim = (storage: string, storageClassName = 'slow') =>
  getOrThrow(
    decodeValue(PersistentVolumeClaim, {
      metadata,
      spec: { storageClassName, resources: { requests: { storage } } },
    }),
  )
const volume = (storage: string, storageClassName = 'slow') =>
  getOrThrow(
    decodeValue(PersistentVolume, { metadata, spec: { storageClassName, capacity: { storage } } }),
  )
const left = (capacity: string) =>
  getOrThrow(decodeValue(CSIStorageCapacity, { metadata, storageClassName: 'slow', capacity }))

it('is best where least of a volume is asked for', () => {
  expect(scoreOf({ bound: [[claim('5Gi'), volume('10Gi')]], made: [] }, shape)).toBe(50)
  expect(scoreOf({ bound: [[claim('5Gi'), volume('20Gi')]], made: [] }, shape)).toBe(75)
  expect(scoreOf({ bound: [[claim('5Gi'), volume('1Gi')]], made: [] }, shape)).toBe(0)
})

it('takes parts of bytes for whole ones', () => {
  expect(scoreOf({ bound: [[claim('1500m'), volume('4')]], made: [] }, shape)).toBe(50)
  expect(scoreOf({ bound: [[claim('2'), volume('3500m')]], made: [] }, shape)).toBe(50)
})

it('adds up the volumes of a class, and takes the mean of the classes', () => {
  const slow = [claim('2Gi'), volume('4Gi')] as const
  const large = [claim('1Gi'), volume('8Gi')] as const
  const fast = [claim('1Gi', 'fast'), volume('3Gi', 'fast')] as const
  expect(scoreOf({ bound: [slow, large], made: [] }, shape)).toBe(75)
  expect(scoreOf({ bound: [slow, fast], made: [] }, shape)).toBe(Math.round((50 + 67) / 2))
  const classless = (size: string, spec: object = {}) =>
    getOrThrow(
      decodeValue(PersistentVolume, { metadata, spec: { ...spec, capacity: { storage: size } } }),
    )
  const neither = [
    [claim('2Gi'), classless('4Gi')],
    [claim('1Gi'), classless('8Gi', { storageClassName: '' })],
  ] as const
  expect(scoreOf({ bound: neither, made: [] }, shape)).toBe(75)
})

it('draws on what a class has left once for all that are made of it, and only where somebody counts', () => {
  expect(scoreOf({ bound: [], made: [[claim('1Gi'), left('10Gi')]] }, shape)).toBe(90)
  const twice = [claim('1Gi'), left('10Gi')] as const
  expect(scoreOf({ bound: [], made: [twice, twice] }, shape)).toBe(80)
  expect(scoreOf({ bound: [], made: [[claim('1Gi'), undefined]] }, shape)).toBe(0)
})

it('looks at volumes that are to be made only where none is there to bind', () => {
  const made = [[claim('9Gi'), left('10Gi')]] as const
  expect(scoreOf({ bound: [[claim('5Gi'), volume('10Gi')]], made }, shape)).toBe(50)
})

it('follows the shape of the profile, flat before its first point and after its last', () => {
  const at = (asked: string) => ({ bound: [[claim(asked), volume('100')]], made: [] }) as const
  const hill = [
    [20, 0],
    [50, 10],
    [90, 3],
  ] as const
  expect(
    ['10', '20', '35', '50', '60', '90', '95'].map((asked) => scoreOf(at(asked), hill)),
  ).toEqual([0, 0, 50, 100, 83, 30, 30])
})
