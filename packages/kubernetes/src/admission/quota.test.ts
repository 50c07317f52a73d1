/**
 * Tests ResourceQuotas: (1) how many copies of a set of objects fit, computed by division, against
 * a slow twin that adds one object at a time; (2) what objects other than pods use of a quota.
 */
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { quantityOf } from '../validation/resources.js'
import { withDefaults } from '../wire/defaults.js'
import type { WireObject } from '../wire/objects.js'
import { admissionCluster, type AdmissionCluster } from './cluster.js'
import { setsWithinQuotas, withinQuotas, type QuotaRoom, type QuotaUsage } from './quota.js'

const object = (kind: string, name: string, rest: object): WireObject =>
  withDefaults({ apiVersion: 'v1', kind, metadata: { name }, ...rest })
const quotas = (...hards: readonly object[]): AdmissionCluster =>
  admissionCluster(hards.map((hard, i) => object('ResourceQuota', `q${i}`, { spec: { hard } })))
const claim = (storage: string, storageClassName: string): WireObject =>
  object('PersistentVolumeClaim', 'data', {
    spec: { resources: { requests: { storage } }, storageClassName },
  })
const podWith = (requests: object): WireObject =>
  object('Pod', 'p', { spec: { containers: [{ name: 'c', resources: { requests } }] } })

/** One object after the other; of a set that is refused, those before stay. */
const oneByOne: typeof setsWithinQuotas = (set, cluster, before, countMax) => {
  let used = before
  for (let count = 0; count < countMax; count++)
    for (const one of set) {
      const counted = withinQuotas(one, cluster, used)
      if (E.isLeft(counted)) return { count, used, forbidden: { object: one, why: counted.left } }
      used = counted.right
    }
  return { count: countMax, used }
}

const anyAmount = fc.constantFrom('0', '1', '2', '500m', '1Gi', '1500Mi', '3e3')
const anyHard = fc.dictionary(
  fc.constantFrom(
    ...['pods', 'count/pods', 'requests.cpu', 'limits.cpu', 'persistentvolumeclaims'],
    ...['requests.storage', 'fast.storageclass.storage.k8s.io/requests.storage'],
    'slow.storageclass.storage.k8s.io/persistentvolumeclaims',
  ),
  fc.constantFrom('0', '1', '3', '7', '2500m', '4Gi', '20k'),
  { maxKeys: 4 },
)
const anyObject = fc.oneof(
  fc.dictionary(fc.constantFrom('cpu', 'memory'), anyAmount).map(podWith),
  fc.tuple(anyAmount, fc.constantFrom('fast', 'slow', '')).map(([size, name]) => claim(size, name)),
)
const anySet = fc.array(anyObject, { minLength: 1, maxLength: 3 })
const anyBefore = fc.array(anyObject, { maxLength: 3 })

/** Amounts are compared by value: a sum that is read again may be written in another format. */
const pictureOf = ({ count, used, forbidden }: QuotaRoom): string =>
  JSON.stringify([
    count,
    forbidden?.object,
    forbidden?.why.replace(/used: .*/, ''),
    [...used].map(([quota, amounts]) => [
      quota,
      Object.entries(amounts).map(([name, text]) => [name, `${quantityOf(text)}`]),
    ]),
  ])
const agrees = (count: typeof setsWithinQuotas) =>
  fc.property(
    fc.array(anyHard, { minLength: 1, maxLength: 2 }),
    anySet,
    anyBefore,
    fc.nat(9),
    (hards, set, before, countMax) => {
      const cluster = quotas(...hards)
      const { used } = oneByOne(before, cluster, new Map(), 1)
      return (
        pictureOf(count(set, cluster, used, countMax)) ===
        pictureOf(oneByOne(set, cluster, used, countMax))
      )
    },
  )

