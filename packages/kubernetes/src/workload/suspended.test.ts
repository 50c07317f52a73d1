/**
 * Tests that suspended workloads want no pods and cause a warning, and that their running pods
 * stay.
 */
import { getOrThrow } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { readKubernetes } from '../read/input.js'

const spec = { containers: [{ name: 'c' }] }
const labels = { app: 'a' }
const template = { metadata: { labels }, spec }
const jobTemplate = { spec: { template: { spec: { ...spec, restartPolicy: 'Never' } } } }
const object = (apiVersion: string, kind: string, spec: object, metadata: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name: 'a', ...metadata },
  spec,
})
const deployment = (paused: boolean) =>
  object('apps/v1', 'Deployment', {
    paused,
    replicas: 3,
    selector: { matchLabels: labels },
    template,
  })
const replicaSet = object(
  'apps/v1',
  'ReplicaSet',
  { replicas: 3, selector: { matchLabels: labels }, template },
  { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'a', controller: true }] },
)
const job = (suspend: boolean) => object('batch/v1', 'Job', { suspend, ...jobTemplate.spec })
const cronJob = (suspend: boolean) =>
  object('batch/v1', 'CronJob', { suspend, schedule: '* * * * *', jobTemplate })

const wanted = (...values: readonly object[]) => {
  const read = getOrThrow(readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value }))))
  const warnings = read.warnings.filter(({ code }) => code === 'WorkloadSuspended')
  const counts = read.pending.map(({ count }) => Number(count))
  return [counts.reduce((sum, count) => sum + count, 0), warnings.map(({ subject }) => subject)]
}

it.each([
  ['a paused Deployment', deployment(true), 'Deployment default/a'],
  ['a suspended Job', job(true), 'Job default/a'],
  ['a suspended CronJob', cronJob(true), 'CronJob default/a'],
])('%s wants no pods', (_, value, subject) => {
  expect(wanted(value)).toEqual([0, [subject]])
})
it('a paused Deployment scales the ReplicaSet that it has', () => {
  expect(wanted(deployment(true), replicaSet)).toEqual([3, []])
})
it.each([
  ['a Deployment', deployment(false), 3],
  ['a Job', job(false), 1],
  ['a CronJob', cronJob(false), 1],
])('%s that is not suspended wants its pods', (_, value, count) => {
  expect(wanted(value)).toEqual([count, []])
})
