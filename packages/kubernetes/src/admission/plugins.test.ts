/**
 * Tests each admission plugin against a slow twin (a plain implementation of the documentation),
 * and each twin with a planted bug that the comparison must find.
 */
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { quantityOf } from '../validation/resources.js'
import { withDefaults } from '../wire/defaults.js'
import type { Texts, WireObject, WirePod, WireToleration } from '../wire/objects.js'
import { admissionCluster, type AdmissionCluster } from './cluster.js'
import { limitsExceeded, withLimitDefaults } from './limit-range.js'
import { withNamespaceSelector, withTopologyLabels } from './node-labels.js'
import type { PodPlugin } from './plugin.js'
import { withAssumedPriority, withPriority } from './priority.js'
import { withinQuotas, type QuotaUsage } from './quota.js'
import { withRuntimeClass } from './runtime-class.js'
import { defaultClassOf } from './storage-class.js'
import { withDefaultTolerations, withResourceTolerations } from './tolerations.js'

const object = (kind: string, name: string, rest: object): WireObject =>
  withDefaults({ apiVersion: 'v1', kind, metadata: { name }, ...rest })
const podOf = (spec: object, labels: Texts = {}): WirePod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', labels },
  spec,
})
const inCluster = (...objects: readonly WireObject[]): AdmissionCluster => admissionCluster(objects)
const specAfter = (plugin: PodPlugin, pod: WirePod, cluster: AdmissionCluster) => {
  const answer = plugin(pod, cluster)
  return E.isLeft(answer) ? answer.left : answer.right.spec!
}
const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
const sorted = (amounts: Texts = {}): unknown => Object.entries(amounts).sort()

const names = ['cpu', 'memory'] as const
const anyAmount = fc.constantFrom('100m', '500m', '1', '2', '4')
const anyAmounts = fc.dictionary(fc.constantFrom(...names), anyAmount, { maxKeys: 2 })
const anyContainers = fc.array(
  fc.record({ requests: anyAmounts, limits: anyAmounts }).map((resources) => ({ resources })),
  { minLength: 1, maxLength: 3 },
)

describe('LimitRanger', () => {
  const rangeOf = (limit: object): AdmissionCluster =>
    inCluster(object('LimitRange', 'l', { spec: { limits: [limit] } }))
  const anyLimit = fc.record({ default: anyAmounts, defaultRequest: anyAmounts })
  const fillsIn = (plugin: PodPlugin) =>
    fc.property(anyContainers, anyLimit, (containers, limit) => {
      const cluster = rangeOf({ type: 'Container', ...limit })
      const spec = specAfter(plugin, podOf({ containers }), cluster)
      if (typeof spec === 'string') return false
      const requestByDefault = { ...limit.default, ...limit.defaultRequest }
      return spec.containers!.every(({ resources = {} }, i) =>
        names.every((name) => {
          const own = containers[i]!.resources
          return (
            resources.limits![name] === (own.limits[name] ?? limit.default[name]) &&
            resources.requests![name] === (own.requests[name] ?? requestByDefault[name])
          )
        }),
      )
    })
  it('gives a container what it does not say itself', () => fc.assert(fillsIn(withLimitDefaults)))
  it('is refuted when a default replaces what a container says', () => {
    const overriding: PodPlugin = (pod, cluster) =>
      withLimitDefaults(
        podOf({ containers: pod.spec!.containers!.map((one) => ({ ...one, resources: {} })) }),
        cluster,
      )
    expect(isRefuted(fillsIn(overriding))).toBe(true)
  })

  const anyBounds = fc.record({ min: anyAmount, max: anyAmount })
  const bounds = (exceeded: typeof limitsExceeded) =>
    fc.property(anyContainers, anyBounds, (containers, { min, max }) => {
      const cluster = rangeOf({ type: 'Pod', min: { cpu: min }, max: { cpu: max } })
      const sum = (list: 'requests' | 'limits') =>
        containers.reduce(
          (total, { resources }) => total + quantityOf(resources[list]['cpu'] ?? '0'),
          0n,
        )
      const isThere = (list: 'requests' | 'limits') =>
        containers.some(({ resources }) => resources[list]['cpu'] !== undefined)
      const isWithin =
        isThere('requests') &&
        isThere('limits') &&
        [sum('requests'), sum('limits')].every(
          (total) => total >= quantityOf(min) && total <= quantityOf(max),
        )
      return (exceeded(podOf({ containers }), cluster).length === 0) === isWithin
    })
  it('holds the sums of a pod between the bounds', () => fc.assert(bounds(limitsExceeded)))
  it('is refuted when the first container alone is counted', () => {
    const first: typeof limitsExceeded = (pod, cluster) =>
      limitsExceeded(podOf({ containers: pod.spec!.containers!.slice(0, 1) }), cluster)
    expect(isRefuted(bounds(first))).toBe(true)
  })
})

