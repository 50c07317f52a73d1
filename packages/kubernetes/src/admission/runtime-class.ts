/**
 * Implements the admission plugin RuntimeClass: adds to a pod the overhead, node selector and
 * tolerations of its RuntimeClass. A pod that contradicts them is refused.
 *
 * Source: Kubernetes documentation, "Runtime Class" and "Pod Overhead".
 */
import * as E from 'fp-ts/lib/Either.js'
import { quantityOf } from '../validation/resources.js'
import type {
  Texts,
  WireAmounts,
  WirePod,
  WireRuntimeClass,
  WireToleration,
} from '../wire/objects.js'
import type { AdmissionCluster } from './cluster.js'
import { withSpec, type PodPlugin } from './plugin.js'

/** Adds what the class of the pod adds. */
export const withRuntimeClass: PodPlugin = (pod, cluster) => {
  const name = pod.spec?.runtimeClassName
  if (name === undefined) return E.right(pod)
  const found = classOf(pod, cluster)
  if (found === undefined) return E.left(`pod rejected: RuntimeClass "${name}" not found`)
  if (found.overhead !== undefined && conflictsWith(pod, found)) return E.left(mismatch)
  const { nodeSelector = {}, tolerations = [] } = found.scheduling ?? {}
  const conflict = conflictOf(pod.spec?.nodeSelector ?? {}, nodeSelector)
  if (conflict !== undefined) return E.left(conflict)
  return E.right(
    withSpec(pod, (spec) => ({
      ...spec,
      ...(found.overhead === undefined ? {} : { overhead: found.overhead.podFixed ?? {} }),
      ...(found.scheduling === undefined
        ? {}
        : {
            nodeSelector: { ...spec.nodeSelector, ...nodeSelector },
            tolerations: mergedTolerations([...(spec.tolerations ?? []), ...tolerations]),
          }),
    })),
  )
}

const mismatch = "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead"

const classOf = (pod: WirePod, { runtimeClasses }: AdmissionCluster) =>
  runtimeClasses.find(({ metadata }) => metadata?.name === pod.spec?.runtimeClassName)

const conflictsWith = (pod: WirePod, { overhead }: WireRuntimeClass): boolean => {
  const own = pod.spec?.overhead ?? {}
  return Object.keys(own).length > 0 && !sameAmounts(own, overhead?.podFixed ?? {})
}

const sameAmounts = (one: WireAmounts, other: WireAmounts): boolean =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].every(
    (name) =>
      Object.hasOwn(one, name) &&
      Object.hasOwn(other, name) &&
      quantityOf(one[name]!) === quantityOf(other[name]!),
  )

const conflictOf = (own: Texts, ofClass: Texts): string | undefined => {
  const key = Object.keys(ofClass).find(
    (name) => Object.hasOwn(own, name) && own[name] !== ofClass[name],
  )
  return key === undefined
    ? undefined
    : `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${ofClass[key]}; pod.spec.nodeSelector[${key}] = ${own[key]}`
}

/** Why the complete pod is refused: an overhead that is not that of its class. */
export const wrongOverhead = (pod: WirePod, cluster: AdmissionCluster): string | undefined => {
  const overhead = classOf(pod, cluster)?.overhead
  const own = pod.spec?.overhead
  if (overhead === undefined)
    return own === undefined
      ? undefined
      : 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead'
  return sameAmounts(own ?? {}, overhead.podFixed ?? {}) ? undefined : mismatch
}

/** Leaves out a toleration that another one covers; of equal ones the first stays. */
const mergedTolerations = (all: readonly WireToleration[]): readonly WireToleration[] =>
  all.reduce<readonly WireToleration[]>((merged, one, i) => {
    const isCovered =
      merged.some((other) => coversToleration(other, one)) ||
      all.slice(i + 1).some((other) => !isEqual(one, other) && coversToleration(other, one))
    return isCovered ? merged : [...merged, one]
  }, [])

const isEqual = (one: WireToleration, other: WireToleration): boolean =>
  (['key', 'operator', 'value', 'effect', 'tolerationSeconds'] as const).every(
    (field) => one[field] === other[field],
  )

const coversToleration = (wide: WireToleration, narrow: WireToleration): boolean => {
  if (isEqual(wide, narrow)) return true
  const { key = '', operator = '', effect = '', value = '', tolerationSeconds } = wide
  if ((narrow.key ?? '') !== key && (key !== '' || operator !== 'Exists')) return false
  if (effect !== '' && (narrow.effect ?? '') !== effect) return false
  const isShort =
    effect === 'NoExecute' &&
    tolerationSeconds !== undefined &&
    (narrow.tolerationSeconds === undefined || narrow.tolerationSeconds > tolerationSeconds)
  if (isShort) return false
  if (operator === 'Exists') return true
  return (
    (operator === '' || operator === 'Equal') &&
    narrow.operator === 'Equal' &&
    (narrow.value ?? '') === value
  )
}
