/** Tests the controllers of Deployments and ReplicaSets, case by case. */
import {
  batch,
  empty,
  findClass,
  instant,
  step,
  startSteps,
  tableIds,
  type StepEvent,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { kubernetesController } from './controller.js'
import { decidePass } from './decide.js'
import { readObjects } from '../words/object.js'
import type { KubernetesMemory } from '../memory/memory.js'
import { lowerKubernetesNode } from '../memory/node.js'
import { podNameOf, podSubject } from '../memory/pod-name.js'
import {
  nodeChanged,
  nodeJoined,
  openWorld,
  podSpec,
  reported,
  webDeployment,
  webReported,
  type World,
} from './world.fixture.js'

const web = (world: World) => world.deployment('shop/web')
const sets = (world: World) =>
  world
    .status()
    .replicaSets.map(({ name, desired, available, revision }) => [
      name.replace(/^shop\/web-/, ''),
      ...[desired, available, revision],
    ])

const settled = (...of: Parameters<typeof webReported>) => {
  const world = openWorld()
  world.happen(nodeJoined('one', 40), webReported(...of))
  world.wait(60_000)
  return world
}

/** A running pod of a ReplicaSet, as a dump has it. */
const runningPod = (
  name: string,
  {
    labels = { app: 'web', 'pod-template-hash': 'old' },
    owner = 'web-old',
    node = 'one',
    metadata = {},
    status = {},
    image = 'web:0',
  }: {
    readonly labels?: object
    readonly owner?: string | undefined
    readonly node?: string
    readonly metadata?: object
    readonly status?: object
    readonly image?: string
  } = {},
) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    ...{ name, namespace: 'shop', labels, uid: `uid-${name}` },
    ...(owner === ''
      ? {}
      : {
          ownerReferences: [
            { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, uid: 'u', controller: true },
          ],
        }),
    ...metadata,
  },
  spec: { ...podSpec(image), nodeName: node },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], ...status },
})

const oldSet = (replicas: number, { owner = 'web', image = 'web:0' } = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: {
    ...{ name: 'web-old', namespace: 'shop', labels: { app: 'web', 'pod-template-hash': 'old' } },
    ...(owner === ''
      ? {}
      : {
          ownerReferences: [
            { apiVersion: 'apps/v1', kind: 'Deployment', name: owner, uid: 'd', controller: true },
          ],
        }),
    annotations: { 'deployment.kubernetes.io/revision': '4' },
  },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web', 'pod-template-hash': 'old' } },
    template: {
      metadata: { labels: { app: 'web', 'pod-template-hash': 'old' } },
      spec: podSpec(image),
    },
  },
})

const stopped = (world: World) =>
  world.orders.flatMap((order) => (order._tag === 'Stop' ? [order.replica] : []))

