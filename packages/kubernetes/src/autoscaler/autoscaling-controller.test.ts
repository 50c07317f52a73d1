/**
 * Tests HorizontalPodAutoscalers over time, on Deployments whose load is divided among the ready
 * pods.
 */
import { getOrThrow, instant, startSteps, step } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reconcileAutoscaler } from '../autoscale/reconcile.js'
import {
  nodeJoined,
  openWorld,
  podSpec,
  reported,
  webReported,
  type World,
} from '../controller/world.fixture.js'
import { lowerKubernetesNode } from '../memory/node.js'
import { autoscalingController } from './autoscaling-controller.js'
import type { AutoscalingMemory } from './autoscaling-memory.js'
import type { Look } from './look.js'

const autoscaler = (spec: object = {}, name = 'web') => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name, namespace: 'shop' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    ...{ minReplicas: 1, maxReplicas: 15 },
    metrics: [
      {
        type: 'Pods',
        pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '10' } },
      },
    ],
    ...spec,
  },
})
const subject = (name = 'web') => `HorizontalPodAutoscaler shop/${name}`

const open = (look?: Look, spec: object = {}): World => {
  const world = openWorld({ controller: autoscalingController({}, look) })
  world.happen(nodeJoined('n1', 20), nodeJoined('n2', 20), webReported())
  world.wait(5000)
  world.happen(reported(subject(), autoscaler(spec)))
  return world
}
const memoryOf = (world: World) => world.memory() as AutoscalingMemory
const wantedIn = (world: World): number => world.deployment('shop/web').desired

/** Shares the load by the pods that are ready, every 5 seconds. */
const drive = (world: World, load: number, seconds: number, names: readonly string[] = ['web']) => {
  for (let second = 0; second < seconds; second += 5) {
    const pods = [...memoryOf(world).pods.values()].filter(({ readyAt }) => readyAt !== undefined)
    const share = String(Math.round((1000 * load) / Math.max(1, pods.length)))
    const measured = [{ pods: Object.fromEntries(pods.map(({ name }) => [name, `${share}m`])) }]
    world.happen(...names.map((name) => reported(subject(name), { measured })))
    world.wait(5000)
  }
}

describe('an autoscaler', () => {
  it('changes the count of its Deployment, whose pods start and end', () => {
    const world = open()
    drive(world, 78, 60)
    expect([wantedIn(world), world.deployment('shop/web').available]).toEqual([8, 8])
    drive(world, 20, 420)
    expect([wantedIn(world), world.deployment('shop/web').replicas]).toEqual([2, 2])
    expect(memoryOf(world).autoscalers.get('shop/web')!.note).toBe(
      'New size: 2; reason: All metrics below target',
    )
  })
  it('does nothing without a report of its metric, but for its bounds', () => {
    const world = open()
    world.wait(60_000)
    expect(wantedIn(world)).toBe(3)
    expect(memoryOf(world).autoscalers.get('shop/web')!.note).toContain('nothing was reported')
    world.happen(reported(subject(), autoscaler({ minReplicas: 5 })))
    world.wait(1000)
    expect(wantedIn(world)).toBe(5)
    world.happen(reported(subject(), autoscaler({ maxReplicas: 4 })))
    world.wait(1000)
    expect(wantedIn(world)).toBe(4)
  })
  it('is blocked by another of the same pods from its second look on', () => {
    const world = open()
    world.happen(reported(subject('other'), autoscaler({}, 'other')))
    drive(world, 120, 120, ['web', 'other'])
    const notes = [...memoryOf(world).autoscalers.values()].map(({ note }) => note)
    expect(notes.every((note) => note.includes('more than one HPA'))).toBe(true)
    const held = wantedIn(world)
    drive(world, 1, 600, ['web', 'other'])
    expect(wantedIn(world)).toBe(held)
    world.happen(reported(subject('other'), null))
    drive(world, 1, 400)
    expect(wantedIn(world)).toBe(1)
  })
  it.each([
    [{ maxReplicas: 0 }, ['spec', 'maxReplicas']],
    [
      { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'web' } },
      ['spec', 'scaleTargetRef', 'kind'],
    ],
    [{ metrics: [{ type: 'Pods' }] }, ['spec', 'metrics', 0, 'pods']],
  ])('that is malformed is a fault with its path: %j', (spec, at) => {
    const controller = autoscalingController()
    const run = step([controller], { lowerNode: lowerKubernetesNode })
    const event = { at: instant(1), ...reported(subject(), autoscaler(spec)) }
    const result = run(startSteps({ now: instant(1) }), [event])
    expect(result).toMatchObject({ _tag: 'Left' })
    expect(JSON.stringify(result)).toContain(JSON.stringify(at).slice(1, -1))
  })
  it('has a state at rest that answers no events with no orders, and a hash', () => {
    const world = open()
    drive(world, 30, 60)
    const orders = world.orders.filter(({ _tag }) => _tag !== 'WakeAt').length
    drive(world, 30, 120)
    expect(world.orders.filter(({ _tag }) => _tag !== 'WakeAt')).toHaveLength(orders)
    expect(JSON.stringify(autoscalingController().toData(memoryOf(world)))).toContain('shop/web')
    const run = step([autoscalingController()], { lowerNode: lowerKubernetesNode })
    expect(getOrThrow(run(world.state(), [])).effects).toEqual([])
  })
})

