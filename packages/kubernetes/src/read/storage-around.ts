/**
 * Gathers from all objects what scheduling needs to know of storage: claims, volumes,
 * StorageClasses, CSI drivers, storage capacities and volume attachments.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { Storage } from '../surroundings/storage.js'
import type { Kind, KubernetesObject } from '../words/object.js'
import type { VolumeAttachment } from '../words/storage.js'
import { fullName } from '../workload/workload.js'

type Of<K extends Kind> = Extract<KubernetesObject, { readonly kind: K }>['object']

/** The storage among the objects; each kind is sorted by name. */
export const storageIn = (objects: readonly KubernetesObject[]): Storage => {
  const all = <K extends Kind>(kind: K): readonly Of<K>[] =>
    objects
      .flatMap((found) => (found.kind === kind ? [found.object as Of<K>] : []))
      .sort((a, b) => byCodeUnit(fullName(a.metadata), fullName(b.metadata)))
  const named = <K extends Kind>(kind: K): ReadonlyMap<string, Of<K>> =>
    new Map(all(kind).map((object) => [object.metadata.name, object]))
  return {
    claims: new Map(all('PersistentVolumeClaim').map((claim) => [fullName(claim.metadata), claim])),
    volumes: named('PersistentVolume'),
    classes: named('StorageClass'),
    drivers: named('CSIDriver'),
    nodes: named('CSINode'),
    capacities: all('CSIStorageCapacity'),
    attachments: byNode(all('VolumeAttachment')),
    unmade: new Set(),
  }
}

const byNode = (all: readonly VolumeAttachment[]): Storage['attachments'] => {
  const attachments = new Map<string, VolumeAttachment[]>()
  for (const one of all) {
    const before = attachments.get(one.spec.nodeName)
    if (before === undefined) attachments.set(one.spec.nodeName, [one])
    else before.push(one)
  }
  return attachments
}
