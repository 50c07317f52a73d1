/**
 * Tests the fields that set a number of pods, such as `replicas` and `parallelism`: valid and
 * invalid values, and how many pods a Job runs at once.
 */
import { decodeValue } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { Job, podsOfJob } from './job.js'
import { ReplicaSet } from './workload.js'

/** A planted bug is looked for longer, and found once. */

const objectOf = (spec: object, status?: object): unknown => ({
  metadata: { name: 'report' },
  spec: { template: { spec: { containers: [{ name: 'main' }] } }, ...spec },
  status,
})

describe('a number of pods', () => {
  it.each([
    ['replicas', -1, '-1'],
    ['replicas', 1.5, '1.5'],
    ['replicas', '3', '"3"'],
    ['replicas', 2 ** 31, '2147483648'],
    ['parallelism', -2, '-2'],
    ['completions', 0.1, '0.1'],
  ])('is not %s %j', (field, number, found) => {
    const value = objectOf({ [field]: number })
    const read = field === 'replicas' ? decodeValue(ReplicaSet, value) : decodeValue(Job, value)
    expect(read).toEqual(
      E.left([{ at: ['spec', field], found, expected: 'a whole number, 0 or more' }]),
    )
  })
  it('may be left out, the template may not', () => {
    expect(E.isRight(decodeValue(ReplicaSet, objectOf({ replicas: null })))).toBe(true)
    const read = decodeValue(ReplicaSet, objectOf({ template: {} }))
    expect(E.isLeft(read) && read.left.map(({ at }) => pathOf(at))).toEqual(['spec.template.spec'])
  })
})

const podsOf = (spec: object, status?: object): number => {
  const read = decodeValue(Job, objectOf(spec, status))
  if (E.isLeft(read)) throw new Error(JSON.stringify(read.left))
  return podsOfJob(read.right)
}

describe('a job runs', () => {
  it.each([
    ['one pod when it says nothing', {}, 1],
    ['as many as may at once', { parallelism: 3 }, 3],
    ['one at a time of many', { completions: 5 }, 1],
    ['as many as may at once of many', { parallelism: 3, completions: 5 }, 3],
    ['no more than are to complete', { parallelism: 9, completions: 5 }, 5],
    ['none while it is suspended', { parallelism: 3, suspend: true }, 0],
    ['none when none may', { parallelism: 0 }, 0],
  ])('%s', (_, spec, count) => {
    expect(podsOf(spec)).toBe(count)
  })
  it.each([
    ['what has still to complete', { completions: 5, parallelism: 3 }, { succeeded: 4 }, 1],
    ['no more of a queue once one pod has succeeded', { parallelism: 3 }, { succeeded: 1 }, 0],
    ['nothing once it is complete', {}, { conditions: [{ type: 'Complete', status: 'True' }] }, 0],
    ['nothing once it has failed', {}, { conditions: [{ type: 'Failed', status: 'True' }] }, 0],
    ['on when it has not failed', {}, { conditions: [{ type: 'Failed', status: 'False' }] }, 1],
  ])('%s', (_, spec, status, count) => {
    expect(podsOf(spec, status)).toBe(count)
  })
})

/**
 * A job that starts so many at a time, all of which succeed, ends with as many as were to complete.
 */
const endsExactly = (pods: typeof podsOf) =>
  fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(30), (parallelism, completions) => {
    let succeeded = 0
    for (let round = 0; round < 40; round++)
      succeeded += pods({ parallelism, completions }, { succeeded })
    return succeeded === completions
  })

it('runs exactly as many as are to complete', () => {
  fc.assert(endsExactly(podsOf))
})
it('is refuted when what has succeeded is not looked at', () => {
  expect(isRefuted(endsExactly((spec) => podsOf(spec)))).toBe(true)
})
