/**
 * Tests which availability zones are found in documents: those of nodes, volumes and
 * StorageClasses, but not those in the rules of pods.
 */
import { expect, it } from 'vitest'
import { zonesIn } from './zones.js'

const list = (...items: readonly unknown[]) => ({
  from: 'dump.yaml',
  value: { apiVersion: 'v1', kind: 'List', items },
})
const zoned = (key: string, values: readonly string[]) => [
  { matchExpressions: [{ key, operator: 'In', values }] },
]

it('lists each zone of nodes, volumes and classes once', () => {
  const node = (zone: string) => ({
    ...{ apiVersion: 'v1', kind: 'Node' },
    metadata: { name: zone, labels: { 'topology.kubernetes.io/zone': zone } },
  })
  const volume = {
    ...{ apiVersion: 'v1', kind: 'PersistentVolume' },
    metadata: { name: 'v', labels: { 'failure-domain.beta.kubernetes.io/zone': 'd__e' } },
    spec: {
      nodeAffinity: {
        required: { nodeSelectorTerms: zoned('topology.ebs.csi.aws.com/zone', ['c', 'a']) },
      },
    },
  }
  const storageClass = {
    ...{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', provisioner: 'x' },
    metadata: { name: 'c' },
    allowedTopologies: [
      { matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['f'] }] },
    ],
  }
  const pod = {
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } },
    spec: {
      nodeSelector: { 'topology.kubernetes.io/zone': 'z' },
      containers: [{ name: 'main' }],
    },
  }
  const documents = [list(node('b'), node('a'), pod), list(volume), list(storageClass)]
  expect(zonesIn(documents)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  expect(zonesIn([list(pod)])).toEqual([])
})
