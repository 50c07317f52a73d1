/**
 * Schedules pods on EKS Fargate, creating one node per pod at the launch rate that a token bucket
 * allows. A pod without a token waits, and later pods wait behind it.
 */
import {
  launchQueue,
  openMachine,
  podStorage,
  refusalText,
  storageIncluded,
  type FargateNode,
  type SizedRequest,
  type LaunchResult,
  type LaunchRequest,
} from '@stowage/fargate'
import { instant } from '@stowage/kernel'
import { isPodObject } from '../workload/share.js'
import { fullName, titleOf } from '../workload/workload.js'
import type { PodsOfProfile } from '../fargate-profile/admit.js'
import {
  addressesOf,
  nodeObject,
  profileRegion,
  type Addresses,
  type FargateNodeObject,
} from './node.js'
import type { EksFargateOptions } from '../fargate-profile/options.js'
import type { FargateProfile } from '../fargate-profile/profile.js'
import { storageRequest } from '../fargate-profile/size.js'
import { unsupportedText } from './unsupported.js'

/** A pod on Fargate and the node that was vended for it. */
export interface ScheduledPod {
  /** The name of its workload. */
  readonly name: string
  /** The number of the pod in its workload, from 1. */
  readonly replica: number
  readonly fargateProfileName: string
  readonly subnet: string
  readonly node: FargateNodeObject
  /** When its launch begins, in milliseconds after the first launch. */
  readonly at: number
}

/** A workload that can run on Fargate, and the size of its pods. */
export interface SizedWorkload extends PodsOfProfile {
  readonly request: SizedRequest
}

/** The outcome for the pods of one workload. */
export interface ScheduledWorkload {
  readonly sized: SizedWorkload
  readonly pods: readonly ScheduledPod[]
  /** The number of pods without a node, by reason. */
  readonly refused: ReadonlyMap<string, number>
}

/** Launches the pods of all workloads in order, starting at instant 0. */
export const schedule = (
  all: readonly SizedWorkload[],
  profiles: readonly FargateProfile[],
  options: EksFargateOptions,
): readonly ScheduledWorkload[] => {
  const { podSubnets: subnetRule, launchRate, vcpusAtOnce, vcpusMax } = options
  const machine = openMachine({ subnetRule, launchRate, vcpusAtOnce, vcpusMax })
  const addresses = addressesOf(profiles, options)
  const requests = all.map((sized) => requestsOf(sized, addresses, options))
  const [, launched] = launchQueue(machine, requests.flat(), instant(0))
  let before = 0
  return all.map((sized, i) => {
    const own = launched.slice(before, before + requests[i]!.length)
    before += own.length
    return scheduleWorkload(sized, own, addresses, options)
  })
}

/**
 * The launch requests of a workload: at most as many as fill every subnet, plus one. Any further
 * pod has the outcome of that last one.
 */
const requestsOf = (
  { workload, profile, request }: SizedWorkload,
  { roomIn }: Addresses,
  options: EksFargateOptions,
): readonly LaunchRequest[] => {
  const full =
    profile.subnets.length *
    profile.subnets.reduce((most, subnet) => Math.max(most, roomIn(subnet)), 0)
  const storage = podStorage(storageRequest(workload.spec), options)
  const name = isPodObject(workload) ? `Pod ${fullName(workload.metadata)}` : titleOf(workload)
  return Array.from({ length: Math.min(request.count, full + 1) }, (_, i) => ({
    task: `${name} ${i + 1}`,
    size: request.size,
    ...(storage > storageIncluded ? { ephemeralStorage: storage } : {}),
    subnets: profile.subnets,
  }))
}

const scheduleWorkload = (
  sized: SizedWorkload,
  launched: readonly LaunchResult[],
  addresses: Addresses,
  options: EksFargateOptions,
): ScheduledWorkload => {
  const pods: ScheduledPod[] = []
  const refused = new Map<string, number>()
  for (const [i, one] of launched.entries()) {
    const pod =
      one._tag === 'Vended'
        ? podOn(sized, one.node, i + 1, addresses, options)
        : launchRefusalText(one, sized.profile)
    const others = i + 1 === launched.length ? sized.request.count - launched.length : 0
    if (typeof pod === 'string') refused.set(pod, (refused.get(pod) ?? 0) + 1 + others)
    else pods.push(pod)
  }
  return { sized, pods, refused }
}

const podOn = (
  { workload, profile }: SizedWorkload,
  vended: FargateNode,
  replica: number,
  addresses: Addresses,
  options: EksFargateOptions,
): ScheduledPod | string => {
  const { subnet, serial, at } = vended
  const address = addresses.addressOf(subnet, serial)
  if (address === undefined) return `subnet ${subnet} has no free address`
  const { zone } = options.subnets.get(subnet) ?? {}
  const place = { address, region: profileRegion(profile, options), zone }
  return {
    name: workload.name,
    replica,
    fargateProfileName: profile.fargateProfileName,
    subnet,
    node: nodeObject(vended, place, storageRequest(workload.spec)),
    at,
  }
}

/**
 * The text of a refusal. Sizes come from the table of Fargate, so most refusals are caused by the
 * profile.
 */
const launchRefusalText = (
  launched: Exclude<LaunchResult, { readonly _tag: 'Vended' }>,
  { fargateProfileName }: FargateProfile,
): string => {
  switch (launched._tag) {
    case 'Refused':
      return launched.refusals
        .map((refusal) =>
          refusal._tag === 'NoSubnets'
            ? `Misconfigured Fargate Profile: fargate profile ${fargateProfileName} blocked for new launches due to: no subnets`
            : unsupportedText(refusalText(refusal)),
        )
        .join(', ')
    case 'Throttled':
      return 'no pod may be launched'
    case 'OverQuota':
      return `no more than ${launched.max} vCPUs may run at once, and ${launched.running} do`
    case 'NoCapacity':
      return 'Fargate capacity is unavailable at this time. Please try again later or in a different availability zone.'
  }
}
