/**
 * Describes common EC2 instance types in a built-in table, so that a user need not supply
 * descriptions of them. In most families the number of network interfaces, and of IPv4 addresses on
 * each interface, is computed from the number of vCPUs.
 *
 * Source: Amazon EC2 documentation, "Amazon EC2 instance types" (vCPUs, memory), "IP addresses per
 * network interface" and "Amazon EBS volume limits for Amazon EC2 instances".
 */
import type { Ec2InstanceType } from '@stowage/fargate'

/** The first row with at least as many vCPUs applies: interfaces, and IPv4 addresses on each. */
const network = [
  { vcpus: 1, interfaces: 2, addresses: 4 },
  { vcpus: 2, interfaces: 3, addresses: 10 },
  { vcpus: 8, interfaces: 4, addresses: 15 },
  { vcpus: 48, interfaces: 8, addresses: 30 },
  { vcpus: Infinity, interfaces: 15, addresses: 50 },
]

/**
 * EBS volumes that can be attached: on Nitro 28 places, less one for the first network interface;
 * the newest families have places for volumes alone, by vCPUs; the older Xen machines have 39.
 */
const sharedVolumes = 27
const xenVolumes = 39
const dedicatedVolumes = [
  { vcpus: 48, volumes: 32 },
  { vcpus: 64, volumes: 48 },
  { vcpus: 96, volumes: 64 },
]
const dedicatedFamilies: readonly string[] = ['c7i', 'm7i', 'r7i']
const xenFamilies: readonly string[] = ['c4', 'm4', 'r4', 't2']

const volumesOf = (family: string, vcpus: number): number => {
  if (xenFamilies.includes(family)) return xenVolumes
  if (!dedicatedFamilies.includes(family)) return sharedVolumes
  return dedicatedVolumes.find((row) => vcpus <= row.vcpus)!.volumes
}

const sizes: readonly (readonly [size: string, vcpus: number])[] = [
  ['medium', 1],
  ['large', 2],
  ['xlarge', 4],
  ['2xlarge', 8],
  ['4xlarge', 16],
  ['8xlarge', 32],
  ['12xlarge', 48],
  ['16xlarge', 64],
  ['24xlarge', 96],
]

/** Which sizes a family has, and how much memory per vCPU. */
const families = [
  { names: ['c5a', 'c6a', 'c6i', 'c7i'], architecture: 'x86_64', gib: 2, from: 2, to: 96 },
  { names: ['m5', 'm5a', 'm6a', 'm6i', 'm7i'], architecture: 'x86_64', gib: 4, from: 2, to: 96 },
  { names: ['r5', 'r6i', 'r7i'], architecture: 'x86_64', gib: 8, from: 2, to: 96 },
  { names: ['c6g', 'c7g'], architecture: 'arm64', gib: 2, from: 1, to: 64 },
  { names: ['m6g', 'm7g'], architecture: 'arm64', gib: 4, from: 1, to: 64 },
  { names: ['r6g', 'r7g'], architecture: 'arm64', gib: 8, from: 1, to: 64 },
] as const

/** Sizes of the burstable families, which follow no rule. */
const burstable: readonly (readonly [
  size: string,
  vcpus: number,
  memoryMiB: number,
  interfaces: number,
  addresses: number,
])[] = [
  ['nano', 2, 512, 2, 2],
  ['micro', 2, 1024, 2, 2],
  ['small', 2, 2048, 3, 4],
  ['medium', 2, 4096, 3, 6],
  ['large', 2, 8192, 3, 12],
  ['xlarge', 4, 16_384, 4, 15],
  ['2xlarge', 8, 32_768, 4, 15],
]

/** Types of older families, which follow no rule. */
const others: readonly (readonly [
  name: string,
  vcpus: number,
  memoryMiB: number,
  interfaces: number,
  addresses: number,
])[] = [
  ['c4.large', 2, 3840, 3, 10],
  ['c4.xlarge', 4, 7680, 4, 15],
  ['c4.2xlarge', 8, 15_360, 4, 15],
  ['c4.4xlarge', 16, 30_720, 8, 30],
  ['c4.8xlarge', 36, 61_440, 8, 30],
  ['c5.large', 2, 4096, 3, 10],
  ['c5.xlarge', 4, 8192, 4, 15],
  ['c5.2xlarge', 8, 16_384, 4, 15],
  ['c5.4xlarge', 16, 32_768, 8, 30],
  ['c5.9xlarge', 36, 73_728, 8, 30],
  ['c5.12xlarge', 48, 98_304, 8, 30],
  ['c5.18xlarge', 72, 147_456, 15, 50],
  ['c5.24xlarge', 96, 196_608, 15, 50],
  ['m4.large', 2, 8192, 2, 10],
  ['m4.xlarge', 4, 16_384, 4, 15],
  ['m4.2xlarge', 8, 32_768, 4, 15],
  ['m4.4xlarge', 16, 65_536, 8, 30],
  ['m4.10xlarge', 40, 163_840, 8, 30],
  ['m4.16xlarge', 64, 262_144, 8, 30],
  ['r4.large', 2, 15_616, 3, 10],
  ['r4.xlarge', 4, 31_232, 4, 15],
  ['r4.2xlarge', 8, 62_464, 4, 15],
  ['r4.4xlarge', 16, 124_928, 8, 30],
  ['r4.8xlarge', 32, 249_856, 8, 30],
  ['r4.16xlarge', 64, 499_712, 15, 50],
  ['t2.nano', 1, 512, 2, 2],
  ['t2.micro', 1, 1024, 2, 2],
  ['t2.small', 1, 2048, 3, 4],
  ['t2.medium', 2, 4096, 3, 6],
  ['t2.large', 2, 8192, 3, 12],
  ['t2.xlarge', 4, 16_384, 3, 15],
  ['t2.2xlarge', 8, 32_768, 3, 15],
]

const regular: readonly Ec2InstanceType[] = families.flatMap(
  ({ names, architecture, gib, from, to }) =>
    names.flatMap((family) =>
      sizes
        .filter(([, vcpus]) => vcpus >= from && vcpus <= to)
        .map(([size, vcpus]) => {
          const { interfaces, addresses } = network.find((row) => vcpus <= row.vcpus)!
          return {
            name: `${family}.${size}`,
            vcpus,
            memoryMiB: vcpus * gib * 1024,
            architecture,
            interfaces,
            addressesPerInterface: addresses,
            gpus: 0,
            ebsVolumes: volumesOf(family, vcpus),
          }
        }),
    ),
)

const bursting: readonly Ec2InstanceType[] = (
  [
    ['t3', 'x86_64'],
    ['t4g', 'arm64'],
  ] as const
).flatMap(([family, architecture]) =>
  burstable.map(([size, vcpus, memoryMiB, interfaces, addressesPerInterface]) => ({
    name: `${family}.${size}`,
    vcpus,
    memoryMiB,
    architecture,
    interfaces,
    addressesPerInterface,
    gpus: 0,
    ebsVolumes: sharedVolumes,
  })),
)

const singular: readonly Ec2InstanceType[] = others.map(
  ([name, vcpus, memoryMiB, interfaces, addressesPerInterface]) => ({
    ...{ name, vcpus, memoryMiB, interfaces, addressesPerInterface },
    ...{ architecture: 'x86_64', gpus: 0 },
    ebsVolumes: volumesOf(name.slice(0, name.indexOf('.')), vcpus),
  }),
)

/** The built-in types by name. */
export const builtIn: ReadonlyMap<string, Ec2InstanceType> = new Map(
  [...regular, ...bursting, ...singular].map((type) => [type.name, type]),
)
