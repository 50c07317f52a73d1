/**
 * Tests the controller of services in random simulated clusters: orders are lost, delayed and
 * repeated, tasks and instances die, and desired counts change. After every step of the simulation
 * the invariants must hold that all controllers share.
 */
import { instant, type AnyController, type Intent, type StepEvent } from '@stowage/kernel'
import { isRefuted, worldsHold, type StepScenario, type StepSubject } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { container, instance, resources, service, task } from '../plan/plan.fixture.js'
import { lowerContainerInstance } from './container-instance-node.js'
import { ecsController } from './ecs-controller.js'
import { withIntents } from './planted.fixture.js'
import { deploymentOwner, type EcsMemory } from '../memory/memory.js'

const start = 1000
/** What is lost is ordered again at once. */
const untiring = { restartCurve: { first: 0, factor: 1, max: 0 } }
const memoryPerSize = 64

/** With `isUpdate` each change of a count is one of the definition too. */
const eventsOf =
  (isUpdate: boolean) =>
  ({ nodes, objects, changes }: StepScenario): readonly StepEvent[] => {
    const report = (at: number, about: string, value: unknown): StepEvent => ({
      ...{ at: instant(at), _tag: 'Reported', controller: 'ecs', about },
      report: value,
    })
    const revisions = (at: number, object: number, revision: number): readonly StepEvent[] => {
      const memory = objects[object]!.size * memoryPerSize
      const family = `object-${object}`
      const containerDefinitions = [container({ cpu: 1, memory, stopTimeout: revision })]
      return [
        report(at, `definition ${family}:${revision}`, task(family, { containerDefinitions })),
      ]
    }
    const wish = (at: number, object: number, desiredCount: number): StepEvent =>
      report(
        at,
        `service object-${object}`,
        service(`object-${object}`, {
          desiredCount,
        }),
      )
    return [
      ...nodes.map(
        (size, i): StepEvent => ({
          ...{ at: instant(start), _tag: 'NodeJoined', name: `node-${i}` },
          node: instance(`node-${i}`, 'abc'[i % 3], {
            registeredResources: resources(2048, size * memoryPerSize),
          }),
        }),
      ),
      ...objects.flatMap(({ count }, i) => [...revisions(start, i, 1), wish(start, i, count)]),
      ...changes.flatMap(({ at, object, count }, i) => [
        ...(isUpdate ? revisions(at, object % objects.length, i + 2) : []),
        wish(at, object % objects.length, count),
      ]),
    ]
  }

/** The newest deployment has the count of its service, and never more. */
const wantedOf: StepSubject['wantedOf'] = ({ memories }) => {
  const memory = memories.get('ecs') as EcsMemory | undefined
  return new Map(
    [...(memory?.services ?? [])].map(([name, record]) => [
      deploymentOwner(name, record.deployments[0].id),
      { count: record.service.desiredCount ?? 0 },
    ]),
  )
}

const subject = (
  controller: AnyController = ecsController(untiring),
  isUpdate = false,
): StepSubject => ({
  controllers: [controller],
  options: { lowerNode: lowerContainerInstance },
  eventsOf: eventsOf(isUpdate),
  // An update goes by stages, each with answers of its own: `update.test.ts` counts its tasks.
  wantedOf: isUpdate ? () => new Map() : wantedOf,
})

const withUntiringIntents = (change: Parameters<typeof withIntents>[0]): AnyController =>
  withIntents(change, untiring)
const onlySeeing = (sees: (phase: string | undefined) => boolean): AnyController => {
  const controller = ecsController(untiring)
  return {
    ...controller,
    decide: (view, memory: EcsMemory) =>
      controller.decide(
        { ...view, replicas: view.replicas.filter(({ phase }) => sees(phase)) },
        memory,
      ),
  }
}

describe('random worlds', () => {
  it('hold when counts change', () => {
    fc.assert(worldsHold(subject()), { numRuns: 250, seed: 1 })
  })
  it('hold when definitions change', () => {
    fc.assert(worldsHold(subject(ecsController(untiring), true)), { numRuns: 150, seed: 1 })
  })
  it.each([
    [
      'tasks are started twice',
      withUntiringIntents((all) =>
        all.flatMap((one): readonly Intent[] => (one._tag === 'Start' ? [one, one] : [one])),
      ),
    ],
    [
      'stops are forgotten',
      withUntiringIntents((all) => all.filter(({ _tag }) => _tag !== 'Stop')),
    ],
    [
      'what waits is never given up',
      withUntiringIntents((all) => all.filter(({ _tag }) => _tag !== 'Withdraw')),
    ],
    ['what is gone is forgotten', onlySeeing((phase) => phase !== undefined)],
    ['what was placed is not seen', onlySeeing((phase) => phase !== 'assumed')],
  ])('refute a controller when %s', (_, controller) => {
    expect(isRefuted(worldsHold(subject(controller)), { runsMax: 500 })).toBe(true)
  })
})
