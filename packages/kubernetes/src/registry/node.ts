/**
 * Translates a Node object to a kernel node: capacity from allocatable resources, attributes from
 * labels, and marks (the kernel's form of taints) from taints.
 */
import {
  byCodeUnit,
  amountMax,
  slots,
  internWord,
  type Draft,
  type NodeSpec,
  type Vector,
} from '@stowage/kernel'
import { amountIn, type Amounts } from '../words/amounts.js'
import type { Node } from '../words/node.js'
import { wholeOf } from '../words/quantity.js'
import { featureAttributes } from '../lower/feature.js'
import {
  dimensionOf,
  isCounted,
  isExtended,
  metDimension,
  scoredDimension,
} from '../demand/resource.js'
import { scoredResources } from '../demand/scored.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import { markOf, unschedulableKey } from '../lower/toleration.js'
import { roomForVolumes } from '../volume/room.js'

/** The node's allocatable resources, or its capacity when it reports none. */
/** The extended resources that some node has, in code-unit order. */
export const extendedNamesOf = (nodes: readonly Node[]): readonly string[] => {
  const names = nodes.flatMap((node) => [...allocatableOf(node).keys()])
  return [...new Set(names)].filter(isExtended).sort(byCodeUnit)
}

const allocatableOf = ({ status }: Node): Amounts => {
  const allocatable = status?.allocatable ?? new Map()
  return allocatable.size > 0 ? allocatable : (status?.capacity ?? new Map())
}

/**
 * The kernel node of a Node object. Without `around` it has no capacity for volumes, and volume
 * limits are then checked pod by pod; nor for resources that devices may meet.
 */
export const nodeSpecOf = (draft: Draft, node: Node, around?: Surroundings): NodeSpec => ({
  name: node.metadata.name,
  capacity: [
    ...capacityOf(draft, allocatableOf(node)),
    ...(around === undefined
      ? []
      : [
          ...roomForVolumes(draft, node.metadata.name, around),
          ...resourcesOrDevices(draft, allocatableOf(node), around),
        ]),
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

/** What a node has of the resources that devices may meet; without any of it, no limit. */
const resourcesOrDevices = (
  draft: Draft,
  allocatable: Amounts,
  { metByClass }: Surroundings,
): Vector =>
  metByClass.map((resource) => {
    const amount = allocatable.get(resource)
    const own = amount === undefined ? 0 : amountIn(resource, amount.quantity)
    return [metDimension(draft, resource), own > 0 ? own : amountMax]
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
