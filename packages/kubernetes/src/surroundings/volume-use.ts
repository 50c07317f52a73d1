/**
 * Which drivers' volumes have one user each. Then a node's different volumes are the sum of those
 * of its pods, and the kernel counts them as it counts any resource: also while it places many
 * pods, and while it tries which to remove. Where two share a volume, what a pod adds to a node
 * depends on who is there already, and no rule of the kernel says that.
 */
import type { PodLike } from './pod-like.js'
import { attachedBy, textOf, type DriverVolume } from './driver.js'
import type { VolumeAttachment } from '../words/storage.js'
import type { Storage } from './storage.js'

export interface VolumeUse {
  /** The drivers that some node limits. */
  readonly limited: readonly string[]
  /** Those among them of which no volume is shared. */
  readonly unshared: readonly string[]
}

const limitedDrivers = ({ nodes }: Storage): readonly string[] => {
  const all = [...nodes.values()].flatMap(({ spec }) => spec.drivers)
  const limited = all.filter(({ allocatable }) => allocatable?.count !== undefined)
  return [...new Set(limited.map(({ name }) => name))]
}

export const limitOn = (node: string, driver: string, { nodes }: Storage): number | undefined =>
  nodes.get(node)?.spec.drivers.find(({ name }) => name === driver)?.allocatable?.count

/** What drivers say that they have attached to a node, whoever asked for it. */
export const attachedTo = (node: string, storage: Storage): readonly DriverVolume[] =>
  (storage.attachments.get(node) ?? []).flatMap((one) => ofAttachment(one, storage))

export const ofAttachment = (
  { spec: { attacher, source } }: VolumeAttachment,
  { volumes }: Storage,
): readonly DriverVolume[] => {
  const { persistentVolumeName: name } = source
  const csi = name === undefined ? undefined : volumes.get(name)?.spec.csi
  return csi === undefined ? [] : [{ driver: attacher, handle: csi.volumeHandle }]
}

/**
 * Several pods share a volume, be it those that one template makes. So do a pod without a node and
 * the node to which its volume is attached: there it counts twice until the pod comes.
 */
export const volumeUse = (pods: readonly PodLike[], storage: Storage): VolumeUse => {
  const limited = limitedDrivers(storage)
  if (limited.length === 0) return { limited, unshared: limited }
  const attached = new Set(
    [...storage.attachments.keys()].flatMap((node) => attachedTo(node, storage).map(textOf)),
  )
  const used = new Set<string>()
  const shared = new Set<string>()
  for (const pod of pods) {
    const { nodeName = '' } = pod.spec
    for (const one of attachedBy(pod, storage)) {
      if (one.handle === undefined) continue
      const text = textOf(one)
      if (pod.named === undefined || used.has(text) || (nodeName === '' && attached.has(text)))
        shared.add(one.driver)
      used.add(text)
    }
  }
  return { limited, unshared: limited.filter((driver) => !shared.has(driver)) }
}