describe('DefaultTolerationSeconds', () => {
  const anyToleration = fc.record(
    {
      key: fc.constantFrom('node.kubernetes.io/not-ready', 'other', ''),
      operator: fc.constantFrom('Exists', 'Equal'),
      effect: fc.constantFrom('NoExecute', 'NoSchedule', ''),
      value: fc.constantFrom('x'),
    },
    { requiredKeys: [] },
  )
  const tolerates = (plugin: PodPlugin) =>
    fc.property(fc.array(anyToleration, { maxLength: 3 }), (tolerations) => {
      const spec = specAfter(plugin, podOf({ tolerations }), inCluster())
      if (typeof spec === 'string') return false
      const added = spec.tolerations!.slice(tolerations.length).map(({ key }) => key)
      const isMissing = (taint: string) =>
        !tolerations.some(
          ({ key = '', effect = '' }) =>
            ['', taint].includes(key) && ['', 'NoExecute'].includes(effect),
        )
      const taints = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']
      return same(added, taints.filter(isMissing))
    })
  it('adds what no toleration names by key and effect', () =>
    fc.assert(tolerates(withDefaultTolerations)))
  it('is refuted when the value of a toleration counts', () => {
    const byValue: PodPlugin = (pod, cluster) => {
      const { tolerations = [] } = pod.spec!
      const matching = tolerations.filter(({ value }) => value === undefined)
      const added = specAfter(withDefaultTolerations, podOf({ tolerations: matching }), cluster)
      return E.right(
        podOf({
          tolerations: [
            ...tolerations,
            ...(added as { tolerations: WireToleration[] }).tolerations.slice(matching.length),
          ],
        }),
      )
    }
    expect(isRefuted(tolerates(byValue))).toBe(true)
  })
})

describe('Priority', () => {
  const anyClasses = fc.array(
    fc.record({ value: fc.integer({ min: -5, max: 5 }), globalDefault: fc.boolean() }),
    { maxLength: 3 },
  )
  const anyName = fc.constantFrom('', 'class-0', 'class-2', 'system-node-critical')
  const resolves = (plugin: PodPlugin) =>
    fc.property(anyClasses, anyName, (classes, priorityClassName) => {
      const objects = classes.map((one, i) => object('PriorityClass', `class-${i}`, one))
      const found = specAfter(plugin, podOf({ priorityClassName }), inCluster(...objects))
      const defaults = classes.filter((one) => one.globalDefault).map(({ value }) => value)
      const values: Readonly<Record<string, number | undefined>> = {
        '': defaults.length === 0 ? 0 : Math.min(...defaults),
        'system-node-critical': 2_000_001_000,
        ...Object.fromEntries(classes.map(({ value }, i) => [`class-${i}`, value])),
      }
      return typeof found === 'string'
        ? values[priorityClassName] === undefined
        : found.priority === values[priorityClassName]
    })
  it('is that of the class, of the lowest default class, or 0', () =>
    fc.assert(resolves(withPriority)))
  it('is refuted when the first default class counts', () => {
    const first: PodPlugin = (pod, cluster) => {
      const one = cluster.priorityClasses.find(({ globalDefault }) => globalDefault)
      const others = cluster.priorityClasses.map((each) =>
        each === one ? each : { ...each, globalDefault: false },
      )
      return withPriority(pod, { ...cluster, priorityClasses: others })
    }
    expect(isRefuted(resolves(first))).toBe(true)
  })
  const assumes = (assume: typeof withAssumedPriority) =>
    fc.property(
      anyClasses,
      anyName,
      fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined }),
      (classes, priorityClassName, own) => {
        const objects = classes.map((one, i) => object('PriorityClass', `class-${i}`, one))
        const cluster = inCluster(...objects)
        const spec = { priorityClassName, ...(own === undefined ? {} : { priority: own }) }
        const { priority } = assume(podOf(spec), cluster).spec!
        const admitted = specAfter(withPriority, podOf({ priorityClassName }), cluster)
        const otherwise = specAfter(withPriority, podOf({}), cluster)
        const byClass = typeof admitted === 'string' ? otherwise : admitted
        return priority === (own ?? (byClass as { readonly priority: number }).priority)
      },
    )
  it('is what admission would give to a pod that has none, or that of the default class', () =>
    fc.assert(assumes(withAssumedPriority)))
  it('is refuted when the class replaces what the pod has', () => {
    const replacing: typeof withAssumedPriority = ({ spec: { priorityClassName } = {} }, cluster) =>
      withAssumedPriority(podOf({ priorityClassName }), cluster)
    expect(isRefuted(assumes(replacing))).toBe(true)
  })
  it('may be said by the pod where it is the same, and not otherwise', () => {
    const high = inCluster(object('PriorityClass', 'high', { value: 7 }))
    const own = (priority: number) =>
      specAfter(withPriority, podOf({ priorityClassName: 'high', priority }), high)
    expect(own(7)).toMatchObject({ priority: 7 })
    expect(own(8)).toContain('computed 7 from the given PriorityClass name')
  })
})

