/**
 * Tests Deployments in random simulated clusters, in which orders are lost, confirmations come late
 * or twice, and nodes and pods die: they get the right number of pods, and updates are completed
 * unless pods wait for a node.
 */
import {
  bookingOf,
  instant,
  nodeIds,
  replicasOn,
  type AnyController,
  type Controller,
  type Intent,
  type StepEvent,
  type StepState,
} from '@stowage/kernel'
import { simulate, type Moment } from '@stowage/simulator'
import { isRefuted, worldsHold, type StepScenario, type StepSubject } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { titleOfSet } from '../memory/edit.js'
import { emptyMemory, type KubernetesMemory } from '../memory/memory.js'
import { lowerKubernetesNode } from '../memory/node.js'
import { kubernetesController } from './controller.js'
import { kubernetesStatus } from './status.js'
import { nodeJoined, webDeployment } from './world.fixture.js'

const start = instant(1000)
const options = { lowerNode: lowerKubernetesNode }

const joins = (nodes: readonly number[]): readonly StepEvent[] =>
  nodes.map((pods, i): StepEvent => ({ ...nodeJoined(`node-${i}`, pods), at: start }))

const wish = (at: number, name: string, spec: object, more: object = {}): StepEvent => ({
  ...{
    at: instant(at),
    _tag: 'Reported',
    controller: 'kubernetes',
    about: `Deployment shop/${name}`,
  },
  report: webDeployment(spec, { name, ...more }),
})

const memoryOf = (state: StepState): KubernetesMemory =>
  (state.memories.get('kubernetes') ?? emptyMemory) as KubernetesMemory

/** Deployments whose size changes; each has one ReplicaSet. */
const subject = (controller: AnyController = kubernetesController()): StepSubject => ({
  controllers: [controller],
  options,
  eventsOf: ({ nodes, objects, changes }: StepScenario) => {
    const wishOf = (at: number, position: number, replicas: number) => {
      const requests = { cpu: `${objects[position]!.size * 100}m` }
      return wish(at, `d${position}`, { replicas }, { container: { resources: { requests } } })
    }
    return [
      ...joins(nodes),
      ...objects.map(({ count }, i) => wishOf(start, i, count)),
      ...changes.map(({ at, object, count }) => wishOf(at, object % objects.length, count)),
    ]
  },
  wantedOf: (state) => {
    const { deployments } = memoryOf(state)
    return new Map(
      [...deployments.values()].map(({ name, template, replicas }) => [
        titleOfSet(`${name}-${template.hash}`),
        { count: replicas },
      ]),
    )
  },
})

const withIntents = (
  change: (intents: readonly Intent[]) => readonly Intent[],
): Controller<KubernetesMemory> => {
  const controller = kubernetesController()
  return {
    ...controller,
    decide: (view, memory) => {
      const decision = controller.decide(view, memory)
      return { ...decision, intents: change(decision.intents) }
    },
  }
}

const seeingOnly = (
  isSeen: (phase: string | undefined) => boolean,
): Controller<KubernetesMemory> => {
  const controller = kubernetesController()
  return {
    ...controller,
    decide: (view, memory) =>
      controller.decide(
        { ...view, replicas: view.replicas.filter(({ phase }) => isSeen(phase)) },
        memory,
      ),
  }
}

describe('in random worlds', () => {
  it('Deployments keep their counts', () => {
    fc.assert(worldsHold(subject()), { numRuns: 300, seed: 1 })
  })

  it.each<readonly [string, AnyController]>([
    ['pods that are gone are forgotten', seeingOnly((phase) => phase !== undefined)],
    ['no pod is ended', withIntents((all) => all.filter(({ _tag }) => _tag !== 'Stop'))],
    [
      'pods are started twice',
      withIntents((all) =>
        all.flatMap((one): readonly Intent[] => (one._tag === 'Start' ? [one, one] : [one])),
      ),
    ],
    [
      'what waits is never given up',
      withIntents((all) => all.filter(({ _tag }) => _tag !== 'Withdraw')),
    ],
  ])('is refuted when %s', (_, controller) => {
    expect(isRefuted(worldsHold(subject(controller)), { runsMax: 1000 })).toBe(true)
  })
})

