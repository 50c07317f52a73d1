/**
 * Decodes the fields of an instance type that planning needs, in the format of `aws ec2
 * describe-instance-types`. Numbers have bounds far above any real machine, so that a wrong number
 * is reported with its file.
 *
 * Source: Amazon EC2 API Reference, InstanceTypeInfo; aws-ebs-csi-driver (volume limits).
 */
import { codecOf, list, omittable, record, text, whole, type Codec } from '@stowage/documents'
import type { Ec2InstanceType } from '@stowage/fargate'
import { amountMax } from '@stowage/kernel'

/** In MiB: the same in bytes must be an amount of the kernel. */
const memoryMax = Math.floor(amountMax / 1_048_576)

interface NetworkCard {
  readonly MaximumNetworkInterfaces: number
}
interface NetworkInfo extends NetworkCard {
  readonly Ipv4AddressesPerInterface: number
  readonly DefaultNetworkCardIndex: number | undefined
  readonly NetworkCards: readonly NetworkCard[] | undefined
}
interface Gpu {
  readonly Count: number | undefined
  readonly Manufacturer: string | undefined
}
/** An entry of `InstanceTypes`. */
export interface InstanceTypeInfo {
  readonly VCpuInfo: { readonly DefaultVCpus: number }
  readonly MemoryInfo: { readonly SizeInMiB: number }
  readonly NetworkInfo: NetworkInfo
  readonly ProcessorInfo: { readonly SupportedArchitectures: readonly string[] }
  readonly GpuInfo: { readonly Gpus: readonly Gpu[] | undefined } | undefined
  readonly EbsInfo: { readonly MaximumEbsAttachments: number | undefined } | undefined
  readonly Hypervisor: string | undefined
}

const between = (min: number, max = 1_000_000): Codec<number> =>
  whole(`a whole number from ${min} to ${max}`, min, max)

const architecture = codecOf('an architecture, such as x86_64', (value) =>
  typeof value === 'string' ? value : undefined,
)

const Card: Codec<NetworkCard> = record('an object', { MaximumNetworkInterfaces: between(1) })
const Gpu: Codec<Gpu> = record<Gpu>('an object', {
  Count: omittable(between(0)),
  Manufacturer: omittable(text),
})

/** Decodes one entry of `InstanceTypes`; other fields are ignored. */
export const InstanceTypeInfo: Codec<InstanceTypeInfo> = record<InstanceTypeInfo>('an object', {
  VCpuInfo: record('an object', { DefaultVCpus: between(1) }),
  MemoryInfo: record('an object', { SizeInMiB: between(1, memoryMax) }),
  NetworkInfo: record<NetworkInfo>('an object', {
    MaximumNetworkInterfaces: between(1),
    Ipv4AddressesPerInterface: between(1),
    DefaultNetworkCardIndex: omittable(between(0)),
    NetworkCards: omittable(list('a list of network cards', Card)),
  }),
  ProcessorInfo: record('an object', {
    SupportedArchitectures: list('a list of architectures', architecture),
  }),
  GpuInfo: omittable(record('an object', { Gpus: omittable(list('a list of GPUs', Gpu)) })),
  EbsInfo: omittable(record('an object', { MaximumEbsAttachments: omittable(between(0)) })),
  Hypervisor: omittable(text),
})

/** A type that supports several architectures counts as arm64 when that is one of them. */
export const instanceType = (name: string, type: InstanceTypeInfo): Ec2InstanceType => ({
  name,
  vcpus: type.VCpuInfo.DefaultVCpus,
  memoryMiB: type.MemoryInfo.SizeInMiB,
  architecture: type.ProcessorInfo.SupportedArchitectures.includes('arm64') ? 'arm64' : 'x86_64',
  interfaces: interfacesOf(type.NetworkInfo),
  addressesPerInterface: type.NetworkInfo.Ipv4AddressesPerInterface,
  gpus: (type.GpuInfo?.Gpus ?? [])
    .filter(isNvidia)
    .reduce((sum, { Count }) => sum + (Count ?? 0), 0),
  ebsVolumes: ebsVolumesOf(type),
})

/**
 * The GPUs that Amazon ECS counts, and that nodes have as `nvidia.com/gpu`: accelerators of other
 * makers are other resources.
 */
const isNvidia = ({ Manufacturer = 'NVIDIA' }: Gpu): boolean => Manufacturer === 'NVIDIA'

/**
 * As the EBS CSI driver counts them: 39 on Xen, where EC2 says 40, and 27 on a type of which
 * nothing else is said.
 */
const ebsVolumesOf = ({ EbsInfo, Hypervisor }: InstanceTypeInfo): number =>
  Hypervisor === 'xen' ? 39 : (EbsInfo?.MaximumEbsAttachments ?? 27)

/**
 * Interfaces of the default network card, where pods and tasks get their addresses: a type with
 * several cards has more in all.
 */
const interfacesOf = (network: InstanceTypeInfo['NetworkInfo']): number =>
  network.NetworkCards?.[network.DefaultNetworkCardIndex ?? 0]?.MaximumNetworkInterfaces ??
  network.MaximumNetworkInterfaces
