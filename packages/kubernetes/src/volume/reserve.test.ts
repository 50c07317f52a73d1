/** What one pod reserves is not there for the next: volumes on a node each, claims of one pod each, and a claim that both use. */
import {
  batch,
  certain,
  define,
  empty,
  explain,
  join,
  nodeName,
  type Draft,
  type NodeId,
} from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { nodeSpecOf } from '../lower/node.js'
import { classOfPod } from '../lower/pod.js'
import { readObjects } from '../words/object.js'
import { around } from '../workload/around.js'
import { isWanting, workloadOf } from '../workload/workload.js'
import { reserved } from './reserve.js'

const object = (kind: string, name: string, rest: object, apiVersion = 'v1') => ({
  ...{ apiVersion, kind, metadata: { name, labels: { 'kubernetes.io/hostname': name } } },
  ...rest,
})
const node = (name: string) =>
  object('Node', name, { status: { allocatable: { cpu: '9', memory: '9Gi', pods: '9' } } })
const storageClass = (name: string, provisioner: string) =>
  object(
    'StorageClass',
    name,
    { provisioner, volumeBindingMode: 'WaitForFirstConsumer' },
    'storage.k8s.io/v1',
  )
const expressions = (name: string) => [
  { key: 'kubernetes.io/hostname', operator: 'In', values: [name] },
]
const volume = (name: string, on: string) =>
  object('PersistentVolume', name, {
    spec: {
      capacity: { storage: '5Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'local',
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: expressions(on) }] } },
    },
    status: { phase: 'Available' },
  })
const claim = (name: string, storageClassName: string) =>
  object('PersistentVolumeClaim', name, {
    spec: {
      storageClassName,
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
    },
  })
const pod = (name: string, claimName: string) =>
  object('Pod', name, {
    spec: {
      containers: [{ name: 'main' }],
      volumes: [{ name: 'v', persistentVolumeClaim: { claimName } }],
    },
  })
const base = [
  ...['a', 'b', 'c'].map(node),
  storageClass('local', 'kubernetes.io/no-provisioner'),
  storageClass('made', 'disk.example.com'),
]

type Reserve = typeof reserved
const nothing: Reserve = (_draft, _pod, _node, surroundings) => surroundings

/** The nodes that each pod could have, each going to the first of them. */
const choices = (values: readonly unknown[], reserve: Reserve): readonly (readonly string[])[] => {
  const { objects, bad } = readObjects({ from: '', value: values })
  expect(bad).toEqual([])
  const nodes = objects.flatMap((found) => (found.kind === 'Node' ? [found.object] : []))
  const pods = objects.filter(isWanting).map(workloadOf)
  const feasible = (draft: Draft, described: ReturnType<typeof classOfPod>): readonly NodeId[] =>
    explain(draft, { class: certain(define(draft, described)) }).nodes.flatMap(
      ({ node: id, first }) => (first === undefined ? [id] : []),
    )
  return batch(empty, (draft) => {
    for (const one of nodes) certain(join(draft, nodeSpecOf(draft, one)))
    let surroundings = around(objects, nodes, pods)
    return pods.map((one) => {
      const found = feasible(draft, classOfPod(draft, one, 0, surroundings))
      if (found[0] !== undefined) surroundings = reserve(draft, one, found[0], surroundings)
      return found.map((id) => nodeName(draft, id))
    })
  })[0]
}

const rivals = [
  ...base,
  ...['a', 'b'].map((name) => volume(`v-${name}`, name)),
  ...['p', 'q', 'r'].flatMap((name) => [claim(`c-${name}`, 'local'), pod(name, `c-${name}`)]),
]
const sharing = (storageClassName: string, volumes: readonly object[]) => [
  ...base,
  ...volumes,
  claim('c', storageClassName),
  ...['p', 'q'].map((name) => pod(name, 'c')),
]

describe('what a placed pod reserves', () => {
  it('is a volume that nobody else gets', () => {
    expect(choices(rivals, reserved)).toEqual([['a', 'b'], ['b'], []])
    expect(choices(rivals, nothing)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ])
  })
  it('keeps all who use the claim where the volume is', () => {
    const values = sharing(
      'local',
      ['a', 'b'].map((name) => volume(`v-${name}`, name)),
    )
    expect(choices(values, reserved)).toEqual([['a', 'b'], ['a']])
  })
  it('keeps all who use the claim where a volume will be made', () => {
    expect(choices(sharing('made', []), reserved)).toEqual([['a', 'b', 'c'], ['a']])
    expect(choices(sharing('made', []), nothing)[1]).toEqual(['a', 'b', 'c'])
  })
})
