/**
 * Tests that the controller of HorizontalPodAutoscalers keeps the invariants of all controllers in
 * random simulations, in which metrics change, orders are lost, reports come late or twice, and
 * nodes and pods fail.
 */
import { instant, type AnyController, type StepEvent, type StepState } from '@stowage/kernel'
import { isRefuted, worldsHold, type StepScenario, type StepSubject } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nodeJoined, webDeployment } from '../controller/world.fixture.js'
import { titleOfSet } from '../memory/edit.js'
import { lowerKubernetesNode } from '../memory/node.js'
import { reconcileAutoscaler } from '../autoscale/reconcile.js'
import { autoscalingController } from './autoscaling-controller.js'
import type { AutoscalingMemory } from './autoscaling-memory.js'

const start = instant(1000)

const report = (at: number, about: string, value: object): StepEvent => ({
  ...{ at: instant(at), _tag: 'Reported', controller: 'kubernetes', about, report: value },
})

const autoscaler = (name: string) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name, namespace: 'shop' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    ...{ minReplicas: 0, maxReplicas: 12 },
    metrics: [
      {
        type: 'External',
        external: {
          metric: { name: 'queue' },
          target: { type: 'AverageValue', averageValue: '1' },
        },
      },
    ],
    behavior: { scaleDown: { stabilizationWindowSeconds: 0 } },
  },
})

/** Each Deployment has an autoscaler, whose metric asks for a count. */
const subject = (controller: AnyController = autoscalingController()): StepSubject => ({
  controllers: [controller],
  options: { lowerNode: lowerKubernetesNode },
  eventsOf: ({ nodes, objects, changes }: StepScenario) => [
    ...nodes.map((pods, i): StepEvent => ({ ...nodeJoined(`node-${i}`, pods), at: start })),
    ...objects.flatMap(({ count, size }, i) => {
      const resources = { requests: { cpu: `${size * 100}m` } }
      const deployment = webDeployment(
        { replicas: count },
        { name: `d${i}`, container: { resources } },
      )
      return [
        report(start, `Deployment shop/d${i}`, deployment),
        report(start + 1, `HorizontalPodAutoscaler shop/d${i}`, autoscaler(`d${i}`)),
      ]
    }),
    // A manifest makes it look at once: the property counts answers from the last change on.
    ...changes.flatMap(({ at, object, count }) => {
      const name = `d${object % objects.length}`
      const about = `HorizontalPodAutoscaler shop/${name}`
      const measured = [{ values: [String(count)] }]
      return [report(at, about, autoscaler(name)), report(at, about, { measured })]
    }),
  ],
  wantedOf: (state: StepState) => {
    const memory = state.memories.get('kubernetes') as AutoscalingMemory | undefined
    return new Map(
      [...(memory?.deployments.values() ?? [])].map(({ name, template, replicas }) => [
        titleOfSet(`${name}-${template.hash}`),
        { count: replicas },
      ]),
    )
  },
})

it('Deployments have the counts that their autoscalers want', { timeout: 120_000 }, () => {
  fc.assert(worldsHold(subject()), { numRuns: 100, seed: 1 })
})

it(
  'is refuted when what the other controllers want is lost in a look',
  { timeout: 120_000 },
  () => {
    const controller = autoscalingController({}, reconcileAutoscaler)
    const losing: typeof controller = {
      ...controller,
      decide: (view, memory) => {
        const decision = controller.decide(view, memory)
        const isLook = [...memory.autoscalers.values()].some(({ nextLook }) => nextLook <= view.now)
        return isLook ? { ...decision, intents: [] } : decision
      },
    }
    expect(isRefuted(worldsHold(subject(losing)), { runsMax: 200 })).toBe(true)
  },
)
