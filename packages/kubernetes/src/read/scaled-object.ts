/**
 * Reads the bounds of KEDA's ScaledObjects, for which KEDA makes HorizontalPodAutoscalers.
 *
 * Source: KEDA documentation, "ScaledObject specification" (minReplicaCount, maxReplicaCount) and
 * "Pausing autoscaling" (paused-replicas).
 */
import { isObject, own, type SourceDocument } from '@stowage/documents'
import type { ReplicaBounds } from '../workload/autoscaling.js'
import { fullName, titleOf } from '../workload/workload.js'
import { itemsIn } from './items.js'

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
  const [metadata, spec] = [inside(item, 'metadata'), inside(item, 'spec')]
  const [name, namespace] = [own(metadata, 'name'), own(metadata, 'namespace')]
  const target = inside(spec, 'scaleTargetRef')
  const targetName = own(target, 'name')
  if (typeof name !== 'string' || typeof targetName !== 'string') return []
  const place = typeof namespace === 'string' ? namespace : undefined
  const full = (each: string) => fullName({ namespace: place, name: each })
  const kind = own(target, 'kind')
  const paused = wholeCount(
    own(inside(metadata, 'annotations'), 'autoscaling.keda.sh/paused-replicas'),
  )
  const max = paused ?? wholeCount(own(spec, 'maxReplicaCount')) ?? replicasMax
  return [
    {
      from,
      title: `ScaledObject ${full(name)}`,
      target: titleOf({
        kind: typeof kind === 'string' ? kind : 'Deployment',
        name: full(targetName),
      }),
      targetText: `${typeof kind === 'string' ? kind : 'Deployment'} ${targetName}`,
      min: Math.min(max, paused ?? wholeCount(own(spec, 'minReplicaCount')) ?? 0),
      max,
      startsFromZero: true,
    },
  ]
}

const inside = (value: object, name: string): object => {
  const member = own(value, name)
  return isObject(member) ? member : {}
}

/** A whole number, which annotations have as a text. */
const wholeCount = (value: unknown): number | undefined => {
  const count = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined
}
