/** What the API server fills in and refuses, told by the documents that it is given. */
import { decodeValue } from '@stowage/documents'
import { isDeepStrictEqual } from 'node:util'
import { pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refuted } from '@stowage/testing'
import { podRequests } from '../demand/requests.js'
import type { Amounts } from '../words/amounts.js'
import type { Container } from '../words/container.js'
import { Pod, PodSpec } from '../words/pod.js'
import { milliOf } from '../words/quantity.js'
import { contradictions, withPodDefaults } from './admit.js'

/** A planted bug is looked for longer, and found once. */
const admittedOf = (spec: PodSpec): PodSpec => withPodDefaults(spec, new Map())

const specOf = (spec: unknown): PodSpec => {
  const read = decodeValue(PodSpec, spec)
  if (E.isLeft(read)) throw new Error(JSON.stringify(read.left))
  return read.right
}
const podOf = (resources: object, rest: object = {}): PodSpec =>
  admittedOf(specOf({ containers: [{ name: 'main', resources }], ...rest }))
const textsIn = (amounts: Amounts): object =>
  Object.fromEntries([...amounts].map(([resource, { text }]) => [resource, text]))
const wrongIn = (spec: PodSpec): readonly string[] =>
  contradictions({ spec }, ['spec'], new Map()).map(
    (one) => `${pathOf(one.at)}: ${one.found}, not ${one.expected}`,
  )

describe('requests', () => {
  it('are the limits where they are left out, in init containers too', () => {
    const resources = { limits: { cpu: '2', memory: '1Gi' }, requests: { cpu: '500m' } }
    const spec = podOf(resources, { initContainers: [{ name: 'first', resources }] })
    for (const { resources: filled } of [...spec.containers, ...spec.initContainers])
      expect(textsIn(filled.requests)).toEqual({ cpu: '500m', memory: '1Gi' })
  })
  it('of 0 are requests', () => {
    const spec = podOf({ limits: { cpu: '2' }, requests: { cpu: 0 } })
    expect(textsIn(spec.containers[0]!.resources.requests)).toEqual({ cpu: '0' })
  })
  it('are kept in thousandths, rounded up before they are summed', () => {
    const tiny = { name: 'tiny', resources: { requests: { cpu: '0.6m' } } }
    const cpu = podRequests(admittedOf(specOf({ containers: [tiny, tiny, tiny] }))).get('cpu')!
    expect(milliOf(cpu)).toBe(3)
  })
  it('of a pod are those of its containers, or else its limits', () => {
    const resources = { limits: { cpu: '4', memory: '8Gi' } }
    const two = { requests: { cpu: '1500m' } }
    expect(textsIn(podOf(two, { resources }).resources.requests)).toEqual({
      cpu: '1500m',
      memory: '8Gi',
    })
    expect(textsIn(podOf(two).resources.requests)).toEqual({})
    const given = { ...resources, requests: { cpu: '3' } }
    expect(textsIn(podOf(two, { resources: given }).resources.requests)).toEqual({
      cpu: '3',
      memory: '8Gi',
    })
  })
})

describe('a request above its limit is refused', () => {
  const above = { limits: { cpu: '1' }, requests: { cpu: '1001m' } }
  const said = 'resources.requests.cpu: "1001m", not at most its limit, 1'
  it('in a container, an init container and a pod', () => {
    const first = { name: 'first', resources: above }
    expect(wrongIn(podOf(above))).toEqual([`spec.containers[0].${said}`])
    expect(wrongIn(podOf({}, { initContainers: [first] }))).toEqual([
      `spec.initContainers[0].${said}`,
    ])
    expect(wrongIn(podOf({}, { resources: above }))).toEqual([`spec.${said}`])
  })
  it('and one at its limit is not, however it is written', () => {
    expect(wrongIn(podOf({ limits: { cpu: '1' }, requests: { cpu: '1000m' } }))).toEqual([])
  })
})

