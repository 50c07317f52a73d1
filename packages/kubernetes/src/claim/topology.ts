/**
 * Computes the topology segments in which CSI drivers create volumes. A segment is a set of values
 * of the driver's topology keys (node labels), such as one zone. Only the nodes of a volume's
 * segments reach the volume.
 *
 * Source: Kubernetes CSI documentation, "Topology", and the documentation of the drivers.
 */
import { byCodeUnit } from '@stowage/kernel'
import { driverOf } from '../surroundings/migrated.js'
import type { Storage } from '../surroundings/storage.js'
import type { Node } from '../words/node.js'
import type { PersistentVolume } from '../words/persistent-volume.js'
import type { StorageClass, TopologyTerm } from '../words/storage.js'

/** Values of topology keys, sorted by key. */
export type Segment = readonly (readonly [key: string, value: string])[]

const zoneLabel = 'topology.kubernetes.io/zone'

/** The topology keys of drivers that are widely used; none for those of shared file systems. */
const keysOfDrivers: ReadonlyMap<string, readonly string[]> = new Map([
  ['ebs.csi.aws.com', [zoneLabel]],
  ['disk.csi.azure.com', [zoneLabel]],
  ['pd.csi.storage.gke.io', [zoneLabel]],
  ['cinder.csi.openstack.org', [zoneLabel]],
  ['rancher.io/local-path', ['kubernetes.io/hostname']],
  ['efs.csi.aws.com', []],
  ['fsx.csi.aws.com', []],
  ['file.csi.azure.com', []],
  ['filestore.csi.storage.gke.io', []],
  ['nfs.csi.k8s.io', []],
  ['rbd.csi.ceph.com', []],
  ['cephfs.csi.ceph.com', []],
])

type DriverStorage = Pick<Storage, 'nodes' | 'classes'>

const driverNameOf = ({ spec }: PersistentVolume, { classes }: DriverStorage): string => {
  const provisioner = classes.get(spec.storageClassName ?? '')?.provisioner ?? ''
  return driverOf(provisioner)?.driver ?? provisioner
}

/** What the CSINode of a node lists of a driver; `undefined` when it does not list the driver. */
const listedKeys = (
  node: string,
  driver: string,
  { nodes }: DriverStorage,
): readonly string[] | undefined =>
  nodes.get(node)?.spec.drivers.find(({ name }) => name === driver)?.topologyKeys

/** A driver may list the system of a node to tell its nodes apart; a volume is in no system. */
const placeKeys = (keys: readonly string[]): readonly string[] =>
  keys.filter((key) => key !== 'kubernetes.io/os')

const isForManyNodes = ({ spec: { accessModes } }: PersistentVolume): boolean =>
  accessModes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany')

/** The keys where nothing is known of the driver. */
const assumedKeys = (volume: PersistentVolume): readonly string[] =>
  isForManyNodes(volume) ? [] : [zoneLabel]

/** The segment of a node: its values of some keys. */
const segmentOf = ({ metadata: { labels } }: Node, keys: readonly string[]): Segment =>
  [...keys].sort(byCodeUnit).flatMap((key) => {
    const value = labels.get(key)
    return value === undefined ? [] : [[key, value] as const]
  })

/** The segment of the node in which a volume for it is made; empty when it is everywhere. */
export const segmentOn = (
  node: Node,
  volume: PersistentVolume,
  storage: DriverStorage,
): Segment => {
  const driver = driverNameOf(volume, storage)
  const known = listedKeys(node.metadata.name, driver, storage) ?? keysOfDrivers.get(driver)
  const isLabelled = known?.every((key) => node.metadata.labels.has(key)) === true
  const keys = isLabelled ? known : known === undefined ? assumedKeys(volume) : [zoneLabel]
  return segmentOf(node, placeKeys(keys))
}

/**
 * The segments in which a volume may be made before any node is selected, sorted: those that its
 * class allows, or else those of all nodes with the topology keys of the driver. Empty when a
 * volume is everywhere, or when nothing is known of any segment.
 */
export const segmentsFor = (
  volume: PersistentVolume,
  storage: DriverStorage,
  nodes: readonly Node[],
): readonly Segment[] => {
  const driver = driverNameOf(volume, storage)
  const listed = nodes
    .map(({ metadata }) => listedKeys(metadata.name, driver, storage) ?? [])
    .find((keys) => keys.length > 0)
  const keys = listed ?? keysOfDrivers.get(driver) ?? assumedKeys(volume)
  if (keys.length === 0) return []
  const allowed = storage.classes.get(volume.spec.storageClassName ?? '')?.allowedTopologies ?? []
  const segments =
    allowed.length > 0
      ? allowed.flatMap(segmentsOfTerm)
      : nodes
          .map((node) => segmentOf(node, keys))
          .filter((segment) => segment.length === keys.length)
  return distinctSegments(segments)
}

/** Each combination of one value per key. */
const segmentsOfTerm = ({ matchLabelExpressions }: TopologyTerm): readonly Segment[] =>
  [...matchLabelExpressions]
    .sort((one, other) => byCodeUnit(one.key, other.key))
    .reduce<
      readonly Segment[]
    >((segments, { key, values }) => segments.flatMap((segment) => values.map((value) => [...segment, [key, value] as const])), matchLabelExpressions.length === 0 ? [] : [[]])

const distinctSegments = (segments: readonly Segment[]): readonly Segment[] => {
  const byText = new Map(segments.map((segment) => [segmentText(segment), segment]))
  return [...byText.values()].sort(
    (one, other) => one.length - other.length || compareSegments(one, other),
  )
}

const compareSegments = (one: Segment, other: Segment): number =>
  one.reduce(
    (order, [key, value], i) =>
      order || byCodeUnit(key, other[i]![0]) || byCodeUnit(value, other[i]![1]),
    0,
  )

/** A segment in a message: its keys and values. */
export const segmentText = (segment: Segment): string =>
  segment.map(([key, value]) => `${key}=${value}`).join(', ')

/** In how many segments a volume of the class is: disks may be copied to two zones, or to all. */
export const segmentCountOf = ({ parameters, provisioner }: StorageClass): number => {
  const parameter = (...names: readonly string[]): string =>
    [...parameters].find(([name]) => names.includes(name.toLowerCase()))?.[1].toLowerCase() ?? ''
  switch (driverOf(provisioner)?.driver) {
    case 'pd.csi.storage.gke.io':
      return parameter('replication-type') === 'regional-pd' ? 2 : 1
    case 'disk.csi.azure.com':
      return parameter('skuname', 'storageaccounttype').endsWith('_zrs') ? Infinity : 1
    default:
      return 1
  }
}

/** The volume in these segments; without any it is reached from everywhere. */
export const volumeIn = (
  volume: PersistentVolume,
  segments: readonly Segment[],
): PersistentVolume => {
  const places = distinctSegments(
    segments.map((segment) => segment.filter(([key]) => placeKeys([key]).length > 0)),
  ).filter((segment) => segment.length > 0)
  const terms = places.map((segment) => ({
    matchExpressions: segment.map(([key, value]) => ({
      ...{ key, operator: 'In' as const, values: [value] },
    })),
    matchFields: [],
  }))
  const nodeAffinity = terms.length === 0 ? undefined : { required: { nodeSelectorTerms: terms } }
  return { ...volume, spec: { ...volume.spec, nodeAffinity } }
}
