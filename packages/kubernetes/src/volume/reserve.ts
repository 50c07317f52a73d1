/**
 * What a pod that got a node reserves there, for all pods after it: volumes that it will be bound
 * to are set aside for its claims, and claims that volumes will be made for have to do with that
 * node.
 */
import type { Draft, NodeId } from '@stowage/kernel'
import { nodeName } from '@stowage/kernel'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'
import type { PersistentVolume, PersistentVolumeClaim } from '../words/persistent-volume.js'
import { sortedClaims } from '../surroundings/claim.js'
import { searching, volumesOf } from './search.js'
import { classNameOf, selectedNode, type Storage } from '../surroundings/storage.js'

/** What is around pods from then on. Asked where the pod fits; elsewhere nothing is reserved. */
export const reserved = (
  draft: Draft,
  pod: PodLike,
  node: NodeId,
  around: Surroundings,
): Surroundings => {
  const { waiting } = sortedClaims(pod, around.storage)
  if (waiting.length === 0) return around
  const found = searching(draft, waiting, around)(node)
  if (typeof found === 'string') return around
  const { volumes, claims } = around.storage
  const storage: Storage = {
    ...around.storage,
    volumes: replaced(
      volumes,
      found.bound.map(([claim, volume]) => [volume.metadata.name, setAside(volume, claim)]),
    ),
    claims: replaced(
      claims,
      found.made
        .filter(([{ metadata }]) => metadata.name !== '')
        .map(([claim]) => [
          `${pod.namespace}/${claim.metadata.name}`,
          selecting(claim, nodeName(draft, node)),
        ]),
    ),
  }
  return { ...around, storage }
}

/**
 * Whether a pod may take what the next one of its kind would have had: a claim's node, or a volume
 * of the claim's class.
 */
export const promisesVolumes = (pod: PodLike, storage: Storage): boolean =>
  sortedClaims(pod, storage).waiting.some(
    (claim) => claim.metadata.name !== '' || volumesOf(classNameOf(claim), storage).length > 0,
  )

/** In the same order. */
const replaced = <Value>(
  all: ReadonlyMap<string, Value>,
  some: readonly (readonly [string, Value])[],
): ReadonlyMap<string, Value> => new Map([...all, ...some])

const setAside = (
  volume: PersistentVolume,
  { metadata: { namespace, name, uid } }: PersistentVolumeClaim,
): PersistentVolume => ({
  ...volume,
  spec: { ...volume.spec, claimRef: { namespace, name, uid } },
})

const selecting = (claim: PersistentVolumeClaim, node: string): PersistentVolumeClaim => ({
  ...claim,
  metadata: {
    ...claim.metadata,
    annotations: new Map([...claim.metadata.annotations, [selectedNode, node]]),
  },
})
