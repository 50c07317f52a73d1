/**
 * Creates and binds the volumes of a claim when its first pod has been placed on a node. Later pods
 * of the claim may run only on nodes that reach the volume: nodes with the same values of certain
 * labels, called topology keys. These labels are
 * 1. the topology keys that the CSINode of the node lists for the driver;
 * 2. without such a list, the topology keys that this package knows of the driver;
 * 3. the zone, if the driver is unknown or the node lacks one of the labels.
 *
 * A volume of an unknown driver that many nodes may mount is reached from everywhere. If the driver
 * copies a disk to several zones, the zone of the node and the next zones in sorted order reach it.
 *
 * Source: Kubernetes CSI documentation, "Topology", and the documentation of the drivers.
 */
import { withChanges } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { claimHandle } from '../surroundings/driver.js'
import { claimNameAt, sortedClaims } from '../surroundings/claim.js'
import { selectedNode, type Storage } from '../surroundings/storage.js'
import type { Node } from '../words/node.js'
import type { PersistentVolume } from '../words/persistent-volume.js'
import type { PendingWorkload } from '../workload/share.js'
import { fullName } from '../workload/workload.js'
import { boundClaim, boundVolume, referenceTo } from './bind.js'
import { provisionFor } from './provision.js'
import { segmentCountOf, segmentOn, segmentsFor, segmentText, volumeIn } from './topology.js'

/**
 * The storage after the pod was placed on the node. Claims that no other pod has, those of the
 * pod's own claim templates, stay as they are: nobody asks for their place.
 */
export const withVolumesMadeOn = (
  storage: Storage,
  pod: PendingWorkload,
  node: Node,
  nodes: readonly Node[],
): Storage => {
  const own = ownClaims(pod)
  const made = sortedClaims(pod, storage).waiting.flatMap((claim) => {
    const { metadata } = claim
    const isHere = metadata.annotations.get(selectedNode) === node.metadata.name
    if (!isHere || own.includes(metadata.name)) return []
    const key = fullName(metadata)
    const volume = provisionFor(claim, storage, claimHandle(key), referenceTo(claim))
    return E.isLeft(volume)
      ? []
      : [[key, claim, reachedFrom(node, volume.right, storage, nodes)] as const]
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
const reachedFrom = (
  node: Node,
  volume: PersistentVolume,
  storage: Storage,
  nodes: readonly Node[],
): PersistentVolume => {
  const own = segmentOn(node, volume, storage)
  const known = storage.classes.get(volume.spec.storageClassName ?? '')
  const count = known === undefined ? 1 : segmentCountOf(known)
  if (count === 1) return volumeIn(volume, [own])
  const all = segmentsFor(volume, storage, nodes)
  const first = all.findIndex((segment) => segmentText(segment) === segmentText(own))
  const inTurn = first < 0 ? [own] : [...all.slice(first), ...all.slice(0, first)]
  return volumeIn(volume, inTurn.slice(0, count))
}