describe('a Deployment', () => {
  it('makes a ReplicaSet, whose pods are placed', () => {
    const world = settled()
    expect(web(world)).toMatchObject({ desired: 3, updated: 3, available: 3, complete: true })
    expect(sets(world)).toEqual([[expect.any(String), 3, 3, 1]])
    const [order] = world.orders
    expect(order).toMatchObject({
      ...{ _tag: 'Place', node: 'one', owner: { controller: 'kubernetes' } },
    })
  })

  it('waits for room, and goes on when there is some', () => {
    const world = openWorld()
    world.happen(nodeJoined('one', 2), webReported())
    world.wait(10_000)
    expect(web(world)).toMatchObject({ available: 2, waiting: 1, unavailable: 1, complete: false })
    world.happen(nodeJoined('two', 2))
    world.wait(10_000)
    expect(web(world)).toMatchObject({ available: 3, waiting: 0, complete: true })
  })

  it('replaces pods of a node that is gone, and pods that die', () => {
    const world = settled()
    world.happen(nodeJoined('two', 40), { _tag: 'NodeLeft', name: 'one' })
    world.wait(10_000)
    expect(web(world)).toMatchObject({ available: 3, waiting: 0 })
    const [replica] = [...world.pods].filter(([, { node }]) => node === 'two').map(([id]) => id)
    world.happen({ _tag: 'ReplicaStopped', replica: replica!, because: 'OOMKilled' })
    expect(web(world)).toMatchObject({ available: 2, replicas: 3 })
    world.wait(10_000)
    expect(web(world).available).toBe(3)
  })

  it('keeps as many old ReplicaSets as its history may have', () => {
    const world = settled({ revisionHistoryLimit: 1 })
    for (const image of ['web:2', 'web:3', 'web:4']) {
      world.happen(webReported({ revisionHistoryLimit: 1 }, { image }))
      world.wait(60_000)
    }
    expect(sets(world).map(([, desired, , revision]) => [desired, revision])).toEqual(
      expect.arrayContaining([
        [0, 3],
        [3, 4],
      ]),
    )
    expect(sets(world)).toHaveLength(2)
  })

  it('goes back to an old ReplicaSet, with a new revision', () => {
    const world = settled()
    const [[first]] = sets(world) as [[string]]
    world.happen(webReported({}, { image: 'web:2' }))
    world.wait(60_000)
    world.happen(webReported())
    world.wait(60_000)
    expect(web(world)).toMatchObject({ revision: 3, complete: true })
    expect(sets(world)).toContainEqual([first, 3, 3, 3])
  })

  it('of strategy Recreate waits until the last old pod is gone', () => {
    const spec = { strategy: { type: 'Recreate' } }
    const world = settled(spec)
    world.happen(webReported(spec, { image: 'web:2' }))
    expect(web(world)).toMatchObject({ replicas: 0, leaving: 3, available: 0 })
    world.wait(499)
    expect(sets(world)).toHaveLength(1)
    world.wait(1)
    expect(web(world)).toMatchObject({ updated: 3, leaving: 0, available: 0 })
    world.wait(60_000)
    expect(web(world)).toMatchObject({ updated: 3, available: 3, complete: true })
  })

  it('changes no pod while it is paused, but scales', () => {
    const world = settled()
    world.happen(webReported({ paused: true, replicas: 5 }, { image: 'web:2' }))
    world.wait(60_000)
    expect(web(world)).toMatchObject({
      ...{ paused: true, updated: 0, available: 5, complete: false },
      progress: { reason: 'DeploymentPaused', status: 'Unknown' },
    })
    world.happen(webReported({ replicas: 5 }, { image: 'web:2' }))
    world.wait(60_000)
    expect(web(world)).toMatchObject({ updated: 5, available: 5, complete: true })
  })

  it('that is resized in a rollout shares the pods out', () => {
    const world = openWorld()
    world.happen(nodeJoined('one', 13), webReported({ replicas: 10 }))
    world.wait(10_000)
    world.happen(
      webReported({ replicas: 10 }, { image: 'web:2', pod: { nodeSelector: { a: 'b' } } }),
    )
    world.wait(10_000)
    expect(
      sets(world)
        .map(([, desired]) => desired)
        .sort(),
    ).toEqual([5, 8])
    world.happen(
      webReported({ replicas: 20 }, { image: 'web:2', pod: { nodeSelector: { a: 'b' } } }),
    )
    // 25 in all: 8 / 13 and 5 / 13 of them, rounded.
    expect(
      sets(world)
        .map(([, desired]) => desired)
        .sort(),
    ).toEqual([10, 15])
  })

  it('says when it makes no progress within its deadline, and when it does again', () => {
    const world = openWorld()
    const spec = { progressDeadlineSeconds: 60 }
    world.happen(nodeJoined('one', 2), webReported(spec))
    world.wait(61_000)
    // The last progress was at 1 s, when two pods became available.
    expect(web(world).progress).toMatchObject({ reason: 'ReplicaSetUpdated' })
    world.wait(1)
    expect(web(world).progress).toMatchObject({
      reason: 'ProgressDeadlineExceeded',
      status: 'False',
    })
    world.happen(nodeJoined('two', 2))
    world.wait(10_000)
    expect(web(world).progress).toMatchObject({ reason: 'NewReplicaSetAvailable', status: 'True' })
  })

  it('counts pods as available when they have been ready for long enough', () => {
    const world = openWorld()
    world.happen(nodeJoined('one', 9), webReported({ minReadySeconds: 10 }))
    world.wait(10_999)
    expect(web(world)).toMatchObject({ ready: 3, available: 0 })
    world.wait(1)
    expect(web(world)).toMatchObject({ ready: 3, available: 3 })
  })

  it('with readiness probes waits for reports', () => {
    const container = { readinessProbe: { tcpSocket: { port: 80 } } }
    const world = settled({}, { container })
    expect(web(world)).toMatchObject({ ready: 0, replicas: 3 })
    const { pods, needsReadiness } = world.status().replicaSets[0]!
    expect(needsReadiness).toBe(true)
    const owner = world.pods.get(pods[0]!)!.owner
    world.happen(reported(podSubject(owner, pods[0]!), { ready: true }))
    expect(web(world)).toMatchObject({ ready: 1, available: 1 })
    world.happen(reported(podSubject(owner, pods[0]!), { ready: false, restarts: 2 }))
    expect(web(world)).toMatchObject({ ready: 0, available: 0 })
    expect(world.memory().pods.get(pods[0]!)).toMatchObject({ restarts: 2, phase: 'Running' })
  })

  it('goes with all its pods when it is deleted, and only once', () => {
    const world = settled()
    const [pod, { owner }] = [...world.pods][0]!
    world.happen(reported('Deployment shop/web', null))
    expect(world.status()).toEqual({
      ...{ deployments: [], replicaSets: [], slotted: [], jobs: [], cronJobs: [], warnings: [] },
    })
    expect(stopped(world)).toHaveLength(3)
    world.wait(10_000)
    expect(world.pods.size).toBe(0)
    expect(world.memory().pods.size).toBe(0)
    world.happen(reported(podSubject(owner, pod), { ready: true }))
    expect(world.memory().pods.size).toBe(0)
    world.happen(reported('Deployment shop/web', null))
    expect(stopped(world)).toHaveLength(3)
  })

  it('ends surplus pods of crowded nodes first, those that wait before all', () => {
    const world = openWorld()
    world.happen(nodeJoined('a', 3), nodeJoined('b', 2), webReported({ replicas: 7 }))
    world.wait(10_000)
    expect(web(world).waiting).toBe(2)
    world.happen(webReported({ replicas: 4 }))
    expect(web(world)).toMatchObject({ waiting: 0, replicas: 4 })
    expect(stopped(world).map((replica) => world.pods.get(replica)!.node)).toEqual(['a'])
  })

  it('ends pods that say that they have failed, and replaces them', () => {
    const world = settled()
    const { pods, name } = world.status().replicaSets[0]!
    world.happen(reported(`Pod ${podNameOf(name, pods[1]!)}`, { phase: 'Failed' }))
    expect(stopped(world)).toEqual([pods[1]])
    world.wait(10_000)
    expect(web(world).available).toBe(3)
  })
})