/** Updates of two Deployments, and what goes wrong meanwhile. */
const anyUpdates = fc.record({
  seed: fc.nat(999),
  nodes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
  type: fc.constantFrom('RollingUpdate', 'Recreate'),
  maxSurge: fc.nat(2),
  minReadySeconds: fc.constantFrom(0, 3),
  updates: fc
    .array(
      fc.record({
        at: fc.integer({ min: 2000, max: 60_000 }),
        name: fc.constantFrom('a', 'b'),
        image: fc.constantFrom('web:1', 'web:2', 'web:3'),
        replicas: fc.nat(5),
        paused: fc.constantFrom(false, false, false, true),
      }),
      { maxLength: 5 },
    )
    .map((updates) => [...updates].sort((one, other) => one.at - other.at)),
  rates: fc.record({
    lost: fc.constantFrom(0, 0.3),
    delayed: fc.constantFrom(0, 0.3),
    repeated: fc.constantFrom(0, 0.3),
    replicaDeaths: fc.constantFrom(0, 0.3),
    nodeDeaths: fc.constantFrom(0, 0.3),
  }),
})

/** Pods of a Deployment that are starting or running. */
const aliveIn = (state: StepState, name: string): number =>
  nodeIds(state.cluster)
    .flatMap((node) => replicasOn(state.cluster, node))
    .filter(
      ({ id, phase }) =>
        phase !== 'leaving' &&
        bookingOf(state, id)?.owner.name.startsWith(titleOfSet(`shop/${name}-`)) === true,
    ).length

/**
 * However it goes, a Deployment that is not paused ends complete, or pods of it wait for a node;
 * and what the status says of its pods is what the cluster holds.
 */
const updatesEnd = (controller: AnyController) =>
  fc.property(anyUpdates, ({ seed, nodes, type, maxSurge, minReadySeconds, updates, rates }) => {
    const rollingUpdate = { maxSurge, maxUnavailable: 1 }
    const strategy = type === 'Recreate' ? { type } : { type, rollingUpdate }
    const spec = { minReadySeconds, strategy }
    const begin = ['a', 'b'].map((name) => wish(start, name, { ...spec, replicas: 3 }))
    const events = [
      ...joins(nodes),
      ...begin,
      ...updates.map(({ at, name, image, replicas, paused }) =>
        wish(at, name, { ...spec, replicas, paused }, { image }),
      ),
    ]
    const run = simulate({
      ...{ seed, controllers: [controller], options, events },
      ...{ faults: { ...rates, until: 60_000 }, until: instant(2_000_000) },
    })
    if (run.fault !== undefined) throw new Error(JSON.stringify(run.fault))
    run.moments.forEach(({ state }: Moment) => {
      for (const { name, replicas, waiting } of kubernetesStatus(state).deployments) {
        const alive = aliveIn(state, name.slice('shop/'.length))
        if (alive !== replicas - waiting)
          throw new Error(`${name} has ${alive} pods on nodes, not ${replicas - waiting}`)
      }
    })
    for (const { name, paused, complete, waiting } of kubernetesStatus(run.state).deployments)
      if (!paused && !complete && waiting === 0)
        throw new Error(`${name} is not complete, and no pod waits\n${run.log}`)
  })

describe('updates in random worlds', () => {
  it('end, or wait for a node', () => {
    fc.assert(updatesEnd(kubernetesController()), { numRuns: 100, seed: 1 })
  })

  it.each<readonly [string, AnyController]>([
    ['pods that run are not seen', seeingOnly((phase) => phase !== 'running')],
    ['pods that are gone are not seen', seeingOnly((phase) => phase !== undefined)],
    [
      'timers are not set',
      {
        ...kubernetesController(),
        decide: (view, memory: KubernetesMemory) => {
          const { wakeAt: _, ...decision } = kubernetesController().decide(view, memory)
          return decision
        },
      },
    ],
  ])('are refuted when %s', (_, controller) => {
    expect(isRefuted(updatesEnd(controller), { runsMax: 1000 })).toBe(true)
  })
})
