/**
 * Implements the plugin NodeVolumeLimits as kernel filters: a node must have the CSI drivers of a
 * pod's volumes, and must stay within each driver's limit on attached volumes. If pods share
 * volumes of a driver, its filter is computed from the pods on the nodes when the filter is built,
 * and does not count later placements.
 *
 * Source: Kubernetes documentation, "Node-specific Volume Limits", and the API references of
 * CSINode and CSIDriver.
 */
import {
  getOrThrow,
  giveMask,
  internMask,
  nodeName,
  nodeIds,
  type Draft,
  type Filter,
  type NodeId,
} from '@stowage/kernel'
import type { PluginInput, FiltersOf } from '../plugin/input.js'
import { pluginOf, reasonOf, fixedReason, namedReason } from '../plugin/reason.js'
import { claimsOf, type PodClaim } from '../surroundings/claim.js'
import { attachedBy, volumeText, type AttachedVolume } from '../surroundings/driver.js'
import { volumesOn } from './held.js'
import { volumeDimension, hasVolumeLimit } from './room.js'
import { attachedTo, limitOn } from '../surroundings/volume-use.js'
import { nowhere } from './within.js'

/**
 * The filters for installed drivers and for limits; one that refuses every node when a claim is
 * missing.
 */
export const limitFilters: FiltersOf = (input) => {
  const { draft, pod, around } = input
  const missing = claimsOf(pod, around.storage).find(({ claim }) => claim === undefined)
  if (missing !== undefined) return [claimNotFound(draft, missing)]
  const all = attachedBy(pod, around.storage)
  const drivers = [...new Set(all.map(({ driver }) => driver))]
  const volumes = drivers.map(
    (driver) => [driver, all.filter((one) => one.driver === driver)] as const,
  )
  return [
    ...volumes.flatMap(([driver, own]) => installedDriverFilters(input, driver, own)),
    ...volumes
      .filter(([driver]) => around.volumeUse.limited.includes(driver))
      .flatMap(([driver, own]) => room(input, driver, own)),
  ]
}

/**
 * Refuses every node for a missing claim. It matters only in profiles without the plugins that
 * report this in PreFilter.
 */
const claimNotFound = (draft: Draft, { key, name }: PodClaim): Filter => ({
  _tag: 'Require',
  ...namedReason(
    draft,
    'NodeVolumeLimits',
    `looking up PVC ${key}: persistentvolumeclaim "${name}" not found`,
  ),
  removable: false,
  expr: nowhere,
})

/**
 * Refuses nodes that lack the driver, if its CSIDriver has `preventPodSchedulingIfMissing`. For
 * migrated in-tree disks, a node without a CSINode object is accepted.
 */
const installedDriverFilters = (
  { draft, around: { storage } }: PluginInput,
  driver: string,
  own: readonly AttachedVolume[],
): readonly Filter[] => {
  if (storage.drivers.get(driver)?.spec.preventPodSchedulingIfMissing !== true) return []
  const isMigrated = own.every((one) => one.isMigrated)
  const having = internMask(draft, `driver ${JSON.stringify([driver, isMigrated])}`)
  const fitting = nodeIds(draft).filter((node) => {
    const csiNode = storage.nodes.get(nodeName(draft, node))
    return csiNode?.spec.drivers.some(({ name }) => name === driver) ?? isMigrated
  })
  getOrThrow(giveMask(draft, having, fitting))
  return [
    {
      _tag: 'Require',
      ...namedReason(
        draft,
        'NodeVolumeLimits',
        `${driver} CSI driver is not installed on the node`,
      ),
      removable: true,
      expr: { _tag: 'InMask', mask: having },
    },
  ]
}

/**
 * If no two pods share a volume of a driver, the limit is a kernel resource, which is always exact.
 * Otherwise the filter is the set of nodes that have room when the pod is translated. A plan of
 * many pods that share volumes may exceed the limit, and preemption finds no room where
 * kube-scheduler would.
 */
const room = (
  input: PluginInput,
  driver: string,
  own: readonly AttachedVolume[],
): readonly Filter[] => {
  const { draft, around } = input
  const why = 'node(s) exceed max volume count'
  if (around.volumeUse.unshared.includes(driver) && hasVolumeLimit(draft, driver)) {
    const part = { dimension: volumeDimension(draft, driver), amount: own.length }
    return [
      {
        _tag: 'Fit',
        plugin: pluginOf('NodeVolumeLimits'),
        removable: true,
        parts: [{ ...part, reason: reasonOf(why), slot: true }],
      },
    ]
  }
  const roomy = internMask(draft, `room for ${JSON.stringify([driver, own.map(volumeText)])}`)
  const fitting = nodeIds(draft).filter((node) => hasRoom(input, node, driver, own))
  getOrThrow(giveMask(draft, roomy, fitting))
  return [
    {
      _tag: 'Require',
      ...fixedReason(why),
      removable: true,
      expr: { _tag: 'InMask', mask: roomy },
    },
  ]
}

/**
 * Whether the node has room for the pod's volumes. A volume that is attached but that no pod on the
 * node uses counts in addition to the pod's, even if it is the same.
 */
const hasRoom = (
  { draft, around: { storage } }: PluginInput,
  node: NodeId,
  driver: string,
  own: readonly AttachedVolume[],
): boolean => {
  const name = nodeName(draft, node)
  const limit = limitOn(name, driver, storage)
  if (limit === undefined) return true
  const there = volumesOn(draft, node, driver)
  const idle = attachedTo(name, storage).filter((one) => one.driver === driver)
  const before = new Set([...there.shared, ...idle.map(volumeText)]).size + there.own
  const added = own.filter((one) => !there.shared.has(volumeText(one)))
  return added.length === 0 || before + added.length <= limit
}
