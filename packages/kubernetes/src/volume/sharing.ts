/**
 * Which drivers' volumes have one user each. Then a node's different volumes are the sum of those of its pods, and the kernel counts
 * them as it counts any resource: also while it places many pods, and while it tries which to remove. Where two share a volume,
 * what a pod adds to a node depends on who is there already, and no rule of the kernel says that.
 */
import type { PodLike } from '../lower/surroundings.js'
import { attachedBy, textOf, type Attached } from './driver.js'
import type { Storage } from './storage.js'

export interface VolumeUse {
  /** The drivers that some node limits, by name. */
  readonly limited: readonly string[]
  /** Those among them of which no volume is shared. */
  readonly unshared: readonly string[]
  /** The volumes that pods use, as `textOf` writes them. */
  readonly used: ReadonlySet<string>
}

const noUse: VolumeUse = { limited: [], unshared: [], used: new Set() }

const limitedDrivers = ({ nodes }: Storage): readonly string[] => {
  const all = [...nodes.values()].flatMap(({ spec }) => spec.drivers)
  const limited = all.filter(({ allocatable }) => allocatable?.count !== undefined)
  return [...new Set(limited.map(({ name }) => name))].sort()
}

export const limitOn = (node: string, driver: string, { nodes }: Storage): number | undefined =>
  (nodes.get(node)?.spec.drivers ?? []).find(
    ({ name, allocatable }) => name === driver && allocatable?.count !== undefined,
  )?.allocatable?.count

/** What drivers say that they have attached to a node, whoever asked for it. */
export const attachedTo = (node: string, { attachments, volumes }: Storage): readonly Attached[] =>
  (attachments.get(node) ?? []).flatMap(({ spec: { attacher, source } }) => {
    const csi = volumes.get(source.persistentVolumeName ?? '')?.spec.csi
    return csi === undefined || attacher === ''
      ? []
      : [{ driver: attacher, handle: csi.volumeHandle ?? '', isMigrated: false }]
  })

/**
 * A volume's users are pods, any number of them where a template names it, and each node to which it is attached although its pod
 * is not there.
 */
export const volumeUse = (pods: readonly PodLike[], storage: Storage): VolumeUse => {
  const limited = limitedDrivers(storage)
  if (limited.length === 0) return noUse
  const homes = new Map<string, string>()
  const shared = new Set<string>()
  const use = (one: Attached, home: string): void => {
    if (one.handle === undefined) return
    if (homes.has(textOf(one))) shared.add(one.driver)
    homes.set(textOf(one), home)
  }
  for (const pod of pods)
    for (const one of attachedBy(pod, storage)) {
      use(one, pod.spec.nodeName ?? '')
      if (pod.named === undefined && one.handle !== undefined) shared.add(one.driver)
    }
  const used = new Set(homes.keys())
  for (const node of storage.attachments.keys())
    for (const one of attachedTo(node, storage)) if (homes.get(textOf(one)) !== node) use(one, node)
  return { limited, unshared: limited.filter((driver) => !shared.has(driver)), used }
}
