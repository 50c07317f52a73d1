/**
 * What would have to change for a replica that finds no place: a line for each kind of change that
 * helps by itself.
 */
import type { WordedReplay } from '@stowage/kernel'
import type { Preemption } from '../vocabulary/vocabulary.js'
import { amountText, countText } from './amount.js'
import type { OnMachines } from './explanation.js'
import { printable } from './table.js'

/** The smallest changes after which the replica fits, worded. */
type WordedRemedies = NonNullable<WordedReplay['remedies']>

/** Nothing for a replica that has a place; otherwise one text. */
export const remediesText = ({
  remedies,
  vocabulary,
  nominations = [],
}: OnMachines): readonly string[] => {
  if (remedies === undefined) return []
  const lines = [
    ...preemptionText(nominations),
    ...addText(remedies),
    ...(nominations.length > 0 ? [] : removeText(remedies, vocabulary)),
    ...dropText(remedies),
  ]
  if (lines.length === 0) return []
  return [['It would have a place', ...lines.map((line) => `- ${printable(line)}`)].join('\n')]
}

/** As the platform would do it by itself. */
const preemptionText = (nominations: readonly Preemption[]): readonly string[] =>
  nominations.map(({ node, victims }) => `on ${node}, by preemption of ${preempted(victims)}`)

/** Nobody is named when all who would go are leaving already. */
export const preempted = (victims: readonly string[]): string =>
  victims.length === 0 ? 'what is leaving already' : victims.join(' and ')

const addText = ({ add }: WordedRemedies): readonly string[] => {
  if (add === undefined) return []
  const more = add.amounts.map(
    ({ resource, unit, amount }) => `${amountText(amount, unit)} more ${resource}`,
  )
  return [`on ${add.node}, with ${more.join(' and ')}`]
}

const removeText = (
  { remove, cut }: WordedRemedies,
  { replica }: OnMachines['vocabulary'],
): readonly string[] => {
  if (remove === undefined)
    return cut ? ['perhaps with others of lower priority gone: not all ways were tried'] : []
  const named = remove.holds.reduce((sum, { count }) => sum + count, 0)
  const gone = [
    ...remove.holds.map(({ name, count }) => `${countText(count, replica)} of ${name}`),
    ...(named < remove.count ? [countText(remove.count - named, replica)] : []),
  ]
  return [`on ${remove.node}, without ${gone.join(' and ')}, of lower priority`]
}

const dropText = ({ drop }: WordedRemedies): readonly string[] => {
  if (drop === undefined) return []
  const rules = drop.rules.map(({ plugin, reasons }) => plugin || reasons.join(', '))
  return [`on ${drop.node}, if it were not for ${rules.join(' and ')}`]
}
