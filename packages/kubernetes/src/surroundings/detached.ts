/**
 * Computes the surroundings of a pod (what its rules depend on besides the pod) as if the pod had
 * left its node: the volumes of the pod are detached, and its devices are free.
 */
import type { Surroundings } from './surroundings.js'
import type { PodLike } from './pod-like.js'
import { releasedBy } from './devices.js'
import { attachedBy, volumeText } from './driver.js'
import { ofAttachment } from './volume-use.js'
import type { Storage } from './storage.js'

/** Removes the pod's volumes from the attachments of its node, and releases its devices. */
export const detachPod = (pod: PodLike, around: Surroundings): Surroundings => {
  const { nodeName } = pod.spec
  const { storage } = around
  if (nodeName === undefined) return around
  const { namespace, named } = pod
  const devices =
    named === undefined ? around.devices : releasedBy(around.devices, namespace, named.name)
  const own = new Set(attachedBy(pod, storage).map(volumeText))
  const left = (storage.attachments.get(nodeName) ?? []).filter(
    (one) => !ofAttachment(one, storage).some((volume) => own.has(volumeText(volume))),
  )
  const attachments: Storage['attachments'] = new Map([...storage.attachments, [nodeName, left]])
  return { ...around, devices, storage: { ...storage, attachments } }
}
