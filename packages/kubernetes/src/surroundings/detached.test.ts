/**
 * Tests that a running pod is explained as if it were not on its node: its volume does not count as
 * attached to that node.
 */
import { getOrThrow } from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { expect, it } from 'vitest'
import { explainOnNodes } from '../plan/explain.js'
import { readKubernetes } from '../read/input.js'

const driver = 'disk.example.com'
const object = (kind: string, name: string, rest: object, apiVersion = 'v1') => ({
  ...{ apiVersion, kind },
  metadata: { name, annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
  ...rest,
})
const storage = (kind: string, name: string, spec: object) =>
  object(kind, name, { spec }, 'storage.k8s.io/v1')
const node = (name: string) => [
  object('Node', name, { status: { allocatable: { cpu: '9', memory: '9Gi', pods: '9' } } }),
  storage('CSINode', name, { drivers: [{ name: driver, allocatable: { count: 1 } }] }),
]
const volume = (name: string, attachedTo: string) => [
  object('PersistentVolume', name, {
    spec: {
      ...{ accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' } },
      csi: { driver, volumeHandle: name },
    },
  }),
  object('PersistentVolumeClaim', name, {
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
      volumeName: name,
    },
  }),
  storage('VolumeAttachment', name, {
    attacher: driver,
    nodeName: attachedTo,
    source: { persistentVolumeName: name },
  }),
]
const pod = (name: string, nodeName?: string) =>
  object('Pod', name, {
    spec: {
      containers: [{ name: 'main' }],
      nodeName,
      volumes: [{ name: 'v', persistentVolumeClaim: { claimName: name } }],
    },
  })

/** The nodes that have room for the pod, where `a` and `b` can attach one volume each. */
const nodesFor = (asked: string, ...others: readonly object[]): readonly string[] => {
  const documents = [...node('a'), ...node('b'), ...others]
  const input = getOrThrow(readKubernetes(documents.map((value, i) => ({ from: `${i}`, value }))))
  const found = O.toUndefined(explainOnNodes(input, `pod/default/${asked}`))
  if (found?._tag !== 'Explained') throw new Error(`nothing is said of ${asked}`)
  return found.explanation.nodes.flatMap(({ name, first }) => (first === undefined ? [name] : []))
}

it('has room where it is, and where nothing is attached', () => {
  expect(nodesFor('p', pod('p', 'a'), ...volume('p', 'a'))).toEqual(['a', 'b'])
})
it('has no room where the volume of another is attached, or its own without it', () => {
  const standing = [pod('p', 'a'), ...volume('p', 'a')]
  expect(nodesFor('p', ...standing, pod('q', 'b'), ...volume('q', 'b'))).toEqual(['a'])
  expect(nodesFor('p', ...standing, ...volume('q', 'a'))).toEqual(['b'])
  expect(nodesFor('p', pod('p', 'a'), ...volume('p', 'b'))).toEqual(['a'])
  expect(nodesFor('p', pod('p'), ...volume('p', 'a'))).toEqual(['b'])
})
