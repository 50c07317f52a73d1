/**
 * The fields of an instance type that planning reads, as `aws ec2 describe-instance-types` prints
 * them, and their translation to `Ec2InstanceType`. Numbers are bounded far above any machine, so
 * that a wrong one is reported here, with its file, and not later as an amount that the kernel
 * refuses.
 *
 * Source: Amazon EC2 API Reference, InstanceTypeInfo.
 */
import type { Ec2InstanceType } from '@stowage/fargate'
import { amountMax } from '@stowage/kernel'
import * as t from 'io-ts'
import { object, optional, that, whole } from '../text/codec.js'

/** In MiB: the same in bytes must be an amount of the kernel. */
const memoryMax = Math.floor(amountMax / 1_048_576)

/** Decodes one entry of `InstanceTypes`; other fields are ignored. */
export const InstanceTypeInfo = object({
  VCpuInfo: object({ DefaultVCpus: whole(1) }),
  MemoryInfo: object({ SizeInMiB: whole(1, memoryMax) }),
  NetworkInfo: object({
    MaximumNetworkInterfaces: whole(1),
    Ipv4AddressesPerInterface: whole(1),
    DefaultNetworkCardIndex: optional(whole(0)),
    NetworkCards: optional(
      t.array(object({ MaximumNetworkInterfaces: whole(1) }), 'a list of network cards'),
    ),
  }),
  ProcessorInfo: object({
    SupportedArchitectures: t.array(
      that('an architecture, such as x86_64', t.string.is),
      'a list of architectures',
    ),
  }),
  GpuInfo: optional(
    object({ Gpus: optional(t.array(object({ Count: optional(whole(0)) }), 'a list of GPUs')) }),
  ),
})
/** An entry of `InstanceTypes`. */
export type InstanceTypeInfo = t.TypeOf<typeof InstanceTypeInfo>

/** A type that supports several architectures counts as arm64 when that is one of them. */
export const instanceType = (name: string, type: InstanceTypeInfo): Ec2InstanceType => ({
  name,
  vcpus: type.VCpuInfo.DefaultVCpus,
  memoryMiB: type.MemoryInfo.SizeInMiB,
  architecture: type.ProcessorInfo.SupportedArchitectures.includes('arm64') ? 'arm64' : 'x86_64',
  interfaces: interfacesOf(type.NetworkInfo),
  addressesPerInterface: type.NetworkInfo.Ipv4AddressesPerInterface,
  gpus: (type.GpuInfo?.Gpus ?? []).reduce((sum, { Count }) => sum + (Count ?? 0), 0),
})

/**
 * Interfaces of the default network card, where pods and tasks get their addresses: a type with
 * several cards has more in all.
 */
const interfacesOf = (network: InstanceTypeInfo['NetworkInfo']): number =>
  network.NetworkCards?.[network.DefaultNetworkCardIndex ?? 0]?.MaximumNetworkInterfaces ??
  network.MaximumNetworkInterfaces
