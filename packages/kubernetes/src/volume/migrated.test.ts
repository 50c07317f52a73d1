/** Disks under the names that their drivers have for them. */
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
  ['vol-1', 'vol-1'],
  ['aws://eu-west-1a/vol-1', 'vol-1'],
  ['aws:///vol-1', 'vol-1'],
])('a volume of AWS that is named %s has the handle %s', (volumeID, handle) => {
  expect(migratedDisks({ ...none, awsElasticBlockStore: { volumeID } })).toEqual([
    { driver: 'ebs.csi.aws.com', handle },
  ])
})

it.each([
  ['', ['projects/UNSPECIFIED/zones/UNSPECIFIED/disks/d']],
  ['us-east1-b', ['projects/UNSPECIFIED/zones/us-east1-b/disks/d']],
  ['us-east1-b__us-east1-c', ['projects/UNSPECIFIED/regions/us-east1/disks/d']],
  ['us-east1-b__us-west1-c', []],
  ['A__B', []],
])('a disk of Google in %j has the handles %j', (zone, handles) => {
  const labels = new Map([['topology.kubernetes.io/zone', zone]])
  const disks = { ...none, gcePersistentDisk: { pdName: 'd', readOnly: undefined } }
  expect(migratedDisks(disks, labels).map(({ handle }) => handle)).toEqual(handles)
})

it('a class is of the driver that took over, of its own, or of none that counts', () => {
  expect(driverOf('kubernetes.io/aws-ebs')).toEqual({ driver: 'ebs.csi.aws.com', isMigrated: true })
  expect(driverOf('disk.example.com')).toEqual({ driver: 'disk.example.com', isMigrated: false })
  expect(driverOf('kubernetes.io/azure-file')).toBeUndefined()
  expect(driverOf('')).toBeUndefined()
})
