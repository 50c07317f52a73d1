/** How one workload stands in one world: how many of its replicas are where, in which size, and why the others are nowhere. */
import type { FargateTerms } from '@stowage/ecs'
import type { TaskSize } from '@stowage/fargate'
import { unplacedText } from '../show/plan-text.js'
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

export const standingOf = (
  { plan, vended, refused, held }: Planned,
  name: string,
  shares: FargateTerms['shares'],
): Standing => {
  const named = <One extends { readonly name: string }>(all: readonly One[]): readonly One[] =>
    all.filter((one) => one.name === name)
  const [unplaced, without] = [named(plan.unplaced), named([...refused, ...held])]
  const [sold] = named(vended)
  const onFargate = sum(named(vended))
  return {
    onInstances: sum(plan.nodes.flatMap(({ holds }) => named(holds))),
    onFargate,
    onFargateSpot: shares(onFargate).FARGATE_SPOT,
    unplaced: sum([...unplaced, ...without]),
    ...(sold === undefined ? {} : { size: sold.size }),
    reasons: [...unplaced.map(unplacedText), ...without.map(({ reason }) => reason)],
  }
}

export const countIn = ({ onInstances, onFargate, unplaced }: Standing): number =>
  onInstances + onFargate + unplaced
