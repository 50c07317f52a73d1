/**
 * Defines the types of a plan: a placement that is computed from documents only. A plan lists the
 * replicas on machines, on Fargate, and without a place, in one form for Kubernetes and Amazon ECS.
 */
import type { Warning } from '@stowage/documents'
import type { FargateTerms, TaskLaunch } from '@stowage/ecs'
import type { VendedTasks } from '@stowage/fargate'
import type { WordedPlan } from '@stowage/kernel'

/** Replicas that found no feasible node, worded. */
type WordedUnplaced = WordedPlan['unplaced'][number]

/** Replicas of one workload that get no place, for a reason that no machine gave. */
export interface Refusal {
  readonly name: string
  readonly count: number
  readonly reason: string
  /** The supply that refused them; Fargate when absent. */
  readonly supply?: 'instances' | 'fargate' | 'external' | 'managed'
}

/** A replica that finds no place would fit on the node if these replicas left it. */
export interface Preemption {
  readonly node: string
  /** Names of replicas; empty when all of them are leaving already. */
  readonly victims: readonly string[]
}

/** A machine with what it holds. */
export type MachineRow = WordedPlan['nodes'][number] & {
  /** Of the machines of ECS, when there are several clusters. */
  readonly cluster?: string
  /** Of a machine of ECS that is not ACTIVE. */
  readonly status?: string
  /** Replicas that leave the machine, and are not in `holds`. */
  readonly leaving?: WordedPlan['nodes'][number]['holds']
}

/** One plan of one platform. */
export interface PlatformPlan {
  readonly plan: Omit<WordedPlan, 'nodes'> & { readonly nodes: readonly MachineRow[] }
  /** The cluster of each workload, by its name; absent when there is one cluster only. */
  readonly clusters?: ReadonlyMap<string, string>
  readonly vended: readonly VendedTasks[]
  /** Counts of vended replicas by capacity provider and by subnet, where these are known. */
  readonly launched: readonly TaskLaunch[]
  readonly refused: readonly Refusal[]
  /** Replicas that no scheduler considers. */
  readonly held: readonly Refusal[]
  readonly preemptions: readonly (Preemption & { readonly name: string })[]
  readonly warnings: readonly Warning[]
  /** Replicas that a Fargate profile selects, each with its node. */
  readonly onFargate?: readonly FargateReplica[]
}

/** What decides a price beside a plan. */
export interface BillTerms {
  /** By machine, its instance type, if it has one. */
  readonly types: ReadonlyMap<string, string>
  /** By workload, what Fargate bills beside the size. */
  readonly terms: ReadonlyMap<string, FargateTerms>
}

/** A pod on Fargate and the node that is made for it. */
export interface FargateReplica {
  readonly name: string
  /** From 1. */
  readonly replica: number
  readonly fargateProfileName: string
  readonly subnet: string
  readonly node: string
  /** Start of its launch, in milliseconds after the first launch. */
  readonly at: number
  /** Labels and taints of the node, as the API server has them. */
  readonly labels: Readonly<Record<string, string>>
  readonly taints: readonly object[]
  readonly allocatable: Readonly<Record<string, string>>
}

/** How many replicas have a place, how many of these ran before, and how many have none. */
export interface ReplicaCounts {
  readonly placed: number
  readonly running: number
  readonly unplaced: number
}

/** The counts of a plan. */
export const replicaCounts = ({ plan, vended, refused, held }: PlatformPlan): ReplicaCounts => {
  const holdings = plan.nodes.flatMap(({ holds }) => holds)
  return {
    placed: countAll(holdings) + countAll(vended),
    running: holdings.reduce((sum, { running = 0 }) => sum + running, 0),
    unplaced: countAll(plan.unplaced) + countAll(refused) + countAll(held),
  }
}

/** Whether a machine is in use: the plan places something there, or something ran there before. */
export const isUsed = ({ holds, gauges }: MachineRow): boolean =>
  holds.length > 0 || gauges.some(({ used }) => used > 0)

/** The sum of the counts. */
export const countAll = (all: readonly { readonly count: number }[]): number =>
  all.reduce((sum, { count }) => sum + count, 0)

/** `0 of 3 fit: 3 Insufficient cpu`. */
export const unplacedText = ({ nodes, reasons }: WordedUnplaced): string =>
  [
    nodes === 0 ? 'no machine is there for it' : `0 of ${nodes} fit`,
    reasons.map(({ reason, nodes: refusing }) => `${refusing} ${reason}`).join(', '),
  ]
    .filter((text) => text !== '')
    .join(': ')
