/**
 * Tests controllers under ResourceQuotas over time: which pods and claims they may not create, and
 * when they try again.
 */
import { instant } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kubernetesApi } from '../api/objects.js'
import { nextAttempt } from '../memory/quota-use.js'
import { readObjects } from '../words/object.js'
import { kubernetesController } from './controller.js'
import {
  nodeJoined,
  openWorld,
  podSpec,
  reported,
  webReported,
  type World,
} from './world.fixture.js'

const quotaOf = (hard: object) =>
  readObjects({
    from: 'quota',
    value: {
      ...{ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'few', namespace: 'shop' } },
      spec: { hard },
    },
  }).objects

const worldWith = (hard: object): World => {
  const world = openWorld({ controller: kubernetesController({ objects: quotaOf(hard) }) })
  world.happen(nodeJoined('one', 40), nodeJoined('two', 40))
  return world
}

const shown = (world: World, kind: string, name: RegExp = /./) =>
  kubernetesApi
    .state(world.state())
    .objects.find((one) => one.kind === kind && name.test(one.name))!
const conditionsOf = (world: World, kind: string) =>
  (shown(world, kind).status?.['conditions'] ?? []) as readonly object[]

const workload = (kind: string, spec: object) =>
  reported(`${kind} shop/db`, {
    ...{ apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1', kind },
    metadata: { name: 'db', namespace: 'shop' },
    spec: {
      ...(kind === 'Job' ? {} : { selector: { matchLabels: { app: 'db' } } }),
      template: {
        metadata: { labels: { app: 'db' } },
        spec: podSpec('db:1', kind === 'Job' ? { restartPolicy: 'Never' } : {}),
      },
      ...spec,
    },
  })

const refusal = {
  ...{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' },
  message: expect.stringMatching(
    /^pods "web-[a-z0-9]+-" is forbidden: exceeded quota: few, requested: pods=1, used: pods=2, limited: pods=2$/,
  ) as string,
}

describe('a ReplicaSet over a quota', () => {
  it('has as many pods as the quota lets, and says why no more', () => {
    const world = worldWith({ pods: '2' })
    world.happen(webReported())
    world.wait(60_000)
    expect(world.pods.size).toBe(2)
    expect(conditionsOf(world, 'ReplicaSet')).toEqual([refusal])
    expect(conditionsOf(world, 'Deployment')).toContainEqual(refusal)
  })
  it('fails no more once it wants no more', () => {
    const world = worldWith({ pods: '2' })
    world.happen(webReported())
    world.wait(10_000)
    world.happen(webReported({ replicas: 2 }))
    world.wait(10_000)
    expect(conditionsOf(world, 'ReplicaSet')).toEqual([])
    expect(world.deployment('shop/web').complete).toBe(true)
  })
  it('makes the missing pod at its first attempt after another pod is gone', () => {
    const world = worldWith({ pods: '3' })
    world.happen(webReported({ replicas: 1 }, { name: 'other' }))
    world.wait(5000)
    world.happen(webReported())
    world.wait(20_000)
    expect(world.pods.size).toBe(3)
    world.happen(webReported({ replicas: 0 }, { name: 'other' }))
    world.wait(500)
    const [refusal] = [...world.memory().refusals.values()]
    world.wait(60_000)
    expect(world.deployment('shop/web').available).toBe(3)
    const last = [...world.pods.values()].at(-1)!
    expect(refusal!.failures).toBeGreaterThan(10)
    expect(last.placedAt).toBe(refusal!.attemptAt)
    expect(world.memory().refusals.size).toBe(0)
  })
  it('goes on in a rollout as far as its bounds let', () => {
    const world = worldWith({ pods: '3' })
    const bounds = (maxUnavailable: number) => ({
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable } },
    })
    world.happen(webReported(bounds(0)))
    world.wait(10_000)
    world.happen(webReported(bounds(0), { image: 'web:2' }))
    world.wait(60_000)
    expect(world.deployment('shop/web')).toMatchObject({ updated: 0, complete: false })
    world.happen(webReported(bounds(1), { image: 'web:2' }))
    world.wait(3_000_000)
    expect(world.deployment('shop/web')).toMatchObject({ updated: 3, complete: true })
  })
})

describe.each([
  ['StatefulSet', { replicas: 3 }],
  ['StatefulSet', { replicas: 3, podManagementPolicy: 'Parallel' }],
  ['DaemonSet', {}],
  ['Job', { parallelism: 3, completions: 3 }],
])('a %s %o', (kind, spec) => {
  it('has no more pods than a quota lets, and more when that frees some', () => {
    const world = worldWith({ pods: '2' })
    world.happen(webReported({ replicas: 1 }))
    world.wait(5000)
    world.happen(workload(kind, spec))
    world.wait(60_000)
    expect(world.pods.size).toBe(2)
    world.happen(webReported({ replicas: 0 }))
    world.wait(120_000)
    expect([...world.pods.values()].filter(({ owner }) => owner.startsWith(kind))).toHaveLength(2)
  })
})

