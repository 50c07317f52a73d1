/**
 * Translates disks of in-tree volume plugins to the CSI drivers and volume handles under which they
 * are attached since CSI migration.
 *
 * Source: Kubernetes documentation, "Volumes" (migrating to CSI drivers from in-tree plugins).
 */
import type { Disks } from '../words/disk.js'
import type { Labels } from '../words/label-selector.js'

/** CSI drivers by the in-tree plugin that each replaced. */
const drivers: ReadonlyMap<string, string> = new Map([
  ['kubernetes.io/aws-ebs', 'ebs.csi.aws.com'],
  ['kubernetes.io/gce-pd', 'pd.csi.storage.gke.io'],
  ['kubernetes.io/azure-disk', 'disk.csi.azure.com'],
  ['kubernetes.io/cinder', 'cinder.csi.openstack.org'],
  ['kubernetes.io/portworx-volume', 'pxd.portworx.com'],
])
/** These plugins were replaced as well, but their volumes are not counted. */
const uncountedPlugins: readonly string[] = [
  'kubernetes.io/azure-file',
  'kubernetes.io/vsphere-volume',
]

/** A CSI driver, and whether it replaced an in-tree plugin. */
export interface Driver {
  readonly driver: string
  readonly isMigrated: boolean
}

/** The driver of a provisioner; `undefined` when its volumes are not counted. */
export const driverOf = (provisioner: string): Driver | undefined => {
  if (provisioner === '' || uncountedPlugins.includes(provisioner)) return undefined
  const driver = drivers.get(provisioner)
  return { driver: driver ?? provisioner, isMigrated: driver !== undefined }
}

/** A disk as its CSI driver identifies it. */
export interface MigratedDisk {
  readonly driver: string
  readonly handle: string
}

/** At most one disk, as a volume is of one kind. The labels are those of a persistent volume. */
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
    ['kubernetes.io/aws-ebs', awsElasticBlockStore && volumeIdIn(awsElasticBlockStore.volumeID)],
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

/** AWS also writes a volume as a URL; `undefined` when the URL does not contain a volume id. */
const volumeIdIn = (id: string): string | undefined =>
  id.startsWith('aws://') ? /^aws:\/\/[^/]*\/+(vol-[^/]*)\/*$/.exec(id)?.[1] : id

/**
 * The location of a Google disk. A disk in several zones is located in their common region;
 * `undefined` when they have none.
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
