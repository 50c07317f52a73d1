/**
 * Tests which pods and revisions StatefulSets, DaemonSets and Jobs adopt, and how many old
 * revisions (ControllerRevisions) they keep.
 */
import { describe, expect, it } from 'vitest'
import { kubernetesApi } from '../api/objects.js'
import { nodeJoined, openWorld, podSpec, reported, type World } from './world.fixture.js'

const manifest = (kind: string, image: string, spec: object = {}) => ({
  ...{ apiVersion: 'apps/v1', kind, metadata: { name: 'db', namespace: 'shop' } },
  spec: {
    selector: { matchLabels: { app: 'db' } },
    template: { metadata: { labels: { app: 'db' } }, spec: podSpec(image) },
    ...spec,
  },
})

const orphaning = { kind: 'DeleteOptions', propagationPolicy: 'Orphan' }

const shown = (world: World) => kubernetesApi.state(world.state())
const revisions = (world: World) =>
  shown(world)
    .objects.filter(({ kind }) => kind === 'ControllerRevision')
    .map(({ owner = '', revision }) => `${owner} ${revision!}`.trim())
    .sort()
const replicas = (world: World) =>
  shown(world)
    .pods.map(({ owner = '', replica }) => `${owner} ${replica!}`.trim())
    .sort()

describe.each([
  ['StatefulSet', { replicas: 2 }],
  ['DaemonSet', {}],
])('a %s', (kind, spec) => {
  const about = `${kind} shop/db`
  const started = () => {
    const world = openWorld()
    world.happen(nodeJoined('one', 9), nodeJoined('two', 9))
    world.happen(reported(about, manifest(kind, 'db:1', spec)))
    world.wait(30_000)
    return world
  }

  it('adopts the pods and versions that one before it has left behind', () => {
    const world = started()
    const before = replicas(world)
    world.happen(reported(about, orphaning))
    world.wait(10_000)
    expect(replicas(world)).toEqual(before.map((one) => one.split(' ').at(-1)))
    expect(revisions(world)).toEqual(['1'])
    world.happen(reported(about, manifest(kind, 'db:1', spec)))
    world.wait(30_000)
    expect(replicas(world)).toEqual(before)
    expect(revisions(world)).toEqual([`${kind} db 1`])
  })

  it('replaces those of another version', () => {
    const world = started()
    const before = replicas(world)
    world.happen(reported(about, orphaning))
    world.wait(10_000)
    world.happen(reported(about, manifest(kind, 'db:2', spec)))
    world.wait(60_000)
    expect(replicas(world)).toHaveLength(before.length)
    expect(replicas(world).filter((one) => before.includes(one))).toEqual([])
    expect(revisions(world)).toEqual([`${kind} db 1`, `${kind} db 2`])
  })

  it('keeps as many old versions as its history limit says', () => {
    const world = started()
    for (const image of ['db:2', 'db:3', 'db:4']) {
      world.happen(reported(about, manifest(kind, image, { ...spec, revisionHistoryLimit: 1 })))
      world.wait(60_000)
    }
    expect(revisions(world)).toEqual([`${kind} db 3`, `${kind} db 4`])
    world.happen(reported(about, manifest(kind, 'db:3', { ...spec, revisionHistoryLimit: 0 })))
    world.wait(60_000)
    expect(revisions(world)).toEqual([`${kind} db 5`])
  })
})

const alone = (name: string, labels: object) =>
  reported(`Pod shop/${name}`, {
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop', labels } },
    spec: { ...podSpec('db:1'), nodeName: 'one' },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  })

const ownersOf = (world: World) =>
  Object.fromEntries(shown(world).pods.map(({ name, owner = '' }) => [name!.slice(5), owner]))

it('a StatefulSet adopts no pod of another name', () => {
  const world = openWorld()
  const labels = { app: 'db' }
  world.happen(nodeJoined('one', 9), alone('db-0', labels), alone('db-x', labels))
  world.happen(alone('db-1', { app: 'other' }))
  world.happen(reported('StatefulSet shop/db', manifest('StatefulSet', 'db:1', { replicas: 1 })))
  world.wait(500)
  const owner = 'StatefulSet db'
  expect(ownersOf(world)).toEqual({ 'db-0': owner, 'db-1': '', 'db-x': '' })
})

it('a Job adopts pods by a selector of its own alone', () => {
  const jobOf = (spec: object) =>
    reported('Job shop/work', {
      ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'work', namespace: 'shop' } },
      spec: {
        parallelism: 2,
        completions: 2,
        template: {
          metadata: { labels: { app: 'work' } },
          spec: podSpec('db:1', { restartPolicy: 'Never' }),
        },
        ...spec,
      },
    })
  const played = (spec: object) => {
    const world = openWorld()
    world.happen(nodeJoined('one', 9), alone('left', { app: 'work' }), jobOf(spec))
    world.wait(5000)
    return ownersOf(world)
  }
  const own = { manualSelector: true, selector: { matchLabels: { app: 'work' } } }
  expect(played(own)['left']).toBe('Job work')
  expect(Object.keys(played(own))).toHaveLength(2)
  expect(played({})['left']).toBe('')
  expect(Object.keys(played({}))).toHaveLength(3)
})

it('a pod whose labels change leaves its StatefulSet, which waits for its name', () => {
  const world = openWorld()
  const spec = { replicas: 1, updateStrategy: { type: 'OnDelete' } }
  world.happen(nodeJoined('one', 9), alone('db-0', { app: 'db' }))
  world.happen(reported('StatefulSet shop/db', manifest('StatefulSet', 'db:1', spec)))
  expect(ownersOf(world)).toEqual({ 'db-0': 'StatefulSet db' })
  world.happen(alone('db-0', { app: 'gone' }))
  world.wait(5000)
  expect(ownersOf(world)).toEqual({ 'db-0': '' })
  world.happen(reported('Pod shop/db-0', null))
  world.wait(20_000)
  expect(ownersOf(world)).toEqual({ 'db-0': 'StatefulSet db' })
})
