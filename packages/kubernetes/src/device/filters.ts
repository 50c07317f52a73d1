/**
 * Implements the plugin DynamicResources as kernel filters and a score. When the filters of a pod
 * are built, it is computed once for all nodes whether they have the devices. There is one filter
 * for each reason of refusal; it refuses the nodes with this reason.
 */
import {
  getOrThrow,
  giveColumn,
  giveMask,
  internColumn,
  internMask,
  nodeIds,
  type Draft,
  type Filter,
  type NodeId,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { FiltersOf, ScoreOf } from '../plugin/input.js'
import { errorReason, namedReason, type PluginReason } from '../plugin/reason.js'
import type { Devices } from '../surroundings/devices.js'
import type { PodLike } from '../surroundings/pod-like.js'
import { extendedResources, isMetByClass } from './extended.js'
import { judgementFor, type ClaimAllocation } from './outcome.js'
import { claimsOfPod, type PodDeviceClaim } from './pod-claims.js'

/**
 * One filter for each reason that some node gives.
 *
 * Later placements do not update the masks: place pods with claims one at a time, and reserve the
 * devices of each (`deviceReservation`). An error, such as a selector that reads an attribute which
 * a device lacks, fails the whole pod in kube-scheduler; here it is the reason of its node, and
 * `errorReason` marks it.
 */
export const deviceFilters: FiltersOf = ({ draft, pod, around: { devices } }) => {
  const judge = judgementFor(draft, pod, devices)
  if (judge === undefined) return []
  const refused = new Map<string, { readonly why: PluginReason; readonly nodes: NodeId[] }>()
  for (const node of nodeIds(draft)) {
    const outcome = judge(node)
    if (outcome._tag === 'Allocated') continue
    const isError = outcome._tag === 'Error'
    const text = isError ? `${inFilter}${outcome.text}` : outcome.reason
    const known = refused.get(text)
    if (known !== undefined) known.nodes.push(node)
    else {
      const reason = isError ? errorReason : namedReason
      refused.set(text, { why: reason(draft, 'DynamicResources', text), nodes: [node] })
    }
  }
  const subject = subjectOf(pod, devices)
  return [...refused].map(([text, { why, nodes }]) =>
    refusingMask(draft, `${subject}: ${text}`, why, nodes),
  )
}

/** How kube-scheduler begins the text of an error. */
const inFilter = 'running "DynamicResources" filter plugin: '

const refusingMask = (
  draft: Draft,
  name: string,
  why: PluginReason,
  nodes: readonly NodeId[],
): Filter => {
  const mask = internMask(draft, name)
  getOrThrow(giveMask(draft, mask, nodes))
  return {
    _tag: 'Require',
    ...why,
    removable: false,
    expr: { _tag: 'Not', of: { _tag: 'InMask', mask } },
  }
}

/** Equal for pods whose claims come to the same. */
const subjectOf = (pod: PodLike, devices: Devices): string => {
  const claims = E.getOrElse(() => [] as ReturnType<typeof namesOf>)(
    E.map(namesOf)(claimsOfPod(pod, devices)),
  )
  const containers = isMetByClass(pod, devices)
    ? [...pod.spec.initContainers, ...pod.spec.containers].map(({ restartPolicy, resources }) => [
        restartPolicy,
        [...resources.requests].map(([resource, { text }]) => [resource, text]),
      ])
    : []
  return `devices for ${JSON.stringify([pod.namespace, claims, extendedResources(pod.spec), containers])}`
}

const namesOf = (claims: readonly { readonly name: string }[]): readonly string[] =>
  claims.map(({ name }) => name)

/** A request may have at most so many alternatives; the first gets as many points. */
const alternativesMax = 8

/**
 * Scores nodes by how early the alternatives stand that they can give; `undefined` when nothing is
 * left to allocate.
 */
export const deviceScore: ScoreOf = ({ draft, pod, around: { devices } }) => {
  const claims = claimsOfPod(pod, devices)
  const isScored =
    E.isRight(claims) &&
    claims.right.some(hasAlternatives) &&
    (claims.right.some(({ allocation }) => allocation === undefined) || isMetByClass(pod, devices))
  const judge = isScored ? judgementFor(draft, pod, devices) : undefined
  if (judge === undefined) return undefined
  const column = internColumn(draft, `${subjectOf(pod, devices)}: alternatives`)
  const scores = nodeIds(draft).flatMap((node) => {
    const outcome = judge(node)
    return outcome._tag === 'Allocated' ? [[node, pointsOf(outcome.claims)] as const] : []
  })
  getOrThrow(giveColumn(draft, column, scores))
  return { raw: { _tag: 'Column', column }, normaliser: 'max' }
}

const hasAlternatives = ({ spec }: PodDeviceClaim): boolean =>
  spec.devices.requests.some(({ firstAvailable }) => firstAvailable.length > 0)

const pointsOf = (claims: readonly ClaimAllocation[]): number => {
  let points = 0
  for (const { spec, allocation } of claims) {
    const allocated = new Set(allocation.devices.results.map(({ request }) => request))
    for (const { name, firstAvailable } of spec.devices.requests)
      for (const [i, alternative] of firstAvailable.entries())
        if (allocated.has(`${name}/${alternative.name}`)) points += alternativesMax - i
  }
  return points
}
