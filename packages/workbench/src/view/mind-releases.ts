/**
 * Converts the answer to `consolidate` (which machines can go), as Karpenter or the Cluster
 * Autoscaler would decide, to sections (lines and tables without layout) and to JSON: the steps,
 * why each remaining machine stays, and the costs before and after. Also builds a table that
 * compares Karpenter, the Cluster Autoscaler and Stowage's own search.
 */
import { hoursPerMonth } from '../bill/bill.js'
import { lines, tableOf, type Block, type Section } from '../block/block.js'
import { printable } from '../block/printable.js'
import type { Consolidation, Consolidations, OtherConsolidation } from '../question/consolidate.js'
import { priceUnits } from '../question/provision.js'
import { countText } from '../text/count.js'
import { originText, toMillionths } from './bill-rows.js'
import { namesText, rowsMax, type PlanView } from './plan-view.js'
import { priceText } from './provision-sections.js'

const mindNames = {
  karpenter: 'Karpenter',
  'cluster-autoscaler': 'the Cluster Autoscaler',
} as const

type MindStep = OtherConsolidation['release']['steps'][number]

/** What one mind would do. */
export const mindReleaseSection = (
  one: OtherConsolidation,
  answer: Consolidations,
  { allNodes = false }: PlanView,
): Section => {
  const { platform, release, machines } = one
  const { gone, opened, moved, before, after } = sumsOf(one)
  const shownRows = allNodes ? release.staying : release.staying.slice(0, rowsMax)
  const head =
    gone === 0
      ? `all of ${countText(machines.length, platform.machine)} stay`
      : `${gone} of ${countText(machines.length, platform.machine)} go in ${countText(release.steps.length, ['step', 'steps'])}, ${opened} opened in their place, ${countText(moved, platform.replica)} to move`
  return [
    lines(`${platform.title}, as ${mindNames[release.mind]} has it: ${head}`),
    ...(release.steps.length === 0 ? [] : [stepsTable(one, answer)]),
    ...(release.staying.length === 0
      ? []
      : [
          tableOf(
            [
              { title: 'stays', cell: ({ node }) => printable(node) },
              { title: 'because', cell: ({ text }) => printable(text) },
            ],
            shownRows,
          ),
        ]),
    ...(shownRows.length === release.staying.length
      ? []
      : [lines(`${release.staying.length - shownRows.length} more rows: --all-nodes shows each`)]),
    lines(
      `Cost: ${priceText(before)} ${answer.prices?.currency ?? ''} per hour before, ${priceText(after)} after: ${priceText(before - after)} less, ${(((before - after) / priceUnits) * hoursPerMonth).toFixed(2)} per month.`,
    ),
  ]
}

const stepsTable = ({ release }: OtherConsolidation, answer: Consolidations): Block =>
  tableOf<MindStep>(
    [
      { title: 'by', cell: ({ method }) => method },
      {
        title: 'goes',
        cell: ({ gone }) =>
          namesText(
            gone.map((name) => printable(name)),
            {},
          ),
      },
      { title: 'opens', cell: ({ opened }) => openedText(release, opened) },
      { title: 'to move', cell: ({ moved }) => String(moved) },
      {
        title: `saves ${answer.prices?.currency ?? ''} per hour${answer.prices === undefined ? '' : originText({ prices: answer.prices })}`,
        cell: ({ saving }) => priceText(saving),
      },
    ],
    release.steps,
  )

const openedText = (
  { offers }: OtherConsolidation['release'],
  opened: MindStep['opened'],
): string => {
  if (opened === undefined) return ''
  const { type, zone } = offers[opened.offer]!
  const others = opened.options < 2 ? '' : ` or ${opened.options - 1} others`
  return printable(`${type.name} in ${zone}${others}`)
}

interface MindSums {
  readonly gone: number
  readonly opened: number
  readonly moved: number
  readonly before: number
  readonly after: number
}

/** Of what was opened and went again nothing is left. */
const sumsOf = ({ release: { steps }, machines }: OtherConsolidation): MindSums => {
  const names = new Set(machines.map(({ name }) => name))
  const goneNames = steps.flatMap(({ gone }) => gone)
  const openedNames = steps.flatMap(({ opened }) => (opened === undefined ? [] : [opened.name]))
  const before = machines.reduce((sum, { price = 0 }) => sum + price, 0)
  return {
    gone: goneNames.filter((name) => names.has(name)).length,
    opened: openedNames.filter((name) => !goneNames.includes(name)).length,
    moved: steps.reduce((sum, one) => sum + one.moved, 0),
    before,
    after: before - steps.reduce((sum, { saving }) => sum + saving, 0),
  }
}

/** What each mind would do, in a row. */
export const releaseTable = (own: readonly Consolidation[], answer: Consolidations): Section => {
  const platform = (own[0] ?? answer.others[0])!.platform
  const rows = [
    ...answer.others.map((one) => ({ as: one.release.mind, ...sumsOf(one) })),
    ...own.map(({ release }) => ({
      ...{ as: 'best' as const, gone: release.gone.length, opened: release.opened.length },
      ...{ moved: release.drain.pods.length },
      ...{ before: release.priceBefore, after: release.priceAfter },
    })),
  ]
  return [
    lines(`${platform.title}: ${platform.machine[1]} to let go, as each would have it`),
    tableOf(
      [
        { title: 'as', cell: ({ as }) => as },
        { title: 'go', cell: ({ gone }) => String(gone) },
        { title: 'to open', cell: ({ opened }) => String(opened) },
        { title: `${platform.replica[1]} to move`, cell: ({ moved }) => String(moved) },
        {
          title: `${answer.prices?.currency ?? ''} per hour after`,
          cell: ({ after }) => priceText(after),
        },
        { title: 'less', cell: ({ before, after }) => priceText(before - after) },
      ],
      rows,
    ),
  ]
}

/** The steps of one mind as JSON. */
export const mindReleaseJson = (one: OtherConsolidation): object => {
  const { platform, release } = one
  const { before, after } = sumsOf(one)
  return {
    ...{ vocabulary: platform.id, as: release.mind },
    steps: release.steps.map(({ opened, saving, ...step }) => ({
      ...step,
      ...(opened === undefined
        ? {}
        : {
            opened: {
              ...{ name: opened.name, type: release.offers[opened.offer]!.type.name },
              ...{ zone: release.offers[opened.offer]!.zone, options: opened.options },
            },
          }),
      savedPerHour: saving / priceUnits,
    })),
    staying: release.staying.map(({ node, text }) => ({ name: node, because: text })),
    ...{ perHourBefore: before / priceUnits, perHourAfter: after / priceUnits },
    savedPerMonth: toMillionths(((before - after) / priceUnits) * hoursPerMonth),
  }
}
