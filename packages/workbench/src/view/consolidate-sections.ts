/**
 * Converts the answer to `consolidate` (which machines can go) to sections (lines and tables
 * without layout), to JSON and to flat rows. The machines to open come first, the machines that go
 * follow in order, and last come the machines that stay, with the reason.
 */
import type { DrainedPod } from '@stowage/kubernetes'
import { hoursPerMonth } from '../bill/bill.js'
import { lines, tableOf, type Block, type Section } from '../block/block.js'
import { printable } from '../block/printable.js'
import type { Release } from '../platform/platform.js'
import { unplacedText } from '../platform/plan.js'
import type { Consolidation, Consolidations, FleetMachine } from '../question/consolidate.js'
import { priceUnits } from '../question/provision.js'
import { durationText } from '../rollout/durations.js'
import { answerVersion } from '../schema/part.js'
import { countText } from '../text/count.js'
import { originText, toMillionths } from './bill-rows.js'
import { warningBlocks } from './notes.js'
import { mindReleaseJson, mindReleaseSection, releaseTable } from './mind-releases.js'
import { namesText, rowsMax, type PlanView } from './plan-view.js'
import { priceText } from './provision-sections.js'

/** A section per platform and mind; of several minds side by side, and in a wide view each, too. */
export const consolidateSections = (
  answer: Consolidations,
  view: PlanView = {},
): readonly Section[] => {
  const { consolidations, others, notes } = answer
  const noted =
    notes.length === 0 ? [] : [[lines(...notes.map((one) => `Note: ${printable(one)}`))]]
  const each = [
    ...others.map((one) => mindReleaseSection(one, answer, view)),
    ...ownSections(answer, view),
  ]
  const isOne = others.length + consolidations.length < 2 || others.length === 0
  if (isOne) return [...each, ...noted]
  return [releaseTable(consolidations, answer), ...noted, ...(view.isWide === true ? each : [])]
}

const ownSections = (answer: Consolidations, view: PlanView): readonly Section[] =>
  answer.consolidations.map((one) => [
    headBlock(one, answer),
    ...openedBlocks(one, answer),
    ...goneBlocks(one, answer),
    ...(view.isWide === true ? movedBlocks(one) : []),
    ...stayingBlocks(one, view),
    ...savingBlocks(one, answer),
    ...warningBlocks(one.release.drain.warnings, view),
  ])

const headBlock = (
  { platform, release: { gone, opened, staying, drain } }: Consolidation,
  { durations }: Consolidations,
): Block => {
  const all = countText(gone.length + staying.length, platform.machine)
  const head =
    gone.length === 0
      ? `all of ${all} are needed`
      : [
          `${gone.length} of ${all} can go`,
          ...(opened.length === 0 ? [] : [`${opened.length} to open in their place`]),
          `${countText(drain.pods.length, platform.replica)} to move`,
        ].join(', ')
  return lines(
    `${platform.title}: ${head}`,
    ...(gone.length === 0
      ? []
      : [
          `Assumed: ${(['start', 'ready', 'stop'] as const)
            .map((name) => `${name} ${durationText(durations[name])}`)
            .join(', ')}; --durations changes that`,
        ]),
  )
}

const hourTitle = (answer: Consolidations): string =>
  answer.prices === undefined
    ? 'price'
    : `${answer.prices.currency} per hour${originText({ prices: answer.prices })}`

const openedBlocks = (
  { offers, release: { opened } }: Consolidation,
  answer: Consolidations,
): readonly Block[] =>
  opened.length === 0
    ? []
    : [
        tableOf(
          [
            { title: 'opens', cell: ({ name }) => printable(name) },
            { title: 'type', cell: ({ offer }) => printable(offers[offer]!.type.name) },
            { title: 'zone', cell: ({ offer }) => printable(offers[offer]!.zone) },
            { title: hourTitle(answer), cell: ({ offer }) => priceText(offers[offer]!.price) },
          ],
          opened,
        ),
      ]

