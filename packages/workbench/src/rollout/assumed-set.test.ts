/**
 * Tests simulated rollouts of running pods whose ReplicaSets are missing from the documents: the
 * result is the same as with the ReplicaSets.
 */
import { getOrThrow } from '@stowage/kernel'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { readMachines } from '../machines/texts.js'
import { defaultDurations } from './durations.js'
import { rollOutChange } from './question.js'

const template = (image: string, labels: object = {}) => ({
  metadata: { labels: { app: 'web', ...labels } },
  spec: { containers: [{ name: 'main', image, resources: { requests: { cpu: '1' } } }] },
})
const node = (name: string, cpu: number) => ({
  ...{ apiVersion: 'v1', kind: 'Node', metadata: { name } },
  status: { allocatable: { cpu: `${cpu}`, memory: '64Gi', pods: '110' } },
})
const deployment = (image: string, spec: object = {}) => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment' },
  metadata: { name: 'web', namespace: 'shop', uid: 'web' },
  spec: { selector: { matchLabels: { app: 'web' } }, template: template(image), ...spec },
})
const owner = (kind: string, name: string) => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: name, controller: true }],
})
const hash = { 'pod-template-hash': 'old' }
const set = (image: string, replicas: number) => ({
  ...{ apiVersion: 'apps/v1', kind: 'ReplicaSet' },
  metadata: {
    ...{ namespace: 'shop', name: 'web-old', uid: 'web-old', labels: { app: 'web', ...hash } },
    ...owner('Deployment', 'web'),
  },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web', ...hash } },
    template: template(image, hash),
  },
})
const pods = (image: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ apiVersion: 'v1', kind: 'Pod' },
    metadata: {
      ...{ namespace: 'shop', name: `web-old-${i}`, labels: { app: 'web', ...hash } },
      ...owner('ReplicaSet', 'web-old'),
    },
    // What the API server adds to a pod is no part of its template.
    spec: { ...template(image).spec, nodeName: i % 2 === 0 ? 'a' : 'b', enableServiceLinks: true },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  }))

const texts = (name: string, documents: readonly object[]) => ({
  from: name,
  texts: [{ file: name, text: documents.map((one) => JSON.stringify(one)).join('\n') }],
})
const rolled = (before: readonly object[], change: object) => {
  const [rollout] = getOrThrow(
    rollOutChange(
      {
        documents: texts('before', before),
        machines: getOrThrow(readMachines({ nodes: [] })),
        ...{ trunking: false, parameters: [], seed: 0, fargate: {} },
      },
      { change: texts('change', [change]), durations: defaultDurations },
    ),
  ).rollouts
  return rollout!
}

interface Case {
  readonly running: number
  readonly replicas: number
  readonly paused: boolean
  readonly isCurrent: boolean
}
const anyCase: fc.Arbitrary<Case> = fc.record({
  running: fc.integer({ min: 1, max: 5 }),
  replicas: fc.integer({ min: 1, max: 5 }),
  paused: fc.boolean(),
  isCurrent: fc.boolean(),
})

/** What is told of a dump with, and without, the ReplicaSet of its pods. */
const tellsTheSame = (without: (image: string, running: number) => readonly object[]) =>
  fc.property(anyCase, ({ running, replicas, paused, isCurrent }) => {
    const image = isCurrent ? 'web:1' : 'web:0'
    const cluster = [node('a', 20), node('b', 20), deployment('web:1', { replicas, paused })]
    const storyOf = (more: readonly object[]) => {
      const { workloads, moments } = rolled(
        [...cluster, ...more],
        deployment('web:2', { replicas, paused }),
      )
      return JSON.stringify([workloads, moments.map(({ workloads: own }) => own)])
    }
    return (
      storyOf([set(image, running), ...pods(image, running)]) === storyOf(without(image, running))
    )
  })

it('tells the same of pods without their ReplicaSet', () => {
  fc.assert(tellsTheSame(pods), { numRuns: 40 })
})
it('is refuted where pods name no ReplicaSet of a Deployment', () => {
  const strange = (image: string, running: number) =>
    pods(image, running).map((one) => ({
      ...one,
      metadata: { ...one.metadata, labels: { app: 'web' } },
    }))
  expect(isRefuted(tellsTheSame(strange))).toBe(true)
})
it('keeps the pods of a paused Deployment, and says what is assumed', () => {
  const paused = { replicas: 2, paused: true }
  const before = [node('a', 9), node('b', 9), deployment('web:1', paused), ...pods('web:1', 2)]
  const { workloads, warnings } = rolled(before, deployment('web:2', paused))
  expect(workloads).toMatchObject([{ availableMin: 2 }])
  expect(warnings).toMatchObject([
    {
      code: 'ReplicaSetAssumed',
      subject: 'ReplicaSet shop/web-old',
      detail: '2 of Deployment shop/web',
    },
  ])
})
