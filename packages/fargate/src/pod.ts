/**
 * What a pod needs beside its containers, and which sizes it can have: each pod runs on a node of
 * its own, and the Kubernetes components there take memory.
 *
 * Source: Amazon EKS User Guide, "Fargate Pod configuration": 256 MB are added to each pod's
 * memory, and the sum is rounded up to one of the sizes of its table, which ends at 16 vCPU; a pod
 * that asks for 100 GiB of storage gets a node of 115 GiB.
 */
import type { Bytes, CpuTicks } from '@stowage/kernel'
import {
  bytesFromMiB,
  largestSize,
  mebibytes,
  smallestSize,
  type SizeOptions,
  type TaskSize,
} from './size.js'
import { gibibytes, storageIncluded, type GiB } from './storage.js'

export const podOverhead: Bytes = bytesFromMiB(mebibytes(256))

export interface PodSizeOptions extends SizeOptions {
  /**
   * What the node has beyond what a pod asks for; it is known from one printed example, 115 GiB for
   * 100.
   */
  readonly ephemeralOverhead: GiB
}

/** The table of EKS ends at 16 vCPU, though that of ECS goes on. */
export const podSizeOptions: PodSizeOptions = { vcpusMax: 16, ephemeralOverhead: gibibytes(15) }

export const largestPodSize: TaskSize = largestSize('linux', podSizeOptions)

/**
 * The smallest size that covers a pod's requests and the overhead; nothing, when even the largest
 * does not.
 */
export const smallestPodSize = (
  cpu: CpuTicks,
  memory: Bytes,
  options: SizeOptions = podSizeOptions,
): TaskSize | undefined => smallestSize('linux', cpu, (memory + podOverhead) as Bytes, options)

/** The most that a pod may ask for. */
export const podStorageMax = gibibytes(175)

/** The storage of the node of a pod that asks for so much: never less than what is included. */
export const podStorage = (
  asked: GiB,
  { ephemeralOverhead }: Pick<PodSizeOptions, 'ephemeralOverhead'> = podSizeOptions,
): GiB => gibibytes(Math.max(storageIncluded, asked + ephemeralOverhead))
