/**
 * Tests that a volume that one pod reserves is not free for the next pod, and that pods that share
 * a claim stay on the nodes that reach its volume.
 */
import {
  batch,
  getOrThrow,
  define,
  empty,
  explain,
  join,
  nodeName,
  nodeIds as nodesOf,
  type Draft,
  type NodeId,
} from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { nodeSpecOf } from '../registry/node.js'
import { lowerPod } from '../registry/pod.js'
import { readObjects } from '../words/object.js'
import { around } from '../read/around.js'
import { isWorkload } from '../workload/kind.js'
import { workloadOf } from '../workload/workload.js'
import type { PodLike } from '../surroundings/pod-like.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import { promisesVolumes, reservationOf, withReservation } from './reserve.js'

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
const ofClass = (storageClassName: string) =>
  object('PersistentVolume', `of-${storageClassName}`, { spec: { storageClassName } })
const claim = (name: string, storageClassName: string) =>
  object('PersistentVolumeClaim', name, {
    spec: {
      storageClassName,
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
    },
  })
const using = (...volumes: readonly object[]) => ({
  containers: [{ name: 'main' }],
  volumes: volumes.map((one, i) => ({ name: `v${i}`, ...one })),
})
const named = (claimName: string) => ({ persistentVolumeClaim: { claimName } })
const ofItsOwn = (storageClassName: string) => ({
  ephemeral: {
    volumeClaimTemplate: { spec: { storageClassName, accessModes: ['ReadWriteOnce'] } },
  },
})
const pod = (name: string, claimName: string) =>
  object('Pod', name, { spec: using(named(claimName)) })
const deployment = (name: string, ...volumes: readonly object[]) =>
  object('Deployment', name, { spec: { template: { spec: using(...volumes) } } }, 'apps/v1')
const base = [
  ...['a', 'b', 'c'].map(node),
  storageClass('local', 'kubernetes.io/no-provisioner'),
  storageClass('made', 'disk.example.com'),
]

type Reserve = (
  draft: Draft,
  pod: PodLike,
  node: NodeId,
  surroundings: Surroundings,
) => Surroundings
const reserved: Reserve = (draft, one, node, surroundings) => {
  const reservation = reservationOf(draft, one, node, surroundings)
  return reservation === undefined ? surroundings : withReservation(surroundings, reservation)
}
const nothing: Reserve = (_draft, _pod, _node, surroundings) => surroundings

const read = (values: readonly unknown[]) => {
  const { objects, bad } = readObjects({ from: '', value: values })
  expect(bad).toEqual([])
  const nodes = objects.flatMap((found) => (found.kind === 'Node' ? [found.object] : []))
  const pods = objects.filter(isWorkload).map(workloadOf)
  return { nodes, pods, surroundings: around(objects, nodes, pods) }
}

/** The nodes that each pod could have, each going to the first of them. */
const choices = (values: readonly unknown[], reserve: Reserve): readonly (readonly string[])[] => {
  const { nodes, pods, surroundings: before } = read(values)
  const feasible = (draft: Draft, described: ReturnType<typeof lowerPod>): readonly NodeId[] =>
    explain(draft, { class: getOrThrow(define(draft, described)) }).nodes.flatMap(
      ({ node: id, first }) => (first === undefined ? [id] : []),
    )
  return batch(empty, (draft) => {
    for (const one of nodes) getOrThrow(join(draft, nodeSpecOf(draft, one)))
    let surroundings = before
    return pods.map((one) => {
      const found = feasible(draft, lowerPod(draft, one, 0, surroundings))
      if (found[0] !== undefined) surroundings = reserve(draft, one, found[0], surroundings)
      return found.map((id) => nodeName(draft, id))
    })
  })[1]
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
  it('is a volume that no other pod of a template gets', () => {
    const values = [
      ...base,
      ...['a', 'b'].map((name) => volume(`v-${name}`, name)),
      ...['d', 'e', 'f'].map((name) => deployment(name, ofItsOwn('local'))),
    ]
    expect(choices(values, reserved)).toEqual([['a', 'b'], ['b'], []])
    expect(choices(values, nothing)[2]).toEqual(['a', 'b'])
  })
  it('is nothing where a pod has no claim, or finds no volume, or its volumes have no claim by name', () => {
    const after = (...values: readonly object[]) => {
      const { nodes, pods, surroundings } = read([...base, ...values])
      return batch(empty, (draft) => {
        for (const one of nodes) getOrThrow(join(draft, nodeSpecOf(draft, one)))
        const [first] = nodesOf(draft)
        return [reserved(draft, pods[0]!, first!, surroundings), surroundings] as const
      })[1]
    }
    const [idle, beforeIdle] = after(deployment('d'), volume('v', 'a'))
    expect(idle).toBe(beforeIdle)
    const [lost, beforeLost] = after(deployment('d', ofItsOwn('local')), volume('v', 'b'))
    expect(lost).toBe(beforeLost)
    const [making, before] = after(deployment('d', ofItsOwn('made')))
    expect(making.storage).toEqual(before.storage)
  })
})

describe('what a pod may take from the next of its kind', () => {
  it.each<[isPromised: boolean, pod: object, others: readonly object[]]>([
    [true, pod('p', 'c'), [claim('c', 'made')]],
    [true, deployment('d', named('c')), [claim('c', 'local')]],
    [true, deployment('d', ofItsOwn('made'), named('c')), [claim('c', 'made')]],
    [true, deployment('d', ofItsOwn('local')), [volume('v', 'a')]],
    [true, deployment('d', ofItsOwn('local')), [volume('v', 'a'), ofClass('x'), ofClass('y')]],
    [false, deployment('d', ofItsOwn('local')), [ofClass('x')]],
    [false, deployment('d', ofItsOwn('made')), [volume('v', 'a')]],
    [false, deployment('d', ofItsOwn('now')), [volume('v', 'a'), ofClass('now')]],
    [false, pod('p', 'c'), [claim('c', 'now'), ofClass('now')]],
    [false, deployment('d'), [volume('v', 'a'), ofClass('')]],
  ])('is there: %s, %#', (isPromised, wanting, others) => {
    const { pods, surroundings } = read([...base, wanting, ...others])
    expect(promisesVolumes(pods[0]!, surroundings.storage)).toBe(isPromised)
  })
})
