/**
 * Why instances refuse a task: as the API tells it, one failure per instance that was looked at,
 * and beside that everything that each of them has against it.
 *
 * Source: Amazon ECS Developer Guide, API failure reasons.
 */
import type { WordedExplanation } from '@stowage/kernel'
import { instanceArnOf, type EcsState } from './state.js'
import { unique } from '../lower/port.js'

/** `arn` is the instance; absent where a reason is given once for all of them. */
export interface Failure {
  readonly arn?: string
  readonly reason: string
  readonly detail?: string
}

/** All that an instance has against a task, in the order of the stages, each reason once. */
export interface InstanceRefusals {
  readonly containerInstanceArn: string
  readonly refusals: readonly { readonly stage: string; readonly reasons: readonly string[] }[]
}

export const refusalsIn = (
  { options, instances }: EcsState,
  { nodes }: WordedExplanation,
): readonly InstanceRefusals[] =>
  nodes
    .filter(({ all }) => all.length > 0)
    .map(({ name, all }) => ({
      containerInstanceArn: instanceArnOf(options, name, instances.get(name)),
      refusals: unique(all.map(({ plugin }) => plugin)).map((stage) => ({
        stage,
        reasons: unique(all.flatMap(({ plugin, reasons }) => (plugin === stage ? reasons : []))),
      })),
    }))

/** The instance has nothing against the task but its constraints, which are asked last. */
export const isByConstraints = ({ refusals }: InstanceRefusals): boolean =>
  refusals[0]!.stage === 'placementConstraints'

/** Constraints are told of once, after what single instances lack. */
export const failuresOf = (refused: readonly InstanceRefusals[]): readonly Failure[] => {
  const first = refused.map(({ containerInstanceArn, refusals }) => ({
    arn: containerInstanceArn,
    stage: refusals[0]!.stage,
    reason: refusals[0]!.reasons[0]!,
  }))
  const unmet = first.filter(({ stage }) => stage === 'placementConstraints')
  return [
    ...first
      .filter(({ stage }) => stage !== 'placementConstraints')
      .map(({ arn, reason }) => ({ arn, reason })),
    ...[...new Set(unmet.map(({ reason }) => reason))].map((reason) => ({ reason })),
  ]
}