describe('what runs already', () => {
  const opened = (...order: readonly ('Deployment' | 'ReplicaSet' | 'Pod')[]) => {
    const world = openWorld()
    world.happen(nodeJoined('one', 20))
    const reports = {
      Deployment: [webReported({}, { image: 'web:0' })],
      ReplicaSet: [reported('ReplicaSet shop/web-old', oldSet(3))],
      Pod: ['web-old-bcdfg', 'web-old-hjklm', 'web-old-npqrs'].map((name) =>
        reported(`Pod shop/${name}`, runningPod(name)),
      ),
    }
    world.wait(1)
    world.happen(...order.flatMap((kind) => reports[kind]))
    return world
  }

  it.each([[['Deployment', 'ReplicaSet', 'Pod']], [['Pod', 'ReplicaSet', 'Deployment']]] as const)(
    'is adopted at one instant in the order %s, and nothing is ordered',
    (order) => {
      const world = opened(...order)
      expect(web(world)).toMatchObject({ available: 3, updated: 3, complete: true, revision: 4 })
      expect(world.orders).toEqual([])
    },
  )

  it('is the same state in whatever order it is reported', () => {
    expect(
      kubernetesController().toData(opened('Pod', 'ReplicaSet', 'Deployment').memory()),
    ).toEqual(kubernetesController().toData(opened('Deployment', 'Pod', 'ReplicaSet').memory()))
  })

  it('is replaced by a new template', () => {
    const world = opened('Deployment', 'ReplicaSet', 'Pod')
    world.happen(webReported({}, { image: 'web:1' }))
    world.wait(60_000)
    expect(web(world)).toMatchObject({ available: 3, updated: 3, complete: true, revision: 5 })
    expect(stopped(world)).toHaveLength(3)
  })

  it('is adopted by selectors where nothing controls it', () => {
    const world = openWorld()
    world.happen(nodeJoined('one', 20))
    world.wait(1)
    world.happen(
      reported('Pod shop/web-old-bcdfg', runningPod('web-old-bcdfg', { owner: '' })),
      reported('Pod shop/other', runningPod('other', { owner: '', labels: { app: 'other' } })),
    )
    world.happen(reported('ReplicaSet shop/web-old', oldSet(1, { owner: '' })))
    expect(world.status().replicaSets).toMatchObject([{ desired: 1, replicas: 1, waiting: 0 }])
    world.happen(webReported({ replicas: 1 }, { image: 'web:0' }))
    expect(world.status().replicaSets).toMatchObject([{ deployment: 'shop/web', replicas: 1 }])
    expect(world.orders).toEqual([])
  })

  it('changes as it is reported, and never moves', () => {
    const world = opened('Deployment', 'ReplicaSet', 'Pod')
    world.happen(
      reported(
        'Pod shop/web-old-bcdfg',
        runningPod('web-old-bcdfg', {
          metadata: {
            annotations: { 'controller.kubernetes.io/pod-deletion-cost': '-5' },
            creationTimestamp: '2025-12-31T23:00:00Z',
          },
          status: {
            conditions: [{ type: 'Ready', status: 'False' }],
            containerStatuses: [{ name: 'main', restartCount: 7 }],
          },
        }),
      ),
    )
    expect(web(world).ready).toBe(2)
    const replica = world.memory().podNames.get('shop/web-old-bcdfg')!
    expect(world.memory().pods.get(replica)).toMatchObject({ deletionCost: -5, restarts: 7 })
    expect(() =>
      world.happen(
        reported('Pod shop/web-old-bcdfg', runningPod('web-old-bcdfg', { node: 'two' })),
      ),
    ).toThrow()
  })

  it('is ended when it is deleted, and replaced', () => {
    const world = opened('Deployment', 'ReplicaSet', 'Pod')
    world.happen(reported('Pod shop/web-old-bcdfg', null))
    expect(stopped(world)).toHaveLength(1)
    expect(web(world)).toMatchObject({ available: 2, replicas: 3, leaving: 1 })
    world.wait(10_000)
    expect(web(world)).toMatchObject({ available: 3, leaving: 0 })
    expect(world.memory().podNames.has('shop/web-old-bcdfg')).toBe(false)
  })
})

