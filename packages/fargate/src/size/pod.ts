/**
 * Computes the Fargate size and the storage of an EKS pod, which has a node of its own. The
 * Kubernetes components on the node take 256 MiB of memory, which are added to the pod's requests
 * before the sum is rounded up to a size of Fargate. For 100 GiB of requested storage, the node has
 * 115 GiB.
 *
 * Source: Amazon EKS User Guide, "Fargate Pod configuration".
 */
import type { Bytes, CpuTicks } from '@stowage/kernel'
import { smallestSize, type SizeOptions, type TaskSize } from './size.js'
import { storageIncluded } from './storage.js'
import { bytesFromMiB, gibibytes, mebibytes, type GiB } from './unit.js'

/** What holds for every pod. */
export interface PodLimits {
  /** Memory that is added to a pod's requests, for the Kubernetes components on its node. */
  readonly overhead: Bytes
  /** The most storage that a pod may request. */
  readonly storageMax: GiB
}

/** The documented limits: 256 MiB of overhead, 175 GiB of storage. */
export const podLimits: PodLimits = {
  overhead: bytesFromMiB(mebibytes(256)),
  storageMax: gibibytes(175),
}

/** What AWS leaves open about sizes of pods. */
export interface PodSizeOptions extends SizeOptions {
  /**
   * Storage of the node beyond the pod's request. It is documented by one example only: 115 GiB for
   * 100.
   */
  readonly ephemeralOverhead: GiB
}

/** The table of EKS ends at 16 vCPU, though the table of ECS ends at 32. */
export const podSizeOptions: PodSizeOptions = { vcpusMax: 16, ephemeralOverhead: gibibytes(15) }

/**
 * The smallest size that covers a pod's requests and the overhead; `undefined` when even the
 * largest does not.
 */
export const smallestPodSize = (
  cpu: CpuTicks,
  memory: Bytes,
  options: SizeOptions = podSizeOptions,
): TaskSize | undefined =>
  smallestSize('linux', cpu, (memory + podLimits.overhead) as Bytes, options)

/** The storage of the node of a pod that requests so much: at least the included storage. */
export const podStorage = (
  storage: GiB,
  { ephemeralOverhead }: Pick<PodSizeOptions, 'ephemeralOverhead'> = podSizeOptions,
): GiB => gibibytes(Math.max(storageIncluded, storage + ephemeralOverhead))
