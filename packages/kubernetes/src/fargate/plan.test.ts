/**
 * Tests plans of pods on Fargate: the size of each pod, what is refused and why, and the warnings.
 */
import {
  podSizeOptions,
  sizesOf,
  smallestSize,
  ticksFromCpuUnits,
  bytesFromMiB,
} from '@stowage/fargate'
import type { Bytes, CpuTicks } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { readKubernetes, type KubernetesInput } from '../read/input.js'
import { planPodsOnFargate, type FargatePlan } from './plan.js'

/** A planted bug is looked for longer, and found once. */

const read = (...values: readonly unknown[]): KubernetesInput => {
  const input = readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const container = (resources: object, rest: object = {}) => ({ name: 'main', resources, ...rest })
/** The containers, each with a name of its own. */
const named = (containers: readonly object[], prefix: string) =>
  containers.map((one, i) => ({ ...one, name: `${prefix}-${i}` }))
const owning = (spec: object) => ({
  selector: { matchLabels: { app: 'a' } },
  labelled: { metadata: { labels: { app: 'a' } }, spec },
})
interface Rest {
  readonly initContainers?: readonly object[]
  readonly [field: string]: unknown
}
const pod = (containers: readonly object[], rest: Rest = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: {
    ...rest,
    containers: named(containers, 'main'),
    initContainers: named(rest.initContainers ?? [], 'init'),
  },
})
const requesting = (requests: object, rest: Rest = {}) => pod([container({ requests })], rest)
const planned = (...values: readonly unknown[]): FargatePlan => planPodsOnFargate(read(...values))
const sizeOf = (value: unknown): readonly [vcpu: number, gib: number] => {
  const [{ size }] = planned(value).vended as [FargatePlan['vended'][number]]
  return [size.cpu / 1024, size.memory / 1024]
}
const reasons = (...values: readonly unknown[]): readonly string[] =>
  planned(...values).refused.map(({ reason }) =>
    reason.replace('Pod not supported on Fargate: ', ''),
  )

describe('the size of a pod', () => {
  it.each([
    ['nothing', {}, 0.25, 0.5],
    ['all of the smallest but what its node needs', { memory: '256Mi' }, 0.25, 0.5],
    ['a byte more', { memory: 256 * 1_048_576 + 1 }, 0.25, 1],
    [
      '1 vCPU and 8 GiB, which is the example of the documentation',
      { cpu: 1, memory: '8Gi' },
      2,
      9,
    ],
    ['a milliCPU more than a size has', { cpu: '251m' }, 0.5, 1],
    ['the largest', { cpu: 16, memory: `${120 * 1024 - 256}Mi` }, 16, 120],
  ])('that requests %s', (_, requests, vcpu, gib) => {
    expect(sizeOf(requesting(requests))).toEqual([vcpu, gib])
  })
  it('is that of all containers together, or of the largest init container', () => {
    const half = container({ requests: { cpu: '500m' } })
    expect(sizeOf(pod([half, half, half]))[0]).toBe(2)
    const initContainers = [container({ requests: { cpu: 4 } })]
    expect(sizeOf(pod([half, half, half], { initContainers }))[0]).toBe(4)
  })
  it('is that of its limits where it requests nothing', () => {
    expect(sizeOf(pod([container({ limits: { cpu: 2 } })]))[0]).toBe(2)
  })
  it('is vended once for each pod, and says what is left', () => {
    const { selector, labelled } = owning(requesting({ cpu: '200m', memory: '1Gi' }).spec)
    const spec = { replicas: 3, selector, template: labelled }
    const { vended } = planned({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a' },
      spec,
    })
    expect(vended).toMatchObject([
      { name: 'default/a', count: 3, wasted: { cpu: 6400, memory: 768 * 1_048_576 } },
    ])
  })
})

/** A template with a label, and a selector that takes it. */
const selecting = ({ spec }: { readonly spec: object }) => ({
  selector: { matchLabels: { app: 'a' } },
  template: { metadata: { labels: { app: 'a' } }, spec },
})

it('has one row for pods that a label tells apart', () => {
  const key = 'statefulset.kubernetes.io/pod-name'
  const spread = {
    ...{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' },
    labelSelector: { matchExpressions: [{ key, operator: 'Exists' }] },
  }
  const template = requesting({}, { topologySpreadConstraints: [spread] })
  const set = {
    ...{ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'a' } },
    spec: { replicas: 3, ...selecting(template) },
  }
  const { vended, warnings } = planned(set)
  expect(vended).toMatchObject([{ name: 'default/a', count: 3 }])
  expect(warnings).toHaveLength(1)
  const privileged = { privileged: true }
  const refused = pod([container({}, { securityContext: privileged })], {
    topologySpreadConstraints: [spread],
  })
  expect(planned({ ...set, spec: { replicas: 3, ...selecting(refused) } }).refused).toMatchObject([
    { name: 'default/a', count: 3 },
  ])
})

