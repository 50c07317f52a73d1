/**
 * Converts the volume limit of a CSI driver to a kernel resource, for drivers whose volumes are not
 * shared between pods. A node has one unit per volume that it can still attach, and a pod occupies
 * one unit per volume.
 */
import {
  amountMax,
  internDimension,
  nodeIds,
  nodeSpec,
  type DimensionId,
  type Draft,
  type Vector,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'
import { attachedBy, volumeText } from '../surroundings/driver.js'
import { attachedTo, limitOn } from '../surroundings/volume-use.js'

/** The kernel dimension that counts the volumes of a driver. */
export const volumeDimension = (draft: Draft, driver: string): DimensionId =>
  internDimension(draft, `volumes of ${driver}`)

/**
 * The number of volumes that a node can still attach, per unshared driver; `amountMax` without a
 * limit.
 */
export const roomForVolumes = (
  draft: Draft,
  node: string,
  { storage, volumeUse: { unshared } }: Surroundings,
): Vector =>
  unshared.map((driver) => {
    const limit = limitOn(node, driver, storage)
    const attached = attachedTo(node, storage).filter((one) => one.driver === driver)
    const left = limit === undefined ? amountMax : limit - new Set(attached.map(volumeText)).size
    return [volumeDimension(draft, driver), Math.max(0, left)]
  })

/**
 * The volumes that a pod adds to its node. One that is already attached there does not count: the
 * node's capacity excludes it.
 */
export const volumeDemand = (
  draft: Draft,
  pod: PodLike,
  { storage, volumeUse: { unshared } }: Surroundings,
): Vector => {
  const { nodeName } = pod.spec
  const there = new Set(nodeName === undefined ? [] : attachedTo(nodeName, storage).map(volumeText))
  const taken = attachedBy(pod, storage).filter((one) => !there.has(volumeText(one)))
  return unshared
    .map((driver) => [driver, taken.filter((one) => one.driver === driver).length] as const)
    .filter(([, amount]) => amount > 0)
    .map(([driver, amount]) => [volumeDimension(draft, driver), amount])
}

/** Whether the nodes of this draft have the driver's volume limit as capacity. */
export const hasVolumeLimit = (draft: Draft, driver: string): boolean => {
  const [first] = nodeIds(draft)
  const spec = first === undefined ? undefined : O.toUndefined(nodeSpec(draft, first))
  return spec?.capacity.some(([counted]) => counted === volumeDimension(draft, driver)) === true
}
