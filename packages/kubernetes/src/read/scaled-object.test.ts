/** Tests the bounds that ScaledObjects of KEDA set to the replicas of workloads. */
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { readKubernetes } from './input.js'

const deployment = (replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'main', image: 'app:1' }] },
    },
  },
})
const scaledObject = (spec: object, annotations: object = {}) => ({
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name: 'web', namespace: 'shop', annotations },
  spec: { scaleTargetRef: { name: 'web' }, triggers: [], ...spec },
})
const read = (...values: readonly unknown[]) => {
  const input = readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  const { pending, warnings } = input.right
  return {
    pods: pending.reduce((sum, { count }) => sum + Number(count), 0),
    warnings: warnings.map(({ code, subject, detail }) => `${code} ${subject}: ${detail}`),
  }
}

it.each<readonly [number, object, object, number, string]>([
  [1, { minReplicaCount: 4, maxReplicaCount: 9 }, {}, 4, '4 to 9'],
  [1, {}, {}, 1, '0 to 100'],
  [12, { maxReplicaCount: 9 }, {}, 9, '0 to 9'],
  [0, { minReplicaCount: 2 }, {}, 2, '2 to 100'],
  [5, { minReplicaCount: 2 }, { 'autoscaling.keda.sh/paused-replicas': '3' }, 3, '3 to 3'],
])('of %d replicas, %j and %j make %d', (replicas, spec, annotations, pods, bounds) => {
  expect(read(deployment(replicas), scaledObject(spec, annotations))).toEqual({
    pods,
    warnings: [
      `ReplicasAutoscaled Deployment shop/web: ${pods} of ScaledObject shop/web's ${bounds}`,
    ],
  })
})

it('says which target is not there', () => {
  const { warnings } = read(
    deployment(1),
    scaledObject({ scaleTargetRef: { kind: 'StatefulSet', name: 'db' } }),
  )
  expect(warnings).toEqual(['AutoscalerWithoutTarget ScaledObject shop/web: StatefulSet db'])
})
