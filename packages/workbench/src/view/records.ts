/**
 * Converts answers to flat tables for a spreadsheet or a script: one row per fact, one word or one
 * plain number per cell, and the unit of a number in the head of its column.
 */
import type { TaskSize } from '@stowage/fargate'
import type { WordedExplanation } from '@stowage/kernel'
import type { AutoscaleAnswer } from '../autoscale/question.js'
import type { Bill } from '../bill/bill.js'
import type { Comparison, Comparisons } from '../compare/comparison.js'
import type { WorkloadInWorld } from '../compare/workload.js'
import type { Differences } from '../difference/difference.js'
import { moreUnplaced, type WorkloadDifference } from '../difference/workload-difference.js'
import { countAll, replicaCounts, unplacedText, type PlatformPlan } from '../platform/plan.js'
import { worldIds } from '../platform/worlds.js'
import type { WorkloadState } from '../platform/orchestrator.js'
import type { Capacities, Headrooms } from '../question/capacity.js'
import type { Explanations, WorkloadExplanation } from '../question/explain.js'
import type { MachineType, MachineTypes } from '../question/machine-types.js'
import type { Plans } from '../question/plans.js'
import { selectReplicas } from '../question/select.js'
import { toMillionths } from './bill-rows.js'
import type { Consolidations } from '../question/consolidate.js'
import type { Drains } from '../question/drain.js'
import type { Rollout } from '../rollout/rollout.js'
import type { Table } from '../block/block.js'
import { headroomRows } from './capacity-sections.js'
import { consolidationRows } from './consolidate-sections.js'
import { drainRow } from './drain-sections.js'
import type { PlanView } from './plan-view.js'

type Row = Readonly<Record<string, string | number>>

/** The cells of each row in the order of the head; a missing one is empty. */
const tableFrom = (head: readonly string[], rows: readonly Row[]): Table => ({
  _tag: 'Table',
  head,
  rows: rows.map((row) => head.map((title) => String(row[title] ?? ''))),
})

const sizeCells = (size: TaskSize | undefined): Row =>
  size === undefined ? {} : { vcpu: size.cpu / 1024, memory_gb: size.memory / 1024 }

/**
 * A row per workload and place, and one per workload and reason for having none; with prices also
 * one for the bill of each plan.
 */
const planRecords = ({ plans }: Plans, { only }: Pick<PlanView, 'only'> = {}): Table =>
  tableFrom(
    [
      ...['platform', 'supply', 'workload', 'count', 'state', 'place', 'vcpu', 'memory_gb'],
      ...['reason', ...(plans.some(({ bills }) => bills !== undefined) ? costTitles : [])],
    ],
    plans.flatMap(({ platform: { id: platform }, machines, fargate, bills }) => [
      ...placeRows(machines && selectReplicas(machines, only), { platform, supply: 'nodes' }),
      ...costRows(bills?.machines, { platform, supply: 'nodes', state: 'bill' }),
      ...placeRows(fargate && selectReplicas(fargate, only), { platform, supply: 'fargate' }),
      ...costRows(bills?.fargate, { platform, supply: 'fargate', state: 'bill' }),
    ]),
  )

const costTitles = ['currency', 'cost_per_hour']

/** The total of a bill. No sum where an item has no price: the reason names it. */
const costRows = (bill: Bill | undefined, common: Row): readonly Row[] => {
  if (bill === undefined) return []
  const { currency } = bill.prices
  const { priced, missing } = bill.total
  return [
    missing.length > 0
      ? { ...common, currency, reason: `no price of ${missing.join('; ')}` }
      : { ...common, currency, cost_per_hour: toMillionths(priced) },
  ]
}

const placeRows = (plan: PlatformPlan | undefined, common: Row): readonly Row[] =>
  plan === undefined
    ? []
    : [
        ...plan.plan.nodes.flatMap(({ name: place, holds, leaving = [] }) => [
          ...holds.map(({ name, count }) => ({ workload: name, count, state: 'placed', place })),
          ...leaving.map(({ name, count }) => ({ workload: name, count, state: 'leaving', place })),
        ]),
        ...plan.vended.map(({ name, count, size }) => ({
          ...{ workload: name, count, state: 'placed', place: 'fargate' },
          ...sizeCells(size),
        })),
        ...plan.plan.unplaced.map((one) => ({
          ...{ workload: one.name, count: one.count, state: 'unplaced', reason: unplacedText(one) },
        })),
        ...plan.refused.map(({ name, count, reason }) => ({
          ...{ workload: name, count, state: 'refused', reason },
        })),
        ...plan.held.map(({ name, count, reason }) => ({
          ...{ workload: name, count, state: 'held', reason },
        })),
      ].map((row: Row) => ({ ...common, ...row }))

/** A row per workload and machine, or one for what is on Fargate or has no machine to explain. */
const explanationRecords = ({ explanations }: Explanations): Table =>
  tableFrom(
    ['platform', 'workload', 'replica', 'node', 'verdict', 'plugin', 'reason', 'score'],
    explanations.flatMap((one) =>
      verdictRows(one).map((row) => ({ platform: one.platform.id, workload: one.name, ...row })),
    ),
  )

