/**
 * Pods on Fargate: each gets a node of its own, of the smallest size that covers what it requests.
 *
 * Source: Amazon EKS User Guide, "Simplify compute management with AWS Fargate" (considerations) and "Fargate Pod configuration".
 */
import { inOrderOfText, type Bytes, type CpuTicks, type Warning } from '@stowage/kernel'
import {
  largestPodSize,
  podOverhead,
  smallestPodSize,
  vend,
  type FargateRequest,
  type Vended,
} from '@stowage/fargate'
import { requestsBelowLimits } from '../admission/admit.js'
import { defaultProfile } from '../lower/profile.js'
import { nothingElse } from '../lower/surroundings.js'
import { gateOf } from '../cycle/gate.js'
import { podRequests } from '../lower/requests.js'
import { amountIn } from '../words/amounts.js'
import type { PodSpec } from '../words/pod.js'
import { parseQuantity, zero } from '../words/quantity.js'
import type { KubernetesInput } from '../workload/input.js'
import type { Wanting } from '../workload/share.js'
import { titleOf } from '../workload/workload.js'

/** Pods that Fargate does not take, and why. */
export interface Refused {
  readonly name: string
  readonly count: number
  readonly reason: string
}

export interface FargatePlan {
  readonly vended: readonly Vended[]
  readonly refused: readonly Refused[]
  readonly warnings: readonly Warning[]
}

/** Vends a node to every pending pod; nodes and running pods of the input have no part in it. */
export const planOnFargate = (input: KubernetesInput): FargatePlan => {
  const judged = input.wanting.filter(({ count }) => count !== 0).map(judge)
  const requests = judged.flatMap(({ request }) => (request === undefined ? [] : [request]))
  return {
    vended: vend(requests),
    refused: judged.flatMap(({ refused }) => (refused === undefined ? [] : [refused])),
    warnings: inOrderOfText([...input.warnings, ...input.wanting.flatMap(burstless)]),
  }
}

interface Judged {
  readonly request?: FargateRequest
  readonly refused?: Refused
}

const judge = (wanting: Wanting): Judged => {
  const { name, count, spec } = wanting
  const pods = count === 'one per node' ? 1 : count
  if (wanting.refusal !== undefined)
    return { refused: { name, count: pods, reason: wanting.refusal } }
  const why = count === 'one per node' ? 'DaemonSets are not supported' : unsupported(spec)
  const refused = (reason: string): Judged => ({
    refused: { name, count: pods, reason: `Pod not supported on Fargate: ${reason}` },
  })
  if (why !== undefined) return refused(why)
  const gate = gateOf(wanting, defaultProfile, nothingElse)
  if (gate !== undefined)
    return { refused: { name, count: pods, reason: `${gate.plugin}: ${gate.reasons.join(', ')}` } }
  const asked = askedBy(spec)
  const size = smallestPodSize(asked.cpu, asked.memory)
  if (size === undefined) return refused(tooLarge())
  return { request: { name, count: pods, asked, overhead: podOverhead, size } }
}

const tooLarge = (): string => {
  const { cpu, memory } = largestPodSize
  return `the largest size is ${cpu / 1024} vCPU and ${memory / 1024} GB, 256 MiB of which are kept`
}

const askedBy = (spec: PodSpec): FargateRequest['asked'] => {
  const requests = podRequests(spec)
  return {
    cpu: amountIn('cpu', requests.get('cpu') ?? zero) as CpuTicks,
    memory: amountIn('memory', requests.get('memory') ?? zero) as Bytes,
  }
}

const storageMost = parseQuantity('175Gi') ?? zero

/** What Fargate has no answer to, in the order of the specification. */
const unsupported = (spec: PodSpec): string | undefined => {
  const containers = [...spec.initContainers, ...spec.containers]
  const requests = podRequests(spec)
  if (spec.hostNetwork === true) return 'fields not supported: HostNetwork'
  if (containers.some(({ ports }) => ports.some(({ hostPort }) => (hostPort ?? 0) > 0)))
    return 'fields not supported: HostPort'
  if (containers.some(({ securityContext }) => securityContext?.privileged === true))
    return 'fields not supported: Privileged'
  const device = [...requests].find(([resource, quantity]) => isDevice(resource) && quantity > zero)
  if (device !== undefined) return `resource ${device[0]} is not available`
  if ((requests.get('ephemeral-storage') ?? zero) > storageMost)
    return 'ephemeral-storage is at most 175 GiB'
  return undefined
}

const isDevice = (resource: string): boolean =>
  resource.includes('/') || resource.startsWith('hugepages-')

const burstless = (wanting: Wanting): readonly Warning[] => {
  const below = requestsBelowLimits(wanting.spec)
  if (below.length === 0) return []
  return [
    {
      from: wanting.from,
      subject: titleOf(wanting),
      text: 'requests are below limits: Fargate sizes a pod by its requests, so its limits are never reached',
      detail: [
        ...new Set(
          below.map(({ resource, request, limit }) => `${resource} ${request} below ${limit}`),
        ),
      ].join(', '),
    },
  ]
}
