/**
 * Computes the Fargate size of a pod: the smallest combination of vCPUs and memory that covers its
 * resource requests.
 *
 * Source: Amazon EKS User Guide, "Fargate Pod configuration".
 */
import {
  gibibytes,
  smallestPodSize,
  type SizedRequest,
  type GiB,
  type PodSizeOptions,
  type TaskSize,
} from '@stowage/fargate'
import type { Bytes, CpuTicks } from '@stowage/kernel'
import { podRequests } from '../demand/requests.js'
import { amountIn } from '../words/amounts.js'
import type { PodSpec } from '../words/pod.js'
import { wholeOf, zero } from '../words/quantity.js'

/**
 * The pod's CPU and memory requests: the sum of the containers, or the peak during initialization
 * if larger.
 */
export const podDemand = (spec: PodSpec): SizedRequest['demand'] => {
  const requests = podRequests(spec)
  return {
    cpu: amountIn('cpu', requests.get('cpu') ?? zero) as CpuTicks,
    memory: amountIn('memory', requests.get('memory') ?? zero) as Bytes,
  }
}

/** The smallest size that covers the pod; `undefined` when none does. */
export const sizeOfPod = (
  spec: PodSpec,
  options: Pick<PodSizeOptions, 'vcpusMax'>,
): TaskSize | undefined => {
  const { cpu, memory } = podDemand(spec)
  return smallestPodSize(cpu, memory, options)
}

/** The pod's ephemeral storage request in GiB, rounded up. */
export const storageRequest = (spec: PodSpec): GiB =>
  gibibytes(Math.ceil(wholeOf(podRequests(spec).get('ephemeral-storage') ?? zero) / 1_073_741_824))

/** The text of a size as in the billing annotation: `0.25vCPU 0.5GB`. */
export const capacityText = ({ cpu, memory }: TaskSize): string =>
  `${cpu / 1024}vCPU ${memory / 1024}GB`
