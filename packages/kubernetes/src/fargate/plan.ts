/**
 * All pods on Fargate: each gets a node of its own, of the smallest size that covers what it
 * requests.
 *
 * Source: Amazon EKS User Guide, "Simplify compute management with AWS Fargate" (considerations)
 * and "Fargate Pod configuration".
 */
import { inOrderOfText, type Warning } from '@stowage/kernel'
import { vend, type Vended } from '@stowage/fargate'
import type { KubernetesInput } from '../read/input.js'
import { judge, warningsOf, type Refused } from './judge.js'
import { eksFargateOptions } from '../fargate-profile/options.js'

export interface FargatePlan {
  readonly vended: readonly Vended[]
  readonly refused: readonly Refused[]
  readonly warnings: readonly Warning[]
}

/**
 * Vends a node to every pending pod, profile or not; nodes and running pods of the input have no
 * part in it.
 */
export const planOnFargate = (input: KubernetesInput): FargatePlan => {
  const { storage } = input.around
  const wanting = input.wanting.filter(({ count }) => count !== 0)
  const judged = wanting.map((one) => judge(one, storage, eksFargateOptions))
  return {
    vended: vend(judged.flatMap((one) => (one._tag === 'Sized' ? [one.request] : []))),
    refused: judged.flatMap((one) => (one._tag === 'Refused' ? [one.refused] : [])),
    warnings: inOrderOfText([...input.warnings, ...warningsOf(input.wanting)]),
  }
}