describe('a report that cannot be taken in', () => {
  const run = step([kubernetesController()], { lowerNode: lowerKubernetesNode })
  const faultOf = (about: string, report: unknown) => {
    const event: StepEvent = {
      ...{ _tag: 'Reported', controller: 'kubernetes', at: instant(5), about, report },
    }
    const result = run(startSteps(), [event])
    return E.isLeft(result) ? result.left : undefined
  }

  it.each<readonly [string, unknown, readonly (string | number)[]]>([
    ['Secret shop/web', {}, ['report']],
    ['Deployment web', {}, ['report']],
    ['Deployment shop/web', 7, ['report']],
    ['Deployment shop/web', { kind: 'Deployment' }, ['report', 'apiVersion']],
    ['Deployment shop/web', { apiVersion: 'v1', kind: 'Pod' }, ['report', 'metadata']],
    ['Deployment shop/web', oldSet(1), ['report', 'kind']],
    ['Deployment shop/shop', webDeployment(), ['report', 'metadata', 'name']],
    ['Deployment shop/web', webDeployment({ replicas: -1 }), ['report', 'spec', 'replicas']],
    [
      'Deployment shop/web',
      webDeployment({ selector: { matchLabels: { app: 'other' } } }),
      ['report', 'spec', 'template', 'metadata', 'labels'],
    ],
    ['Pod shop/web', { ready: true }, ['report']],
    ['Pod shop/web', runningPod('web', { node: 'none' }), ['report', 'spec', 'nodeName']],
    [
      'Pod shop/web',
      runningPod('web', { metadata: { creationTimestamp: 'soon' } }),
      ['report', 'metadata', 'creationTimestamp'],
    ],
  ])('is a fault with its path: %s %#', (about, report, at) => {
    expect(faultOf(about, report)).toMatchObject({ _tag: 'BadReport', event: 0, at })
  })

  it('says of a short report which field is wrong', () => {
    const world = settled()
    const { pods, name } = world.status().replicaSets[0]!
    const about = `Pod ${podNameOf(name, pods[0]!)}`
    for (const report of [{ ready: 'yes' }, { redy: true }, { phase: 'Gone' }, { restarts: -1 }])
      expect(() => world.happen(reported(about, report))).toThrow()
  })

  it('leaves nodes without a document alone', () => {
    const [, lowered] = batch(empty, (draft) => lowerKubernetesNode(draft, { kind: 'Pod' }, 'one'))
    expect(lowered).toMatchObject({ left: { at: ['apiVersion'] } })
  })
})

