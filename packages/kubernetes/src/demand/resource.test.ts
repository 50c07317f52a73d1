/** Tests which resources the scheduler counts at all, against answers of kube-scheduler. */
import { batch, cpu, dimensionName, empty, memory } from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { expect, it } from 'vitest'
import { dimensionOf, isCounted, scoredDimension } from './resource.js'

it.each([
  'cpu',
  'memory',
  'ephemeral-storage',
  'hugepages-2Mi',
  'attachable-volumes-x',
  'nvidia.com/gpu',
  'kubernetes.io/x',
  'requests.kubernetes.io/x',
])('counts %s', (resource) => {
  expect(isCounted(resource)).toBe(true)
})

it.each([
  'foo',
  'pods',
  'storage',
  'requests.cpu',
  'requests.a.com/x',
  'a/b/c',
  'A.com/x',
  '/x',
  'x/',
  'a.com/x y',
  '__proto__',
])('counts no %s', (resource) => {
  expect(isCounted(resource)).toBe(false)
})

it('gives every resource a dimension, and the scored sums their own', () => {
  batch(empty, (draft) => {
    expect([dimensionOf(draft, 'cpu'), dimensionOf(draft, 'memory')]).toEqual([cpu, memory])
    const gpu = dimensionOf(draft, 'a.com/gpu')
    expect(dimensionName(draft, gpu)).toEqual(O.some('a.com/gpu'))
    const all = [cpu, memory, gpu, scoredDimension(draft, 'cpu'), scoredDimension(draft, 'memory')]
    expect(new Set(all).size).toBe(all.length)
  })
})
