/**
 * Tests services with auto scaling in random simulated clusters: `MinCapacity` and `MaxCapacity`
 * change, orders are lost, events are delayed and repeated, tasks and instances die. After every
 * step of the simulation the invariants must hold that all controllers share.
 */
import { instant, type AnyController, type StepEvent } from '@stowage/kernel'
import { isRefuted, worldsHold, type StepScenario, type StepSubject } from '@stowage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { lowerContainerInstance } from '../controller/container-instance-node.js'
import { deploymentOwner } from '../memory/memory.js'
import { container, instance, resources, service, task } from '../plan/plan.fixture.js'
import { scalingController } from './scaling-controller.js'
import type { ScalingServicesMemory } from './scaling-memory.js'

const start = 1000
const untiring = { restartCurve: { first: 0, factor: 1, max: 0 } }
const memoryPerSize = 64

const report = (at: number, about: string, value: unknown): StepEvent => ({
  ...{ at: instant(at), _tag: 'Reported', controller: 'ecs', about },
  report: value,
})

/** Bounds that leave one count alone. */
const bounds = (at: number, i: number, nth: number, count: number): StepEvent =>
  report(at, `scaling ${nth}`, {
    action: 'RegisterScalableTarget',
    request: {
      ...{ ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' },
      ...{ ResourceId: `service/default/object-${i}`, MinCapacity: count, MaxCapacity: count },
    },
  })

const subject = (controller: AnyController = scalingController(untiring)): StepSubject => ({
  controllers: [controller],
  options: { lowerNode: lowerContainerInstance },
  eventsOf: ({ nodes, objects, changes }: StepScenario) => [
    ...nodes.map(
      (size, i): StepEvent => ({
        ...{ at: instant(start), _tag: 'NodeJoined', name: `node-${i}` },
        node: instance(`node-${i}`, 'abc'[i % 3], {
          registeredResources: resources(2048, size * memoryPerSize),
        }),
      }),
    ),
    ...objects.flatMap(({ count, size }, i) => {
      const family = `object-${i}`
      const containerDefinitions = [container({ cpu: 1, memory: size * memoryPerSize })]
      return [
        report(start, `definition ${family}:1`, task(family, { containerDefinitions })),
        report(start, `service ${family}`, service(family, { desiredCount: count })),
      ]
    }),
    ...changes.map(({ at, object, count }, i) => bounds(at, object % objects.length, i, count)),
  ],
  wantedOf: ({ memories }) => {
    const memory = memories.get('ecs') as ScalingServicesMemory | undefined
    return new Map(
      [...(memory?.services ?? [])].map(([name, record]) => [
        deploymentOwner(name, record.deployments[0].id),
        { count: record.service.desiredCount ?? 0 },
      ]),
    )
  },
})

it('services have the counts that scaling wants', { timeout: 120_000 }, () => {
  fc.assert(worldsHold(subject()), { numRuns: 100, seed: 1 })
})

it('is refuted when what services want is lost in a minute', { timeout: 120_000 }, () => {
  const controller = scalingController(untiring)
  const losing: typeof controller = {
    ...controller,
    decide: (view, memory) => {
      const decision = controller.decide(view, memory)
      const isDue = memory.nextMinute !== undefined && memory.nextMinute <= view.now
      return isDue ? { ...decision, intents: [] } : decision
    },
  }
  expect(isRefuted(worldsHold(subject(losing)), { runsMax: 200 })).toBe(true)
})