const machineNamed = ({ machines }: Consolidation, name: string): FleetMachine =>
  machines.find((one) => one.name === name) ?? { name }

const goneBlocks = (one: Consolidation, answer: Consolidations): readonly Block[] => {
  const { nodes, pods } = one.release.drain
  if (nodes.length === 0) return []
  return [
    tableOf(
      [
        { title: 'goes', cell: ({ name }) => printable(name) },
        { title: 'type', cell: ({ name }) => printable(machineNamed(one, name).type ?? 'unknown') },
        {
          title: hourTitle(answer),
          cell: ({ name }) => machinePriceText(machineNamed(one, name)),
        },
        { title: 'empty', cell: ({ to = 0 }) => `after ${durationText(to)}` },
        {
          title: `${one.platform.replica[1]} to move`,
          cell: ({ name }) => printable(podsText(pods.filter(({ node }) => node === name))),
        },
      ],
      nodes,
    ),
  ]
}

const machinePriceText = ({ price }: FleetMachine): string =>
  price === undefined ? 'unknown' : priceText(price)

/** How many there are, and which of them budgets hold back for a while. */
const podsText = (pods: readonly DrainedPod[]): string => {
  const held = pods.flatMap(({ heldBy }) => (heldBy?.until === undefined ? [] : [heldBy.budget]))
  const budgets = [...new Set(held)].join(', ')
  return held.length === 0
    ? String(pods.length)
    : `${pods.length}, of which ${held.length} wait for ${budgets}`
}

const movedBlocks = ({ release: { drain } }: Consolidation): readonly Block[] =>
  drain.pods.length === 0
    ? []
    : [
        tableOf(
          [
            { title: 'moves', cell: ({ name }) => printable(name) },
            { title: 'from', cell: ({ node }) => printable(node) },
            { title: 'to', cell: ({ replacement }) => printable(replacement?.node ?? 'nowhere') },
          ],
          drain.pods,
        ),
      ]

const stayingBlocks = (one: Consolidation, { allNodes = false }: PlanView): readonly Block[] => {
  const { staying } = one.release
  if (staying.length === 0) return []
  const shown = allNodes ? staying : staying.slice(0, rowsMax)
  return [
    tableOf(
      [
        { title: 'stays', cell: ({ name }) => printable(name) },
        { title: 'type', cell: ({ name }) => printable(machineNamed(one, name).type ?? 'unknown') },
        { title: 'because', cell: ({ reason }) => printable(reasonText(one, reason)) },
      ],
      shown,
    ),
    ...(shown.length === staying.length
      ? []
      : [lines(`${staying.length - shown.length} more rows: --all-nodes shows each`)]),
  ]
}

type StayingReason = Release['staying'][number]['reason']

/** Why a machine stays. */
const reasonText = ({ offers, platform }: Consolidation, reason: StayingReason): string => {
  switch (reason.by) {
    case 'Node':
      return reason.text
    case 'Pods':
      return `${namesText(reason.pods, {})}: ${reason.text}`
    case 'Budget':
      return `${reason.pod}: ${reason.budget} lets none go, ${reason.healthy} healthy, ${reason.desiredHealthy} must be`
    case 'NoPlace':
      return `no place elsewhere: ${reason.unplaced.map(unplacedRowText).join('; ')}`
    case 'Price': {
      const names = reason.offers.map((offer) => offers[offer]!.type.name)
      const machines = `${namesText(names, {})} at ${priceText(reason.price)}`
      return `${machines} would be needed for ${reason.unplaced.map(({ name, count }) => `${name} x${count}`).join(', ')}`
    }
    case 'Work':
      return 'the work was used up before it was tried: --work says how much'
    case 'Together':
      return `it could go alone, but not with the ${platform.machine[1]} that go`
  }
}

const unplacedRowText = (row: Parameters<typeof unplacedText>[0]): string =>
  `${row.name} x${row.count} (${unplacedText(row)})`

