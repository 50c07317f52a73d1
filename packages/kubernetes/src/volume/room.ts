/**
 * Room for the volumes of drivers that nobody shares: a resource of each node, of which a pod takes
 * as much as it has volumes.
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
import { attachedBy, textOf } from '../surroundings/driver.js'
import { attachedTo, limitOn } from '../surroundings/volume-use.js'

export const dimensionOf = (draft: Draft, driver: string): DimensionId =>
  internDimension(draft, `volumes of ${driver}`)

/**
 * What a node can attach beside what is attached to it, of the drivers whose volumes nobody shares:
 * no end of it where there is no limit.
 */
export const roomForVolumes = (
  draft: Draft,
  node: string,
  { storage, volumeUse: { unshared } }: Surroundings,
): Vector =>
  unshared.map((driver) => {
    const limit = limitOn(node, driver, storage)
    const attached = attachedTo(node, storage).filter((one) => one.driver === driver)
    const left = limit === undefined ? amountMax : limit - new Set(attached.map(textOf)).size
    return [dimensionOf(draft, driver), Math.max(0, left)]
  })

/**
 * What a pod takes of that room: no volume that is attached to its node, which stays so when the
 * pod goes.
 */
export const volumesTaken = (
  draft: Draft,
  pod: PodLike,
  { storage, volumeUse: { unshared } }: Surroundings,
): Vector => {
  const { nodeName } = pod.spec
  const there = new Set(nodeName === undefined ? [] : attachedTo(nodeName, storage).map(textOf))
  const taken = attachedBy(pod, storage).filter((one) => !there.has(textOf(one)))
  return unshared
    .map((driver) => [driver, taken.filter((one) => one.driver === driver).length] as const)
    .filter(([, amount]) => amount > 0)
    .map(([driver, amount]) => [dimensionOf(draft, driver), amount])
}

/** Whether the nodes of this draft were told what room they have. */
export const isCounted = (draft: Draft, driver: string): boolean => {
  const [first] = nodeIds(draft)
  const spec = first === undefined ? undefined : O.toUndefined(nodeSpec(draft, first))
  return spec?.capacity.some(([counted]) => counted === dimensionOf(draft, driver)) === true
}
