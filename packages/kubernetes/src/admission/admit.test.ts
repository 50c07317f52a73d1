/** Tests what the API server fills in and refuses, on example documents. */
import { isDeepStrictEqual } from 'node:util'
import { pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { readKubernetes } from '../read/input.js'
import { decodeShape } from '../wire/decode.js'
import { withDefaults } from '../wire/defaults.js'
import type { WireContainer, WirePod, WirePodSpec } from '../wire/objects.js'
import { withPodResources } from '../wire/pod-level.js'
import { togetherOf } from '../wire/together.js'
import { admitPod, defaultOptions } from './admit.js'
import { admissionCluster } from './cluster.js'

const sent = (spec: object): WirePod => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec }
  return withDefaults(decodeShape(pod).value as WirePod)
}
type Admitting = (spec: object) => WirePodSpec
const options = { ...defaultOptions, isLenient: true }
const admittedOf: Admitting = (spec) => {
  const admitted = admitPod(sent(spec), admissionCluster([]), options)
  if (E.isLeft(admitted)) throw new Error(JSON.stringify(admitted.left))
  return admitted.right.spec!
}
const podOf = (resources: object, rest: object = {}): WirePodSpec =>
  admittedOf({ containers: [{ name: 'main', resources }], ...rest })
const wrongIn = (spec: object, status?: object): readonly string[] => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec, status }
  const read = readKubernetes([{ from: 'a', value: pod }])
  return E.isLeft(read)
    ? read.left.map((one) => `${pathOf(one.at)}: ${one.found}, not ${one.expected}`)
    : []
}

describe('requests', () => {
  it('are the limits where they are left out, in init containers too', () => {
    const resources = { limits: { cpu: '2', memory: '1Gi' }, requests: { cpu: '500m' } }
    const spec = podOf(resources, { initContainers: [{ name: 'first', resources }] })
    for (const { resources: filled } of [...spec.containers!, ...spec.initContainers!])
      expect(filled!.requests).toEqual({ cpu: '500m', memory: '1Gi' })
  })
  it('of 0 are requests', () => {
    const spec = podOf({ limits: { cpu: '2' }, requests: { cpu: 0 } })
    expect(spec.containers![0]!.resources!.requests).toEqual({ cpu: '0' })
  })
  it('are kept in thousandths, rounded up before they are summed', () => {
    const tiny = { name: 'tiny', resources: { requests: { cpu: '0.6m' } } }
    const containers = ['a', 'b', 'c'].map((name) => ({ ...tiny, name }))
    expect(togetherOf(admittedOf({ containers }), 'requests')).toEqual({ cpu: '3m' })
  })
  it('of a pod are those of its containers, or else its limits', () => {
    const resources = { limits: { cpu: '4', memory: '8Gi' } }
    const two = { requests: { cpu: '1500m' } }
    expect(podOf(two, { resources }).resources!.requests).toEqual({
      cpu: '1500m',
      memory: '8Gi',
    })
    expect(podOf(two).resources).toBeUndefined()
    const given = { ...resources, requests: { cpu: '3' } }
    expect(podOf(two, { resources: given }).resources!.requests).toEqual({
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
    const main = { name: 'main' }
    expect(wrongIn({ containers: [{ ...main, resources: above }] })).toEqual([
      `spec.containers[0].${said}`,
    ])
    expect(wrongIn({ containers: [main], initContainers: [first] })).toEqual([
      `spec.initContainers[0].${said}`,
    ])
    expect(wrongIn({ containers: [main], resources: above })).toEqual([`spec.${said}`])
  })
  it('and one at its limit is not, however it is written', () => {
    const resources = { limits: { cpu: '1' }, requests: { cpu: '1000m' } }
    expect(wrongIn({ containers: [{ name: 'main', resources }] })).toEqual([])
  })
})

describe('sums that are too large to count', () => {
  const tooLarge = 'spec.containers: memory that sums up to 2^53/100 or more, not a sum below'
  const requesting = (...amounts: readonly string[]) => ({
    containers: amounts.map((memory, i) => ({
      name: `c${i}`,
      resources: { requests: { memory } },
    })),
  })
  it('are refused, also where only the score counts them', () => {
    const [first, ...others] = wrongIn(requesting('50Ti', '50Ti'))
    expect(first).toContain(tooLarge)
    expect(others).toEqual([])
    const most = { name: 'most', resources: { requests: { memory: '90071992547409' } } }
    expect(wrongIn({ containers: [most] })).toEqual([])
    expect(wrongIn({ containers: [most, { name: 'second' }] })).toHaveLength(1)
  })
  it('are refused of what a pod holds, and none that is above a limit', () => {
    const names = ['a', 'b']
    const containers = names.map((name) => ({ name, resources: { limits: { memory: '1Gi' } } }))
    const wrong = (memory: string) => {
      const allocatedResources = { memory }
      const containerStatuses = names.map((name) => ({ name, allocatedResources }))
      return wrongIn({ containers }, { containerStatuses })
    }
    expect(wrong('2Gi')).toEqual([])
    expect(wrong('50Ti')[0]).toContain(tooLarge)
  })
})

it('makes container ports host ports on the host network, where they are not given', () => {
  const ports = [
    { containerPort: 80 },
    { containerPort: 81, hostPort: 0 },
    { containerPort: 82, hostPort: 8082 },
  ]
  const portsOf = (hostNetwork: boolean) => {
    const spec = { containers: [{ name: 'main', ports }], hostNetwork }
    return sent(spec).spec!.containers![0]!.ports!
  }
  expect(portsOf(true).map(({ hostPort }) => hostPort)).toEqual([80, 81, 8082])
  expect(portsOf(false).map(({ hostPort }) => hostPort)).toEqual([undefined, 0, 8082])
})

const anyAmounts = fc.dictionary(
  fc.constantFrom('cpu', 'memory', 'a.com/gpu'),
  fc.constantFrom('0', '0.6m', '1', '1500m'),
)
const anyResources = fc.record({ requests: anyAmounts, limits: anyAmounts })
const anyContainer = fc.record(
  {
    name: fc.constant('any'),
    resources: anyResources,
    restartPolicy: fc.constant('Always'),
    ports: fc.array(
      fc.record(
        { containerPort: fc.nat(3), hostPort: fc.constantFrom(0, 9) },
        { requiredKeys: ['containerPort'] },
      ),
    ),
  },
  { requiredKeys: ['name', 'resources', 'ports'] },
)
const anySpec = fc.record({
  containers: fc.array(anyContainer, { minLength: 1, maxLength: 3 }),
  initContainers: fc.array(anyContainer, { maxLength: 3 }),
  resources: anyResources,
  overhead: anyAmounts,
  hostNetwork: fc.boolean(),
})

const completed: Admitting = (spec) => withPodResources(sent(spec).spec!)
const idempotent = (complete: Admitting) =>
  fc.property(anySpec, (spec) => isDeepStrictEqual(complete(complete(spec)), complete(spec)))

it('changes nothing the second time', () => {
  fc.assert(idempotent(completed))
})
it('is refuted when the pod is completed before its containers are', () => {
  const unlimited = (one: WireContainer): WireContainer => ({
    ...one,
    resources: { ...one.resources, limits: {} },
  })
  const early: Admitting = (spec) => {
    const { containers = [], initContainers = [] } = spec as WirePodSpec
    const { resources } = completed({
      ...spec,
      containers: containers.map(unlimited),
      initContainers: initContainers.map(unlimited),
    })
    return { ...completed(spec), ...(resources === undefined ? {} : { resources }) }
  }
  expect(isRefuted(idempotent(early))).toBe(true)
})
