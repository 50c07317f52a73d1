/**
 * What a pod needs beside its containers, and which sizes it can have: each pod runs on a node of its own, and the Kubernetes
 * components there take memory.
 *
 * Source: Amazon EKS User Guide, "Fargate Pod configuration": 256 MB are added to each pod's memory, and the sum is rounded up to
 * one of the sizes of its table, which ends at 16 vCPU.
 */
import type { Bytes, CpuTicks } from '@stowage/kernel'
import { bytesFromMiB, covers, cpuUnits, mebibytes, sizesOf, type TaskSize } from './size.js'

export const podOverhead: Bytes = bytesFromMiB(mebibytes(256))

const cpuMost = cpuUnits(16_384)

const podSizes: readonly TaskSize[] = sizesOf('linux').filter(({ cpu }) => cpu <= cpuMost)

export const largestPodSize: TaskSize = podSizes.at(-1)!

/** The smallest size that covers a pod's requests and the overhead; nothing, when even the largest does not. */
export const smallestPodSize = (cpu: CpuTicks, memory: Bytes): TaskSize | undefined =>
  podSizes.find((size) => covers(size, cpu, (memory + podOverhead) as Bytes))
