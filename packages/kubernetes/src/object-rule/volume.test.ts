/**
 * Tests which PersistentVolumes the API server refuses, one rule at a time, and which field it
 * names.
 */
import { expect, it } from 'vitest'
import { withDefaults } from '../wire/defaults.js'
import { causesIn } from './validate.js'

const csi = { driver: 'csi.example.com', volumeHandle: 'v' }
const base = { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, csi }
const fields = (spec: object) => {
  const object = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'v' }, spec }
  return [
    ...new Set(causesIn(withDefaults(object), { comparison: false }).map(({ field }) => field)),
  ].sort()
}
const by = (source: object) => ({ ...base, csi: undefined, ...source })
const reach = { required: { nodeSelectorTerms: [{ matchExpressions: [] }] } }
const secret = { name: 's', namespace: 'shop' }

it.each([
  base,
  { ...base, claimRef: { name: 'UPPER' }, persistentVolumeReclaimPolicy: 'Recycle' },
  { ...base, capacity: { storage: '1' }, accessModes: ['ReadOnlyMany', 'ReadWriteMany'] },
  { ...base, nodeAffinity: reach, volumeMode: 'Block', storageClassName: 'a.b' },
  { ...base, csi: { ...csi, driver: 'CSI.Example.com', nodePublishSecretRef: secret } },
  by({ hostPath: { path: '/d' }, flexVolume: { driver: 'd' } }),
  { ...base, volumeAttributesClassName: 'gold' },
  by({ hostPath: { path: 'a..b/c', type: 'Directory' } }),
  by({ hostPath: { path: '/' } }),
  by({ local: { path: '/d' }, nodeAffinity: reach }),
  by({ nfs: { server: 's', path: '/' } }),
  by({ iscsi: { targetPortal: 'p', iqn: 'iqn.2001-04.com.example:disk', lun: 255 } }),
  by({ fc: { wwids: ['1'] } }),
  by({ fc: { targetWWNs: ['1'], lun: 0 } }),
  by({ azureDisk: { diskName: 'd', diskURI: '/subscriptions/x', kind: 'Managed' } }),
  by({ azureDisk: { diskName: 'd', diskURI: 'https://x' } }),
  by({ awsElasticBlockStore: { volumeID: 'v', partition: 255 } }),
])('%j is let', (spec) => {
  expect(fields(spec)).toEqual([])
})

it.each([
  ['spec', by({})],
  ['spec.accessModes', { ...base, accessModes: undefined }],
  ['spec.accessModes', { ...base, accessModes: ['Often'] }],
  ['spec.accessModes', { ...base, accessModes: ['ReadWriteOncePod', 'ReadWriteOnce'] }],
  ['spec.capacity', { ...base, capacity: undefined }],
  ['spec.capacity', { ...base, capacity: { storage: '1Gi', cpu: '1' } }],
  ['spec.capacity[storage]', { ...base, capacity: { storage: '0' } }],
  ['spec.persistentVolumeReclaimPolicy', { ...base, persistentVolumeReclaimPolicy: 'Keep' }],
  [
    'spec.persistentVolumeReclaimPolicy',
    by({ hostPath: { path: '//' }, persistentVolumeReclaimPolicy: 'Recycle' }),
  ],
  ['spec.nodeAffinity', by({ local: { path: '/d' } })],
  ['spec.nodeAffinity.required', { ...base, nodeAffinity: {} }],
  [
    'spec.nodeAffinity.required.nodeSelectorTerms',
    { ...base, nodeAffinity: { required: { nodeSelectorTerms: [] } } },
  ],
  ['spec.storageClassName', { ...base, storageClassName: 'Fast' }],
  ['spec.volumeMode', { ...base, volumeMode: 'Tape' }],
  ['spec.volumeAttributesClassName', { ...base, volumeAttributesClassName: '' }],
  ['spec.csi', by({ nfs: { server: 's', path: '/' }, volumeAttributesClassName: 'gold' })],
  ['spec.nfs', { ...by({ hostPath: { path: '/d' } }), nfs: { server: 's', path: '/' } }],
  ['spec.csi', { ...base, hostPath: { path: '/d' } }],
  ['spec.cephFS', by({ hostPath: { path: '/d' }, cephfs: { monitors: ['m'] } })],
  ['spec.flexVolume.driver', by({ hostPath: { path: '/d' }, flexVolume: {} })],
  ['spec.csi', { ...base, flexVolume: { driver: 'd' } }],
  ['spec.hostPath.path', by({ hostPath: {} })],
  ['spec.hostPath.path', by({ hostPath: { path: '/a/../b' } })],
  ['spec.hostPath.type', by({ hostPath: { path: '/a', type: 'Folder' } })],
  ['spec.local.path', by({ local: { path: '..' }, nodeAffinity: reach })],
  ['spec.nfs.path', by({ nfs: { server: 's', path: 'a' } })],
  ['spec.nfs.server', by({ nfs: { path: '/' } })],
  ['spec.csi.driver', { ...base, csi: { ...csi, driver: '' } }],
  ['spec.csi.driver', { ...base, csi: { ...csi, driver: 'a_b' } }],
  ['spec.csi.volumeHandle', { ...base, csi: { ...csi, volumeHandle: '' } }],
  [
    'spec.csi.nodePublishSecretRef.namespace',
    { ...base, csi: { ...csi, nodePublishSecretRef: { name: 's', namespace: 'a.b' } } },
  ],
  ['spec.persistentDisk.pdName', by({ gcePersistentDisk: {} })],
  ['spec.persistentDisk.partition', by({ gcePersistentDisk: { pdName: 'd', partition: 256 } })],
  ['spec.awsElasticBlockStore.volumeID', by({ awsElasticBlockStore: {} })],
  ['spec.glusterfs.endpoints', by({ glusterfs: { path: 'p' } })],
  ['spec.rbd.monitors', by({ rbd: { image: 'i' } })],
  ['spec.cephfs.monitors', by({ cephfs: { monitors: [] } })],
  ['spec.iscsi.iqn', by({ iscsi: { targetPortal: 'p', iqn: 'disk' } })],
  ['spec.iscsi.lun', by({ iscsi: { targetPortal: 'p', iqn: 'eui.0123456789abcdef', lun: -1 } })],
  ['spec.cinder.volumeID', by({ cinder: {} })],
  ['spec.fc.targetWWNs', by({ fc: {} })],
  ['spec.fc.lun', by({ fc: { targetWWNs: ['1'] } })],
  ['spec.azureFile.shareName', by({ azureFile: { secretName: 's' } })],
  ['spec.azureDisk.diskURI', by({ azureDisk: { diskName: 'd', diskURI: '/subscriptions/x' } })],
  ['spec.vsphereVolume.volumePath', by({ vsphereVolume: {} })],
  ['spec.portworxVolume.volumeID', by({ portworxVolume: {} })],
])('by %s, %j is refused', (field, spec) => {
  expect(fields(spec)).toEqual([field])
})
