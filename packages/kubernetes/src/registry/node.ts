/** A node as the kernel sees it. */
import { slots, internWord, type Draft, type NodeSpec, type Vector } from '@stowage/kernel'
import { amountIn, type Amounts } from '../words/amounts.js'
import type { Node } from '../words/node.js'
import { wholeOf } from '../words/quantity.js'
import { featureAttributes } from '../lower/feature.js'
import { dimensionOf, isCounted, scoredDimension } from '../demand/resource.js'
import { scoredResources } from '../demand/scored.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import { markOf, unschedulableKey } from '../lower/toleration.js'
import { roomForVolumes } from '../volume/room.js'

/** What can be allocated; a node that does not say so is taken at its capacity. */
const allocatableOf = ({ status }: Node): Amounts => {
  const allocatable = status?.allocatable ?? new Map()
  return allocatable.size > 0 ? allocatable : (status?.capacity ?? new Map())
}

/**
 * Without what is around it, it is not told what room it has for volumes, and pods that have some
 * are judged one by one.
 */
export const nodeSpecOf = (draft: Draft, node: Node, around?: Surroundings): NodeSpec => ({
  name: node.metadata.name,
  capacity: [
    ...capacityOf(draft, allocatableOf(node)),
    ...(around === undefined ? [] : roomForVolumes(draft, node.metadata.name, around)),
  ],
  attributes: [
    ...[...node.metadata.labels]
      .filter(([key]) => !key.startsWith('/'))
      .map(([key, value]) => [internWord(draft, key), internWord(draft, value)] as const),
    ...(node.spec?.unschedulable === true
      ? [[internWord(draft, unschedulableKey), internWord(draft, 'true')] as const]
      : []),
    ...featureAttributes(draft, node),
  ],
  marks: (node.spec?.taints ?? []).map((taint) => markOf(draft, taint)),
})

const capacityOf = (draft: Draft, allocatable: Amounts): Vector => [
  ...[...allocatable]
    .filter(([resource]) => isCounted(resource))
    .map(
      ([resource, { quantity }]) =>
        [dimensionOf(draft, resource), amountIn(resource, quantity)] as const,
    ),
  ...[...allocatable]
    .filter(([resource]) => resource === 'pods')
    .map(([, { quantity }]) => [slots, wholeOf(quantity)] as const),
  ...scoredResources.flatMap((resource) => {
    const amount = allocatable.get(resource)
    return amount === undefined
      ? []
      : [[scoredDimension(draft, resource), amountIn(resource, amount.quantity)] as const]
  }),
]
