/**
 * Computes the utilization of a node, by which the Cluster Autoscaler decides whether the node may
 * be removed. It is the larger of the requested fractions of CPU and memory; on a node with GPUs,
 * it is the requested fraction of GPUs.
 */
import { podRequests } from '../demand/requests.js'
import { add, milliOf, zero, type Quantity } from '../words/quantity.js'
import { isDaemon, isLongTerminating, isMirrorPod, momentOf } from './pod-state.js'
import type { OccupiedNode } from './words.js'

/** Which pods count, and when it is. */
export interface UtilizationOptions {
  /** Pods of daemons and static pods count nothing, and take their requests off the node. */
  readonly ignoreDaemonSets: boolean
  readonly ignoreMirrorPods: boolean
  /** The resource that is a GPU on this node; `''` where there is none. */
  readonly gpuResource: string
  readonly now: string
}

/** The shares, and the resource that decides. */
export interface NodeUtilization {
  readonly cpu: number
  readonly memory: number
  readonly gpu: number
  readonly resource: string
  readonly utilization: number
}

/** `undefined` when the node has none of a resource that counts; of no GPUs nothing is used. */
export const nodeUtilization = (
  occupied: OccupiedNode,
  options: UtilizationOptions,
): NodeUtilization | undefined => {
  const { gpuResource } = options
  if (gpuResource !== '') {
    const gpu = shareUsed(occupied, gpuResource, options)
    return gpu === undefined
      ? undefined
      : { cpu: 0, memory: 0, gpu, resource: gpuResource, utilization: gpu }
  }
  const [cpu, memory] = [
    shareUsed(occupied, 'cpu', options),
    shareUsed(occupied, 'memory', options),
  ]
  if (cpu === undefined || memory === undefined) return undefined
  return cpu > memory
    ? { cpu, memory, gpu: 0, resource: 'cpu', utilization: cpu }
    : { cpu, memory, gpu: 0, resource: 'memory', utilization: memory }
}

const shareUsed = (
  { node, pods }: OccupiedNode,
  resource: string,
  { ignoreDaemonSets, ignoreMirrorPods, gpuResource, now }: UtilizationOptions,
): number | undefined => {
  const amount = node.status?.allocatable.get(resource)
  if (amount === undefined || amount.quantity === zero)
    return resource === gpuResource ? 0 : undefined
  let [used, apart] = [zero, zero]
  for (const pod of pods) {
    const request: Quantity = podRequests(pod.spec).get(resource) ?? zero
    const isApart = (ignoreDaemonSets && isDaemon(pod)) || (ignoreMirrorPods && isMirrorPod(pod))
    if (isApart) apart = add(apart, request)
    else if (!isLongTerminating(pod, momentOf(now))) used = add(used, request)
  }
  return milliOf(used) / (milliOf(amount.quantity) - milliOf(apart))
}
