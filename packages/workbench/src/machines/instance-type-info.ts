/**
 * What planning needs of an instance type as `aws ec2 describe-instance-types` prints it. Bounds
 * are far above any machine, and low enough that no amount that follows from them is refused
 * elsewhere, where nobody could say which file is to blame.
 */
import { amountMax } from '@stowage/kernel'
import * as t from 'io-ts'
import { object, optional, that, whole } from '../read/codec.js'
import type { Machine } from './machine.js'

/** In bytes it is to be an amount. */
const memoryMax = Math.floor(amountMax / 1_048_576)

export const InstanceType = object({
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
export type InstanceType = t.TypeOf<typeof InstanceType>

export const machine = (name: string, type: InstanceType): Machine => ({
  name,
  vcpus: type.VCpuInfo.DefaultVCpus,
  memoryMiB: type.MemoryInfo.SizeInMiB,
  architecture: type.ProcessorInfo.SupportedArchitectures.includes('arm64') ? 'arm64' : 'x86_64',
  interfaces: interfacesOf(type.NetworkInfo),
  addressesPerInterface: type.NetworkInfo.Ipv4AddressesPerInterface,
  gpus: (type.GpuInfo?.Gpus ?? []).reduce((sum, { Count }) => sum + (Count ?? 0), 0),
})

/**
 * Of the default network card, as pods and tasks get their addresses there; a type with several has
 * more in all.
 */
const interfacesOf = (network: InstanceType['NetworkInfo']): number =>
  network.NetworkCards?.[network.DefaultNetworkCardIndex ?? 0]?.MaximumNetworkInterfaces ??
  network.MaximumNetworkInterfaces
