/**
 * Decides for a workload's pods whether they can run on Fargate: computes their size or the reason
 * for a refusal. Also warns about settings that have no effect on Fargate.
 */
import { warningOrder } from '@stowage/documents'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { podLimits, podStorage, storageBilled, type SizedRequest } from '@stowage/fargate'
import { requestsBelowLimits } from '../demand/below-limits.js'
import { gateOf } from '../scheduler/gate.js'
import { defaultProfile } from '../plugin/profile.js'
import { nothingElse } from '../surroundings/surroundings.js'
import type { Storage } from '../surroundings/storage.js'
import type { PodSpec } from '../words/pod.js'
import type { PendingWorkload } from '../workload/share.js'
import type { JoinedPods } from '../workload/replica.js'
import { titleOf } from '../workload/workload.js'
import type { EksFargateOptions } from '../fargate-profile/options.js'
import { podDemand, sizeOfPod, storageRequest } from '../fargate-profile/size.js'
import { refusalOf, tooLargeText, unsupportedText } from './unsupported.js'
import type { KubernetesWarning, KubernetesWarningCode } from '../words/warning.js'

/** Pods of a workload that Fargate refuses, and why. */
export interface RefusedPods {
  readonly name: string
  readonly count: number
  readonly reason: string
}

/** The size of a workload's pods, or their refusal. */
export type SizedOrRefused =
  | { readonly _tag: 'Sized'; readonly request: SizedRequest }
  | { readonly _tag: 'Refused'; readonly refused: RefusedPods }

/** Sizes the pods of a workload, or refuses them. A refused DaemonSet counts as one pod. */
export const sizePods = (
  { workload, pods }: JoinedPods<{ readonly workload: PendingWorkload }>,
  storage: Storage,
  options: EksFargateOptions,
): SizedOrRefused => {
  const { name, spec } = workload
  const refused = (reason: string, refusals: number): SizedOrRefused => ({
    _tag: 'Refused',
    refused: { name, count: refusals, reason },
  })
  if (workload.count === 'one per node')
    return refused(unsupportedText('DaemonSets are not supported'), 1)
  const count = pods.reduce((sum, pod) => sum + (pod.count === 'one per node' ? 0 : pod.count), 0)
  const reason = workload.refusal ?? firstRefusal(pods, storage) ?? gateText(workload)
  if (reason !== undefined) return refused(reason, count)
  const size = sizeOfPod(spec, options)
  if (size === undefined) return refused(tooLargeText(options), count)
  const billed = storageBilled(podStorage(storageRequest(spec), options))
  const request = {
    ...{ name, count, demand: podDemand(spec), overhead: podLimits.overhead, size },
    ...(billed > 0 ? { storage: billed } : {}),
  }
  return { _tag: 'Sized', request }
}

/** The refusal of the first pod that is refused: the pods of a StatefulSet differ in claims. */
const firstRefusal = (pods: readonly PendingWorkload[], storage: Storage): string | undefined =>
  pods.map((pod) => refusalOf(pod, storage)).find((reason) => reason !== undefined)

const gateText = (workload: PendingWorkload): string | undefined => {
  const gate = gateOf(workload, defaultProfile, nothingElse)
  return gate === undefined ? undefined : `${gate.plugin}: ${gate.reasons.join(', ')}`
}

/** Warnings about settings that have no effect on Fargate. */
export const podWarnings = (all: readonly PendingWorkload[]): readonly KubernetesWarning[] =>
  RA.sort(warningOrder)(
    all.flatMap((workload) => [...burstless(workload), ...ignoredRuleWarnings(workload)]),
  )

const burstless = (workload: PendingWorkload): readonly KubernetesWarning[] => {
  const below = requestsBelowLimits(workload.spec).map(
    ({ resource, request, limit }) => `${resource} ${request} below ${limit}`,
  )
  return warning(
    'FargateLimitUnreachable',
    workload,
    'requests are below limits: Fargate sizes a pod by its requests, so its limits are never reached',
    below,
  )
}

const ignoredRuleWarnings = (workload: PendingWorkload): readonly KubernetesWarning[] =>
  warning(
    'FargateNodeRulesIgnored',
    workload,
    'Fargate has a node for each pod, so rules about nodes and other pods have no say',
    rulesIn(workload.spec),
  )

const rulesIn = ({ nodeSelector, affinity, topologySpreadConstraints }: PodSpec) => [
  ...(nodeSelector.size > 0 ? ['nodeSelector'] : []),
  ...(affinity === undefined ? [] : ['affinity']),
  ...(topologySpreadConstraints.length > 0 ? ['topologySpreadConstraints'] : []),
]

const warning = (
  code: KubernetesWarningCode,
  workload: PendingWorkload,
  text: string,
  details: readonly string[],
): readonly KubernetesWarning[] =>
  details.length === 0
    ? []
    : [
        {
          code,
          from: workload.from,
          subject: titleOf(workload),
          text,
          detail: [...new Set(details)].join(', '),
        },
      ]
