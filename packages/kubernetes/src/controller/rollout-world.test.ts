/**
 * Tests invariants of rolling updates in a simulated cluster:
 * 1. There are never fewer available pods, or more pods at all, than the strategy allows.
 * 2. The counts in the status of the Deployment equal those of the simulated cluster.
 */
import type { AnyController, Decision, Intent, PassView } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fencepostsOf } from '../workload/fenceposts.js'
import { kubernetesController } from './controller.js'
import type { KubernetesMemory } from '../memory/memory.js'
import { nodeJoined, openWorld, webReported, type World } from './world.fixture.js'

interface Rollout {
  readonly replicas: number
  readonly maxSurge: number | string
  readonly maxUnavailable: number | string
  readonly minReadySeconds: number
  readonly start: number
  readonly stop: number
  readonly room: number
  /** The image of each update, and how long it is after the one before. */
  readonly updates: readonly { readonly image: string; readonly after: number }[]
}

const anyPortion = fc.oneof(fc.nat(4), fc.constantFrom('0%', '10%', '25%', '33%', '50%', '100%'))

const isZero = (portion: number | string) => portion === 0 || portion === '0%'

const anyRollout: fc.Arbitrary<Rollout> = fc
  .record({
    replicas: fc.integer({ min: 1, max: 12 }),
    maxSurge: anyPortion,
    maxUnavailable: anyPortion,
    minReadySeconds: fc.constantFrom(0, 0, 1, 7),
    start: fc.constantFrom(1, 700, 5000),
    stop: fc.constantFrom(1, 700, 5000),
    room: fc.nat(6),
    updates: fc.array(
      fc.record({ image: fc.constantFrom('web:2', 'web:3', 'web:4'), after: fc.nat(20_000) }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .filter(({ maxSurge, maxUnavailable }) => !(isZero(maxSurge) && isZero(maxUnavailable)))

/** What the world counts by itself. */
const countedIn = (world: World, minReadySeconds: number) => {
  const live = [...world.pods.values()].filter(({ stoppedFrom }) => stoppedFrom === undefined)
  const running = live.filter(({ runningAt }) => runningAt !== undefined)
  return {
    placed: live.length,
    ready: running.length,
    available: running.filter(({ runningAt }) => runningAt! + minReadySeconds * 1000 <= world.now())
      .length,
    leaving: world.pods.size - live.length,
  }
}

const promise = (controller: () => AnyController, { isReached = true } = {}) =>
  fc.property(anyRollout, (rollout) => {
    const { replicas, maxSurge, maxUnavailable, minReadySeconds, start, stop } = rollout
    const { surge, unavailable } = fencepostsOf({ maxSurge, maxUnavailable }, replicas)
    let isStarted = false
    const check = (world: World) => {
      const { available, placed } = countedIn(world, minReadySeconds)
      const waiting = world.state().pending.reduce((sum, { count }) => sum + count, 0)
      if (placed + waiting > replicas + surge)
        throw new Error(`${placed} pods and ${waiting} waiting, of ${replicas} and ${surge}`)
      isStarted ||= available >= replicas
      if (isStarted && available < replicas - Math.min(unavailable, replicas))
        throw new Error(`${available} available, of ${replicas} less ${unavailable}`)
    }
    const world = openWorld({ delays: { start, stop }, controller: controller(), check })
    const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } }
    const spec = { replicas, minReadySeconds, strategy }
    // Pods that leave hold their room, so that all pods may have to be there twice.
    world.happen(nodeJoined('one', 3 * replicas + rollout.room), webReported(spec))
    world.wait(30_000)
    for (const { image, after } of rollout.updates) {
      world.happen(webReported(spec, { image }))
      world.wait(after)
      const { ready, available, leaving, placed } = countedIn(world, minReadySeconds)
      const status = world.deployment('shop/web')
      expect(status).toMatchObject({ ready, available, leaving })
      expect(status.replicas - status.waiting).toBe(placed)
    }
    world.wait(1_000_000)
    if (isReached) expect(world.deployment('shop/web').complete).toBe(true)
  })

/** The controller with other intents. */
const planted = (
  change: (intents: readonly Intent[], view: PassView) => readonly Intent[],
): AnyController => {
  const controller = kubernetesController()
  return {
    ...controller,
    decide: (view, memory: KubernetesMemory): Decision<KubernetesMemory> => {
      const decision = controller.decide(view, memory)
      return { ...decision, intents: change(decision.intents, view) }
    },
  }
}

/** Ends one more pod than it should. */
const greedy = () =>
  planted((intents, view) => {
    const [stop] = intents.filter((intent) => intent._tag === 'Stop')
    const other = view.replicas.find(
      ({ phase, replica }) =>
        phase === 'running' &&
        !intents.some((one) => one._tag === 'Stop' && one.replica === replica),
    )
    return stop?._tag === 'Stop' && other !== undefined
      ? [...intents, { ...stop, replica: other.replica }]
      : intents
  })

/** Starts twice as many pods as it should. */
const generous = () =>
  planted((intents) =>
    intents.map((intent) =>
      intent._tag === 'Start' ? { ...intent, count: intent.count * 2 } : intent,
    ),
  )

/** Takes running pods for available at once. */
const hasty = (): AnyController => {
  const controller = kubernetesController()
  return {
    ...controller,
    learn: (draft, memory: KubernetesMemory, fact) =>
      controller.learn!(draft, memory, { ...fact, report: withoutMinReady(fact.report) }),
  }
}
const withoutMinReady = (report: unknown): unknown =>
  typeof report === 'object' && report !== null && 'spec' in report
    ? { ...report, spec: { ...(report.spec as object), minReadySeconds: 0 } }
    : report

describe('a rolling update', () => {
  it('of 10 pods never has fewer than 8 available nor more than 13', () => {
    const seen: string[] = []
    const world = openWorld({
      check: (at) => {
        const { available, replicas, updated, leaving } = at.deployment('shop/web')
        seen.push(`${updated}/${replicas} ${available} ${leaving}`)
      },
    })
    const spec = { replicas: 10 }
    world.happen(nodeJoined('one', 40), webReported(spec))
    world.wait(10_000)
    expect(world.deployment('shop/web')).toMatchObject({ complete: true, available: 10 })
    seen.length = 0
    const before = world.now()
    world.happen(webReported(spec, { image: 'web:2' }))
    world.wait(60_000)
    // 25% of 10: 3 too many and 2 too few at most. New pods run after a second, old ones are gone
    // after half of one.
    expect(seen).toEqual([
      ...['5/13 8 2', '5/13 8 0', '10/13 8 5', '10/13 8 0', '10/10 10 3', '10/10 10 0'],
    ])
    expect(world.orders.at(-1)!.given - before).toBeLessThan(60_000)
    expect(world.deployment('shop/web')).toMatchObject({
      ...{ complete: true, updated: 10, available: 10, unavailable: 0, waiting: 0, revision: 2 },
      progress: { reason: 'NewReplicaSetAvailable', status: 'True' },
    })
  })

  it('keeps its bounds, whatever its parameters are', () => {
    fc.assert(
      promise(() => kubernetesController()),
      { numRuns: 150 },
    )
  })

  it.each([
    ['one pod too many is ended', greedy],
    ['too many pods are started', generous],
    ['pods count as available too early', hasty],
  ])('is refuted when %s', (_, controller) => {
    expect(isRefuted(promise(controller, { isReached: false }), { runsMax: 300 })).toBe(true)
  })
})
