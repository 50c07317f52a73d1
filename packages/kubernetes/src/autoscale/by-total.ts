/**
 * Computes the replica count that a HorizontalPodAutoscaler gets from an object metric or an
 * external metric, such as the length of a queue:
 * 1. With a target of type Value, the count is total / target, times the number of ready pods.
 * 2. With a target of type AverageValue (per pod), the count is total / target.
 *
 * The current count stays if the ratio of usage to target is within the tolerance.
 */
import { int32Max } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import type { CountProposal, PodScene } from './by-pods.js'
import { inInt64, int64Max, toInt32, toInt64 } from './integer.js'
import { isTolerated, type Tolerances } from './tolerance.js'

/** The sum of the series of a metric against a value: at most the largest number of 64 bits. */
export const cappedSum = (millis: readonly bigint[]): bigint => {
  let sum = 0n
  for (const milli of millis) {
    if (milli > 0n && sum > int64Max - milli) return int64Max
    sum = inInt64(sum + milli)
  }
  return sum
}

/** The same against a value per pod; a sum below 0 is taken for one that was too large. */
const unsignedSum = (millis: readonly bigint[]): bigint => {
  let sum = 0n
  for (const milli of millis) {
    sum = inInt64(sum + milli)
    if (sum < 0n) return int64Max
  }
  return sum
}

/**
 * What a total proposes against a value, or why it says nothing. For a workload of no pods, the
 * ratio itself is proposed.
 */
export const proposeByValue = (
  { currentReplicas, pods, tolerances }: PodScene,
  millis: readonly bigint[],
  target: bigint,
): E.Either<string, CountProposal> => {
  const usage = cappedSum(millis)
  const ratio = Number(usage) / Number(target)
  const propose = (replicas: number) => E.right({ replicas, usage })
  if (currentReplicas === 0) return propose(toInt32(Math.ceil(ratio)))
  if (isTolerated(tolerances, ratio)) return propose(currentReplicas)
  if (pods.length === 0)
    return E.left(
      'unable to calculate ready pods: no pods returned by selector while calculating replica count',
    )
  const readyCount = pods.filter(
    ({ phase, ready }) => phase === 'Running' && ready?.status === 'True',
  ).length
  return propose(boundedCount(ratio * readyCount))
}

/**
 * What a total proposes against a value per pod.
 *
 * Whether the ratio is within the tolerance is decided with the pod count of the workload's status,
 * not with the wanted count.
 */
export const proposeByShare = (
  statusReplicas: number,
  tolerances: Tolerances,
  millis: readonly bigint[],
  target: bigint,
  source: 'Object' | 'External',
): CountProposal => {
  const usage = source === 'External' ? unsignedSum(millis) : cappedSum(millis)
  const ratio = Number(usage) / (Number(target) * statusReplicas)
  const share = Number(usage) / Number(target)
  const count = source === 'External' ? boundedCount(share) : toInt32(Math.ceil(share))
  const isLargest = source === 'External' && Number(usage) >= Number(int64Max)
  return {
    replicas: isTolerated(tolerances, ratio) ? statusReplicas : count,
    usage: isLargest ? int64Max : toInt64(Math.ceil(Number(usage) / statusReplicas)),
  }
}

const boundedCount = (count: number): number =>
  count > int32Max ? int32Max : toInt32(Math.ceil(count))
