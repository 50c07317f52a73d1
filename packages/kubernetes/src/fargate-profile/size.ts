/**
 * The size that a pod asks for, by its requests.
 *
 * Source: Amazon EKS User Guide, "Fargate Pod configuration".
 */
import {
  gibibytes,
  smallestPodSize,
  type FargateRequest,
  type GiB,
  type SizeOptions,
  type TaskSize,
} from '@stowage/fargate'
import type { Bytes, CpuTicks } from '@stowage/kernel'
import { podRequests } from '../demand/requests.js'
import { amountIn } from '../words/amounts.js'
import type { PodSpec } from '../words/pod.js'
import { wholeOf, zero } from '../words/quantity.js'

/** What the containers run with together, or the largest moment of their start. */
export const askedBy = (spec: PodSpec): FargateRequest['asked'] => {
  const requests = podRequests(spec)
  return {
    cpu: amountIn('cpu', requests.get('cpu') ?? zero) as CpuTicks,
    memory: amountIn('memory', requests.get('memory') ?? zero) as Bytes,
  }
}

/** Nothing, when no size covers it. */
export const sizeOfPod = (spec: PodSpec, options: SizeOptions): TaskSize | undefined => {
  const { cpu, memory } = askedBy(spec)
  return smallestPodSize(cpu, memory, options)
}

/** Rounded up. */
export const storageAskedBy = (spec: PodSpec): GiB =>
  gibibytes(Math.ceil(wholeOf(podRequests(spec).get('ephemeral-storage') ?? zero) / 1_073_741_824))

/** `0.25vCPU 0.5GB`, as the annotation has it by which a pod is billed. */
export const capacityText = ({ cpu, memory }: TaskSize): string =>
  `${cpu / 1024}vCPU ${memory / 1024}GB`
