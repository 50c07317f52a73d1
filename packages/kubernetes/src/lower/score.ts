/**
 * A pod's scores, with the weights of the default profile, in its order.
 *
 * Source: Kubernetes documentation, "Scheduler Configuration" (default plugins) and "Resource Bin Packing".
 */
import type { Draft, LoadPart, Score } from '@stowage/kernel'
import { amountIn } from '../words/amounts.js'
import type { PodSpec } from '../words/pod.js'
import { zero } from '../words/quantity.js'
import { imageScore } from './image.js'
import { preferredExprs } from './node-affinity.js'
import { podAffinityScore } from './pod-affinity.js'
import { pluginOf } from './reason.js'
import { podRequests } from './requests.js'
import { dimensionOf, scoredDimension } from './resource.js'
import { scoredRequest, scoredResources } from './scored.js'
import { spreadScore } from './spread.js'
import type { PodLike, Surroundings } from './surroundings.js'
import { discouragingExpr } from './toleration.js'

export const scoresOf = (draft: Draft, pod: PodLike, around: Surroundings): readonly Score[] => [
  taintScore(draft, pod.spec),
  ...affinityScore(draft, pod.spec),
  fitScore(draft, pod.spec),
  ...spreadScore(draft, pod, around),
  ...podAffinityScore(draft, pod, around),
  ...balanceScore(draft, pod.spec),
  ...imageScore(draft, pod.spec, around.images),
]

/** The fewer taints that discourage the pod, the better. */
const taintScore = (draft: Draft, spec: PodSpec): Score => ({
  plugin: pluginOf('TaintToleration'),
  raw: { _tag: 'Static', cases: [], marks: [[discouragingExpr(draft, spec.tolerations), 1]] },
  normaliser: 'max-reversed',
  weight: 3,
})

const affinityScore = (draft: Draft, spec: PodSpec): readonly Score[] => {
  const cases = preferredExprs(draft, spec)
  if (cases.length === 0) return []
  const raw = { _tag: 'Static', cases, marks: [] } as const
  return [{ plugin: pluginOf('NodeAffinity'), raw, normaliser: 'max', weight: 2 }]
}

const fitScore = (draft: Draft, spec: PodSpec): Score => {
  const parts = scoredResources.map((resource) => ({
    dimension: scoredDimension(draft, resource),
    amount: amountIn(resource, scoredRequest(spec, resource)),
    weight: 1,
  }))
  return {
    plugin: pluginOf('NodeResourcesFit'),
    raw: { _tag: 'Load', curve: 'least', parts },
    normaliser: 'none',
    weight: 1,
  }
}

/** A pod that requests nothing of what is balanced has no such score. */
const balanceScore = (draft: Draft, spec: PodSpec): readonly Score[] => {
  const requests = podRequests(spec)
  const parts = scoredResources.map(
    (resource): LoadPart => ({
      dimension: dimensionOf(draft, resource),
      amount: amountIn(resource, requests.get(resource) ?? zero),
      weight: 1,
    }),
  )
  if (parts.every(({ amount }) => amount === 0)) return []
  const raw = { _tag: 'Load', curve: 'balance-change', parts } as const
  return [
    { plugin: pluginOf('NodeResourcesBalancedAllocation'), raw, normaliser: 'none', weight: 1 },
  ]
}