describe('claims of a StatefulSet', () => {
  const claiming = (replicas: number, more: object = {}) =>
    reported('StatefulSet shop/db', {
      ...{ apiVersion: 'apps/v1', kind: 'StatefulSet' },
      metadata: { name: 'db', namespace: 'shop' },
      spec: {
        ...{ replicas, podManagementPolicy: 'Parallel', selector: { matchLabels: { app: 'db' } } },
        template: { metadata: { labels: { app: 'db' } }, spec: podSpec('db:1') },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: {
              ...{ accessModes: ['ReadWriteOnce'], storageClassName: 'disk' },
              resources: { requests: { storage: '1Gi' } },
            },
          },
        ],
        ...more,
      },
    })
  it.each([
    { persistentvolumeclaims: '2' },
    { 'requests.storage': '2500Mi' },
    { 'disk.storageclass.storage.k8s.io/requests.storage': '2Gi' },
  ])('are made as far as %o lets, and no pod without them', (hard) => {
    const world = worldWith(hard)
    world.happen(claiming(4))
    world.wait(10_000)
    expect(world.pods.size).toBe(2)
    expect([...world.memory().claims.keys()]).toEqual(['shop/data-db-0', 'shop/data-db-1'])
    expect(world.status().slotted[0]!.note).toMatch(
      /^failed to create PVC data-db-2: persistentvolumeclaims "data-db-2" is forbidden: exceeded quota/,
    )
  })
  it('that stay count on, and those that go let others be made', () => {
    const claimed = (whenScaled: string): number => {
      const world = worldWith({ persistentvolumeclaims: '2' })
      const policy = { persistentVolumeClaimRetentionPolicy: { whenScaled } }
      world.happen(claiming(2, policy))
      world.wait(10_000)
      world.happen(claiming(0, policy))
      world.wait(10_000)
      world.happen(claiming(2, { ...policy, ordinals: { start: 5 } }))
      world.wait(600_000)
      return world.pods.size
    }
    expect([claimed('Retain'), claimed('Delete')]).toEqual([0, 2])
  })
})

it('counts amounts, and what waits for a node as well', () => {
  const world = worldWith({ 'requests.cpu': '250m' })
  world.happen(webReported({}, { pod: { nodeSelector: { no: 'node' } } }))
  world.wait(10_000)
  expect(world.status().replicaSets[0]).toMatchObject({ replicas: 2, waiting: 2 })
})

it('tries again when another quota takes the place of the one before', () => {
  const world = worldWith({ pods: '2' })
  world.happen(webReported())
  world.wait(10_000)
  const { memory } = world
  expect(memory().refusals.size).toBe(1)
  expect(memory().limits).toContain('"pods":"2"')
})

describe('attempts', () => {
  it('come after 5 ms, and each after twice as long as the one before, up to 1000 s', () => {
    const slow = (wait: number): readonly [number, number] => {
      const delays = Array.from({ length: 200 }, (_, k) => (k < 18 ? 5 * 2 ** k : 1_000_000))
      const times = delays.map((_, k) => delays.slice(0, k + 1).reduce((sum, one) => sum + one, 0))
      const next = times.findIndex((at) => at > wait)
      return [next + 1, times[next]!]
    }
    fc.assert(
      fc.property(fc.nat(5_000_000), (wait) => {
        const first = { message: '', failures: 1, attemptAt: instant(5) }
        const { failures, attemptAt } = nextAttempt(first, instant(wait))
        expect([failures, attemptAt]).toEqual(slow(wait))
      }),
      { seed: 1 },
    )
  })
})

const anySteps = fc.array(
  fc.record({
    name: fc.constantFrom('web', 'other'),
    replicas: fc.nat(6),
    image: fc.constantFrom('web:1', 'web:2'),
    wait: fc.constantFrom(0, 300, 2000, 20_000),
  }),
  { minLength: 1, maxLength: 6 },
)

/** No more pods than the limit, whatever happens; `hard` is what the controllers know of it. */
const holds = (hard: object) =>
  fc.property(anySteps, (steps) => {
    const world = worldWith(hard)
    for (const { name, replicas, image, wait } of steps) {
      world.happen(webReported({ replicas }, { name, image }))
      world.wait(wait)
      if (world.pods.size > 4) throw new Error(`${world.pods.size} pods`)
    }
  })

it('never has more pods than a quota lets', () => {
  fc.assert(holds({ pods: '4' }), { seed: 1 })
})
it('is refuted when the quota is not known', () => {
  expect(isRefuted(holds({ pods: '40' }))).toBe(true)
})
