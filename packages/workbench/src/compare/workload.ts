/**
 * How one workload stands in one world: how many of its replicas are where, in which size, and why
 * the others are nowhere.
 */
import type { TaskSize } from '@stowage/fargate'
import { unplacedText } from '../show/plan-row.js'
import type { Planned } from '../vocabulary/vocabulary.js'

export interface Standing {
  readonly onInstances: number
  readonly onFargate: number
  /** Of those on Fargate, how many are on Spot. */
  readonly onFargateSpot: number
  readonly unplaced: number
  /** On Fargate, of each. */
  readonly size?: TaskSize
  readonly reasons: readonly string[]
}

const sum = (all: readonly { readonly count: number }[]): number =>
  all.reduce((total, { count }) => total + count, 0)

/** How many replicas of a workload are on Fargate Spot. */
export const onSpot = ({ launched }: Planned, name: string): number =>
  sum(launched.filter((one) => one.name === name && one.capacityProvider === 'FARGATE_SPOT'))

export const standingOf = (planned: Planned, name: string): Standing => {
  const { plan, vended, refused, held } = planned
  const named = <One extends { readonly name: string }>(all: readonly One[]): readonly One[] =>
    all.filter((one) => one.name === name)
  const [unplaced, without] = [named(plan.unplaced), named([...refused, ...held])]
  const [sold] = named(vended)
  return {
    onInstances: sum(plan.nodes.flatMap(({ holds }) => named(holds))),
    onFargate: sum(named(vended)),
    onFargateSpot: onSpot(planned, name),
    unplaced: sum([...unplaced, ...without]),
    ...(sold === undefined ? {} : { size: sold.size }),
    reasons: [...unplaced.map(unplacedText), ...without.map(({ reason }) => reason)],
  }
}

export const countIn = ({ onInstances, onFargate, unplaced }: Standing): number =>
  onInstances + onFargate + unplaced