const savingBlocks = (
  { release: { priceBefore, priceAfter }, machines, platform }: Consolidation,
  { prices }: Consolidations,
): readonly Block[] => {
  if (prices === undefined) return []
  const unpriced = machines.filter(({ price }) => price === undefined)
  const month = (((priceBefore - priceAfter) / priceUnits) * hoursPerMonth).toFixed(2)
  return [
    lines(
      `Cost: ${priceText(priceBefore)} ${prices.currency} per hour before, ${priceText(priceAfter)} after: ${priceText(priceBefore - priceAfter)} less, ${month} per month.`,
      ...(unpriced.length === 0
        ? []
        : [
            `Without ${countText(unpriced.length, platform.machine)} whose price is not known: ${namesText(
              unpriced.map(({ name }) => printable(name)),
              {},
            )}.`,
          ]),
    ),
  ]
}

/** `{ version, consolidations }`: prices are per hour, times are milliseconds. */
export const consolidationsJson = (answer: Consolidations): object => ({
  version: answerVersion,
  isNeeded: answer.isNeeded,
  durations: answer.durations,
  consolidations: answer.consolidations.map((one) => {
    const { offers, release, machines } = one
    const { opened, drain, staying, priceBefore, priceAfter, waiting } = release
    return {
      vocabulary: one.platform.id,
      opened: opened.map(({ name, offer }) => ({
        ...{ name, type: offers[offer]!.type.name, zone: offers[offer]!.zone },
        perHour: offers[offer]!.price / priceUnits,
      })),
      gone: drain.nodes.map(({ name, from, to }) => ({ ...fleetMachineJson(one, name), from, to })),
      staying: staying.map(({ name, reason }) => ({
        ...fleetMachineJson(one, name),
        ...{ by: reason.by, because: reasonText(one, reason) },
      })),
      pods: drain.pods,
      ...(answer.prices === undefined
        ? {}
        : {
            perHourBefore: priceBefore / priceUnits,
            perHourAfter: priceAfter / priceUnits,
            savedPerHour: (priceBefore - priceAfter) / priceUnits,
            savedPerMonth: toMillionths(((priceBefore - priceAfter) / priceUnits) * hoursPerMonth),
          }),
      unpriced: machines.filter(({ price }) => price === undefined).map(({ name }) => name),
      waiting,
      warnings: drain.warnings,
    }
  }),
  ...(answer.others.length === 0
    ? {}
    : { others: answer.others.map(mindReleaseJson), notes: answer.notes }),
  ...(answer.prices === undefined ? {} : { prices: answer.prices }),
})

const fleetMachineJson = (one: Consolidation, name: string) => {
  const { type, price } = machineNamed(one, name)
  return {
    name,
    ...(type === undefined ? {} : { type }),
    ...(price === undefined ? {} : { perHour: price / priceUnits }),
  }
}

/** A row per machine: what becomes of it, and why. */
export const consolidationRows = (
  one: Consolidation,
): readonly Readonly<Record<string, string | number>>[] => {
  const { offers, platform, release } = one
  const cellsOf = ({ type = '', price }: Omit<FleetMachine, 'name'>) => ({
    type,
    ...(price === undefined ? {} : { cost_per_hour: price / priceUnits }),
  })
  return [
    ...release.opened.map(({ name, offer }) => ({
      ...{ machine: name, outcome: 'opens' },
      ...cellsOf({ type: offers[offer]!.type.name, price: offers[offer]!.price }),
    })),
    ...release.gone.map((name) => ({
      ...{ machine: name, outcome: 'goes', ...cellsOf(machineNamed(one, name)) },
      moved: release.drain.pods.filter(({ node }) => node === name).length,
    })),
    ...release.staying.map(({ name, reason }) => ({
      ...{ machine: name, outcome: 'stays', ...cellsOf(machineNamed(one, name)) },
      reason: reasonText(one, reason),
    })),
  ].map((row) => ({ platform: platform.id, ...row }))
}
