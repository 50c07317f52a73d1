/**
 * NodeVolumeLimits: a node's drivers must be there, and must have room for the volumes that a pod
 * would add.
 *
 * Room is a resource where nobody shares a driver's volumes, which is exact at any time. Else it is
 * a mask: the nodes that have room for this pod now, as the pods that stand there say by their
 * facts. It is worked out when the class is made and not again when another replica is placed or
 * one is removed: a plan of many replicas that share volumes holds the limit only as far as it was
 * reached before, and preemption, which upstream tries there too, finds no room.
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
import { pluginOf, reasonOf, said, told } from '../plugin/reason.js'
import { claimsOf, type AskedClaim } from '../surroundings/claim.js'
import { attachedBy, textOf, type Attached } from '../surroundings/driver.js'
import { volumesOn } from './held.js'
import { dimensionOf, isCounted } from './room.js'
import { attachedTo, limitOn } from '../surroundings/volume-use.js'
import { nowhere } from './within.js'

export const limitFilters: FiltersOf = (asked) => {
  const { draft, pod, around } = asked
  const missing = claimsOf(pod, around.storage).find(({ claim }) => claim === undefined)
  if (missing !== undefined) return [notFound(draft, missing)]
  const all = attachedBy(pod, around.storage)
  const drivers = [...new Set(all.map(({ driver }) => driver))]
  const volumes = drivers.map(
    (driver) => [driver, all.filter((one) => one.driver === driver)] as const,
  )
  return [
    ...volumes.flatMap(([driver, own]) => installed(asked, driver, own)),
    ...volumes
      .filter(([driver]) => around.volumeUse.limited.includes(driver))
      .flatMap(([driver, own]) => room(asked, driver, own)),
  ]
}

/** What other plugins say before any node is looked at, unless a profile does without these. */
const notFound = (draft: Draft, { key, name }: AskedClaim): Filter => ({
  _tag: 'Require',
  ...told(
    draft,
    'NodeVolumeLimits',
    `looking up PVC ${key}: persistentvolumeclaim "${name}" not found`,
  ),
  removable: false,
  expr: nowhere,
})

/**
 * Only drivers that insist on it keep pods away from nodes that lack them; migrated disks only
 * where a node says what it has.
 */
const installed = (
  { draft, around: { storage } }: PluginInput,
  driver: string,
  own: readonly Attached[],
): readonly Filter[] => {
  if (storage.drivers.get(driver)?.spec.preventPodSchedulingIfMissing !== true) return []
  const isMigrated = own.every((one) => one.isMigrated)
  const having = internMask(draft, `driver ${JSON.stringify([driver, isMigrated])}`)
  const fitting = nodeIds(draft).filter((node) => {
    const said = storage.nodes.get(nodeName(draft, node))
    return said?.spec.drivers.some(({ name }) => name === driver) ?? isMigrated
  })
  getOrThrow(giveMask(draft, having, fitting))
  return [
    {
      _tag: 'Require',
      ...told(draft, 'NodeVolumeLimits', `${driver} CSI driver is not installed on the node`),
      removable: true,
      expr: { _tag: 'InMask', mask: having },
    },
  ]
}

const room = (asked: PluginInput, driver: string, own: readonly Attached[]): readonly Filter[] => {
  const { draft, around } = asked
  const why = 'node(s) exceed max volume count'
  if (around.volumeUse.unshared.includes(driver) && isCounted(draft, driver)) {
    const part = { dimension: dimensionOf(draft, driver), amount: own.length }
    return [
      {
        _tag: 'Fit',
        plugin: pluginOf('NodeVolumeLimits'),
        removable: true,
        parts: [{ ...part, reason: reasonOf(why), slot: true }],
      },
    ]
  }
  const roomy = internMask(draft, `room for ${JSON.stringify([driver, own.map(textOf)])}`)
  const fitting = nodeIds(draft).filter((node) => hasRoom(asked, node, driver, own))
  getOrThrow(giveMask(draft, roomy, fitting))
  return [
    {
      _tag: 'Require',
      ...said(why),
      removable: true,
      expr: { _tag: 'InMask', mask: roomy },
    },
  ]
}

/**
 * A volume that is attached for nobody there counts beside that of the pod, even if it is the same.
 */
const hasRoom = (
  { draft, around: { storage } }: PluginInput,
  node: NodeId,
  driver: string,
  own: readonly Attached[],
): boolean => {
  const name = nodeName(draft, node)
  const limit = limitOn(name, driver, storage)
  if (limit === undefined) return true
  const there = volumesOn(draft, node, driver)
  const idle = attachedTo(name, storage).filter((one) => one.driver === driver)
  const before = new Set([...there.shared, ...idle.map(textOf)]).size + there.own
  const added = own.filter((one) => !there.shared.has(textOf(one)))
  return added.length === 0 || before + added.length <= limit
}