it('refuses sums that are too large to count, also where only the score counts them', () => {
  const half = { name: 'half', resources: { requests: { memory: '50Ti' } } }
  const small = { requests: { memory: '1Gi' } }
  for (const rest of [{}, { resources: small }])
    expect(wrongIn(admittedOf(specOf({ containers: [half, half], ...rest })))).toEqual([
      'spec.containers: memory that sums up to 2^53/100 or more, not a sum below 2^53/100 of the smallest unit',
    ])
  const most = { name: 'most', resources: { requests: { memory: '90071992547409' } } }
  expect(wrongIn(admittedOf(specOf({ containers: [most] })))).toEqual([])
  expect(wrongIn(admittedOf(specOf({ containers: [most, { name: 'second' }] })))).toHaveLength(1)
})

it('refuses sums of what a pod holds that are too large to count, and none that is above a limit', () => {
  const containers = ['a', 'b'].map((name) => ({ name, resources: { limits: { memory: '1Gi' } } }))
  const wrong = (memory: string) => {
    const containerStatuses = containers.map(({ name }) => ({
      name,
      allocatedResources: { memory },
    }))
    const read = decodeValue(Pod, {
      metadata: { name: 'p' },
      spec: { containers },
      status: { containerStatuses },
    })
    if (E.isLeft(read)) throw new Error(JSON.stringify(read.left))
    return contradictions(read.right, ['spec'], new Map()).map(({ found }) => found)
  }
  expect(wrong('2Gi')).toEqual([])
  expect(wrong('50Ti')).toEqual(['memory that sums up to 2^53/100 or more'])
})

it('makes container ports host ports on the host network, where they are not given', () => {
  const ports = [
    { containerPort: 80 },
    { containerPort: 81, hostPort: 0 },
    { containerPort: 82, hostPort: 8082 },
  ]
  const portsOf = (hostNetwork: boolean) =>
    admittedOf(specOf({ containers: [{ name: 'main', ports }], hostNetwork })).containers[0]!.ports
  expect(portsOf(true).map(({ hostPort }) => hostPort)).toEqual([80, 81, 8082])
  expect(portsOf(false).map(({ hostPort }) => hostPort)).toEqual([undefined, 0, 8082])
})

const anyAmounts = fc.dictionary(
  fc.constantFrom('cpu', 'memory', 'a.com/gpu'),
  fc.constantFrom('0', '0.6m', '1', '1500m'),
)
const anyResources = fc.record({ requests: anyAmounts, limits: anyAmounts })
const anyContainer = fc.record({
  name: fc.constant('any'),
  resources: anyResources,
  restartPolicy: fc.constantFrom(undefined, 'Always'),
  ports: fc.array(
    fc.record({ containerPort: fc.nat(3), hostPort: fc.constantFrom(undefined, 0, 9) }),
  ),
})
const anySpec = fc.record({
  containers: fc.array(anyContainer, { minLength: 1, maxLength: 3 }),
  initContainers: fc.array(anyContainer, { maxLength: 3 }),
  resources: anyResources,
  overhead: anyAmounts,
  hostNetwork: fc.boolean(),
})

const idempotent = (admit: typeof admittedOf) =>
  fc.property(anySpec.map(specOf), (spec) => isDeepStrictEqual(admit(admit(spec)), admit(spec)))

it('changes nothing the second time', () => {
  fc.assert(idempotent(admittedOf))
})
it('is refuted when the pod is completed before its containers are', () => {
  const unlimited = (one: Container): Container => ({
    ...one,
    resources: { ...one.resources, limits: new Map() },
  })
  const early: typeof admittedOf = (spec) => {
    const containers = spec.containers.map(unlimited)
    const initContainers = spec.initContainers.map(unlimited)
    const { resources } = admittedOf({ ...spec, containers, initContainers })
    return { ...admittedOf(spec), resources }
  }
  expect(refuted(idempotent(early))).toBe(true)
})