/** A load that rises or falls and comes back: the count follows, and comes back, and stays. */
const comesBack = (look: Look) =>
  fc.property(fc.integer({ min: 5, max: 140 }), fc.integer({ min: 5, max: 140 }), (low, high) => {
    const world = open(look)
    drive(world, low, 420)
    drive(world, high, 420)
    const counts: number[] = []
    for (let i = 0; i < 36; i++) {
      drive(world, low, 15)
      counts.push(wantedIn(world))
    }
    const settled = counts.at(-1)!
    const served = low / (10 * settled)
    const isRising = settled >= counts[0]!
    const isStraight = counts.every((count, i) => {
      const before = counts[i - 1] ?? count
      return isRising ? count >= before : count <= before
    })
    const isSteady = isStraight && counts.slice(-8).every((count) => count === settled)
    return isSteady && served <= 1.1 && (served >= 0.9 || settled === Math.ceil(low / 10))
  })

describe('scaling there and back by the same metric', () => {
  it('comes to rest where the load is served', { timeout: 60_000 }, () => {
    fc.assert(comesBack(reconcileAutoscaler), { numRuns: 12, seed: 3 })
  })
  it('is refuted when a look takes one pod too many away', { timeout: 60_000 }, () => {
    const eager: Look = (view) => {
      const found = reconcileAutoscaler(view)
      const isDown = found.scale !== undefined && found.scale > 1 && found.scale < view.specReplicas
      return isDown ? { ...found, scale: found.scale - 1 } : found
    }
    expect(isRefuted(comesBack(eager), { runsMax: 12, seed: 3 })).toBe(true)
  })
})

describe.each(['StatefulSet', 'ReplicaSet'] as const)('an autoscaler of a %s', (kind) => {
  const workload = {
    ...{ apiVersion: 'apps/v1', kind, metadata: { name: 'db', namespace: 'shop' } },
    spec: {
      ...{ replicas: 2, selector: { matchLabels: { app: 'db' } } },
      template: { metadata: { labels: { app: 'db' } }, spec: podSpec('db:1') },
    },
  }
  const openWith = (bounds: object = {}): World => {
    const world = openWorld({ controller: autoscalingController() })
    world.happen(nodeJoined('n1', 20), reported(`${kind} shop/db`, workload))
    world.wait(8000)
    const scaleTargetRef = { apiVersion: 'apps/v1', kind, name: 'db' }
    world.happen(reported(subject(), autoscaler({ scaleTargetRef, ...bounds })))
    return world
  }
  it('changes its count, both ways', () => {
    const world = openWith()
    drive(world, 48, 90)
    expect(world.pods.size).toBe(5)
    drive(world, 20, 480)
    expect(world.pods.size).toBe(2)
    expect(memoryOf(world).autoscalers.get('shop/web')!.target).toBe(`${kind} shop/db`)
  })
  it('keeps its bounds', () => {
    const world = openWith({ minReplicas: 4 })
    world.wait(20_000)
    expect(world.pods.size).toBe(4)
  })
  it('says when it is not there', () => {
    const world = openWith()
    world.happen(reported(`${kind} shop/db`, null))
    world.wait(30_000)
    expect(memoryOf(world).autoscalers.get('shop/web')!.note).toBe(`no ${kind} shop/db`)
  })
})
