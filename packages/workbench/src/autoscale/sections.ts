/**
 * Converts the answer to `autoscale` to sections (lines and tables without layout) and to JSON. The
 * section of a workload shows its lowest and highest number of replicas, a bar chart of the number
 * over time, and a table of the changes with their reasons.
 */
import { instantText } from '@stowage/ecs'
import { instant } from '@stowage/kernel'
import type { AutoscaleAnswer } from './question.js'
import { countAt, type CountMoment, type Play } from './play.js'
import { durationText } from '../rollout/durations.js'
import { answerVersion } from '../schema/part.js'
import { countText } from '../text/count.js'
import { lines, tableOf, type Section, type Table } from '../block/block.js'
import { printable } from '../block/printable.js'

/** A section per workload; `allNodes` shows every change. */
export const autoscaledSections = (
  answer: AutoscaleAnswer,
  { allNodes = false }: { readonly allNodes?: boolean } = {},
): readonly Section[] => answer.plays.map((play) => playSection(play, answer, allNodes))

/** More changes than this are shown only when all are. */
const changesMax = 50

const titles = { kubernetes: 'Kubernetes', ecs: 'Amazon ECS' }

const playSection = (play: Play, { options }: AutoscaleAnswer, isWhole: boolean): Section => {
  const { platform, autoscaler, workload, min, max, moments, notes } = play
  const shown = isWhole ? moments : moments.slice(0, changesMax)
  const hidden = moments.length - shown.length
  const { start, ready } = options.durations
  return [
    lines(
      printable(`${titles[platform]}: ${autoscaler} scales ${workload} from ${min} to ${max}`),
      options.values === 'total'
        ? `Assumed: values are totals, of which each replica has its share ${durationText(start + ready)} after its start`
        : 'Assumed: values are averages, and stay so however many replicas there are, unless a column says how many there were',
    ),
    tableOf(
      [
        { title: 'lowest', cell: ({ lowest }) => String(lowest) },
        { title: 'mean', cell: ({ mean }) => mean.toFixed(1) },
        { title: 'highest', cell: ({ highest }) => String(highest) },
        { title: 'changes', cell: (one) => String(one.moments.length) },
        {
          title: 'more wanted than the maximum',
          cell: ({ maxedOut }) =>
            maxedOut === 0 ? 'never' : { text: `for ${durationText(maxedOut)}`, tone: 'bad' },
        },
      ],
      [play],
    ),
    barsTable(play),
    ...(moments.length === 0 ? [] : [changesTable(play, shown)]),
    ...(hidden === 0
      ? []
      : [lines(`${countText(hidden, ['change', 'changes'])} more: --all-moments shows them`)]),
    ...(notes.length === 0
      ? []
      : [
          {
            ...lines('Warnings:', ...notes.map((note) => `  ${printable(note)}`)),
            tone: 'warning' as const,
          },
        ]),
  ]
}

const barsMax = 24
const barLength = 40
const minute = 60_000

/** How long a row may stand for: round times, in milliseconds. */
const rowLengths = [
  ...[0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * minute),
  ...[1, 2, 7, 14, 28, 91, 182, 365].map((days) => days * 1440 * minute),
]

/** A row for each of at most 24 equal parts of the time, with its fewest and most replicas. */
const barsTable = (play: Play): Table => {
  const { start, end, highest, moments } = play
  const whole = end - start
  const length = rowLengths.find((one) => whole / one <= barsMax) ?? whole / barsMax
  const rows = Array.from({ length: Math.max(1, Math.ceil(whole / length)) }, (_, i) => {
    const from = start + i * length
    const inside = moments.filter(({ at }) => at > from && at < from + length)
    const counts = [countAt(play, from), ...inside.map(({ to }) => to)]
    const least = counts.reduce((one, other) => Math.min(one, other))
    const count = counts.reduce((one, other) => Math.max(one, other))
    return { from, least, count }
  })
  return tableOf(
    [
      { title: timeTitle(play), cell: ({ from }) => timeText(play, from) },
      {
        title: 'count',
        cell: ({ least, count }) => (least === count ? String(count) : `${least} to ${count}`),
      },
      {
        title: '',
        cell: ({ count }) => '█'.repeat(Math.round((barLength * count) / Math.max(1, highest))),
      },
    ],
    rows,
  )
}

const changesTable = (play: Play, moments: readonly CountMoment[]): Table =>
  tableOf(
    [
      { title: timeTitle(play), cell: ({ at }) => timeText(play, at) },
      { title: 'count', cell: ({ from, to }) => `${from} to ${to}` },
      { title: 'wanted', cell: ({ proposal }) => (proposal === undefined ? '' : String(proposal)) },
      { title: 'why', cell: ({ why }) => printable(why) },
    ],
    moments,
  )

/** A history that begins before the year 2000 knows no date. */
const isDated = ({ start }: Play): boolean => start >= 946_684_800_000

const timeTitle = (play: Play): string => (isDated(play) ? 'at' : 'after')

/** `2026-03-01 08:15:00`, in UTC; or how long after the beginning. */
const timeText = (play: Play, at: number): string =>
  isDated(play)
    ? (instantText(instant(Math.round(at))) ?? '').slice(0, 19).replace('T', ' ')
    : durationText(Math.round(at - play.start))

/** The whole answer. */
export const autoscaledJson = ({ plays, options, isWithin }: AutoscaleAnswer): object => ({
  version: answerVersion,
  isWithin,
  values: options.values,
  durations: options.durations,
  plays: plays.map(({ platform, ...play }) => ({
    ...{ vocabulary: platform, ...play },
    moments: play.moments.map(momentJson),
  })),
})

const momentJson = ({ at, from, to, proposal, why }: CountMoment): object => ({
  ...{ at, from, to },
  ...(proposal === undefined ? {} : { wanted: proposal }),
  why,
})
