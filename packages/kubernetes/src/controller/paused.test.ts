/**
 * Tests that a plan and the Deployment controller give each ReplicaSet of a paused Deployment the
 * same size.
 */
import { getOrThrow } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { planOnNodes } from '../plan/plan.js'
import { readKubernetes } from '../read/input.js'
import { nodeJoined, openWorld, reported } from './world.fixture.js'

interface PausedCase {
  readonly replicas: number
  readonly strategy: object
  readonly sets: readonly {
    readonly size: number
    readonly isPresent: boolean
    readonly desired: number
    readonly max: number
  }[]
}

const anyPausedCase: fc.Arbitrary<PausedCase> = fc.record({
  replicas: fc.nat(12),
  strategy: fc.constantFrom(
    { type: 'Recreate' },
    { rollingUpdate: { maxSurge: 0 } },
    { rollingUpdate: { maxSurge: 3 } },
    {},
  ),
  sets: fc
    .array(
      fc.record({ size: fc.nat(8), desired: fc.nat(9), max: fc.integer({ min: 1, max: 12 }) }),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .chain((sets) =>
      fc
        .nat(sets.length)
        .map((present) => sets.map((set, i) => ({ ...set, isPresent: i === present }))),
    ),
})

/** CPU tells the templates apart: 1m is the present one's. */
const templateOf = (milliCpu: number, hash?: string) => ({
  metadata: {
    labels: { app: 'web', ...(hash === undefined ? {} : { 'pod-template-hash': hash }) },
  },
  spec: { containers: [{ name: 'c', resources: { requests: { cpu: `${milliCpu}m` } } }] },
})

const milliCpuOf = ({ isPresent }: { readonly isPresent: boolean }, i: number): number =>
  isPresent ? 1 : 10 ** (i + 1)

const objectsOf = ({ replicas, strategy, sets }: PausedCase) => {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      ...{ replicas, strategy, paused: true },
      selector: { matchLabels: { app: 'web' } },
      template: templateOf(1),
    },
  }
  const setObjects = sets.map((set, i) => ({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      ...{ name: `web-${i}`, namespace: 'shop', creationTimestamp: `2025-01-01T00:0${i}:00Z` },
      labels: { app: 'web', 'pod-template-hash': `${i}` },
      annotations: {
        'deployment.kubernetes.io/desired-replicas': `${set.desired}`,
        'deployment.kubernetes.io/max-replicas': `${set.max}`,
      },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', controller: true },
      ],
    },
    spec: {
      replicas: set.size,
      selector: { matchLabels: { app: 'web', 'pod-template-hash': `${i}` } },
      template: templateOf(milliCpuOf(set, i), `${i}`),
    },
  }))
  return { deployment, setObjects }
}

const node = {
  ...{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'one' } },
  status: { allocatable: { cpu: '900', memory: '900Gi', pods: '900' } },
}

/** The CPU, in milliCPU, that the pods of a plan request together. */
const plannedCpu = (one: PausedCase): number => {
  const { deployment, setObjects } = objectsOf(one)
  const documents = [node, deployment, ...setObjects].map((value, i) => ({ from: `${i}`, value }))
  const { plan } = planOnNodes(getOrThrow(readKubernetes(documents)))
  return plan.nodes[0]!.gauges.find(({ resource }) => resource === 'cpu')!.used
}

/** The same by the sizes that the controller gives the sets at once. */
const controlledCpu = (one: PausedCase): number => {
  const { deployment, setObjects } = objectsOf(one)
  const world = openWorld()
  world.happen(
    nodeJoined('one', 900),
    ...setObjects.map((set) => reported(`ReplicaSet shop/${set.metadata.name}`, set)),
    reported('Deployment shop/web', deployment),
  )
  const sizes = new Map(
    world.status().replicaSets.map(({ name, desired }) => [name, desired] as const),
  )
  return one.sets.reduce(
    (sum, set, i) => sum + milliCpuOf(set, i) * (sizes.get(`shop/web-${i}`) ?? 0),
    0,
  )
}

const agrees = (planned: typeof plannedCpu) =>
  fc.property(anyPausedCase, (one) => {
    expect(planned(one)).toBe(controlledCpu(one))
  })

it('agrees with the controller', () => {
  fc.assert(agrees(plannedCpu), { seed: 16, numRuns: 150 })
})
it('is refuted when the present template is used', () => {
  expect(isRefuted(agrees(({ replicas }) => replicas))).toBe(true)
})
