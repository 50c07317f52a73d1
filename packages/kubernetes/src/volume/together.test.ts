/**
 * Tests that pods explained together are explained as if alone: nothing computed for one pod leaks
 * into the answer for another.
 */
import {
  batch,
  bind,
  getOrThrow,
  define,
  empty,
  explain,
  findNode,
  join,
  wordExplanation,
  type ClassId,
  type Draft,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { expect, it } from 'vitest'
import { nodeSpecOf } from '../registry/node.js'
import { lowerPod } from '../registry/pod.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { readObjects } from '../words/object.js'
import { around } from '../read/around.js'
import { isWorkload } from '../workload/kind.js'
import { workloadOf, type KubernetesWorkload } from '../workload/workload.js'

const object = (kind: string, name: string, rest: object, metadata: object = {}) => ({
  ...{ apiVersion: 'v1', kind, metadata: { name, ...metadata } },
  ...rest,
})
const storage = (kind: string, name: string, rest: object) => ({
  ...object(kind, name, rest),
  apiVersion: 'storage.k8s.io/v1',
})
const node = (name: string) =>
  object(
    'Node',
    name,
    { status: { allocatable: { cpu: '9', memory: '9Gi', pods: '99' } } },
    { labels: { name } },
  )
const expressions = (name: string) => [{ key: 'name', operator: 'In', values: [name] }]
const within = (name: string) => ({
  nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: expressions(name) }] } },
})
const waitsForConsumer = { volumeBindingMode: 'WaitForFirstConsumer' }
const asking = (storageClassName: string, size: string, rest: object = {}) => ({
  ...{ storageClassName, accessModes: ['ReadWriteOnce'], ...rest },
  resources: { requests: { storage: size } },
})
const there = (name: string, on: string, size: string) =>
  object(
    'PersistentVolume',
    name,
    {
      spec: {
        ...{
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'local',
          capacity: { storage: size },
        },
        ...within(on),
      },
      status: { phase: 'Available' },
    },
    { labels: { on } },
  )
const selected = (name: string, on: string, namespace = 'default') =>
  object(
    'PersistentVolumeClaim',
    name,
    { spec: asking('made', '1Gi') },
    { namespace, annotations: { 'volume.kubernetes.io/selected-node': on } },
  )
const bound = (name: string, driver: string) => [
  object('PersistentVolume', name, { spec: { csi: { driver, volumeHandle: name } } }),
  object(
    'PersistentVolumeClaim',
    name,
    { spec: { volumeName: name } },
    { annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
  ),
]

const using = (...volumes: readonly object[]) => ({
  containers: [{ name: 'main' }],
  volumes: volumes.map((one, i) => ({ name: `v${i}`, ...one })),
})
const named = (claimName: string) => ({ persistentVolumeClaim: { claimName } })
const ofItsOwn = (spec: object) => ({ ephemeral: { volumeClaimTemplate: { spec } } })
const pod = (name: string, spec: object, namespace = 'default') =>
  object('Pod', name, { spec }, { namespace })
const deployment = (name: string, ...volumes: readonly object[]) => ({
  ...object('Deployment', name, { spec: { template: { spec: using(...volumes) } } }),
  apiVersion: 'apps/v1',
})

const ebs = 'ebs.csi.aws.com'
const disk = { awsElasticBlockStore: { volumeID: 'vol-1' } }
const around3 = [
  ...['a', 'b', 'c'].map(node),
  storage('StorageClass', 'made', { provisioner: 'x.example.com', ...waitsForConsumer }),
  storage('StorageClass', 'local', {
    provisioner: 'kubernetes.io/no-provisioner',
    ...waitsForConsumer,
  }),
  ...[there('small', 'a', '2Gi'), there('large', 'b', '8Gi')],
  ...['one', 'two', 'ebs'].map((name) =>
    storage('CSIDriver', name === 'ebs' ? ebs : `${name}.example.com`, {
      spec: { preventPodSchedulingIfMissing: true },
    }),
  ),
  storage('CSINode', 'a', { spec: { drivers: [{ name: 'one.example.com' }] } }),
  storage('CSINode', 'b', {
    spec: {
      drivers: [
        { name: 'two.example.com' },
        { name: 'limited.example.com', allocatable: { count: 1 } },
        { name: 'other.example.com', allocatable: { count: 0 } },
      ],
    },
  }),
  ...[selected('x', 'a'), selected('y', 'b'), selected('x', 'c', 'far')],
  ...[...bound('v1', 'one.example.com'), ...bound('v2', 'two.example.com'), ...bound('v3', ebs)],
  ...[...bound('v4', 'limited.example.com'), ...bound('v5', 'limited.example.com')],
  ...bound('v6', 'other.example.com'),
  pod('there', { nodeName: 'b', ...using(named('v4')) }),
]
const asked = [
  ...[pod('in-a', using(named('x'))), pod('in-b', using(named('y')))],
  pod('in-c', using(named('x')), 'far'),
  deployment('small', ofItsOwn(asking('local', '1Gi'))),
  deployment('large', ofItsOwn(asking('local', '4Gi'))),
  deployment('of-b', ofItsOwn(asking('local', '1Gi', { selector: { matchLabels: { on: 'b' } } }))),
  deployment('made', ofItsOwn(asking('made', '1Gi'))),
  ...[pod('one', using(named('v1'))), pod('two', using(named('v2')))],
  ...[pod('plain', using(named('v3'))), pod('migrated', using(disk))],
  ...[pod('same', using(named('v4'))), pod('other', using(named('v5')))],
  pod('neither', using(named('v6'))),
]

/** What is said of each of these pods, once a class was made of all that are asked together. */
const answers = (groups: readonly (readonly number[])[]): readonly unknown[] => {
  const { objects, bad } = readObjects({ from: '', value: [...around3, ...asked] })
  expect(bad).toEqual([])
  const nodes = objects.flatMap((found) => (found.kind === 'Node' ? [found.object] : []))
  const pods = objects.filter(isWorkload).map(workloadOf)
  const surroundings = around(objects, nodes, pods)
  const defined = (draft: Draft, one: KubernetesWorkload): ClassId =>
    getOrThrow(define(draft, lowerPod(draft, one, 0, surroundings)))
  return groups.flatMap(
    (group) =>
      batch(empty, (draft) => {
        for (const one of nodes) getOrThrow(join(draft, nodeSpecOf(draft, one, surroundings)))
        for (const one of pods) {
          const home = findNode(draft, one.spec.nodeName ?? '')
          if (O.isSome(home)) bind(draft, defined(draft, one), home.value, 'running')
        }
        const wanting = pods.filter(({ spec }) => spec.nodeName === undefined)
        return group
          .map((i) => defined(draft, wanting[i]!))
          .map((one) => wordExplanation(draft, explain(draft, { class: one }), vocabularyOf(draft)))
      })[1],
  )
}

it('are told what they are told alone', () => {
  const each = asked.map((_, i) => i)
  const alone = answers(each.map((i) => [i]))
  expect(answers([each])).toEqual(alone)
  expect(new Set(alone.map((one) => JSON.stringify(one))).size).toBeGreaterThan(8)
})