describe('the number of sets that quotas let', () => {
  it('is that of making one object after the other', () => {
    fc.assert(agrees(setsWithinQuotas), { numRuns: 2000 })
  })
  it('is refuted when each object of a set is counted alone', () => {
    const alone: typeof setsWithinQuotas = (set, cluster, before, countMax) => {
      const rooms = set.map((one) => setsWithinQuotas([one], cluster, before, countMax))
      const least = Math.min(...rooms.map(({ count }) => count))
      return { ...oneByOne(set, cluster, before, least), count: least }
    }
    expect(isRefuted(agrees(alone))).toBe(true)
  })
  it('is refuted when what is used before is forgotten', () => {
    const forgetting: typeof setsWithinQuotas = (set, cluster, _, countMax) =>
      setsWithinQuotas(set, cluster, new Map(), countMax)
    expect(isRefuted(agrees(forgetting))).toBe(true)
  })
  it('costs the same however many there are', () => {
    const cluster = quotas({ pods: '1000000000000', 'requests.cpu': '500000000000m' })
    const { count, forbidden } = setsWithinQuotas(
      [podWith({ cpu: '1' })],
      cluster,
      new Map(),
      2_000_000_000,
    )
    expect([count, forbidden?.why]).toEqual([
      500_000_000,
      'exceeded quota: q0, requested: requests.cpu=1, used: requests.cpu=500M, limited: requests.cpu=500000000000m',
    ])
  })
})

describe('what is used by', () => {
  const used: QuotaUsage = new Map()
  const refusalOf = (one: WireObject, hard: object): string | undefined => {
    const answer = withinQuotas(one, quotas(hard), used)
    return E.isLeft(answer) ? answer.left.replace('exceeded quota: q0, requested: ', '') : undefined
  }
  const ports = [{ port: 80 }, { port: 81, nodePort: 30081 }]
  const service = (spec: object): WireObject => object('Service', 's', { spec })
  it.each<[string, WireObject, object, string | undefined]>([
    ['a service', service({}), { services: '0' }, 'services=1'],
    ['a service', service({}), { 'services.nodeports': '0' }, undefined],
    [
      'a service of type NodePort',
      service({ type: 'NodePort', ports }),
      { 'services.nodeports': '1' },
      'services.nodeports=2',
    ],
    [
      'a load balancer',
      service({ type: 'LoadBalancer', ports }),
      { 'services.loadbalancers': '0', 'services.nodeports': '1' },
      'services.loadbalancers=1,services.nodeports=2',
    ],
    [
      'a load balancer with ports of its choice alone',
      service({ type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports }),
      { 'services.nodeports': '0' },
      'services.nodeports=1',
    ],
    ['a fraction of a byte', claim('1500m', ''), { 'requests.storage': '1' }, 'requests.storage=2'],
    [
      'a claim of a class by its annotation',
      {
        ...claim('1', 'fast'),
        metadata: { annotations: { 'volume.beta.kubernetes.io/storage-class': 'old' } },
      },
      { 'old.storageclass.storage.k8s.io/persistentvolumeclaims': '0' },
      'old.storageclass.storage.k8s.io/persistentvolumeclaims=1',
    ],
    [
      'a storage capacity',
      object('CSIStorageCapacity', 'c', {}),
      { 'count/csistoragecapacities.storage.k8s.io': '0' },
      'count/csistoragecapacities.storage.k8s.io=1',
    ],
  ])('%s', (_, one, hard, requested) => {
    const refusal = refusalOf(one, hard)
    expect(refusal?.slice(0, requested?.length)).toBe(requested)
  })
  it('a claim is in the scope of its class of volume attributes', () => {
    const scoped = (scopeName: string, operator: string, values: readonly string[]) =>
      admissionCluster([
        object('ResourceQuota', 'q', {
          spec: {
            hard: { persistentvolumeclaims: '0' },
            scopeSelector: { matchExpressions: [{ scopeName, operator, values }] },
          },
        }),
      ])
    const gold = object('PersistentVolumeClaim', 'c', {
      spec: { volumeAttributesClassName: 'gold' },
    })
    const isForbidden = (cluster: AdmissionCluster): boolean =>
      E.isLeft(withinQuotas(gold, cluster, used))
    expect(isForbidden(scoped('VolumeAttributesClass', 'In', ['gold']))).toBe(true)
    expect(isForbidden(scoped('VolumeAttributesClass', 'In', ['iron']))).toBe(false)
    expect(isForbidden(scoped('PriorityClass', 'Exists', []))).toBe(false)
  })
})
