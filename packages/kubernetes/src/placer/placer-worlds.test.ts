/**
 * Tests invariants of controllers and placer in random worlds, in which Deployments of three
 * priorities compete for nodes, orders are lost, and nodes and pods die.
 */
import {
  getOrThrow,
  instant,
  setPhase,
  type Placer,
  type StepEvent,
  type StepState,
} from '@stowage/kernel'
import { isRefuted, worldsHold, type StepScenario, type StepSubject } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kubernetesController } from '../controller/controller.js'
import { nodeJoined, webDeployment } from '../controller/world.fixture.js'
import { titleOfSet } from '../memory/edit.js'
import { emptyMemory, type KubernetesMemory } from '../memory/memory.js'
import { lowerKubernetesNode } from '../memory/node.js'
import { readObjects } from '../words/object.js'
import { kubernetesPlacer } from './placer.js'

const start = instant(1000)
const { objects } = readObjects({
  from: 'classes',
  value: [0, 1, 2].map((value) => ({
    ...{ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', value },
    metadata: { name: `priority-${value}` },
  })),
})

const wish = (at: number, position: number, size: number, replicas: number): StepEvent => ({
  ...{ at: instant(at), _tag: 'Reported', controller: 'kubernetes' },
  about: `Deployment shop/d${position}`,
  report: webDeployment(
    { replicas },
    {
      name: `d${position}`,
      pod: { priorityClassName: `priority-${position}` },
      container: { resources: { requests: { cpu: `${size * 100}m` } } },
    },
  ),
})

const memoryOf = (state: StepState): KubernetesMemory =>
  (state.memories.get('kubernetes') ?? emptyMemory) as KubernetesMemory

let victims = 0
const counting =
  (placer: Placer): Placer =>
  (...of) => {
    const answers = placer(...of)
    for (const answer of answers) victims += answer.victims?.length ?? 0
    return answers
  }

/** Deployments of rising priorities, whose sizes change. */
const subject = (placer: Placer): StepSubject => ({
  controllers: [kubernetesController({ objects, isPreempting: true })],
  options: { lowerNode: lowerKubernetesNode, placer: counting(placer) },
  isReplacing: true,
  eventsOf: ({ nodes, objects: deployments, changes }: StepScenario) => [
    ...nodes.map((pods, i): StepEvent => ({ ...nodeJoined(`node-${i}`, pods), at: start })),
    ...deployments.map(({ count, size }, i) => wish(start, i, size, count)),
    ...changes.map(({ at, object, count }) => {
      const position = object % deployments.length
      return wish(at, position, deployments[position]!.size, count)
    }),
  ],
  wantedOf: (state) =>
    new Map(
      [...memoryOf(state).deployments.values()].map(({ name, template, replicas }) => [
        titleOfSet(`${name}-${template.hash}`),
        { count: replicas },
      ]),
    ),
})

describe('in random worlds', () => {
  it('Deployments of several priorities keep their counts', () => {
    fc.assert(worldsHold(subject(kubernetesPlacer())), { numRuns: 60, seed: 1 })
    expect(victims).toBeGreaterThan(8)
  })
  it('is refuted when a pod that waits ends any other', () => {
    const ruthless: Placer = (draft, requests, view) =>
      kubernetesPlacer()(draft, requests, view).map((answer) => {
        const { pods } = view.memoryOf('kubernetes') as KubernetesMemory
        const [replica] = [...pods].find(([, { isLeaving }]) => !isLeaving) ?? []
        if (answer.unplaced === undefined || replica === undefined) return answer
        getOrThrow(setPhase(draft, replica, 'leaving'))
        return { ...answer, victims: [{ replica, because: 'it is in the way' }] }
      })
    expect(isRefuted(worldsHold(subject(ruthless)), { runsMax: 1000 })).toBe(true)
  })
})
