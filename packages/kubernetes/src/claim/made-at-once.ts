/**
 * Chooses the topology segment, such as a zone, of a volume that is created before any pod is
 * scheduled. Like the provisioner of CSI drivers, it sorts the segments, and picks one by a number
 * that it computes from the claim's name. All pods of the claim must run in that segment.
 *
 * Source: Kubernetes CSI documentation, "Topology" and "external-provisioner" (topology support:
 * immediate binding).
 */
import { hashJson } from '../template/hash.js'
import type { Storage } from '../surroundings/storage.js'
import type { Node } from '../words/node.js'
import type { PersistentVolume, PersistentVolumeClaim } from '../words/persistent-volume.js'
import { segmentCountOf, segmentsFor, volumeIn } from './topology.js'

/** A volume, and whether its provisioner chose its place from several. */
export interface PlacedVolume {
  readonly volume: PersistentVolume
  readonly isChosen: boolean
}

/**
 * The volume that was made for the claim, in its place; unchanged when it is reached from all nodes
 * that its class allows, or when no segment is known.
 */
export const placedAtOnce = (
  { metadata }: PersistentVolumeClaim,
  made: PersistentVolume,
  storage: Pick<Storage, 'nodes' | 'classes'>,
  nodes: readonly Node[],
): PlacedVolume => {
  const segments = segmentsFor(made, storage, nodes)
  const known = storage.classes.get(made.spec.storageClassName ?? '')
  const count = known === undefined ? 1 : segmentCountOf(known)
  if (segments.length === 0) return { volume: made, isChosen: false }
  const first = turnOf(metadata.name) % segments.length
  const inTurn = [...segments.slice(first), ...segments.slice(0, first)]
  return {
    volume: volumeIn(made, inTurn.slice(0, count)),
    isChosen: count < segments.length,
  }
}

/** The number by which the claims of different names take turns; of 32 bits, as upstream's. */
export const turnOf = (name: string): number => {
  const [, set, number] = /^(.*)-(\d+)$/.exec(name) ?? []
  if (set === undefined || Number(number) > 0xffffffff) return hashJson(name)
  const last = set.slice(set.lastIndexOf('-') + 1)
  return (hashJson(last) + Number(number)) >>> 0
}
