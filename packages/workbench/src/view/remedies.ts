/**
 * Writes the changes that would let an unplaced replica fit, one line for each. Every change helps
 * by itself: preemption, more of a resource on a node, removal of replicas of lower priority, or
 * dropping rules that refuse a node.
 */
import type { WordedReplay } from '@stowage/kernel'
import type { NodeExplanation } from '../platform/explanation.js'
import type { Preemption } from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'
import type { MoreMachines } from '../question/more-machines.js'
import { countText } from '../text/count.js'
import { amountText } from '../block/amount.js'
import { lines, type Lines } from '../block/block.js'
import { printable } from '../block/printable.js'

/** The smallest changes after which the replica fits, worded. */
type WordedRemedies = NonNullable<WordedReplay['remedies']>

type Remediable = Pick<NodeExplanation, 'remedies' | 'nominations'> & {
  readonly platform: Platform
  readonly more?: readonly MoreMachines[]
}

/** One block; none for a replica that has a place, or when no single change helps. */
export const remedyBlocks = ({
  remedies,
  platform,
  nominations = [],
  more = [],
}: Remediable): readonly Lines[] => {
  const texts = [
    ...nominations.map(preemptionText),
    ...more.map((one) => moreText(one, platform)),
    ...(remedies === undefined ? [] : remedyTexts(remedies, nominations, platform)),
  ]
  if (texts.length === 0) return []
  return [lines('It would have a place', ...texts.map((text) => `- ${printable(text)}`))]
}

const remedyTexts = (
  remedies: WordedRemedies,
  nominations: readonly Preemption[],
  platform: Platform,
): readonly string[] => [
  ...addTexts(remedies),
  ...(nominations.length > 0 ? [] : removeTexts(remedies, platform)),
  ...dropTexts(remedies),
]

/**
 * `on one more m5.large`, or `with trunks on the new machines`; with how many of those without a
 * place, when there are several.
 */
const moreText = ({ machine, placed, unplaced }: MoreMachines, { replica }: Platform): string => {
  const remedy =
    machine === undefined
      ? 'with trunks on the new machines (--trunking)'
      : `on one more ${machine}`
  if (unplaced === 1) return remedy
  const share = placed === unplaced ? 'all' : `${placed} of the`
  return `${remedy}: ${share} ${countText(unplaced, replica)} without a place`
}

const preemptionText = ({ node, victims }: Preemption): string =>
  `on ${node}, by preemption of ${victimsText(victims)}`

/** The victims by name; there are none when all of them are leaving already. */
export const victimsText = (victims: readonly string[]): string =>
  victims.length === 0 ? 'what is leaving already' : victims.join(' and ')

const addTexts = ({ add }: WordedRemedies): readonly string[] => {
  if (add === undefined) return []
  const more = add.amounts.map(
    ({ resource, unit, amount }) => `${amountText(amount, unit)} more ${resource}`,
  )
  return [`on ${add.node}, with ${more.join(' and ')}`]
}

const removeTexts = ({ remove, cut }: WordedRemedies, { replica }: Platform): readonly string[] => {
  if (remove === undefined)
    return cut ? ['perhaps with others of lower priority gone: not all ways were tried'] : []
  const named = remove.holds.reduce((sum, { count }) => sum + count, 0)
  const removals = [
    ...remove.holds.map(({ name, count }) => `${countText(count, replica)} of ${name}`),
    ...(named < remove.count ? [countText(remove.count - named, replica)] : []),
  ]
  return [`on ${remove.node}, without ${removals.join(' and ')}, of lower priority`]
}

const dropTexts = ({ drop }: WordedRemedies): readonly string[] => {
  if (drop === undefined) return []
  const rules = drop.rules.map(({ plugin, reasons, details = [] }) => {
    const rule = plugin || reasons.join(', ')
    return details.length === 0 ? rule : `${rule} (${details.join(', ')})`
  })
  return [`on ${drop.node}, if it were not for ${rules.join(' and ')}`]
}
