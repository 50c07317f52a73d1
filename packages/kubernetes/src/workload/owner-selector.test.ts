/**
 * Tests which label selector each pod gets from its controller, such as a ReplicaSet. The effect on
 * scheduling is tested by the recorded answers of kube-scheduler.
 */
import { expect, it } from 'vitest'
import { concatObjects, readObjects } from '../words/object.js'
import { withOwners } from './owner-selector.js'
import { isWorkload } from './kind.js'
import { workloadOf } from './workload.js'

const spec = { containers: [{ name: 'c' }] }
const controller = (kind: string, apiVersion: string, selector: object) => ({
  apiVersion,
  kind,
  metadata: { name: 'web' },
  spec: { selector, template: { spec } },
})
/** What a pod gets that names `web` of this kind as its controller. */
const gets = (kind: string, apiVersion: string) => {
  const values = [
    controller('ReplicationController', 'v1', { app: 'web' }),
    controller('ReplicaSet', 'apps/v1', { matchLabels: { app: 'web' } }),
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'p',
        ownerReferences: [{ apiVersion, kind, name: 'web', controller: true }],
      },
      spec,
    },
  ]
  const { objects } = concatObjects(values.map((value) => readObjects({ from: '', value })))
  const pods = withOwners(objects.filter(isWorkload).map(workloadOf), objects)
  const { ownerSelector, ownerLabels } = pods.find((pod) => pod.kind === 'Pod')!
  return { ownerSelector, ownerLabels }
}
const labels = new Map([['app', 'web']])

it('is a selector of a ReplicaSet, and labels of a ReplicationController', () => {
  expect(gets('ReplicaSet', 'apps/v1')).toEqual({
    ownerSelector: { matchLabels: labels, matchExpressions: [] },
    ownerLabels: undefined,
  })
  expect(gets('ReplicationController', 'v1')).toEqual({
    ownerSelector: undefined,
    ownerLabels: labels,
  })
})

it('is nothing of another version', () => {
  const nothing = { ownerSelector: undefined, ownerLabels: undefined }
  expect(gets('ReplicaSet', 'apps/v2')).toEqual(nothing)
  expect(gets('ReplicationController', 'apps/v1')).toEqual(nothing)
})
