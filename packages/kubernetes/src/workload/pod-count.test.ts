/**
 * Tests the limit on the pods of a StatefulSet in a plan (100,000, or 10,000 with claims of their
 * own): the limit itself is planned, and a larger StatefulSet is refused.
 */
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { planOnNodes } from '../plan/plan.js'
import { readKubernetes } from '../read/input.js'

const spec = { containers: [{ name: 'main', resources: { requests: { cpu: '1' } } }] }
const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'a' },
  status: { allocatable: { cpu: '7', pods: '50' } },
}
const set = (replicas: number, more: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'db' } },
    template: { metadata: { labels: { app: 'db' } }, spec },
    ...more,
  },
})
const claims = {
  volumeClaimTemplates: [
    {
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
  ],
}
const autoscaler = (minReplicas: number) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'db' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' },
    ...{ minReplicas, maxReplicas: 2_000_000_000 },
  },
})
const read = (...values: readonly object[]) =>
  readKubernetes(values.map((value) => ({ from: 'db.yaml', value })))

it('is planned with all its pods', () => {
  const input = read(node, set(100_000))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  const { plan } = planOnNodes(input.right)
  expect(plan.nodes[0]?.holds.map(({ count }) => count)).toEqual([7])
  expect(plan.unplaced.map(({ count }) => count)).toEqual([99_993])
})
it.each<[string, readonly object[], string, string]>([
  ['of a StatefulSet', [set(100_001)], '100001', 'at most 100000 pods'],
  ['of the most that a field holds', [set(2_147_483_647)], '2147483647', 'at most 100000 pods'],
  ['that an autoscaler sets', [set(1), autoscaler(200_000)], '200000', 'at most 100000 pods'],
  ['with claims', [set(10_001, claims)], '10001', 'at most 10000 pods with claims of their own'],
])('is refused with more replicas %s', (_, values, found, expected) => {
  expect(read(...values)).toEqual(
    E.left([{ from: 'db.yaml', at: ['spec', 'replicas'], found, expected }]),
  )
})
