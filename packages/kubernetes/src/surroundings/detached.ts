/**
 * What is around a pod as if it were gone: its volumes are attached no more to the node where it
 * was.
 */
import type { Surroundings } from './surroundings.js'
import type { PodLike } from './pod-like.js'
import { attachedBy, textOf } from './driver.js'
import { ofAttachment } from './volume-use.js'
import type { Storage } from './storage.js'

export const detached = (pod: PodLike, around: Surroundings): Surroundings => {
  const { nodeName } = pod.spec
  const { storage } = around
  if (nodeName === undefined) return around
  const own = new Set(attachedBy(pod, storage).map(textOf))
  const left = (storage.attachments.get(nodeName) ?? []).filter(
    (one) => !ofAttachment(one, storage).some((volume) => own.has(textOf(volume))),
  )
  const attachments: Storage['attachments'] = new Map([...storage.attachments, [nodeName, left]])
  return { ...around, storage: { ...storage, attachments } }
}
