/**
 * Reads the minimum and the maximum replica count of KEDA's ScaledObjects. KEDA creates a
 * HorizontalPodAutoscaler with these bounds for each ScaledObject.
 *
 * Source: KEDA documentation, "ScaledObject specification" (minReplicaCount, maxReplicaCount) and
 * "Pausing autoscaling" (paused-replicas).
 */
import { isObject, own, valueAt, type SourceDocument } from '@stowage/documents'
import type { ReplicaBounds } from '../workload/autoscaling.js'
import { fullName, titleOf } from '../workload/workload.js'
import { itemsIn, textField } from './items.js'

/** The replicas at most that KEDA lets a target have by default. */
const replicasMax = 100

/** True for an object of the kind ScaledObject of KEDA. */
export const isScaledObject = (item: unknown): item is object =>
  isObject(item) &&
  own(item, 'kind') === 'ScaledObject' &&
  String(own(item, 'apiVersion')).startsWith('keda.sh/')

/** The bounds of the ScaledObjects among documents; one without a target has none. */
export const scaledBounds = (documents: readonly SourceDocument[]): readonly ReplicaBounds[] =>
  documents.flatMap(({ from, value }) =>
    itemsIn(value).flatMap((item) => (isScaledObject(item) ? scaledObjectBounds(from, item) : [])),
  )

const scaledObjectBounds = (from: string, item: object): readonly ReplicaBounds[] => {
  const textOf = (...path: readonly string[]): string => textField(item, path)
  const countOf = (...path: readonly string[]): number | undefined =>
    wholeCount(valueAt(item, path))
  const [name, namespace] = [textOf('metadata', 'name'), textOf('metadata', 'namespace')]
  const targetName = textOf('spec', 'scaleTargetRef', 'name')
  if (name === '' || targetName === '') return []
  const full = (each: string) =>
    fullName({ namespace: namespace === '' ? undefined : namespace, name: each })
  const targetKind = textOf('spec', 'scaleTargetRef', 'kind')
  const kind = targetKind === '' ? 'Deployment' : targetKind
  const paused = countOf('metadata', 'annotations', 'autoscaling.keda.sh/paused-replicas')
  const max = paused ?? countOf('spec', 'maxReplicaCount') ?? replicasMax
  return [
    {
      from,
      title: `ScaledObject ${full(name)}`,
      target: titleOf({ kind, name: full(targetName) }),
      targetText: `${kind} ${targetName}`,
      min: Math.min(max, paused ?? countOf('spec', 'minReplicaCount') ?? 0),
      max,
      startsFromZero: true,
    },
  ]
}

/** A whole number, which annotations have as a text. */
const wholeCount = (value: unknown): number | undefined => {
  const count = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined
}