describe('Fargate refuses', () => {
  const tooLarge =
    "Your pod's cpu/memory requirements exceed the max Fargate configuration (16 vCPU and 120 GB, 256 MiB of which are kept)"
  const ports = (hostPort: number) => [container({}, { ports: [{ containerPort: 80, hostPort }] })]
  const privileged = container({}, { securityContext: { privileged: true } })
  it.each([
    [
      'the network of the host',
      pod(ports(80), { hostNetwork: true }),
      'fields not supported: HostNetwork, port contains HostIP or HostPort',
    ],
    ['a port of the host', pod(ports(80)), 'port contains HostIP or HostPort'],
    ['a privileged container', pod([privileged]), 'invalid SecurityContext fields: Privileged'],
    [
      'a privileged init container',
      pod([container({})], { initContainers: [privileged] }),
      'invalid SecurityContext fields: Privileged',
    ],
    [
      'a GPU',
      pod([container({ limits: { 'nvidia.com/gpu': 1 } })]),
      'resource nvidia.com/gpu is not available',
    ],
    [
      'huge pages',
      pod([container({ limits: { 'hugepages-2Mi': '2Mi', memory: '1Gi' } })]),
      'resource hugepages-2Mi is not available',
    ],
    [
      'much storage',
      requesting({ 'ephemeral-storage': '176Gi' }),
      'ephemeral-storage is at most 175 GiB',
    ],
    ['too much CPU', requesting({ cpu: '16001m' }), tooLarge],
    ['too much memory', requesting({ memory: '120Gi' }), tooLarge],
  ])('%s', (_, value, reason) => {
    expect(reasons(value)).toEqual([reason])
    expect(planned(value).vended).toEqual([])
  })
  it('a pod that waits at a gate', () => {
    const gated = planned(pod([container({})], { schedulingGates: [{ name: 'x' }] }))
    expect(gated.refused.map(({ reason }) => reason)).toEqual([
      'SchedulingGates: waiting for scheduling gates: [x]',
    ])
  })
  it('a DaemonSet, once', () => {
    const { selector, labelled } = owning(requesting({}).spec)
    const spec = { selector, template: labelled }
    const agent = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent' }, spec }
    expect(planned(agent).refused).toEqual([
      {
        name: 'default/agent',
        count: 1,
        reason: 'Pod not supported on Fargate: DaemonSets are not supported',
      },
    ])
  })
  it('nothing of which there is none: a port of 0, a GPU of 0, a workload of 0', () => {
    const { selector, labelled } = owning(pod([privileged]).spec)
    const none = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'none' },
      spec: { replicas: 0, selector, template: labelled },
    }
    expect(reasons(pod(ports(0)), none)).toEqual([])
    const noGpu = container({
      limits: { 'nvidia.com/gpu': 0 },
      requests: { 'ephemeral-storage': '175Gi' },
    })
    expect(reasons(pod([noGpu]))).toEqual([])
  })
})

describe('requests below limits', () => {
  const below = { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: 1, memory: '1Gi' } }
  it('are a warning with the amounts', () => {
    expect(planned(pod([container(below)])).warnings).toEqual([
      {
        code: 'FargateLimitUnreachable',
        from: '0.yaml',
        subject: 'Pod default/a',
        text: 'requests are below limits: Fargate sizes a pod by its requests, so its limits are never reached',
        detail: 'cpu 500m below 1',
      },
    ])
  })
  it('are looked for in init containers and in the pod too', () => {
    const quiet = [container({})]
    for (const rest of [{ initContainers: [container(below)] }, { resources: below }])
      expect(planned(pod(quiet, rest)).warnings).toMatchObject([{ detail: 'cpu 500m below 1' }])
  })
  it('are none where requests equal limits, or one of the two is left out', () => {
    const equal = { requests: { cpu: '1000m' }, limits: { cpu: 1 } }
    const all = [equal, { limits: { cpu: 1 } }, { requests: { cpu: 1 } }]
    expect(planned(pod(all.map((one) => container(one)))).warnings).toEqual([])
  })
})

const anyPod = fc.record({ milli: fc.nat(17_000), mebi: fc.nat(125_000) })

/**
 * A size covers the requests and 256 MiB, a smaller one would not, and what is refused is covered
 * by none.
 */
const covers = (plan: typeof planPodsOnFargate) =>
  fc.property(anyPod, ({ milli, mebi }) => {
    const { vended } = plan(read(requesting({ cpu: `${milli}m`, memory: `${mebi}Mi` })))
    const [cpu, memory] = [(milli * 128) as CpuTicks, ((mebi + 256) * 1_048_576) as Bytes]
    const size = vended[0]?.size
    const largest = sizesOf('linux', podSizeOptions).at(-1)!
    if (size === undefined)
      return cpu > ticksFromCpuUnits(largest.cpu) || memory > bytesFromMiB(largest.memory)
    return JSON.stringify(size) === JSON.stringify(smallestSize('linux', cpu, memory))
  })

it('vends the smallest size that covers', () => {
  fc.assert(covers(planPodsOnFargate))
})
it('is refuted when the 256 MiB are forgotten', () => {
  const forgetful: typeof planPodsOnFargate = (input) => {
    const made = planPodsOnFargate(input)
    const vended = made.vended.map((one) => ({
      ...one,
      size: smallestSize('linux', one.demand.cpu, one.demand.memory)!,
    }))
    return { ...made, vended }
  }
  expect(isRefuted(covers(forgetful))).toBe(true)
})
