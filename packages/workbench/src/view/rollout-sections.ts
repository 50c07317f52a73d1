/**
 * Converts the answer to `rollout` to sections, to JSON and to flat rows: a table of the workloads
 * with their lowest availability and the time of their completion, and a table of the moments at
 * which something happens.
 */
import { answerVersion } from '../schema/part.js'
import type { WorkloadState } from '../platform/orchestrator.js'
import { countAll } from '../platform/plan.js'
import { durationsText, durationText } from '../rollout/durations.js'
import type { Rollout, Rollouts } from '../rollout/rollout.js'
import {
  isSchedule,
  type RolloutMoment,
  type WorkloadMoment,
  type WorkloadRollout,
} from '../rollout/story.js'
import { countText } from '../text/count.js'
import { lines, tableOf, type Cell, type Column, type Section, type Table } from '../block/block.js'
import { ignoredSections, warningBlocks } from './notes.js'
import { rowsMax, type PlanView } from './plan-view.js'
import { printable } from '../block/printable.js'

/** A section per platform; `allNodes` shows every moment. */
export const rolloutSections = (
  { rollouts, durations, ignored }: Rollouts,
  view: PlanView = {},
): readonly Section[] => [
  ...rollouts.map((rollout) => rolloutSection(rollout, durations, view)),
  ...ignoredSections(ignored, view),
]

const rolloutSection = (
  rollout: Rollout,
  durations: Rollouts['durations'],
  view: PlanView,
): Section => {
  const { platform, workloads, moments, warnings } = rollout
  if (workloads.length + moments.length === 0)
    return [lines(`${platform.title}: ${idleText(warnings)}`), ...warningBlocks(warnings, view)]
  const stuck = workloads.filter(({ doneAt }) => doneAt === undefined)
  const last = workloads.reduce((last, { doneAt = 0 }) => Math.max(last, doneAt), 0)
  const outcome =
    stuck.length === 0
      ? `done after ${durationText(last)}`
      : `${countText(stuck.length, ['workload', 'workloads'])} stuck`
  return [
    lines(
      `${platform.title}: ${outcome}`,
      `Assumed: ${durationsText(durations)}; --durations changes that`,
    ),
    ...momentsSection(rollout, { ...view, unfinished: 'stuck' }),
    ...warningBlocks(warnings, view),
  ]
}

const idleText = (warnings: Rollout['warnings']): string =>
  warnings.some(({ code }) => code === 'NotSimulated')
    ? 'nothing happens to what is simulated'
    : 'nothing happens'

/** How a story is shown, and what a workload is called that is not complete at its end. */
export interface StoryView extends Pick<PlanView, 'allNodes'> {
  readonly unfinished: 'stuck' | 'not yet'
}

/** The table of workloads and the table of moments, of which the first ones alone are shown. */
export const momentsSection = (
  {
    platform,
    workloads,
    moments,
    capacity,
  }: Pick<Rollout, 'platform' | 'workloads' | 'moments' | 'capacity'>,
  { allNodes = false, unfinished }: StoryView,
): Section => {
  const shown = allNodes || moments.length <= rowsMax ? moments : moments.slice(0, rowsMax)
  const hidden = moments.length - shown.length
  return [
    ...(workloads.length === 0 ? [] : [tableOf(workloadColumns(unfinished), workloads)]),
    ...(capacity.length === 0 ? [] : [tableOf(capacityColumns(platform.machine), capacity)]),
    ...(moments.length === 0 ? [] : [momentsTable(shown, platform.machine)]),
    ...(hidden === 0
      ? []
      : [lines(`${countText(hidden, ['moment', 'moments'])} more: --all-moments shows them`)]),
  ]
}

const workloadColumns = (
  unfinished: StoryView['unfinished'],
): readonly Column<WorkloadRollout>[] => [
  { title: 'workload', cell: ({ name }) => printable(name) },
  { title: 'wanted', cell: wantedText },
  {
    title: 'available at least',
    cell: ({ availableMin, availableMinAt, before, after }) =>
      (after ?? before)?.ended !== undefined
        ? ''
        : availableMinAt === 0
          ? String(availableMin)
          : `${availableMin} after ${durationText(availableMinAt)}`,
  },
  { title: 'at most', cell: ({ replicasMax }) => String(replicasMax) },
  { title: 'done', cell: (workload) => doneCell(workload, unfinished) },
]

const capacityColumns = ([, machines]: readonly [string, string]): readonly Column<
  Rollout['capacity'][number]
>[] => [
  { title: 'capacity', cell: ({ name }) => printable(name) },
  {
    title: machines,
    cell: ({ before, after }) => (before === after ? String(after) : `${before} to ${after}`),
  },
  {
    title: 'at most',
    cell: ({ machinesMax, machinesMaxAt }) =>
      machinesMaxAt === 0
        ? String(machinesMax)
        : `${machinesMax} after ${durationText(machinesMaxAt)}`,
  },
  { title: 'bought', cell: ({ bought }) => String(bought) },
]

function wantedText({ before, after }: WorkloadRollout): string {
  if (isSchedule(after ?? before)) return ''
  const [from, to] = [before?.desired ?? 0, after?.desired ?? 0]
  return from === to ? String(to) : `${from} to ${to}`
}