const verdictRows = (one: WorkloadExplanation): readonly Row[] => {
  switch (one._tag) {
    case 'Note':
      return [{ verdict: one.placed ? 'placed' : 'none', reason: one.text }]
    case 'OnFargate':
      return [
        ...one.vended.map(() => ({ verdict: 'fargate' })),
        ...one.refused.map(({ reason }) => ({ verdict: 'refused', reason })),
      ]
    case 'Explained':
      return one.explanation.nodes.map((node) => ({
        replica: one.replica,
        node: node.name,
        ...nodeCells(node, one.explanation),
      }))
  }
}

const nodeCells = (
  { name, first, scores }: WordedExplanation['nodes'][number],
  { chosen, runnerUp }: WordedExplanation,
): Row => {
  if (first !== undefined)
    return { verdict: 'refused', plugin: first.plugin, reason: first.reasons.join('; ') }
  const verdict = name === chosen ? 'chosen' : name === runnerUp ? 'runner-up' : 'fits'
  if (scores.length === 0) return { verdict }
  return { verdict, score: scores.reduce((sum, { weighted }) => sum + weighted, 0) }
}

/** A row per workload and world, and one per world for its bill, which is of no workload. */
const comparisonRecords = ({ comparisons }: Comparisons): Table =>
  tableFrom(
    [
      ...['platform', 'workload', 'world', 'wanted', 'on_instances', 'on_fargate', 'on_spot'],
      ...['unplaced', 'vcpu', 'memory_gb', 'reason', ...costTitles],
    ],
    comparisons.flatMap((one) =>
      [
        ...one.workloads.flatMap((workload) =>
          worldIds.map((world) => ({
            ...{ workload: workload.name, world, wanted: workload.count },
            ...worldCells(workload[world]),
          })),
        ),
        ...billCells(one),
      ].map((row: Row) => ({ platform: one.platform.id, ...row })),
    ),
  )

const worldCells = (workload: WorkloadInWorld): Row => ({
  on_instances: workload.onInstances,
  on_fargate: workload.onFargate,
  on_spot: workload.onFargateSpot,
  unplaced: workload.unplaced,
  ...sizeCells(workload.size),
  reason: workload.reasons.join('; '),
})

const billCells = ({ bills }: Comparison): readonly Row[] =>
  bills === undefined ? [] : worldIds.flatMap((world) => costRows(bills[world], { world }))

/** A row per platform and supply: how many replicas there are of each kind. */
const sumRecords = ({ plans }: Plans): Table =>
  tableFrom(
    ['platform', 'supply', 'placed', 'running', 'unplaced', 'nodes'],
    plans.flatMap(({ platform, machines, fargate }) =>
      [
        ...(machines === undefined ? [] : [{ supply: 'nodes', plan: machines }]),
        ...(fargate === undefined ? [] : [{ supply: 'fargate', plan: fargate }]),
      ].map(({ supply, plan }) => ({
        ...{ platform: platform.id, supply, ...replicaCounts(plan) },
        nodes: plan.plan.nodes.length,
      })),
    ),
  )

/** A row per machine and resource, in the resource's unit. */
const capacityRecords = ({ capacities }: Capacities): Table =>
  tableFrom(
    ['platform', 'node', 'resource', 'used', 'of', 'unit'],
    capacities.flatMap(({ platform, machines }) =>
      machines.flatMap(({ name: node, gauges }) =>
        gauges.map((gauge) => ({ platform: platform.id, node, ...gauge })),
      ),
    ),
  )

/** A row per moment and workload; times are seconds after the change. */
const rolloutRecords = (rollouts: readonly Pick<Rollout, 'platform' | 'moments'>[]): Table =>
  tableFrom(
    [
      ...['platform', 'after_s', 'workload', 'starts', 'stops', 'desired', 'updated', 'pending'],
      ...['running', 'available', 'waiting', 'reason'],
    ],
    rollouts.flatMap(({ platform, moments }) =>
      moments.flatMap(({ at, workloads }) =>
        workloads.map(({ name, starts, stops, state, why }) => ({
          ...{ platform: platform.id, after_s: at / 1_000, workload: name },
          ...{ starts: countAll(starts), stops: countAll(stops) },
          ...(state === undefined ? {} : stateCells(state)),
          ...(why === undefined ? {} : { reason: why }),
        })),
      ),
    ),
  )

const stateCells = ({
  desired,
  updated,
  pending,
  running,
  available,
  waiting,
}: WorkloadState): Row => ({ desired, updated, pending, running, available, waiting })

/** A row per pod that is to go. */
const drainRecords = ({ drains }: Drains): Table =>
  tableFrom(
    [
      ...['platform', 'pod', 'node', 'workload', 'evicted_s', 'gone_s', 'budget', 'place'],
      'reason',
    ],
    drains.flatMap(({ platform, pods }) => pods.map((pod) => drainRow(platform.id, pod))),
  )

