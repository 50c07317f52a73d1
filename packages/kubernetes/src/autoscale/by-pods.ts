/**
 * Computes the replica count that a HorizontalPodAutoscaler gets from a metric per pod, such as
 * CPU:
 * 1. The ratio is the usage divided by the target, over the ready pods that have a sample.
 * 2. If the ratio is above 1, a usage of 0 is assumed for unready pods and for pods without a
 *    sample. If it is below 1, a usage at the target (for utilization, at least 100% of the
 *    request) is assumed for pods without a sample.
 * 3. If nothing was assumed, the count is the ratio times the number of ready pods. Otherwise the
 *    ratio is computed again with the assumed samples; the count is this ratio times the number of
 *    samples.
 *
 * The current count stays if the last ratio is within the tolerance, or if the assumed samples
 * reverse the direction of scaling.
 */
import type { Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { inInt64, toInt32 } from './integer.js'
import { groupPods, type PodTiming } from './pod-groups.js'
import { podRequest } from './request.js'
import type { PodSample, PodSamples, ScaledPod } from './sample.js'
import { isTolerated, type Tolerances } from './tolerance.js'

/** What a metric proposes. */
export interface CountProposal {
  readonly replicas: number
  /** What was measured, in thousandths: a mean over pods, or a total. */
  readonly usage: bigint
  /** The usage in whole percents of the requests, for a target of that kind. */
  readonly utilization?: number
}

/** A workload and its pods at an instant. */
export interface PodScene {
  readonly currentReplicas: number
  readonly pods: readonly ScaledPod[]
  readonly tolerances: Tolerances
  readonly timing: PodTiming
  readonly now: Instant
}

/** A metric of each pod with its target. */
export interface PodMetric {
  readonly samples: PodSamples
  /** The resource that it measures; `undefined` for a metric of another name. */
  readonly resource: string | undefined
  readonly target:
    | {
        readonly _tag: 'Utilization'
        readonly percent: number
        /** Measures this container alone. */
        readonly container: string | undefined
      }
    | { readonly _tag: 'Average'; readonly milli: bigint }
}

/**
 * What a metric of each pod proposes, or why it says nothing.
 *
 * The factor in step 2 is the number of pods that exist, not the wanted number: while pods are
 * missing, a usage above the target may propose a smaller count. In step 3, below 1, a pod without
 * a sample uses as much as the target allows; above 1, a pod without a sample and an unready pod
 * use nothing. The current count also stays if the proposal goes against the new ratio.
 */
export const proposeByPods = (
  scene: PodScene,
  metric: PodMetric,
): E.Either<string, CountProposal> => {
  const { pods, timing, now, currentReplicas, tolerances } = scene
  if (pods.length === 0)
    return E.left('no pods returned by selector while calculating replica count')
  const groups = groupPods(pods, metric.samples, metric.resource, timing, now)
  const { readyCount, unready, missing, samples } = groups
  if (samples.size === 0)
    return E.left('did not receive metrics for targeted pods (pods might be unready)')
  const scale = usageScale(metric, pods)
  if (E.isLeft(scale)) return scale
  const first = scale.right.usageOf(samples)
  if (E.isLeft(first)) return first
  const { ratio, ...usage } = first.right
  const propose = (replicas: number) => E.right({ replicas, ...usage })
  const isFilledUp = unready.length > 0 && ratio > 1
  if (!isFilledUp && missing.length === 0)
    return propose(
      isTolerated(tolerances, ratio) ? currentReplicas : toInt32(Math.ceil(ratio * readyCount)),
    )
  const filled = new Map(samples)
  const fill = (name: string, milli: bigint): void => {
    filled.set(name, { milli, at: now, window: 0 })
  }
  if (ratio < 1) for (const name of missing) fill(name, scale.right.allowanceOf(name))
  if (ratio > 1) for (const name of missing) fill(name, 0n)
  if (isFilledUp) for (const name of unready) fill(name, 0n)
  const second = scale.right.usageOf(filled)
  if (E.isLeft(second)) return second
  const { ratio: newRatio } = second.right
  const turns = (ratio < 1 && newRatio > 1) || (ratio > 1 && newRatio < 1)
  if (isTolerated(tolerances, newRatio) || turns) return propose(currentReplicas)
  const replicas = toInt32(Math.ceil(newRatio * filled.size))
  const contradicts =
    (newRatio < 1 && replicas > currentReplicas) || (newRatio > 1 && replicas < currentReplicas)
  return propose(contradicts ? currentReplicas : replicas)
}

/** How a metric is held against its target. */
interface UsageScale {
  readonly usageOf: (
    samples: PodSamples,
  ) => E.Either<string, Omit<CountProposal, 'replicas'> & { readonly ratio: number }>
  /** What a pod may use, in thousandths. */
  readonly allowanceOf: (name: string) => bigint
}

const usageScale = (
  { target, resource = '' }: PodMetric,
  pods: readonly ScaledPod[],
): E.Either<string, UsageScale> => {
  if (target._tag === 'Average')
    return E.right({
      usageOf: (samples) => {
        const usage = sumOfSamples(samples.values()) / BigInt(samples.size)
        return E.right({ usage, ratio: Number(usage) / Number(target.milli) })
      },
      allowanceOf: () => target.milli,
    })
  const requests = new Map<string, bigint>()
  for (const pod of pods) {
    const request = podRequest(pod, resource, target.container)
    if (E.isLeft(request)) return request
    requests.set(pod.name, request.right)
  }
  return E.right({
    usageOf: (samples) => utilizationOf(samples, requests, target.percent),
    allowanceOf: (name) =>
      inInt64(requests.get(name)! * BigInt(Math.max(100, target.percent))) / 100n,
  })
}

const sumOfSamples = (samples: Iterable<PodSample>): bigint => {
  let sum = 0n
  for (const { milli } of samples) sum = inInt64(sum + milli)
  return sum
}

/**
 * The utilization is a whole number of percents, its fraction cut off: a target of 10 % is blind to
 * 9 % more than that. Samples of other pods do not count here, though they do in the factor.
 */
const utilizationOf = (
  samples: PodSamples,
  requests: ReadonlyMap<string, bigint>,
  percent: number,
): ReturnType<UsageScale['usageOf']> => {
  const own = [...samples].filter(([name]) => requests.has(name))
  const used = sumOfSamples(own.map(([, sample]) => sample))
  const total = own.reduce((sum, [name]) => inInt64(sum + requests.get(name)!), 0n)
  if (total === 0n) return E.left('no metrics returned matched known pods')
  const utilization = Number(BigInt.asIntN(32, inInt64(used * 100n) / total))
  return E.right({
    ...{ utilization, ratio: utilization / percent },
    usage: used / BigInt(own.length),
  })
}
