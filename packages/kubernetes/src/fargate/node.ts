/**
 * Builds the Node object of the Fargate node that is created for one pod. Its allocatable resources
 * are what the pod may use; a real node reports more, but AWS does not publish how much. Its
 * address is the next one of a subnet, of which the first four and the last are never given out.
 *
 * Sources: Amazon EKS User Guide, "AWS Fargate" and "Fargate Pod configuration"; Amazon VPC User
 * Guide, subnet sizing and DNS attributes; `kubectl describe` (labels).
 */
import { podLimits, type FargateNode } from '@stowage/fargate'
import type { EksFargateOptions } from '../fargate-profile/options.js'
import type { FargateProfile } from '../fargate-profile/profile.js'

/** The taint of every Fargate node. */
const fargateTaint = {
  key: 'eks.amazonaws.com/compute-type',
  value: 'fargate',
  effect: 'NoSchedule',
} as const

/** A Fargate node as a Node object of the API. */
export interface FargateNodeObject {
  readonly apiVersion: 'v1'
  readonly kind: 'Node'
  readonly metadata: {
    readonly name: string
    readonly labels: Readonly<Record<string, string>>
  }
  readonly spec: { readonly taints: readonly (typeof fargateTaint)[] }
  readonly status: {
    readonly capacity: Readonly<Record<string, string>>
    readonly allocatable: Readonly<Record<string, string>>
    readonly addresses: readonly { readonly type: 'InternalIP'; readonly address: string }[]
  }
}

/** The private IPv4 addresses of subnets. */
export interface Addresses {
  /** The address number `serial`, from 0, of a subnet; `undefined` when it has no more. */
  readonly addressOf: (subnet: string, serial: number) => string | undefined
  /** The number of addresses of a subnet. */
  readonly roomIn: (subnet: string) => number
}

/**
 * The addresses of the profiles' subnets. Subnets without a block are numbered in the order of the
 * profiles.
 */
export const addressesOf = (
  profiles: readonly FargateProfile[],
  { subnets }: Pick<EksFargateOptions, 'subnets'>,
): Addresses => {
  const ids = [...new Set(profiles.flatMap((profile) => profile.subnets))]
  const blockIn = (subnet: string) =>
    blockOf(subnets.get(subnet)?.cidr ?? `10.${Math.max(0, ids.indexOf(subnet)) % 256}.0.0/16`)
  const roomIn = (subnet: string): number => Math.max(0, blockIn(subnet).size - 5)
  return {
    roomIn,
    addressOf: (subnet, serial) =>
      serial < roomIn(subnet) ? addressText(blockIn(subnet).first + 4 + serial) : undefined,
  }
}

/**
 * The first address and size of a CIDR block; size 0 unless it is a subnet block from /16 to /28.
 */
const blockOf = (cidr: string): { readonly first: number; readonly size: number } => {
  const [a = 256, b = 256, c = 256, d = 256, bits = 0] =
    /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr)?.slice(1).map(Number) ?? []
  if (Math.max(a, b, c, d) > 255 || bits < 16 || bits > 28) return { first: 0, size: 0 }
  const size = 1 << (32 - bits)
  const address = ((a * 256 + b) * 256 + c) * 256 + d
  return { first: address - (address % size), size }
}

const addressText = (address: number): string =>
  [16_777_216, 65_536, 256, 1].map((unit) => Math.floor(address / unit) % 256).join('.')

/** The region of a profile: that of its ARN, `arn:aws:eks:REGION:…`, or the option's. */
export const profileRegion = (
  { fargateProfileArn = '' }: FargateProfile,
  { region }: Pick<EksFargateOptions, 'region'>,
): string => /^arn:[^:]*:eks:([^:]+):/.exec(fargateProfileArn)?.[1] ?? region

/** The address and location of a node. */
export interface NodePlace {
  readonly address: string
  readonly region: string
  readonly zone: string | undefined
}

/**
 * The Node object of a vended node. `storageAsked` is the pod's request in GiB: allocatable storage
 * is limited to it, but is at least 20 GiB.
 */
export const nodeObject = (
  { size, ephemeralStorage }: Pick<FargateNode, 'size' | 'ephemeralStorage'>,
  { address, region, zone }: NodePlace,
  storageRequest: number,
): FargateNodeObject => {
  const hostname = `ip-${address.replaceAll('.', '-')}.${domainOf(region)}`
  const both = { cpu: String(size.cpu / 1024), pods: '1' }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: `fargate-${hostname}`, labels: fargateNodeLabels(hostname, region, zone) },
    spec: { taints: [fargateTaint] },
    status: {
      capacity: {
        ...both,
        memory: `${size.memory}Mi`,
        'ephemeral-storage': `${ephemeralStorage}Gi`,
      },
      allocatable: {
        ...both,
        memory: `${size.memory - podLimits.overhead / 1_048_576}Mi`,
        'ephemeral-storage': `${Math.min(ephemeralStorage, Math.max(20, storageRequest))}Gi`,
      },
      addresses: [{ type: 'InternalIP', address }],
    },
  }
}

const domainOf = (region: string): string =>
  region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`

const fargateNodeLabels = (
  hostname: string,
  region: string,
  zone: string | undefined,
): Readonly<Record<string, string>> => ({
  'beta.kubernetes.io/arch': 'amd64',
  'beta.kubernetes.io/os': 'linux',
  [fargateTaint.key]: fargateTaint.value,
  'failure-domain.beta.kubernetes.io/region': region,
  ...(zone === undefined ? {} : { 'failure-domain.beta.kubernetes.io/zone': zone }),
  'kubernetes.io/arch': 'amd64',
  'kubernetes.io/hostname': hostname,
  'kubernetes.io/os': 'linux',
  'topology.kubernetes.io/region': region,
  ...(zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone }),
})
