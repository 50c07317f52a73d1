/**
 * What a pod needs beside its containers: each runs on a node of its own, and the Kubernetes components there take memory.
 *
 * Source: Amazon EKS User Guide, "Fargate Pod configuration": 256 MB are added to each pod's memory, and the sum is rounded up.
 */
import type { Bytes } from '@stowage/kernel'
import { bytesFromMiB, mebibytes } from './size.js'

export const podOverhead: Bytes = bytesFromMiB(mebibytes(256))
