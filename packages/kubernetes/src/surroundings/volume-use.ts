/**
 * Finds the CSI drivers that limit how many volumes a node can attach, and whether pods share
 * volumes of such a driver. If they share none, the kernel counts the volumes like any resource. If
 * they share some, it cannot, because a shared volume counts once for all its pods on a node.
 */
import type { PodLike } from './pod-like.js'
import { attachedBy, volumeText, type DriverVolume } from './driver.js'
import type { VolumeAttachment } from '../words/storage.js'
import type { Storage } from './storage.js'

/** The CSI drivers with a volume limit. */
export interface VolumeUse {
  /** The drivers that some node limits. */
  readonly limited: readonly string[]
  /** The limited drivers of which no volume is shared. */
  readonly unshared: readonly string[]
}

const limitedDrivers = ({ nodes }: Storage): readonly string[] => {
  const all = [...nodes.values()].flatMap(({ spec }) => spec.drivers)
  const limited = all.filter(({ allocatable }) => allocatable?.count !== undefined)
  return [...new Set(limited.map(({ name }) => name))]
}

/** How many volumes of a driver a node can attach; `undefined` without a limit. */
export const limitOn = (node: string, driver: string, { nodes }: Storage): number | undefined =>
  nodes.get(node)?.spec.drivers.find(({ name }) => name === driver)?.allocatable?.count

/** The volumes that are attached to a node, whichever pod uses them. */
export const attachedTo = (node: string, storage: Storage): readonly DriverVolume[] =>
  (storage.attachments.get(node) ?? []).flatMap((one) => ofAttachment(one, storage))

/** The CSI volume of an attachment, if there is one. */
export const ofAttachment = (
  { spec: { attacher, source } }: VolumeAttachment,
  { volumes }: Storage,
): readonly DriverVolume[] => {
  const { persistentVolumeName: name } = source
  const csi = name === undefined ? undefined : volumes.get(name)?.spec.csi
  return csi === undefined ? [] : [{ driver: attacher, handle: csi.volumeHandle }]
}

/**
 * A volume is shared if several pods use it; pods of one template count as several. It is also
 * shared if it is attached to a node while its pod has no node: it counts twice there until the pod
 * arrives.
 */
export const volumeUse = (pods: readonly PodLike[], storage: Storage): VolumeUse => {
  const limited = limitedDrivers(storage)
  if (limited.length === 0) return { limited, unshared: limited }
  const attached = new Set(
    [...storage.attachments.keys()].flatMap((node) => attachedTo(node, storage).map(volumeText)),
  )
  const used = new Set<string>()
  const shared = new Set<string>()
  for (const pod of pods) {
    const { nodeName = '' } = pod.spec
    for (const one of attachedBy(pod, storage)) {
      if (one.handle === undefined) continue
      const text = volumeText(one)
      if (pod.named === undefined || used.has(text) || (nodeName === '' && attached.has(text)))
        shared.add(one.driver)
      used.add(text)
    }
  }
  return { limited, unshared: limited.filter((driver) => !shared.has(driver)) }
}
