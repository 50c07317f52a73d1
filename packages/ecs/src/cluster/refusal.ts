/**
 * Lists why container instances refuse a task, from the explanation of its placement. There are two
 * lists: (1) the `failures` of the API, with one reason for each instance; (2) the complete list,
 * with every reason of every instance, by stage of placement.
 *
 * Source: Amazon ECS Developer Guide, API failure reasons.
 */
import type { WordedExplanation } from '@stowage/kernel'
import { instanceArnOf, type EcsState } from './state.js'
import { unique } from '../lower/port.js'

/** A failure as in the API. `arn` is absent when the reason is given once for all instances. */
export interface Failure {
  readonly arn?: string
  readonly reason: string
  readonly detail?: string
}

/** All refusals of an instance by stage, in the order of the stages, each reason once. */
export interface InstanceRefusals {
  readonly containerInstanceArn: string
  readonly refusals: readonly { readonly stage: string; readonly reasons: readonly string[] }[]
}

/** The instances of an explanation that refuse the task, with all their refusals. */
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

/** True when only placement constraints, which are checked last, rule out the instance. */
export const isByConstraints = ({ refusals }: InstanceRefusals): boolean =>
  refusals[0]!.stage === 'placementConstraints'

/**
 * The failures of the API: first one per instance, then each reason of constraints once for all.
 */
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