/** A row per machine: whether it opens, goes or stays. */
const consolidationRecords = ({ consolidations }: Consolidations): Table =>
  tableFrom(
    ['platform', 'machine', 'outcome', 'type', 'cost_per_hour', 'moved', 'reason'],
    consolidations.flatMap(consolidationRows),
  )

/** A row per workload and machine: how many more it takes, and why no other. */
const headroomRecords = (headrooms: Headrooms): Table =>
  tableFrom(
    ['platform', 'workload', 'node', 'more', 'reason'],
    headrooms.headrooms.flatMap((one): readonly Row[] => {
      const subject = { platform: one.platform.id, workload: one.name }
      if (one._tag === 'Note') return [{ ...subject, reason: one.text }]
      return headroomRows(one).map(({ name: node, count: more, reasons }) => ({
        ...{ ...subject, node, more, reason: reasons.join('; ') },
      }))
    }),
  )

/** A row per workload and move, gain or loss; with prices also one for the bills of each plan. */
const differenceRecords = ({ differences }: Differences): Table =>
  tableFrom(
    [
      ...['platform', 'supply', 'workload', 'change', 'count', 'from', 'to', 'reason'],
      ...(differences.some(({ after }) => after.bill !== undefined)
        ? ['currency', 'cost_per_hour_before', 'cost_per_hour']
        : []),
    ],
    differences.flatMap(({ platform, supply, workloads, before, after }) =>
      [...workloads.flatMap(flowRows), ...billChangeRows(before.bill, after.bill)].map(
        (row): Row => ({
          platform: platform.id,
          supply: supply === 'machines' ? 'nodes' : 'fargate',
          ...row,
        }),
      ),
    ),
  )

const flowRows = (one: WorkloadDifference): readonly Row[] => {
  const more = moreUnplaced(one)
  const [change, side] = more > 0 ? ['loses', one.after] : ['gains', one.before]
  return [
    ...one.moves.map(({ from, to, count }) => ({ change: 'moves', count, from, to })),
    ...one.added.map(({ place: to, count }) => ({ change: 'added', count, to })),
    ...one.removed.map(({ place: from, count }) => ({ change: 'removed', count, from })),
    ...(more === 0
      ? []
      : [{ change, count: Math.abs(more), reason: (side?.reasons ?? []).join('; ') }]),
  ].map((row: Row) => ({ workload: one.name, ...row }))
}

const billChangeRows = (before: Bill | undefined, after: Bill | undefined): readonly Row[] => {
  const [old = {}, next] = [...costRows(before, {}), ...costRows(after, {})]
  if (before === undefined || next === undefined) return []
  const { cost_per_hour: sumBefore = '' } = old
  return [{ ...next, change: 'bill', cost_per_hour_before: sumBefore }]
}

/** A row per machine type. */
const machineTypeRecords = ({ types, prices }: MachineTypes): Table =>
  tableFrom(
    [
      ...['type', 'vcpu', 'memory_mib', 'architecture', 'gpus', 'interfaces'],
      ...[...new Set(types.flatMap((one) => Object.keys(offerCells(one))))],
      ...(prices === undefined ? [] : costTitles),
    ],
    types.map((one) => ({
      ...{ type: one.type.name, vcpu: one.type.vcpus, memory_mib: one.type.memoryMiB },
      ...{ architecture: one.type.architecture, gpus: one.type.gpus },
      ...{ interfaces: one.type.interfaces, ...offerCells(one) },
      ...(prices === undefined ? {} : { currency: prices.currency }),
      ...(one.price === undefined ? {} : { cost_per_hour: one.price }),
    })),
  )

/** Such as `kubernetes_cpu_m`. */
const offerCells = ({ offers }: MachineType): Row =>
  Object.fromEntries(
    [...offers].flatMap(([platform, offer]) =>
      offer.map(({ resource, unit, amount }) => {
        const suffix = unit === 'units' ? '' : `_${unit.trim()}`
        const title = `${platform}_${resource}${suffix}`
        return [title.toLowerCase().replace(/[^a-z0-9]+/g, '_'), amount] as const
      }),
    ),
  )

/** A row per change of a count; times are seconds since 1970, or since the history began. */
const autoscaleRecords = ({ plays }: AutoscaleAnswer): Table =>
  tableFrom(
    ['platform', 'workload', 'at_s', 'from', 'to', 'wanted', 'reason'],
    plays.flatMap(({ platform, workload, moments }) =>
      moments.map(({ at, from, to, proposal, why: reason }) => ({
        ...{ platform, workload, at_s: at / 1_000, from, to, reason },
        ...(proposal === undefined ? {} : { wanted: proposal }),
      })),
    ),
  )

/** The flat table of each answer. */
export const records = {
  planSum: sumRecords,
  capacity: capacityRecords,
  headroom: headroomRecords,
  plan: planRecords,
  explanation: explanationRecords,
  comparison: comparisonRecords,
  difference: differenceRecords,
  machineTypes: machineTypeRecords,
  rollout: rolloutRecords,
  drain: drainRecords,
  consolidation: consolidationRecords,
  autoscale: autoscaleRecords,
} as const
