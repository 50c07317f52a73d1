/**
 * Implements two admission plugins that add tolerations to pods:
 * 1. DefaultTolerationSeconds: tolerates for 300 seconds that the node is not ready or unreachable.
 * 2. ExtendedResourceToleration (off by default): tolerates taints named after the extended
 *    resources that the pod requests, such as `example.com/gpu`.
 *
 * Source: Kubernetes documentation, "Taints and Tolerations" (taint based evictions) and "Admission
 * Controllers".
 */
import * as E from 'fp-ts/lib/Either.js'
import { isExtendedName } from '../validation/resources.js'
import type { WireToleration } from '../wire/objects.js'
import { withSpec, type PodPlugin } from './plugin.js'

const taints = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']

/**
 * Tolerates both taints for 300 s, unless a toleration has the taint's key or none, and the effect
 * NoExecute or none. Operator and value are not looked at.
 */
export const withDefaultTolerations: PodPlugin = (pod) =>
  E.right(
    withSpec(pod, (spec) => {
      const tolerations = spec.tolerations ?? []
      const isNamed = (taint: string): boolean =>
        tolerations.some(
          ({ key = '', effect = '' }) =>
            (key === taint || key === '') && (effect === 'NoExecute' || effect === ''),
        )
      const added = taints
        .filter((taint) => !isNamed(taint))
        .map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }))
      return added.length === 0 ? spec : { ...spec, tolerations: [...tolerations, ...added] }
    }),
  )

/** Tolerates a taint with the name of each extended resource that a container requests. */
export const withResourceTolerations: PodPlugin = (pod) =>
  E.right(
    withSpec(pod, (spec) => {
      const { containers = [], initContainers = [], tolerations = [] } = spec
      const names = [...containers, ...initContainers].flatMap(({ resources }) =>
        Object.keys(resources?.requests ?? {}).filter(isExtendedName),
      )
      const added = [...new Set(names)]
        .sort()
        .map((key): WireToleration => ({ key, operator: 'Exists', effect: 'NoSchedule' }))
        .filter((one) => !tolerations.some((other) => sameToleration(one, other)))
      return added.length === 0 ? spec : { ...spec, tolerations: [...tolerations, ...added] }
    }),
  )

const ruleFields = ['key', 'operator', 'value', 'effect'] as const

/** The fields of a toleration that say which taints it is about. */
type TolerationRule = { readonly [Field in (typeof ruleFields)[number]]?: string | undefined }

/** Whether two tolerations are the same apart from how long they last. */
export const sameToleration = (one: TolerationRule, other: TolerationRule): boolean =>
  ruleFields.every((field) => (one[field] ?? '') === (other[field] ?? ''))
