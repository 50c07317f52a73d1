/**
 * Tests to which CSI drivers and volume handles disks of in-tree plugins are translated. For
 * example, the disk `aws://eu-west-1a/vol-12` has the handle `vol-12`.
 */
import { expect, it } from 'vitest'
import { driverOf, migratedDisks } from './migrated.js'

const none = {
  gcePersistentDisk: undefined,
  awsElasticBlockStore: undefined,
  azureDisk: undefined,
  cinder: undefined,
  portworxVolume: undefined,
}

it.each([
  ['vol-1', ['vol-1']],
  ['vol-1/', ['vol-1/']],
  ['aws://eu-west-1a/vol-12', ['vol-12']],
  ['aws:///vol-1', ['vol-1']],
  ['aws:////vol-1//', ['vol-1']],
  ['aws://vol-1', []],
  ['aws://eu-west-1a/disk', []],
  ['aws://eu-west-1a/disk/vol-1', []],
  ['aws://eu-west-1a/vol-1/disk', []],
  ['aws://eu-west-1a/aws://eu-west-1a/vol-1', []],
])('a volume of AWS that is named %s has the handles %j', (volumeID, handles) => {
  const disks = migratedDisks({ ...none, awsElasticBlockStore: { volumeID } })
  expect(disks.map(({ handle }) => handle)).toEqual(handles)
})

const zone = 'topology.kubernetes.io/zone'
const older = 'failure-domain.beta.kubernetes.io/zone'
it.each([
  [{}, ['projects/UNSPECIFIED/zones/UNSPECIFIED/disks/d']],
  [{ [zone]: '' }, ['projects/UNSPECIFIED/zones/UNSPECIFIED/disks/d']],
  [{ [zone]: 'us-east1-b' }, ['projects/UNSPECIFIED/zones/us-east1-b/disks/d']],
  [{ [older]: 'x', [zone]: 'us-east1-b' }, ['projects/UNSPECIFIED/zones/x/disks/d']],
  [{ [zone]: 'us-east1-b__us-east1-cc' }, ['projects/UNSPECIFIED/regions/us-east1/disks/d']],
  [{ [zone]: 'us-east1-b__us-west1-c' }, []],
  [{ [zone]: 'x-us-east1-b__us-east1-c' }, []],
  [{ [zone]: 'us-east1-b-x__us-east1-c' }, []],
  [{ [zone]: 'A__B' }, []],
])('a disk of Google with the labels %j has the handles %j', (labels, handles) => {
  const disks = { ...none, gcePersistentDisk: { pdName: 'd', readOnly: undefined } }
  const found = migratedDisks(disks, new Map(Object.entries(labels)))
  expect(found.map(({ handle }) => handle)).toEqual(handles)
})

const named = (id: string) => ({
  'kubernetes.io/aws-ebs': { awsElasticBlockStore: { volumeID: id } },
  'kubernetes.io/gce-pd': { gcePersistentDisk: { pdName: id, readOnly: undefined } },
  'kubernetes.io/azure-disk': { azureDisk: { diskURI: id } },
  'kubernetes.io/cinder': { cinder: { volumeID: id } },
  'kubernetes.io/portworx-volume': { portworxVolume: { volumeID: id } },
})
const tookOver = {
  'kubernetes.io/aws-ebs': 'ebs.csi.aws.com',
  'kubernetes.io/gce-pd': 'pd.csi.storage.gke.io',
  'kubernetes.io/azure-disk': 'disk.csi.azure.com',
  'kubernetes.io/cinder': 'cinder.csi.openstack.org',
  'kubernetes.io/portworx-volume': 'pxd.portworx.com',
} as const

it.each(Object.entries(tookOver))('what was %s is of the driver %s', (plugin, driver) => {
  const disk = (id: string) => ({ ...none, ...named(id)[plugin as keyof typeof tookOver] })
  expect(driverOf(plugin)).toEqual({ driver, isMigrated: true })
  expect(migratedDisks(disk('x'))).toMatchObject([{ driver }])
  if (plugin !== 'kubernetes.io/gce-pd') expect(migratedDisks(disk(''))).toEqual([])
})

it('a class is of the driver that it names, or of none that counts', () => {
  expect(driverOf('disk.example.com')).toEqual({ driver: 'disk.example.com', isMigrated: false })
  for (const provisioner of ['', 'kubernetes.io/azure-file', 'kubernetes.io/vsphere-volume'])
    expect(driverOf(provisioner)).toBeUndefined()
})
