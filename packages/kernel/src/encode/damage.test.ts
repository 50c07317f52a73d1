/**
 * Tests that `decode` refuses damaged bytes and never throws. Damage with a corrected checksum is
 * either refused, or the bytes are exactly what `encode` would write for another valid cluster.
 */
import { anyHistory, anyWorld, build, listsAgree, loadsAddUp, isRefuted } from '@stowage/testing'
import { play, observe } from '../../../testing/src/play/play.js'
import fc, { type Arbitrary } from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { stateOf } from '../cluster/cluster.js'
import {
  batch,
  internColumn,
  decode,
  empty,
  encode,
  giveColumn,
  giveMask,
  internMask,
  nodeIds,
  place,
  tableIds,
  type ClassId,
  type Cluster,
} from '../index.js'
import { checksumLength, checksumOf } from './checksum.js'

type Damage = (bytes: readonly number[]) => readonly number[]

/**
 * A place in the bytes, as a part of their length: classes take the most, and what is before and
 * behind them must have its turn.
 */
const anyPlace = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 0.05, noNaN: true }),
  fc.double({ min: 0.9, max: 1, noNaN: true }),
)

/**
 * One byte is a little more or less, which is another number, or a few are replaced by others: by
 * as many, by more, by fewer.
 */
const anyDamage: Arbitrary<Damage> = fc.oneof(
  fc
    .tuple(anyPlace, fc.constantFrom(-2, -1, 1, 2))
    .map(([where, change]) => (bytes: readonly number[]) => {
      const at = Math.floor(where * bytes.length)
      return bytes.map((byte, i) => (i === at ? (byte + change) & 255 : byte))
    }),
  fc
    .tuple(anyPlace, fc.nat(6), fc.array(fc.oneof(fc.nat(4), fc.nat(255)), { maxLength: 4 }))
    .map(([where, count, others]) => (bytes: readonly number[]) => {
      const at = Math.floor(where * bytes.length)
      return [...bytes.slice(0, at), ...others, ...bytes.slice(at + count)]
    }),
)

const anyDamages = fc.array(anyDamage, { minLength: 1, maxLength: 2 })

/** The encoding of a cluster, damaged so often. */
const damagedBy = (damages: readonly Damage[], cluster: Cluster): readonly number[] => {
  let bytes: readonly number[] = [...encode(cluster)]
  for (const damage of damages) bytes = damage(bytes)
  return bytes
}

/** Puts the right sum at the end, in the place of the one that was there. */
const repaired = (bytes: readonly number[]): Uint8Array => {
  const made = Uint8Array.from(bytes)
  const end = Math.max(0, made.length - checksumLength)
  const sum = checksumOf(made, end)
  for (let i = 0; i < made.length - end; i++) made[end + i] = sum >>> (8 * i)
  return made
}

const anyState = fc.tuple(anyWorld, anyHistory).map(([world, history]) => {
  const { cluster, classes } = build(world)
  const last = play(cluster, classes, history).at(-1)!.cluster
  return batch(last, (draft) => {
    const some = nodeIds(draft).slice(0, 2)
    giveMask(draft, internMask(draft, 'm'), some)
    giveColumn(
      draft,
      internColumn(draft, 'c'),
      some.map((node, i) => [node, i - 0.5] as const),
    )
  })[0]
})

const damagedIsRefused = (decoding: typeof decode) =>
  fc.property(anyState, anyDamages, (cluster, damages) => {
    const bytes = encode(cluster)
    const damaged = Uint8Array.from(damagedBy(damages, cluster))
    fc.pre(damaged.length !== bytes.length || damaged.some((byte, i) => byte !== bytes[i]))
    expect(decoding(damaged)._tag).toBe('Left')
  })

const classesOf = (cluster: Cluster): readonly ClassId[] => tableIds(cluster).classes

const isSound = (cluster: Cluster, bytes: Uint8Array): void => {
  expect([...listsAgree(cluster), ...loadsAddUp(cluster)]).toEqual([])
  expect(encode(cluster)).toEqual(bytes)
  const classes = classesOf(cluster)
  observe(cluster, classes)
  const [after] = batch(cluster, (draft) =>
    place(
      draft,
      classes.map((one) => ({ class: one, count: 2 })),
    ),
  )
  expect([...listsAgree(after), ...loadsAddUp(after)]).toEqual([])
}

const forgedIsRefusedOrSound = (decoding: typeof decode) =>
  fc.property(anyState, anyDamages, (cluster, damages) => {
    const bytes = repaired(damagedBy(damages, cluster))
    const decoded = decoding(bytes)
    if (E.isRight(decoded)) isSound(decoded.right, bytes)
    else expect(decoded.left._tag).toBe('BadEncoding')
  })

describe('damaged bytes', () => {
  it('are refused', () => fc.assert(damagedIsRefused(decode), { numRuns: 300 }))

  it('are refuted when the sum is not looked at', () => {
    const trusting: typeof decode = (bytes) => decode(repaired([...bytes]))
    expect(isRefuted(damagedIsRefused(trusting))).toBe(true)
  })
})

describe('forged bytes', () => {
  it('are refused, or are a sound cluster, whichever byte of one without nodes is whatever', () => {
    const bytes = [...encode(batch(empty, (draft) => internMask(draft, 'm'))[0])]
    for (let at = 0; at < bytes.length - checksumLength; at++)
      for (let byte = 0; byte < 256; byte++) {
        const forged = repaired([...bytes.slice(0, at), byte, ...bytes.slice(at + 1)])
        const decoded = decode(forged)
        if (E.isRight(decoded)) isSound(decoded.right, forged)
        else expect(decoded.left._tag).toBe('BadEncoding')
      }
  })

  it('are refused, or are a sound cluster', () =>
    fc.assert(forgedIsRefusedOrSound(decode), { numRuns: 2_000 }))

  it('are taken now and then, so that the property says something', () => {
    const isTaken = fc.property(anyState, anyDamages, (cluster, damages) => {
      const before = encode(cluster)
      const bytes = repaired(damagedBy(damages, cluster))
      fc.pre(bytes.some((byte, i) => byte !== before[i]))
      expect(decode(bytes)._tag).toBe('Left')
    })
    expect(isRefuted(isTaken)).toBe(true)
  })

  it.each<[string, typeof decode]>([
    ['the rest is guessed', (bytes) => E.orElse(() => E.right(empty))(decode(bytes))],
    [
      'replicas lose their load',
      (bytes) => {
        const decoded = decode(bytes)
        if (E.isRight(decoded)) stateOf(decoded.right).loads.load.forEach((all) => all.fill(0))
        return decoded
      },
    ],
  ])('are refuted when %s', (_, decoding) =>
    expect(isRefuted(forgedIsRefusedOrSound(decoding))).toBe(true),
  )

  it('do not throw, whatever they are', () => {
    const start = encode(empty).slice(0, 5)
    const any = fc.property(fc.uint8Array(), fc.nat(5), (bytes, length) => {
      const decoded = decode(repaired([...start.slice(0, length), ...bytes]))
      if (E.isLeft(decoded)) expect(decoded.left.expected).not.toBe('')
    })
    fc.assert(any, { numRuns: 2_000 })
  })
})