describe('what rules cannot place', () => {
  it('is said', () => {
    const pod = {
      priority: undefined,
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
      resourceClaims: [{ name: 'gpu', resourceClaimName: 'gpu' }],
      schedulingGates: [{ name: 'example.com/wait' }],
    }
    const world = settled({}, { pod })
    expect(world.status().warnings.map(({ code, subject }) => [code, subject])).toEqual([
      ['PodNeedIgnored', 'Deployment shop/web'],
      ['PodNeedIgnored', 'Deployment shop/web'],
      ['PodsHeld', 'Deployment shop/web'],
    ])
    // The gates hold them.
    expect(web(world)).toMatchObject({ waiting: 3, available: 0 })
    world.happen(webReported())
    world.wait(60_000)
    expect(world.status().warnings).toEqual([])
    expect(web(world)).toMatchObject({ available: 3, complete: true })
  })

  it('makes no pods that admission refuses', () => {
    const limits = [{ type: 'Container', max: { cpu: '50m' } }]
    const { objects } = readObjects({
      from: 'limits',
      value: {
        ...{ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'l', namespace: 'shop' } },
        spec: { limits },
      },
    })
    const world = openWorld({ controller: kubernetesController({ objects }) })
    world.happen(nodeJoined('one', 40), webReported())
    world.wait(60_000)
    expect(world.status().warnings).toMatchObject([
      { code: 'PodsHeld', text: expect.stringContaining('FailedCreate') as string },
    ])
    expect(web(world)).toMatchObject({ desired: 3, waiting: 0, replicas: 0, unavailable: 3 })
  })
})

