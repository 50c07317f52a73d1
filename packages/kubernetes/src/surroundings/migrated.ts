/**
 * Disks of kinds that Kubernetes once attached itself: drivers attach them nowadays, under names
 * and handles of their own.
 *
 * Source: Kubernetes documentation, "Volumes" (migrating to CSI drivers from in-tree plugins).
 */
import type { Disks } from '../words/disk.js'
import type { Labels } from '../words/label-selector.js'

/** Drivers by the names of what they took over. */
const drivers: ReadonlyMap<string, string> = new Map([
  ['kubernetes.io/aws-ebs', 'ebs.csi.aws.com'],
  ['kubernetes.io/gce-pd', 'pd.csi.storage.gke.io'],
  ['kubernetes.io/azure-disk', 'disk.csi.azure.com'],
  ['kubernetes.io/cinder', 'cinder.csi.openstack.org'],
  ['kubernetes.io/portworx-volume', 'pxd.portworx.com'],
])
/** These were taken over too, but their volumes are not counted. */
const uncounted: readonly string[] = ['kubernetes.io/azure-file', 'kubernetes.io/vsphere-volume']

export interface Driver {
  readonly driver: string
  readonly isMigrated: boolean
}

/** Who makes what a class is provisioned by; nothing, where it is not counted. */
export const driverOf = (provisioner: string): Driver | undefined => {
  if (provisioner === '' || uncounted.includes(provisioner)) return undefined
  const driver = drivers.get(provisioner)
  return { driver: driver ?? provisioner, isMigrated: driver !== undefined }
}

export interface MigratedDisk {
  readonly driver: string
  readonly handle: string
}

/** At most one, as a volume is of one kind; the labels are those of a persistent volume. */
export const migratedDisks = (
  disks: Disks,
  labels: Labels = new Map(),
): readonly MigratedDisk[] => {
  const { gcePersistentDisk, awsElasticBlockStore, azureDisk, cinder, portworxVolume } = disks
  const place = placeOf(labels)
  const handles: readonly (readonly [plugin: string, handle: string | undefined])[] = [
    [
      'kubernetes.io/gce-pd',
      gcePersistentDisk &&
        place &&
        `projects/UNSPECIFIED/${place}/disks/${gcePersistentDisk.pdName}`,
    ],
    ['kubernetes.io/aws-ebs', awsElasticBlockStore && volumeOf(awsElasticBlockStore.volumeID)],
    ['kubernetes.io/azure-disk', azureDisk?.diskURI],
    ['kubernetes.io/cinder', cinder?.volumeID],
    ['kubernetes.io/portworx-volume', portworxVolume?.volumeID],
  ]
  return handles.flatMap(([plugin, handle]) =>
    handle === undefined || handle === ''
      ? []
      : [{ driver: drivers.get(plugin) ?? plugin, handle }],
  )
}

/** AWS also names a volume by an URL; one that leads to anything else is of no volume. */
const volumeOf = (id: string): string | undefined =>
  id.startsWith('aws://') ? /^aws:\/\/[^/]*\/+(vol-[^/]*)\/*$/.exec(id)?.[1] : id

/**
 * A disk of several zones is one of their region; where they have none in common, nobody knows the
 * disk.
 */
const placeOf = (labels: Labels): string | undefined => {
  const older = labels.get('failure-domain.beta.kubernetes.io/zone') ?? ''
  const label = older === '' ? (labels.get('topology.kubernetes.io/zone') ?? '') : older
  const zones = label.split('__')
  if (zones.length === 1) return `zones/${label === '' ? 'UNSPECIFIED' : label}`
  const regions = new Set(zones.map((zone) => /^([^-]*-[^-]*)-[^-]*$/.exec(zone)?.[1]))
  const [region] = regions
  return regions.size === 1 && region !== undefined ? `regions/${region}` : undefined
}
