/**
 * Converts the answer to `plan` to pictures as data, for a user interface that draws them. A
 * picture shows one platform, on machines or on Fargate, as blocks: machines, Fargate sizes and
 * workloads without a node. A block has bars, replicas and reasons.
 */
import { countText } from '../text/count.js'
import { rejectionText } from '../platform/explanation.js'
import { replicaCounts, type PlatformPlan } from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'
import type { Plans, SupplyPlans } from '../question/plans.js'
import type { Provision, Provisions } from '../question/provision.js'
import { gaugeCell, sizeText } from '../block/amount.js'
import { cellText } from '../block/block.js'
import { warningLines } from './notes.js'
import { planHeading, type Supply } from './plan-sections.js'
import { selectReplicas } from '../question/select.js'
import type { PlanView } from './plan-view.js'
import { workloadRows } from './workload-row.js'

/** How full a machine is of one resource; `share` is 1 for full, absent when it has none. */
export interface PictureGauge {
  readonly resource: string
  readonly text: string
  readonly share?: number
}

/** A machine, a size on Fargate, or a workload without a place. */
export interface PictureBlock {
  readonly title: string
  readonly gauges: readonly PictureGauge[]
  readonly holds: readonly { readonly name: string; readonly count: number }[]
  /** Why replicas have no place, a line each. */
  readonly reasons: readonly string[]
}

/** The plan of one platform on one supply; texts may hold any character. */
export interface PlanPicture {
  readonly title: string
  readonly isPlaced: boolean
  readonly machines: readonly PictureBlock[]
  readonly fargate: readonly PictureBlock[]
  readonly homeless: readonly PictureBlock[]
  readonly warnings: readonly string[]
}

/**
 * Of a plan, or of machines to open, in the order of the tables. With `only`, blocks of a plan show
 * the selected replicas, and machines without any are left out. Titles count all, and a machine is
 * as full as it is with all.
 */
export const planPictures = (
  answer: Plans | Provisions,
  view: Pick<PlanView, 'only'> = {},
): readonly PlanPicture[] =>
  'provisions' in answer ? answer.provisions.map(provisionPicture) : picturesOf(answer, view)

/** The machines to open, as one mind has it. */
const provisionPicture = ({ platform, supply }: Provision): PlanPicture => ({
  title: `${platform.title}, ${supply.mind}: ${countText(supply.nodes.length, platform.machine)} to open`,
  isPlaced: supply.unplaced.length + supply.held.length === 0,
  machines: supply.nodes.map(({ name, gauges, holds, offer }) => {
    const { zone, owner } = supply.offers[offer]!
    const of = owner === undefined ? '' : `, ${owner.kind} ${owner.name}`
    return {
      title: `${name} in ${zone}${of}`,
      holds,
      reasons: [],
      gauges: gauges.map(pictureGauge),
    }
  }),
  fargate: [],
  homeless: [
    ...supply.unplaced.map(({ reasons, ...row }) => ({
      ...{ ...row, texts: reasons.map(({ reason, offers }) => `${offers} ${reason}`) },
    })),
    ...supply.held.map(({ why, ...row }) => ({ ...row, texts: [rejectionText(why)] })),
  ].map(({ name, count, texts }) => ({
    ...{ title: name, gauges: [], holds: [] },
    reasons: [`${countText(count, platform.replica)} without a place`, ...texts],
  })),
  warnings: supply.refusals.map(({ text, pods }) => `${pods.join(', ')}: ${text}`),
})

const picturesOf = ({ plans }: Plans, { only }: Pick<PlanView, 'only'>): readonly PlanPicture[] =>
  plans.flatMap(({ platform, machines, fargate }) => [
    ...(machines === undefined
      ? []
      : [picture({ platform, machines, fargate: undefined }, machines, 'machines', only)]),
    ...(fargate === undefined
      ? []
      : [picture({ platform, machines: undefined, fargate }, fargate, 'fargate', only)]),
  ])

const picture = (
  plans: SupplyPlans,
  all: PlatformPlan,
  supply: Supply,
  only: PlanView['only'],
): PlanPicture => {
  const shown = selectReplicas(all, only)
  const nodes = shown.plan.nodes.filter(({ holds }) => only === undefined || holds.length > 0)
  return pictureOf(
    plans,
    { ...shown, plan: { ...shown.plan, nodes } },
    {
      title: planHeading(all, supply, plans.platform),
      isPlaced: replicaCounts(all).unplaced === 0,
    },
  )
}

const pictureOf = (
  plans: SupplyPlans,
  plan: PlatformPlan,
  heading: Pick<PlanPicture, 'title' | 'isPlaced'>,
): PlanPicture => ({
  ...heading,
  machines: plan.plan.nodes.map(({ name, gauges, holds }) => ({
    ...{ title: name, holds, reasons: [] },
    gauges: gauges.map(pictureGauge),
  })),
  fargate: plan.vended.map(({ name, count, size }) => ({
    ...{ title: sizeText(size), gauges: [], reasons: [] },
    holds: [{ name, count }],
  })),
  homeless: homelessBlocks(plans, plan, plans.platform),
  warnings: warningLines(plan.warnings).map((line) => line.trim()),
})

const pictureGauge = (gauge: Parameters<typeof gaugeCell>[0]): PictureGauge => {
  const cell = gaugeCell(gauge)
  const share = typeof cell === 'string' ? undefined : cell.share
  const shown = { resource: gauge.resource, text: cellText(cell) }
  return share === undefined ? shown : { ...shown, share }
}

/** How many of each workload have no place, and why. */
const homelessBlocks = (
  plans: SupplyPlans,
  { plan, refused, held }: PlatformPlan,
  { replica }: Platform,
): readonly PictureBlock[] => {
  const counts = new Map<string, number>()
  for (const { name, count } of [...plan.unplaced, ...refused, ...held])
    counts.set(name, (counts.get(name) ?? 0) + count)
  const reasons = new Map(workloadRows(plans).map(({ name, why }) => [name, why]))
  return [...counts].map(([name, count]) => ({
    ...{ title: name, gauges: [], holds: [] },
    reasons: [`${countText(count, replica)} without a place`, ...(reasons.get(name) ?? [])],
  }))
}