function doneCell(
  { doneAt, why, after }: WorkloadRollout,
  unfinished: StoryView['unfinished'],
): Cell {
  if (doneAt !== undefined) {
    const runs = isSchedule(after) ? `${after!.ended!.succeeded} runs succeeded` : undefined
    return { text: runs ?? `after ${durationText(doneAt)}`, tone: 'good' }
  }
  return {
    text: [unfinished, successText(after), printable(why ?? '')]
      .filter((text) => text !== '')
      .join(': '),
    tone: 'bad',
  }
}

const successText = (state: WorkloadState | undefined): string => {
  if (state === undefined || isSchedule(state)) return ''
  const { available, desired, ended } = state
  return ended === undefined
    ? `${available} of ${desired} available`
    : `${ended.succeeded} of ${desired} succeeded`
}

/** A row per moment and workload; a node that joins or leaves has a row of its own. */
const momentsTable = (
  moments: readonly RolloutMoment[],
  machine: readonly [string, string],
): Table =>
  tableOf(
    [
      { title: 'after', cell: ({ at }) => durationText(at) },
      { title: 'workload', cell: ({ name }) => name },
      { title: 'what', cell: ({ what }) => what },
      { title: 'available', cell: ({ state }) => availableText(state) },
      { title: 'pending', cell: ({ state }) => numberText(state?.pending) },
      { title: 'waiting', cell: ({ state }) => numberText(state?.waiting) },
    ],
    moments.flatMap((moment) => momentRows(moment, machine)),
  )

interface MomentRow {
  readonly at: number
  readonly name: string
  readonly what: string
  readonly state: WorkloadState | undefined
}

const momentRows = (
  { at, nodesJoined, nodesLeft, workloads, capacity }: RolloutMoment,
  machine: readonly [string, string],
): readonly MomentRow[] => [
  ...nodesJoined.map((name) => nodeRow(at, `${machine[0]} ${name} joins`)),
  ...nodesLeft.map((name) => nodeRow(at, `${machine[0]} ${name} leaves`)),
  ...capacity.map(({ name, messages }) => ({
    ...{ at, name: printable(name), state: undefined },
    what: printable(messages.join('; ')),
  })),
  ...workloads.map((workload) => ({
    ...{ at, name: printable(workload.name), state: workload.state },
    what: printable(whatText(workload, machine)),
  })),
]

const nodeRow = (at: number, what: string): MomentRow => ({
  ...{ at, name: '', what: printable(what), state: undefined },
})

/** More machines than this are counted, in a row of a table. */
const machineNamesMax = 5

/** `2 on n1, 1 on n2`, or `500 on 125 nodes`. */
const onText = (
  counts: readonly { readonly node: string; readonly count: number }[],
  [, machines]: readonly [string, string],
): string =>
  counts.length <= machineNamesMax
    ? counts.map(({ node, count }) => `${count} on ${node}`).join(', ')
    : `${countAll(counts)} on ${counts.length} ${machines}`

const countPhrase = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`

/** `starts 2 on n1, 1 on n2; stops 1 on n3 (older revision); 1 waits: 0 of 3 fit`. */
const whatText = (moment: WorkloadMoment, machine: readonly [string, string]): string => {
  const { starts, stops, running, messages, state, why, succeeded = 0, failed = 0 } = moment
  const available = state?.ended === undefined ? moment.available : 0
  const reasons = [...new Set(stops.map(({ because }) => because))]
  const waiting = state?.waiting ?? 0
  const parts = [
    starts.length === 0 ? '' : `starts ${onText(starts, machine)}`,
    stops.length === 0 ? '' : `stops ${onText(stops, machine)} (${reasons.join('; ')})`,
    why === undefined ? '' : `${countPhrase(waiting, 'waits', 'wait')}: ${why}`,
    running > available ? countPhrase(running, 'runs', 'run') : '',
    available > 0 ? countPhrase(available, 'is available', 'are available') : '',
    succeeded > 0 ? countPhrase(succeeded, 'succeeds', 'succeed') : '',
    failed > 0 ? countPhrase(failed, 'fails', 'fail') : '',
    state === undefined ? 'gone' : '',
    ...messages.filter((message) => !ofOrders.test(message)).map(withoutSubject),
  ]
  const isAll = parts.every((part) => part === '')
  if (isAll && state?.note !== undefined && !state.isComplete) return state.note
  return parts.filter((part) => part !== '').join('; ')
}

/** What starts and stops is told with its nodes; that it is registered follows from that. */
const ofOrders =
  / (has (started|stopped)|has begun draining connections on|registered|deregistered) \d+ /

/** A message without the workload that it begins with, which has a column. */
const withoutSubject = (message: string): string => message.replace(/^\(service [^)]*\) /, '')

const availableText = (state: WorkloadState | undefined): string => {
  if (state === undefined || isSchedule(state)) return ''
  return state.ended === undefined
    ? `${state.available} of ${state.desired}`
    : `${state.ended.succeeded} of ${state.desired} done`
}

const numberText = (count: number | undefined): string =>
  count === undefined || count === 0 ? '' : String(count)

/** The whole answer; times are milliseconds after the change. */
export const rolloutsJson = ({ rollouts, durations, lookFor, isDone }: Rollouts): object => ({
  version: answerVersion,
  isDone,
  durations,
  ...(lookFor === undefined ? {} : { lookFor }),
  rollouts: rollouts.map(({ platform, workloads, moments, capacity, warnings }) => ({
    vocabulary: platform.id,
    ...{ workloads, moments, capacity, warnings },
  })),
})
