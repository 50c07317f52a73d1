/**
 * Tests decoding a pod: an error states the path of the wrong value, such as
 * `spec.containers[1].name`, and a field with the value null counts as absent.
 */
import { decodeValue } from '@stowage/documents'
import { isDeepStrictEqual } from 'node:util'
import type { MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { Pod } from './pod.js'

/** A planted bug is looked for longer, and found once. */

const main = { name: 'main' }
const podOf = (spec: object): object => ({
  metadata: { name: 'cart' },
  spec: { containers: [main], ...spec },
})

type Wrong = (value: unknown) => readonly MalformedValue[]
const wrongIn: Wrong = (value) => {
  const read = decodeValue(Pod, value)
  return E.isLeft(read) ? read.left : []
}

const foundAt = (value: unknown, at: MalformedValue['at']): unknown =>
  at.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], value)

/**
 * Of many containers one is broken, in the amount of some resource: the one path that is given
 * leads there.
 */
const leadsThere = (wrong: Wrong) =>
  fc.property(fc.nat(5), fc.nat(5), fc.string(), (before, after, resource) => {
    const broken = { ...main, resources: { limits: { [resource]: 'oops' } } }
    const sound = (count: number) => Array.from({ length: count }, () => main)
    const pod = podOf({ containers: [...sound(before), broken, ...sound(after)] })
    const said = wrong(pod)
    return said.length === 1 && said.every(({ at }) => foundAt(pod, at) === 'oops')
  })

it('gives the path to what is wrong', () => {
  fc.assert(leadsThere(wrongIn))
})
it('is refuted when the items of a list are not told apart', () => {
  const first = (step: string | number) => (typeof step === 'number' ? 0 : step)
  const careless: Wrong = (value) =>
    wrongIn(value).map((said) => ({ ...said, at: said.at.map(first) }))
  expect(isRefuted(leadsThere(careless))).toBe(true)
})

const mayBeAbsent = [
  'initContainers',
  'resources',
  'overhead',
  'nodeName',
  'nodeSelector',
  'affinity',
  'tolerations',
  'hostNetwork',
  'priority',
  'priorityClassName',
]

type Reads = (value: object) => unknown
const reads: Reads = (value) => decodeValue(Pod, value)

const readsNullAsAbsent = (read: Reads) =>
  fc.property(fc.subarray(mayBeAbsent), (fields) => {
    const nulls = Object.fromEntries(fields.map((field) => [field, null]))
    return isDeepStrictEqual(read(podOf(nulls)), read(podOf({})))
  })

it('takes null for what is absent', () => {
  fc.assert(readsNullAsAbsent(reads))
})
it('is refuted when null is a value to one field', () => {
  const strict: Reads = (value) => [JSON.stringify(value).includes('"overhead":null'), reads(value)]
  expect(isRefuted(readsNullAsAbsent(strict))).toBe(true)
})
