/** Kinds that are not known and make pods are never passed over in silence. */
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { readKubernetes } from './input.js'

const template = { spec: { containers: [{ name: 'main', image: 'app:1' }] } }
const custom = (kind: string, spec: object, apiVersion = 'example.com/v1') => ({
  apiVersion,
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec,
})
const warnings = (...values: readonly unknown[]) => {
  const input = readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right.warnings.map(({ code, subject, detail }) => `${code} ${subject}: ${detail}`)
}

it.each<readonly [string, object, string]>([
  ['Rollout', { template }, 'spec.template.spec.containers'],
  [
    'PyTorchJob',
    { pytorchReplicaSpecs: { Worker: { replicas: 2, template } } },
    'spec.pytorchReplicaSpecs.Worker.template.spec.containers',
  ],
  [
    'Workflow',
    { templates: [{ name: 'main', container: { image: 'app:1' } }] },
    'spec.templates[0].container',
  ],
])('%s is said to make pods', (kind, spec, path) => {
  const expected = [`WorkloadKindUnknown ${kind} shop/web: it has ${path}`]
  expect(warnings(custom(kind, spec))).toEqual(expected)
  const list = { apiVersion: 'v1', kind: 'List', items: [custom(kind, spec)] }
  expect(warnings(list)).toEqual(expected)
})

it.each<readonly [string, string, object]>([
  ['ConfigMap', 'v1', { containers: 'none' }],
  ['Gateway', 'example.com/v1', { listeners: [{ name: 'http' }] }],
  ['PodTemplate', 'v1', { template }],
])('%s is not', (kind, apiVersion, spec) => {
  expect(warnings(custom(kind, spec, apiVersion))).toEqual([])
})

it('is not said of what is read, nor where a ReplicaSet stands for it', () => {
  const replicaSet = {
    ...custom(
      'ReplicaSet',
      {
        selector: { matchLabels: { app: 'web' } },
        template: { ...template, metadata: { labels: { app: 'web' } } },
      },
      'apps/v1',
    ),
    metadata: {
      name: 'web-1',
      namespace: 'shop',
      ownerReferences: [{ kind: 'Rollout', name: 'web', controller: true }],
    },
  }
  expect(warnings(replicaSet)).toEqual([])
  expect(warnings(replicaSet, custom('Rollout', { template }))).toEqual([])
})
