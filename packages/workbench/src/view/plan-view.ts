/**
 * Decides which machines of a plan get a row in a table. With many machines, only machines with new
 * or selected replicas get a row, and one more row sums up all others.
 */
import { byCodeUnit } from '@stowage/kernel'
import {
  replicaCounts,
  unplacedText,
  type MachineRow,
  type PlatformPlan,
} from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'
import { newHoldings, selectReplicas, type ReplicaSelection } from '../question/select.js'
import { countText } from '../text/count.js'
import { holdText } from '../block/amount.js'

/** What a caller asks of the view of a plan. */
export interface PlanView {
  /** The replicas that are shown; all when it is absent. Counts are of all. */
  readonly only?: ReplicaSelection
  /** Whether every machine has a row, however many there are. */
  readonly allNodes?: boolean
  /** Whether workloads that all have a place on machines have a row, too. */
  readonly isWide?: boolean
  /** Whether counts and sums are shown alone. */
  readonly isSummary?: boolean
}

/** The machines of a table: those with a row each, and those that are summed. */
export interface MachineShare {
  readonly rows: readonly MachineRow[]
  readonly others: readonly MachineRow[]
  /** What is true of the others, such as `nothing new`. */
  readonly note: string
}

/** A table has a row for each machine up to this number, and that many rows at most. */
export const rowsMax = 40

/** Divides the machines; `isPart` says that some of the replicas were selected. */
export const shareOf = (
  nodes: readonly MachineRow[],
  { allNodes = false }: PlanView,
  isPart: boolean,
): MachineShare => {
  const hint = '--all-nodes shows each'
  if (allNodes || (!isPart && nodes.length <= rowsMax)) return { rows: nodes, others: [], note: '' }
  const isShown = (node: MachineRow): boolean =>
    isPart
      ? node.holds.length + (node.leaving ?? []).length > 0
      : newHoldings(node).length + (node.leaving ?? []).length > 0
  const [candidates, left] = [nodes.filter(isShown), nodes.filter((node) => !isShown(node))]
  const cut = candidates.slice(rowsMax)
  const [none, some] = isPart ? ['nothing of it', 'some of it'] : ['nothing new', 'something new']
  const note = cut.length === 0 ? none : `${some} on ${cut.length} of them`
  return { rows: candidates.slice(0, rowsMax), others: [...cut, ...left], note: `${note}; ${hint}` }
}

/** The rows of a plan that a view shows, and whether they are a part of all. */
export const shownPart = (
  plan: PlatformPlan,
  { only }: PlanView,
  namespaces: readonly string[] | undefined,
): { readonly plan: PlatformPlan; readonly isPart: boolean } => ({
  plan: selectReplicas(plan, only),
  isPart: only !== undefined || namespaces !== undefined,
})

/** How the cell of what a machine holds is written. */
export interface HoldsStyle {
  /** Whether what is new is marked: where nothing runs, all is new. */
  readonly marksNew: boolean
  /** Whether what runs is a number: where there are many machines. */
  readonly isShort: boolean
}

/** `shop/cart x3 (2 new), shop/web leaving`. */
export const holdsText = (
  { holds, leaving = [] }: MachineRow,
  { marksNew, isShort }: HoldsStyle,
): string => {
  const isNamed = ({ count, running = 0 }: MachineRow['holds'][number]): boolean =>
    !isShort || running < count
  const named = holds.filter(isNamed)
  const unnamed = holds.filter((one) => !isNamed(one)).reduce((sum, { count }) => sum + count, 0)
  return [
    ...named.map((one) => `${holdText(one)}${marksNew ? newMark(one) : ''}`),
    ...(unnamed === 0 ? [] : [named.length === 0 ? `${unnamed} run` : `${unnamed} others run`]),
    ...leaving.map((one) => `${holdText(one)} leaving`),
  ].join(', ')
}

const newMark = ({ count, running = 0 }: MachineRow['holds'][number]): string => {
  if (running === count) return ''
  return running === 0 ? ' (new)' : ` (${count - running} new)`
}

const namesMax = 10

/** Names with commas; of very many the first ones and the number of the others. */
export const namesText = (names: readonly string[], { allNodes = false }: PlanView): string =>
  allNodes || names.length <= namesMax + 2
    ? names.join(', ')
    : `${names.slice(0, namesMax).join(', ')} and ${names.length - namesMax} more`

/** `all 3 pods placed`, or what runs and what of the pending replicas is placed. */
export const countsText = (plan: PlatformPlan, { replica }: Platform): string => {
  const { placed, running, unplaced } = replicaCounts(plan)
  if (running === 0) return shareText(placed, unplaced, replica)
  const verb = running === 1 ? 'runs' : 'run'
  const pending = replica.map((word) => `pending ${word}`) as [string, string]
  const isSettled = placed === running && unplaced === 0
  return `${countText(running, replica)} ${verb}, ${
    isSettled ? 'none is pending' : shareText(placed - running, unplaced, pending)
  }`
}

/** `2 of 3 pods placed`, `all 3 pods placed`, `1 pod placed`. */
const shareText = (placed: number, unplaced: number, words: Platform['replica']): string => {
  const all = countText(placed + unplaced, words)
  const share = unplaced > 0 ? `${placed} of ${all}` : placed > 1 ? `all ${all}` : all
  return `${share} placed`
}

/** A reason for which replicas have no place: how many, and of how many workloads. */
export interface ReasonSum {
  readonly why: string
  readonly count: number
  readonly workloads: number
}

/** The sums by reason, the one of most replicas first. */
export const reasonSums = (plans: readonly PlatformPlan[]): readonly ReasonSum[] => {
  const sums = new Map<string, { readonly count: number; readonly names: Set<string> }>()
  const add = (why: string, name: string, more: number): void => {
    const { count, names } = sums.get(why) ?? { count: 0, names: new Set<string>() }
    sums.set(why, { count: count + more, names: names.add(name) })
  }
  for (const { plan, refused, held } of plans) {
    for (const row of plan.unplaced) add(unplacedText(row), row.name, row.count)
    for (const { name, count, reason } of [...refused, ...held]) add(reason, name, count)
  }
  return [...sums]
    .map(([why, { count, names }]) => ({ why, count, workloads: names.size }))
    .sort((one, other) => other.count - one.count || byCodeUnit(one.why, other.why))
}
