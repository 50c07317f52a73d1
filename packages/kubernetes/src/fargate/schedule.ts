/**
 * The scheduler of pods on Fargate: it asks the vending machine for a node for each pod, and the
 * pod is on it. A pod that finds no token waits for one, and those after it wait behind it.
 */
import {
  apiErrorOf,
  launchPatiently,
  openMachine,
  podStorage,
  storageIncluded,
  type FargateNode,
  type FargateRequest,
  type Launch,
  type LaunchRequest,
} from '@stowage/fargate'
import { fullName, titleOf } from '../workload/workload.js'
import type { Taken } from '../fargate-profile/admit.js'
import {
  addressesOf,
  nodeObject,
  regionOf,
  type Addresses,
  type FargateNodeObject,
} from './node.js'
import type { EksFargateOptions } from '../fargate-profile/options.js'
import type { FargateProfile } from '../fargate-profile/profile.js'
import { storageAskedBy } from '../fargate-profile/size.js'
import { unsupported } from './unsupported.js'

/** A pod and the node that was vended for it. */
export interface ScheduledPod {
  /** The name of its workload. */
  readonly name: string
  /** Which of the workload's pods it is, from 1. */
  readonly replica: number
  readonly fargateProfileName: string
  readonly subnet: string
  readonly node: FargateNodeObject
  /** When its launch begins, in milliseconds after the first. */
  readonly at: number
}

/** Pods that can run on Fargate, with the size that each gets. */
export interface Sized extends Taken {
  readonly request: FargateRequest
}

/** What became of the pods of one workload. */
export interface Scheduled {
  readonly sized: Sized
  readonly pods: readonly ScheduledPod[]
  /** How many found no node, by reason. */
  readonly refused: ReadonlyMap<string, number>
}

export const schedule = (
  all: readonly Sized[],
  profiles: readonly FargateProfile[],
  options: EksFargateOptions,
): readonly Scheduled[] => {
  const { podSubnets: subnetRule, launchRate, vcpusAtOnce, vcpusMax } = options
  const machine = openMachine({ subnetRule, launchRate, vcpusAtOnce, vcpusMax })
  const addresses = addressesOf(profiles, options)
  const asked = all.map((sized) => requestsOf(sized, addresses, options))
  const [, launched] = launchPatiently(machine, asked.flat(), 0)
  let before = 0
  return all.map((sized, i) => {
    const own = launched.slice(before, before + asked[i]!.length)
    before += own.length
    return scheduled(sized, own, addresses, options)
  })
}

/**
 * When more are wanted, so many that every subnet is full, and one more: what becomes of that one
 * becomes of all others.
 */
const requestsOf = (
  { wanting, profile, request }: Sized,
  { roomIn }: Addresses,
  options: EksFargateOptions,
): readonly LaunchRequest[] => {
  const full = profile.subnets.length * Math.max(0, ...profile.subnets.map(roomIn))
  const storage = podStorage(storageAskedBy(wanting.spec), options)
  const name = wanting.named === undefined ? titleOf(wanting) : `Pod ${fullName(wanting.metadata)}`
  return Array.from({ length: Math.min(request.count, full + 1) }, (_, i) => ({
    task: `${name} ${i + 1}`,
    size: request.size,
    ...(storage > storageIncluded ? { ephemeralStorage: storage } : {}),
    subnets: profile.subnets,
  }))
}

const scheduled = (
  sized: Sized,
  launched: readonly Launch[],
  addresses: Addresses,
  options: EksFargateOptions,
): Scheduled => {
  const pods: ScheduledPod[] = []
  const refused = new Map<string, number>()
  for (const [i, one] of launched.entries()) {
    const pod =
      one._tag === 'Vended'
        ? podOn(sized, one.node, i + 1, addresses, options)
        : reasonOf(one, sized.profile)
    const others = i + 1 === launched.length ? sized.request.count - launched.length : 0
    if (typeof pod === 'string') refused.set(pod, (refused.get(pod) ?? 0) + 1 + others)
    else pods.push(pod)
  }
  return { sized, pods, refused }
}

const podOn = (
  { wanting, profile }: Sized,
  vended: FargateNode,
  replica: number,
  addresses: Addresses,
  options: EksFargateOptions,
): ScheduledPod | string => {
  const { subnet, serial, at } = vended
  const address = addresses.addressOf(subnet, serial)
  if (address === undefined) return `subnet ${subnet} has no free address`
  const { zone } = options.subnets.get(subnet) ?? {}
  const place = { address, region: regionOf(profile, options), zone }
  return {
    name: wanting.name,
    replica,
    fargateProfileName: profile.fargateProfileName,
    subnet,
    node: nodeObject(vended, place, storageAskedBy(wanting.spec)),
    at,
  }
}

/** Sizes are taken from the table, so what is refused is mostly the profile's fault. */
const reasonOf = (
  launched: Exclude<Launch, { readonly _tag: 'Vended' }>,
  { fargateProfileName }: FargateProfile,
): string => {
  switch (launched._tag) {
    case 'Refused':
      return launched.refusals
        .map((refusal) =>
          refusal._tag === 'NoSubnets'
            ? `Misconfigured Fargate Profile: fargate profile ${fargateProfileName} blocked for new launches due to: no subnets`
            : unsupported(apiErrorOf(refusal).message),
        )
        .join(', ')
    case 'Throttled':
      return 'no pod may be launched'
    case 'OverQuota':
      return `no more than ${launched.most} vCPUs may run at once, and ${launched.running} do`
    case 'NoCapacity':
      return 'Fargate capacity is unavailable at this time. Please try again later or in a different availability zone.'
  }
}
