/**
 * Provisions volumes for the claims that waited for a pod, after the pod was placed on a node, and
 * binds the claims. Another pod with the same claim may then be placed on every node that reaches
 * the volume:
 * 1. If the CSINode of the node lists the driver, the topology keys of the driver decide.
 * 2. Otherwise the table of known drivers decides.
 * 3. For an unknown driver, a volume with access from many nodes is assumed to be reached from
 *    everywhere, and any other volume from the zone of the node.
 *
 * Source: Kubernetes CSI documentation, "Topology", and the documentation of the drivers.
 */
import { withChanges } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { claimHandle } from '../surroundings/driver.js'
import { driverOf } from '../surroundings/migrated.js'
import { claimNameAt, sortedClaims } from '../surroundings/claim.js'
import { selectedNode, type Storage } from '../surroundings/storage.js'
import type { Node } from '../words/node.js'
import type { PersistentVolume, PersistentVolumeClaim } from '../words/persistent-volume.js'
import type { PendingWorkload } from '../workload/share.js'
import { fullName } from '../workload/workload.js'
import { boundClaim, boundVolume, referenceTo } from './bind.js'
import { provisionFor } from './provision.js'

/**
 * The storage after the pod was placed on the node. Claims that no other pod has, those of the
 * pod's own claim templates, stay as they are: nobody asks for their place.
 */
export const withVolumesMadeOn = (storage: Storage, pod: PendingWorkload, node: Node): Storage => {
  const own = ownClaims(pod)
  const made = sortedClaims(pod, storage).waiting.flatMap((claim) => {
    const { metadata } = claim
    const isHere = metadata.annotations.get(selectedNode) === node.metadata.name
    if (!isHere || own.includes(metadata.name)) return []
    const key = fullName(metadata)
    const volume = provisionFor(claim, storage, claimHandle(key), referenceTo(claim))
    return E.isLeft(volume) ? [] : [[key, claim, reachedFrom(node, volume.right, storage)] as const]
  })
  if (made.length === 0) return storage
  return {
    ...storage,
    volumes: withChanges(
      storage.volumes,
      made.map(([, claim, volume]) => [volume.metadata.name, boundVolume(volume, claim)]),
    ),
    claims: withChanges(
      storage.claims,
      made.map(([key, claim, volume]) => [key, boundClaim(claim, volume)]),
    ),
  }
}

const ownClaims = ({ named, claimTemplates }: PendingWorkload): readonly string[] =>
  named === undefined
    ? []
    : claimTemplates.map(({ metadata }) => claimNameAt(metadata.name, named.name))

/**
 * The volume with the affinity that its driver gives it when the node was selected. The volume is
 * reached from nodes with the same values of the topology keys, or from everywhere if there are no
 * keys.
 */
const reachedFrom = (node: Node, volume: PersistentVolume, storage: Storage): PersistentVolume => {
  const { labels } = node.metadata
  const expressions = labelsOfTopology(node, volume, storage).flatMap((key) => {
    const value = labels.get(key)
    return value === undefined ? [] : [{ key, operator: 'In' as const, values: [value] }]
  })
  const nodeAffinity =
    expressions.length === 0
      ? undefined
      : { required: { nodeSelectorTerms: [{ matchExpressions: expressions, matchFields: [] }] } }
  return { ...volume, spec: { ...volume.spec, nodeAffinity } }
}

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

const labelsOfTopology = (
  { metadata }: Node,
  { spec }: PersistentVolume,
  { nodes, classes }: Storage,
): readonly string[] => {
  const provisioner = classes.get(spec.storageClassName ?? '')?.provisioner ?? ''
  const driver = driverOf(provisioner)?.driver ?? provisioner
  const listed = nodes.get(metadata.name)?.spec.drivers.find(({ name }) => name === driver)
  const known = listed?.topologyKeys ?? keysOfDrivers.get(driver)
  if (known !== undefined && known.every((key) => metadata.labels.has(key))) return known
  return known === undefined && isForManyNodes(spec) ? [] : [zoneLabel]
}

const isForManyNodes = ({ accessModes }: Pick<PersistentVolumeClaim['spec'], 'accessModes'>) =>
  accessModes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany')