describe('RuntimeClass', () => {
  const anySelector = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2'))
  const merges = (plugin: PodPlugin) =>
    fc.property(anySelector, anySelector, anyAmounts, (own, ofClass, podFixed) => {
      const sandbox = object('RuntimeClass', 'sandbox', {
        overhead: { podFixed },
        scheduling: { nodeSelector: ofClass },
      })
      const pod = podOf({ runtimeClassName: 'sandbox', nodeSelector: own })
      const spec = specAfter(plugin, pod, inCluster(sandbox))
      const conflicts = Object.keys(own).some((key) => key in ofClass && own[key] !== ofClass[key])
      if (typeof spec === 'string') return conflicts
      const both = { ...own, ...ofClass }
      return (
        !conflicts &&
        same(sorted(spec.nodeSelector), sorted(both)) &&
        same(sorted(spec.overhead), sorted(podFixed))
      )
    })
  it('adds overhead and selector, and refuses a contradiction', () =>
    fc.assert(merges(withRuntimeClass)))
  it('is refuted when the class replaces a selector of the pod', () => {
    const replacing: PodPlugin = (pod, cluster) =>
      withRuntimeClass({ ...pod, spec: { ...pod.spec, nodeSelector: {} } }, cluster)
    expect(isRefuted(merges(replacing))).toBe(true)
  })
  it('leaves out a toleration that another one covers', () => {
    const narrow = { key: 'a', operator: 'Equal', value: 'x', effect: 'NoSchedule' }
    const wide = { key: 'a', operator: 'Exists' }
    const sandbox = object('RuntimeClass', 'sandbox', { scheduling: { tolerations: [wide] } })
    const pod = podOf({ runtimeClassName: 'sandbox', tolerations: [narrow] })
    expect(specAfter(withRuntimeClass, pod, inCluster(sandbox))).toMatchObject({
      tolerations: [wide],
    })
    expect(specAfter(withRuntimeClass, pod, inCluster())).toBe(
      'pod rejected: RuntimeClass "sandbox" not found',
    )
  })
})

describe('ResourceQuota', () => {
  const anyHard = fc.record({ pods: fc.nat(4), cpu: anyAmount })
  const admitted = (
    cluster: AdmissionCluster,
    pod: WirePod,
    count: number,
    within: typeof withinQuotas,
  ): number => {
    let used: QuotaUsage = new Map()
    for (let made = 0; made < count; made++) {
      const counted = within(pod, cluster, used)
      if (E.isLeft(counted)) return made
      used = counted.right
    }
    return count
  }
  const limits = (within: typeof withinQuotas) =>
    fc.property(anyHard, anyAmount, fc.nat(5), ({ pods, cpu }, request, count) => {
      const hard = { pods: String(pods), 'requests.cpu': cpu }
      const cluster = inCluster(object('ResourceQuota', 'q', { spec: { hard } }))
      const pod = podOf({
        containers: [{ name: 'c', resources: { requests: { cpu: request } } }],
      })
      const most = Math.min(pods, Number(quantityOf(cpu) / quantityOf(request)))
      return admitted(cluster, pod, count, within) === Math.min(count, most)
    })
  it('lets as many pods as the scarcest resource has room for', () =>
    fc.assert(limits(withinQuotas)))
  it('is refuted when what is used is forgotten', () => {
    const forgetting: typeof withinQuotas = (one, cluster) => withinQuotas(one, cluster, new Map())
    expect(isRefuted(limits(forgetting))).toBe(true)
  })
  it.each<[string, object, object, string | undefined]>([
    ['BestEffort', { scopes: ['BestEffort'], hard: { pods: '0' } }, {}, 'exceeded quota'],
    ['NotBestEffort', { scopes: ['NotBestEffort'], hard: { pods: '0' } }, {}, undefined],
    ['Terminating', { scopes: ['Terminating'], hard: { pods: '0' } }, {}, undefined],
    [
      'Terminating with a deadline',
      { scopes: ['Terminating'], hard: { pods: '0' } },
      { activeDeadlineSeconds: 5 },
      'exceeded quota',
    ],
    ['requests that are not there', { hard: { 'requests.cpu': '1' } }, {}, 'must specify'],
    ['count/ of another kind', { hard: { 'count/deployments.apps': '0' } }, {}, undefined],
    ['count/pods', { hard: { 'count/pods': '0' } }, {}, 'exceeded quota'],
  ])('counts %s', (_, spec, more, refusal) => {
    const cluster = inCluster(object('ResourceQuota', 'q', { spec }))
    const answer = withinQuotas(podOf({ containers: [{ name: 'c' }], ...more }), cluster, new Map())
    if (refusal === undefined) expect(E.isRight(answer)).toBe(true)
    else expect(answer).toMatchObject({ left: expect.stringContaining(refusal) as string })
  })
})

