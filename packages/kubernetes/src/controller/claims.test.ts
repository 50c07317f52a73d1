/**
 * Tests when the claims of a StatefulSet are deleted, by its retention policy, and when they stay
 * for the next pod.
 */
import { describe, expect, it } from 'vitest'
import { kubernetesApi } from '../api/objects.js'
import { nodeJoined, openWorld, podSpec, reported, type World } from './world.fixture.js'

const stateful = (replicas: number, policy: object = {}) => ({
  ...{ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db', namespace: 'shop' } },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'db' } },
    template: { metadata: { labels: { app: 'db' } }, spec: podSpec('db:1') },
    persistentVolumeClaimRetentionPolicy: policy,
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ],
  },
})

const about = 'StatefulSet shop/db'

const claimsOf = (world: World) =>
  Object.fromEntries(
    kubernetesApi
      .state(world.state())
      .objects.filter(({ kind }) => kind === 'PersistentVolumeClaim')
      .map(({ name, owner = '', isLeaving = false, status }) => {
        const [{ reason }] = status!['conditions'] as [{ readonly reason: string }]
        return [name, [owner, reason, ...(isLeaving ? ['leaving'] : [])].join(' ').trim()]
      }),
  )

const started = (policy: object) => {
  const world = openWorld()
  world.happen(nodeJoined('one', 9), reported(about, stateful(3, policy)))
  world.wait(30_000)
  return world
}

const [used, unused] = ['PodUsingPVC', 'NoPodsUsingPVC']

describe('claims', () => {
  it.each([
    ['Retain', 'Retain'],
    ['Retain', 'Delete'],
    ['Delete', 'Retain'],
    ['Delete', 'Delete'],
  ])('whenDeleted %s, whenScaled %s', (whenDeleted, whenScaled) => {
    const world = started({ whenDeleted, whenScaled })
    const own = whenDeleted === 'Delete' ? 'StatefulSet db ' : ''
    expect(claimsOf(world)).toEqual({
      ...{ 'data-db-0': `${own}${used}`, 'data-db-1': `${own}${used}` },
      'data-db-2': `${own}${used}`,
    })
    world.happen(reported(about, stateful(1, { whenDeleted, whenScaled })))
    world.wait(30_000)
    const rest = { 'data-db-1': `${own}${unused}`, 'data-db-2': `${own}${unused}` }
    expect(claimsOf(world)).toEqual({
      'data-db-0': `${own}${used}`,
      ...(whenScaled === 'Delete' ? {} : rest),
    })
    world.happen(reported(about, null))
    world.wait(30_000)
    const names = whenScaled === 'Delete' ? ['data-db-0'] : ['data-db-0', ...Object.keys(rest)]
    expect(Object.keys(claimsOf(world))).toEqual(whenDeleted === 'Delete' ? [] : names)
  })

  it('belong to the pod that is scaled away, and stay while it uses them', () => {
    const world = started({ whenScaled: 'Delete' })
    world.happen(reported(about, stateful(2, { whenScaled: 'Delete' })))
    world.wait(10)
    expect(claimsOf(world)['data-db-2']).toBe(`Pod db-2 ${used}`)
    world.wait(30_000)
    expect(claimsOf(world)['data-db-2']).toBeUndefined()
  })

  it('stay without an owner when their StatefulSet leaves them behind', () => {
    const world = started({ whenDeleted: 'Delete' })
    world.happen(reported(about, { kind: 'DeleteOptions', propagationPolicy: 'Orphan' }))
    world.wait(30_000)
    expect(claimsOf(world)['data-db-0']).toBe(used)
  })
})

describe('a claim that is deleted', () => {
  it('stays while a pod uses it, and is made again for the next pod', () => {
    const world = started({ whenDeleted: 'Delete' })
    world.happen(reported('PersistentVolumeClaim shop/data-db-0', null))
    world.wait(10_000)
    expect(claimsOf(world)['data-db-0']).toBe(`StatefulSet db ${used} leaving`)
    world.happen(reported('Pod shop/db-0', null))
    world.wait(30_000)
    expect(claimsOf(world)['data-db-0']).toBe(`StatefulSet db ${used}`)
    expect(world.pods.size).toBe(3)
  })
  it('is gone at once when no pod uses it', () => {
    const world = started({})
    world.happen(reported(about, stateful(2)))
    world.wait(10_000)
    world.happen(reported('PersistentVolumeClaim shop/data-db-2', null))
    expect(claimsOf(world)['data-db-2']).toBeUndefined()
  })
})

it('takes in a claim that exists, which its pod then uses', () => {
  const world = openWorld()
  const claim = {
    ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
    metadata: { name: 'data-db-0', namespace: 'shop' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  }
  world.happen(reported('PersistentVolumeClaim shop/data-db-0', claim))
  expect(claimsOf(world)).toEqual({ 'data-db-0': unused })
  world.happen(nodeJoined('one', 9), reported(about, stateful(1)))
  world.wait(10_000)
  expect(claimsOf(world)).toEqual({ 'data-db-0': used })
})
