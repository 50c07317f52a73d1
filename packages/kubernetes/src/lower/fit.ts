/**
 * Translates the plugins NodeResourcesFit and NodeResourcesBalancedAllocation to kernel rules:
 * 1. a filter that checks whether a pod's requests fit on a node;
 * 2. scores by how full and how balanced the node would be with the pod.
 *
 * Also computes the resources that a placed pod occupies on its node.
 *
 * Source: Kubernetes documentation, "Resource Bin Packing", and the API reference of
 * NodeResourcesFitArgs.
 */
import { slots, type Draft, type Vector, type Filter, type RawScore } from '@stowage/kernel'
import { amountIn } from '../words/amounts.js'
import type { PodSpec } from '../words/pod.js'
import { zero } from '../words/quantity.js'
import type { FiltersOf, ScoreOf } from '../plugin/input.js'
import type { FitArgs } from '../plugin/profile.js'
import { insufficient, pluginOf, reasonOf } from '../plugin/reason.js'
import { podRequests, type Requests } from '../demand/requests.js'
import { podHolds, type PodWithStatus } from '../demand/resized.js'
import {
  dimensionOf,
  isCounted,
  isExtended,
  metDimension,
  scoredDimension,
} from '../demand/resource.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import { isScored, scoredLoad, scoredRequest, scoredResources } from '../demand/scored.js'

/**
 * The demand of a placed pod on its node: the resources that it holds, one slot, and its cpu and
 * memory as the scores of later pods count them.
 */
export const occupies = (
  draft: Draft,
  pod: PodWithStatus,
  { metByClass }: Pick<Surroundings, 'metByClass'>,
): Vector => [
  ...countedDemand(draft, podHolds(pod)).flatMap(([resource, dimension, amount]) => [
    [dimension, amount] as const,
    ...(metByClass.includes(resource) ? [[metDimension(draft, resource), amount] as const] : []),
  ]),
  [slots, 1],
  ...scoredResources.map(
    (resource) =>
      [scoredDimension(draft, resource), amountIn(resource, scoredLoad(pod, resource))] as const,
  ),
]

const countedDemand = (draft: Draft, requests: Requests) =>
  [...requests]
    .filter(([resource]) => isCounted(resource))
    .map(
      ([resource, quantity]) =>
        [resource, dimensionOf(draft, resource), amountIn(resource, quantity)] as const,
    )

/**
 * Requires a free slot and enough of every requested resource, except ignored ones. A resource that
 * a DeviceClass meets is required only of nodes that have it.
 */
export const fitFilter: FiltersOf = ({ draft, pod, around: { metByClass }, args }) => [
  {
    _tag: 'Fit',
    plugin: pluginOf('NodeResourcesFit'),
    removable: true,
    parts: [
      { dimension: slots, amount: 1, reason: reasonOf('Too many pods'), slot: true },
      ...countedDemand(draft, podRequests(pod.spec))
        .filter(([resource]) => !isIgnored(resource, args.fit))
        .map(([resource, dimension, amount]): Filter<'Fit'>['parts'][number] => ({
          dimension: metByClass.includes(resource) ? metDimension(draft, resource) : dimension,
          amount,
          reason: insufficient(dimension),
          slot: false,
        })),
    ],
  },
]

/** Only an extended resource can be ignored: by its name, or by the part before its slash. */
const isIgnored = (resource: string, { ignoredResources, ignoredResourceGroups }: FitArgs) =>
  isExtended(resource) &&
  (ignoredResources.includes(resource) ||
    ignoredResourceGroups.includes(resource.slice(0, resource.indexOf('/'))))

/** Scores how full the node would be, by the strategy of the profile. */
export const fitScore: ScoreOf = ({ draft, pod, args }) => {
  const { strategy, resources, shape } = args.fit
  const parts = resources.flatMap(
    ([resource, weight]): readonly RawScore<'Load'>['parts'][number][] => {
      if (isScored(resource)) {
        const amount = amountIn(resource, scoredRequest(pod.spec, resource))
        return [{ dimension: scoredDimension(draft, resource), amount, weight }]
      }
      return plainParts(draft, pod.spec, resource, weight)
    },
  )
  if (strategy === 'RequestedToCapacityRatio') {
    const points = shape.map(([utilization, score]) => [utilization, score * 10] as const)
    return { raw: { _tag: 'Load', curve: 'points', parts, points }, normaliser: 'none' }
  }
  const curve = strategy === 'LeastAllocated' ? 'least' : 'most'
  return { raw: { _tag: 'Load', curve, parts }, normaliser: 'none' }
}

/**
 * Scores how the pod changes the balance of resource shares; `undefined` when the pod requests none
 * of these resources.
 */
export const balanceScore: ScoreOf = ({ draft, pod, args }) => {
  const parts = args.balance.resources.flatMap((resource) =>
    plainParts(draft, pod.spec, resource, 1),
  )
  if (parts.every(({ amount }) => amount === 0)) return undefined
  return { raw: { _tag: 'Load', curve: 'balance-change', parts }, normaliser: 'none' }
}

/**
 * Leaves out a resource that the pod does not request, unless it is cpu, memory or
 * ephemeral-storage.
 */
const plainParts = (
  draft: Draft,
  spec: PodSpec,
  resource: string,
  weight: number,
): readonly RawScore<'Load'>['parts'][number][] => {
  const amount = amountIn(resource, podRequests(spec).get(resource) ?? zero)
  const isOpen = resource !== 'cpu' && resource !== 'memory' && resource !== 'ephemeral-storage'
  return isOpen && amount === 0 ? [] : [{ dimension: dimensionOf(draft, resource), amount, weight }]
}
