/**
 * Translates the kernel's numbers for plugins, reasons and resources back into kube-scheduler's
 * words.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import {
  cpu,
  dimensionName,
  memory,
  slots,
  wordText,
  type DimensionId,
  type ReasonId,
  type View,
  type Vocabulary,
} from '@stowage/kernel'
import { ticksPerMilli } from '../words/amounts.js'
import { openReason, pluginNames, reasons } from '../plugin/reason.js'

/** The vocabulary of a cluster or draft, which resolves its resource names and interned texts. */
export const vocabularyOf = (view: View): Vocabulary => ({
  pluginName: (plugin) => pluginNames[plugin] ?? '',
  reasonOf: (reason) => reasons[reason] ?? openly(view, reason),
  resources: [
    { dimension: cpu, resource: 'cpu', unit: 'm', per: ticksPerMilli },
    { dimension: memory, resource: 'memory', unit: 'B', per: 1 },
    { dimension: slots, resource: 'pods', unit: '', per: 1 },
  ],
})

/**
 * The words of an open reason: a resource that is insufficient, or an interned text that begins
 * with the plugin's name.
 */
const openly = (view: View, reason: ReasonId): ReturnType<Vocabulary['reasonOf']> => {
  const open = openReason(reason)
  if ('dimension' in open)
    return {
      plugin: 'NodeResourcesFit',
      reason: `Insufficient ${resourceName(view, open.dimension)}`,
    }
  const text = O.getOrElse(() => '')(wordText(view, open.word))
  const colon = text.indexOf(': ')
  return { plugin: text.slice(0, colon), reason: text.slice(colon + 2) }
}

const resourceName = (view: View, dimension: DimensionId): string =>
  pipe(
    dimensionName(view, dimension),
    O.getOrElse(() => 'resource'),
  )

/**
 * The code that kube-scheduler gives a refusal: `Unschedulable` when removing pods could undo it,
 * else `UnschedulableAndUnresolvable`. Preemption considers this code only.
 */
export const refusalCode = (
  removable: boolean,
): 'Unschedulable' | 'UnschedulableAndUnresolvable' =>
  removable ? 'Unschedulable' : 'UnschedulableAndUnresolvable'