describe('classes', () => {
  const classIds = (world: World) =>
    [...world.memory().classes.values()].map((lowered) => lowered.class)

  it('are shared by equal templates, and forgotten when nothing uses them', () => {
    const world = settled({ revisionHistoryLimit: 0 })
    const first = classIds(world)[0]!
    for (let i = 2; i < 40; i++) {
      world.happen(
        webReported({ revisionHistoryLimit: 0 }, { image: `web:${i}`, labels: { i: String(i) } }),
      )
      world.wait(60_000)
    }
    expect(world.memory().classes.size).toBeLessThan(20)
    expect(O.isNone(findClass(world.state().cluster, first))).toBe(true)
    expect(web(world)).toMatchObject({ available: 3, complete: true })
  })

  it('and the words that they alone said, are as many after many rollouts as after some', () => {
    const world = settled({ revisionHistoryLimit: 0 })
    /** The most words at the end of a rollout, as classes are forgotten several at a time. */
    const wordsMax = (from: number, to: number): number => {
      let max = 0
      for (let i = from; i < to; i++) {
        const labels = { version: String(i) }
        world.happen(webReported({ revisionHistoryLimit: 0 }, { image: `web:${i}`, labels }))
        world.wait(60_000)
        max = Math.max(max, tableIds(world.state().cluster).words.length)
      }
      return max
    }
    const some = wordsMax(0, 40)
    expect(some).toBeGreaterThan(20)
    expect(wordsMax(40, 80)).toBe(some)
  })

  it('are replaced when a pod comes whose terms speak of them', () => {
    const world = openWorld()
    world.happen(nodeJoined('one', 1), webReported({ replicas: 2 }))
    world.wait(10_000)
    expect(web(world).waiting).toBe(1)
    const [before] = classIds(world)
    // A pod that keeps those of web away from its node.
    const podAntiAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } },
      ],
    }
    world.happen(
      nodeJoined('two', 0),
      webReported({ replicas: 1 }, { name: 'lone', pod: { affinity: { podAntiAffinity } } }),
    )
    world.wait(10_000)
    world.happen(nodeChanged('two', 4))
    world.wait(10_000)
    const after = world.memory().classes
    expect([...after.values()].map((lowered) => lowered.class)).not.toContain(before)
    const nodes = [...world.pods.values()].map(({ owner, node }) => [owner.slice(0, 19), node])
    // Both wait for the node; web's is placed first or the lone one is, and never both there.
    expect(nodes.filter(([, node]) => node === 'two')).toHaveLength(1)
    expect(world.state().pending.map(({ count }) => count)).toEqual([1])
  })
})

/** A pass in which no node changed. */
const passOf = (world: World) => ({ now: world.now(), cluster: world.state().cluster, nodes: [] })

describe('a pass without anything new', () => {
  it('looks at nothing but whether there is', () => {
    const world = settled({ progressDeadlineSeconds: 60 })
    const memory = world.memory()
    const looks = new Set<string | symbol>()
    const watched = new Proxy(memory, {
      get: (target, key) => {
        looks.add(key)
        return target[key as keyof KubernetesMemory]
      },
    })
    const decision = decidePass({ ...passOf(world), replicas: [] }, watched)
    const first = [...looks]
    expect(decision.memory).toBe(watched)
    expect(decision.intents).toEqual([])
    expect(first).toEqual(['inbox', 'nextDue', 'limits'])
  })

  it.each([100, 1000])('one change among %i Deployments walks over none of them', (count) => {
    const world = openWorld()
    world.happen(
      nodeJoined('one', count + 1),
      ...Array.from({ length: count }, (_, i) =>
        webReported({ replicas: 1 }, { name: `web-${i}`, labels: { app: `web-${i}` } }),
      ),
    )
    world.wait(5000)
    const memory = world.memory()
    let walks = 0
    const watch = <Of extends ReadonlyMap<unknown, unknown>>(map: Of): Of =>
      new Proxy(map, {
        get: (target, key) => {
          if (!['get', 'has', 'size', 'layers'].includes(String(key))) walks++
          const value: unknown = Reflect.get(target, key)
          return typeof value === 'function' ? (value.bind(target) as unknown) : value
        },
        has: (target, key) => key !== 'layers' && Reflect.has(target, key),
      })
    const watched = {
      ...memory,
      deployments: watch(memory.deployments),
      replicaSets: watch(memory.replicaSets),
      pods: watch(memory.pods),
      setsOf: watch(memory.setsOf),
      classes: watch(memory.classes),
    }
    const [replica, pod] = [...memory.pods][0]!
    const gone = {
      ...{ replica, owner: `ReplicaSet ${pod.set}`, class: pod.class, node: pod.node },
      ...{ phase: undefined, because: undefined },
    }
    const { intents } = decidePass({ ...passOf(world), replicas: [gone] }, watched)
    expect(intents).toMatchObject([{ _tag: 'Start', count: 1 }])
    expect(walks).toBe(0)
  })
})
