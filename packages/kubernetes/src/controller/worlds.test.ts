/**
 * Holds Deployments to their promises in random worlds, in which nodes and pods die, orders are lost
 * and reports are late, while counts change and updates roll out.
 */
import { bookingOf, instant, type Controller, type StepEvent } from '@stowage/kernel'
import { refuted, worldsHold, type StepScenario, type StepSubject } from '@stowage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { KubernetesMemory } from '../memory/memory.js'
import { lowerKubernetesNode } from '../memory/node.js'
import { podSubject } from '../memory/pod-name.js'
import { kubernetesController } from './controller.js'
import { kubernetesStatus } from './status.js'
import { nodeJoined, reported, webDeployment } from './world.fixture.js'

/** Every second change is an update as well; pods of even objects must be reported to be ready. */
const eventsOf = ({ nodes, objects, changes }: StepScenario): readonly StepEvent[] => {
  const wish = (at: number, i: number, replicas: number, revision: number): StepEvent => ({
    ...{ at: instant(at) },
    ...reported(
      `Deployment shop/object${i}`,
      webDeployment(
        { replicas },
        {
          ...{ name: `object${i}`, image: `web:${revision}` },
          container: {
            resources: { requests: { cpu: `${objects[i]!.size * 100}m` } },
            ...(i % 2 === 0 ? { readinessProbe: { tcpSocket: { port: 80 } } } : {}),
          },
        },
      ),
    ),
  })
  return [
    ...nodes.map((size, i): StepEvent => ({ at: instant(1000), ...nodeJoined(`node-${i}`, size) })),
    ...objects.map(({ count }, i) => wish(1000, i, count, 1)),
    ...changes.map(({ at, object, count }, k) =>
      wish(at, object % objects.length, count, 1 + Math.floor((k + 1) / 2)),
    ),
  ]
}

const subject = (
  controller: Controller<KubernetesMemory> = kubernetesController(),
): StepSubject => ({
  controllers: [controller],
  options: { lowerNode: lowerKubernetesNode },
  eventsOf,
  react: (cause, { ready, state }) => {
    if (cause._tag !== 'ReplicaRunning') return []
    const owner = bookingOf(state, cause.replica)?.owner.name
    if (owner?.startsWith('ReplicaSet shop/object1') !== false) return []
    return [{ at: ready, ...reported(podSubject(owner, cause.replica), { ready: true }) }]
  },
  isReplacing: true,
  objectOf: (owner) => owner.replace('ReplicaSet ', '').replace(/-[^-]+$/, ''),
  // The largest count of a scenario is 5, and an update may start a quarter more, rounded up.
  wantedOf: (state) =>
    new Map(
      kubernetesStatus(state).deployments.map(({ name, desired }) => [
        name,
        { count: desired, max: 7 },
      ]),
    ),
})

it('Deployments hold their promises', () => {
  fc.assert(worldsHold(subject()), { numRuns: 200, seed: 1 })
})
it('is refuted when a pod that is gone is not seen', () => {
  const controller = kubernetesController()
  const forgetful: Controller<KubernetesMemory> = {
    ...controller,
    decide: (view, memory) =>
      controller.decide(
        { ...view, replicas: view.replicas.filter(({ phase }) => phase !== undefined) },
        memory,
      ),
  }
  expect(refuted(worldsHold(subject(forgetful)), { runsMax: 200 })).toBe(true)
})
