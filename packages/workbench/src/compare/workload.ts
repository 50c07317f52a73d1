/**
 * Counts the replicas of one workload in one plan: on instances, on Fargate, and without a node.
 * Also finds their size on Fargate, and the reasons why some have no node.
 */
import type { TaskSize } from '@stowage/fargate'
import { countAll, unplacedText, type PlatformPlan } from '../platform/plan.js'

/** Counts of one workload's replicas in one world. */
export interface WorkloadInWorld {
  readonly onInstances: number
  readonly onFargate: number
  /** How many of `onFargate` run on Fargate Spot. */
  readonly onFargateSpot: number
  readonly unplaced: number
  /** The size of each replica on Fargate. */
  readonly size?: TaskSize
  /** Why replicas are unplaced. */
  readonly reasons: readonly string[]
}

/** The counts of the workload of that name. */
export const workloadInWorld = (world: PlatformPlan, name: string): WorkloadInWorld => {
  const { plan, vended, refused, held } = world
  const own = <Row extends { readonly name: string }>(rows: readonly Row[]): readonly Row[] =>
    rows.filter((row) => row.name === name)
  const [unplaced, refusals] = [own(plan.unplaced), own([...refused, ...held])]
  const [first] = own(vended)
  return {
    onInstances: countAll(plan.nodes.flatMap(({ holds }) => own(holds))),
    onFargate: countAll(own(vended)),
    onFargateSpot: countOnSpot(world, name),
    unplaced: countAll([...unplaced, ...refusals]),
    ...(first === undefined ? {} : { size: first.size }),
    reasons: [...unplaced.map(unplacedText), ...refusals.map(({ reason }) => reason)],
  }
}

/** How many replicas of a workload are on Fargate Spot. */
export const countOnSpot = ({ launched }: PlatformPlan, name: string): number =>
  countAll(launched.filter((row) => row.name === name && row.capacityProvider === 'FARGATE_SPOT'))

/** How many replicas the workload asks for in that world. */
export const countInWorld = ({ onInstances, onFargate, unplaced }: WorkloadInWorld): number =>
  onInstances + onFargate + unplaced
