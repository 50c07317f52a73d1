/**
 * Tests the resource requests of a pod, by examples and against a slow reference implementation of
 * what the documentation says: init containers run one after another, beside the sidecars that were
 * started before them; then all containers run beside all sidecars. The pod requests the maximum
 * over all these moments.
 */
import { decodeValue } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { PodSpec } from '../words/pod.js'
import { milliOf, parseQuantity, type Quantity } from '../words/quantity.js'
import { podRequests } from './requests.js'

/** A planted bug is looked for longer, and found once. */

const specOf = (spec: unknown): PodSpec => {
  const read = decodeValue(PodSpec, spec)
  if (E.isLeft(read)) throw new Error(JSON.stringify(read.left))
  return read.right
}
const container = (requests: object, restartPolicy?: string) => ({
  name: 'any',
  resources: { requests },
  restartPolicy,
})
const cpu = (amount: unknown) => container({ cpu: amount })
const sidecar = (amount: unknown) => container({ cpu: amount }, 'Always')
const milliCpu = (spec: unknown): number | undefined => {
  const amount = podRequests(specOf(spec)).get('cpu')
  return amount === undefined ? undefined : milliOf(amount)
}

describe('a pod requests', () => {
  it('5.5 CPU in scenario 67 of the reference', () => {
    const containers = [cpu(1), cpu(1)]
    const initContainers = [sidecar(1), cpu(4), sidecar(1)]
    expect(milliCpu({ containers, initContainers, overhead: { cpu: '500m' } })).toBe(5500)
  })
  it('2m for three times 0.6m as in scenario 93: summed first, then rounded', () => {
    expect(milliCpu({ containers: [cpu('0.6m'), cpu('0.6m'), cpu('0.6m')] })).toBe(2)
  })
  it.each([
    ['the largest init container, when no sum is larger', [cpu(3), cpu(2)], 3000],
    ['containers and sidecars together', [sidecar(2), cpu(1)], 3000],
    ['nothing for a sidecar that starts later', [cpu(3), sidecar(1)], 3000],
    ['a sidecar for what starts after it', [sidecar(1), cpu(3)], 4000],
  ])('%s', (_, initContainers, milli) => {
    expect(milliCpu({ containers: [cpu(1)], initContainers })).toBe(milli)
  })
  it('what it says itself, instead of its containers, for cpu, memory and huge pages', () => {
    const amounts = { cpu: 1, memory: 1, 'hugepages-2Mi': 1, 'a.com/gpu': 1 }
    const ofPod = { cpu: 5, memory: 5, 'hugepages-2Mi': 5, 'a.com/gpu': 5 }
    const spec = {
      containers: [container(amounts)],
      resources: { requests: ofPod },
      overhead: amounts,
    }
    const requests = podRequests(specOf(spec))
    const unit = parseQuantity('1')!
    expect(
      [...requests].sort().map(([resource, quantity]) => [resource, Number(quantity / unit)]),
    ).toEqual([
      ['a.com/gpu', 2],
      ['cpu', 6],
      ['hugepages-2Mi', 6],
      ['memory', 6],
    ])
  })
  it('nothing of what nobody names, and 0 of what is named with 0', () => {
    expect(milliCpu({ containers: [container({ memory: 1 })] })).toBeUndefined()
    expect(milliCpu({ containers: [cpu(0)] })).toBe(0)
  })
})

const resources = ['cpu', 'memory', 'a.com/gpu'] as const
const anyAmounts = fc.dictionary(
  fc.constantFrom(...resources),
  fc.constantFrom('0', '1n', '1', '2', '3', '500m'),
)
const anyContainer = fc.record({
  name: fc.constant('any'),
  resources: fc.record({ requests: anyAmounts }),
  restartPolicy: fc.constantFrom(undefined, 'Always', 'Never'),
})
const anySpec = fc
  .record({
    containers: fc.array(anyContainer, { minLength: 1, maxLength: 3 }),
    initContainers: fc.array(anyContainer, { maxLength: 4 }),
    resources: fc.record({ requests: fc.oneof(fc.constant({}), anyAmounts) }),
    overhead: anyAmounts,
  })
  .map(specOf)

type Requests = (spec: PodSpec) => ReadonlyMap<string, Quantity>
const byTheSentence = (spec: PodSpec, resource: string): bigint => {
  const of = (one: PodSpec['containers'][number]): bigint =>
    one.resources.requests.get(resource)?.quantity ?? 0n
  const moments: bigint[] = []
  const started: bigint[] = []
  const sum = (all: readonly bigint[]): bigint => all.reduce((total, one) => total + one, 0n)
  for (const one of spec.initContainers) {
    moments.push(sum(started) + of(one))
    if (one.restartPolicy === 'Always') started.push(of(one))
  }
  moments.push(sum(started) + sum(spec.containers.map(of)))
  const most = moments.reduce((larger, one) => (one > larger ? one : larger), 0n)
  const ofPod = resource === 'a.com/gpu' ? undefined : spec.resources.requests.get(resource)
  return (ofPod?.quantity ?? most) + (spec.overhead.get(resource)?.quantity ?? 0n)
}

const agrees = (requests: Requests) =>
  fc.property(anySpec, (spec) => {
    const requested = requests(spec)
    return resources.every(
      (resource) => (requested.get(resource) ?? 0n) === byTheSentence(spec, resource),
    )
  })

it('is what the sentence says', () => {
  fc.assert(agrees(podRequests))
})
it.each<readonly [string, Requests]>([
  [
    'sidecars are taken for init containers',
    (spec) =>
      podRequests({
        ...spec,
        initContainers: spec.initContainers.map((one) => ({ ...one, restartPolicy: undefined })),
      }),
  ],
  [
    'init containers start in another order',
    (spec) => podRequests({ ...spec, initContainers: [...spec.initContainers].reverse() }),
  ],
  ['overhead is left out', (spec) => podRequests({ ...spec, overhead: new Map() })],
  [
    'a pod is not asked itself',
    (spec) => podRequests({ ...spec, resources: { requests: new Map(), limits: new Map() } }),
  ],
])('is refuted when %s', (_, broken) => {
  expect(isRefuted(agrees(broken))).toBe(true)
})
