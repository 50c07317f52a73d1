/**
 * Computes the capacity of a new EKS node, and how much of it the kubelet and the operating system
 * reserve. Both depend on the instance type and on the settings of the kubelet. With default
 * settings, the rest equals `allocatable` of `plan/fleet.ts`.
 *
 * Source: Karpenter documentation for AWS, "NodeClasses" (spec.kubelet); Kubernetes documentation,
 * "Reserve Compute Resources for System Daemons".
 */
import type { Ec2InstanceType } from '@stowage/fargate'
import { cpuReserved, podsByInterfaces, visibleMemory } from '../plan/fleet.js'
import { parseQuantity, zero } from '../words/quantity.js'
import type { KubeletSettings } from './node-class.js'

/** Amounts by resource name, as texts. */
type AmountTexts = Readonly<Record<string, string>>

/** The capacity of a node, and what of it pods do not get. */
export interface NodeResources {
  readonly capacity: AmountTexts
  readonly overhead: AmountTexts
}

const mebibyteQuantity = 1_048_576n * 1_000_000_000n

/** The resources of a node of the type. */
export const nodeResources = (
  type: Ec2InstanceType,
  kubelet: KubeletSettings = noSettings,
): NodeResources => {
  const pods = podCountMax(type, kubelet)
  const memory = Math.floor(visibleMemory(type))
  const reserved = (resource: string, byDefault: string): bigint =>
    textQuantity(kubelet.kubeReserved.get(resource) ?? byDefault) +
    textQuantity(kubelet.systemReserved.get(resource) ?? '0')
  const keptMemory =
    reserved('memory', `${255 + 11 * pods}Mi`) +
    evictionOf(
      kubelet.evictionHard.get('memory.available') ?? '100Mi',
      BigInt(memory) * mebibyteQuantity,
    )
  const cpu = reserved('cpu', `${cpuReserved(type.vcpus)}m`)
  return {
    capacity: {
      cpu: String(type.vcpus),
      memory: `${memory}Mi`,
      pods: String(pods),
      'ephemeral-storage': '20Gi',
      ...(type.gpus > 0 ? { 'nvidia.com/gpu': String(type.gpus) } : {}),
    },
    overhead: {
      cpu: roundedText(cpu, 1_000_000n, 'm'),
      memory: roundedText(keptMemory, mebibyteQuantity, 'Mi'),
      'ephemeral-storage': '3Gi',
    },
  }
}

const noSettings: KubeletSettings = {
  ...{ maxPods: undefined, podsPerCore: undefined },
  ...{ kubeReserved: new Map(), systemReserved: new Map(), evictionHard: new Map() },
}

const podCountMax = (type: Ec2InstanceType, { maxPods, podsPerCore }: KubeletSettings): number => {
  const most = maxPods ?? podsByInterfaces(type)
  return podsPerCore === undefined || podsPerCore === 0
    ? most
    : Math.min(most, podsPerCore * type.vcpus)
}

const textQuantity = (text: string): bigint => parseQuantity(text) ?? zero

/** A share in percent is one of the capacity. */
const evictionOf = (text: string, capacity: bigint): bigint => {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1]
  if (percent === undefined) return textQuantity(text)
  return (capacity * BigInt(Math.round(Number(percent) * 1000))) / 100_000n
}

/** Rounded up to whole units of the suffix. */
const roundedText = (quantity: bigint, unit: bigint, suffix: string): string =>
  `${(quantity + unit - 1n) / unit}${suffix}`
