/**
 * Tests when two submitted objects of the same kind and name are the same object: only if their
 * namespace is the same, which is `default` where none is written.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { submitObjects } from './server.js'

const claim = (namespace?: string, size = '1Gi') => ({
  value: {
    ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
    metadata: { name: 'data', ...(namespace === undefined ? {} : { namespace }) },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } } },
  },
})
const answers = (...objects: readonly ReturnType<typeof claim>[]) =>
  submitObjects(objects).map(({ answer, isUpdate }) => [E.isRight(answer), isUpdate])

describe('two objects of one kind and name', () => {
  it('are two objects in two namespaces', () => {
    expect(answers(claim('shop'), claim('bank', '2Gi'))).toEqual([
      [true, false],
      [true, false],
    ])
  })
  it('are one object in one namespace', () => {
    expect(answers(claim('shop'), claim('shop'))).toEqual([
      [true, false],
      [true, true],
    ])
  })
  it('are one object in the namespace default, whether it is written or not', () => {
    expect(answers(claim(), claim('default'))[1]).toEqual([true, true])
  })
})