describe('DefaultStorageClass', () => {
  const anyStorage = fc.array(fc.record({ isDefault: fc.boolean(), second: fc.nat(2) }), {
    maxLength: 4,
  })
  const youngest = (choose: typeof defaultClassOf) =>
    fc.property(anyStorage, (classes) => {
      const objects = classes.map(({ isDefault, second }, i) => ({
        ...object('StorageClass', `c${i}`, {}),
        metadata: {
          name: `c${i}`,
          creationTimestamp: `2026-01-01T00:00:0${second}Z`,
          annotations: { 'storageclass.kubernetes.io/is-default-class': String(isDefault) },
        },
      }))
      const defaults = classes.flatMap(({ isDefault, second }, i) =>
        isDefault ? [{ name: `c${i}`, second }] : [],
      )
      const last = Math.max(...defaults.map(({ second }) => second))
      const expected = defaults.find(({ second }) => second === last)?.name
      return choose(objects) === expected
    })
  it('is the youngest default, and of equal ones the first by name', () =>
    fc.assert(youngest(defaultClassOf)))
  it('is refuted when the first default is taken', () => {
    const first: typeof defaultClassOf = (classes) =>
      classes.map((one) => defaultClassOf([one])).find((name) => name !== undefined)
    expect(isRefuted(youngest(first))).toBe(true)
  })
})

describe('plugins about nodes and devices', () => {
  const zone = 'topology.kubernetes.io/zone'
  const anyLabels = fc.dictionary(fc.constantFrom(zone, 'app'), fc.constantFrom('a', 'b'))
  const copies = (plugin: PodPlugin) =>
    fc.property(anyLabels, anyLabels, (own, ofNode) => {
      const node = object('Node', 'n', { metadata: { name: 'n', labels: ofNode } })
      const answer = plugin(podOf({ nodeName: 'n' }, own), inCluster(node))
      if (E.isLeft(answer)) return false
      const expected = zone in ofNode ? { ...own, [zone]: ofNode[zone] } : own
      return same(sorted(answer.right.metadata!.labels), sorted(expected))
    })
  it('PodTopologyLabels copies the zone of the node over that of the pod', () =>
    fc.assert(copies(withTopologyLabels)))
  it('is refuted when all labels of the node are copied', () => {
    const all: PodPlugin = (pod, { nodes }) =>
      E.right(podOf(pod.spec!, { ...pod.metadata!.labels, ...nodes.get('n') }))
    expect(isRefuted(copies(all))).toBe(true)
  })
  it('PodNodeSelector adds the selector of the namespace, and refuses another value', () => {
    const annotations = { 'scheduler.alpha.kubernetes.io/node-selector': 'a=1, b=2' }
    const namespace = object('Namespace', 'default', { metadata: { name: 'default', annotations } })
    const after = (nodeSelector: Texts) =>
      specAfter(withNamespaceSelector, podOf({ nodeSelector }), inCluster(namespace))
    expect(after({ c: '3' })).toEqual({ nodeSelector: { a: '1', b: '2', c: '3' } })
    expect(after({ a: '2' })).toContain('conflicts')
  })
  it('ExtendedResourceToleration tolerates the taint of each device, once', () => {
    const containers = ['b.com/gpu', 'a.com/nic', 'cpu', 'b.com/gpu'].map((name) => ({
      resources: { requests: { [name]: '1' } },
    }))
    const once = specAfter(withResourceTolerations, podOf({ containers }), inCluster())
    expect(once).toMatchObject({
      tolerations: ['a.com/nic', 'b.com/gpu'].map((key) => ({ key, effect: 'NoSchedule' })),
    })
    expect(specAfter(withResourceTolerations, podOf(once as object), inCluster())).toEqual(once)
  })
})
