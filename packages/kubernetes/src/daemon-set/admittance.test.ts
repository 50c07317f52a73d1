/**
 * Tests that two implementations select the same nodes for daemon pods: the check in
 * `admittance.ts`, and the kernel's expressions, which plans use.
 */
import { batch, empty, getOrThrow, join, nodeName } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { daemonNodes } from '../plan/daemon.js'
import { nodeSpecOf } from '../registry/node.js'
import type { Node } from '../words/node.js'
import type { NodeSelectorRequirement } from '../words/node-selector.js'
import type { PodSpec } from '../words/pod.js'
import type { Toleration } from '../words/taint.js'
import { admitDaemon, type DaemonTemplate } from './admittance.js'
import { daemonSpec } from './daemon-tolerations.js'

const names = ['a', 'b', 'c']
const anyKey = fc.constantFrom('disk', 'size', 'not a key')
const anyValue = fc.constantFrom('ssd', '5', '7', '')
const anyLabels = fc.array(fc.tuple(fc.constantFrom('disk', 'size'), anyValue), { maxLength: 2 })

const anyTaint = fc.record({
  key: fc.constantFrom(
    'dedicated',
    ...['not-ready', 'unschedulable', 'network-unavailable'].map(
      (name) => `node.kubernetes.io/${name}`,
    ),
  ),
  value: fc.constantFrom(undefined, 'x'),
  effect: fc.constantFrom('NoSchedule', 'NoExecute', 'PreferNoSchedule'),
})
const anyNodes: fc.Arbitrary<readonly Node[]> = fc
  .tuple(...names.map(() => fc.tuple(anyLabels, fc.array(anyTaint, { maxLength: 2 }))))
  .map((drawn) =>
    drawn.map(
      ([labels, taints], i) =>
        ({
          metadata: { name: names[i]!, labels: new Map(labels) },
          spec: { taints, unschedulable: undefined },
          status: undefined,
        }) as unknown as Node,
    ),
  )
const anyRequirement: fc.Arbitrary<NodeSelectorRequirement> = fc.record({
  key: anyKey,
  operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', 'Like'),
  values: fc.array(anyValue, { maxLength: 2 }),
})
const anyField: fc.Arbitrary<NodeSelectorRequirement> = fc.record({
  key: fc.constantFrom('metadata.name', 'metadata.name', 'spec.x'),
  operator: fc.constantFrom('In', 'NotIn', 'Exists'),
  values: fc.array(fc.constantFrom(...names), { maxLength: 2 }),
})
const anyTerm = fc.record({
  matchExpressions: fc.array(anyRequirement, { maxLength: 2 }),
  matchFields: fc.array(anyField, { maxLength: 1 }),
})
const anyToleration: fc.Arbitrary<Toleration> = fc.record({
  key: fc.constantFrom(undefined, 'dedicated'),
  operator: fc.constantFrom(undefined, 'Equal', 'Exists'),
  value: fc.constantFrom(undefined, 'x'),
  effect: fc.constantFrom(undefined, 'NoSchedule', 'NoExecute'),
  tolerationSeconds: fc.constant(undefined),
})
const anyTemplate = fc
  .record({
    nodeSelector: anyLabels.map((labels) => new Map(labels)),
    terms: fc.option(fc.array(anyTerm, { maxLength: 2 }), { nil: undefined }),
    tolerations: fc.array(anyToleration, { maxLength: 1 }),
    hostNetwork: fc.boolean(),
  })
  .map(({ terms, ...more }) => ({
    ...{ ...more, nodeName: undefined },
    affinity:
      terms === undefined
        ? undefined
        : {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms },
              preferredDuringSchedulingIgnoredDuringExecution: [],
            },
          },
  })) as unknown as fc.Arbitrary<DaemonTemplate>

const agrees = (admit: typeof admitDaemon) =>
  fc.property(anyNodes, anyTemplate, (nodes, template) => {
    const [, expected] = batch(empty, (draft) => {
      for (const node of nodes) getOrThrow(join(draft, nodeSpecOf(draft, node)))
      const spec = daemonSpec(template as PodSpec)
      return daemonNodes(draft, spec).map((node) => nodeName(draft, node))
    })
    const admitted = nodes.filter(
      ({ metadata, spec }) => admit(template, { ...metadata, taints: spec!.taints }).shouldRun,
    )
    expect(admitted.map(({ metadata }) => metadata.name)).toEqual(expected)
  })

it('a daemon pod runs on the nodes that the expressions select', () => {
  fc.assert(agrees(admitDaemon), { numRuns: 500 })
})

it.each<readonly [string, (template: DaemonTemplate) => DaemonTemplate]>([
  ['affinity is not looked at', (one) => ({ ...one, affinity: undefined })],
  ['the selector is not looked at', (one) => ({ ...one, nodeSelector: new Map() })],
  ['its own tolerations are not looked at', (one) => ({ ...one, tolerations: [] })],
  ['the network of the host is not looked at', (one) => ({ ...one, hostNetwork: false })],
])('is refuted when %s', (_, change) => {
  const admit: typeof admitDaemon = (template, node) => admitDaemon(change(template), node)
  expect(isRefuted(agrees(admit), { runsMax: 2000 })).toBe(true)
})
