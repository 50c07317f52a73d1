/**
 * The kernel's numbers in the scheduler's words.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import {
  cpu,
  dimensionName,
  memory,
  slots,
  type Dimension,
  type View,
  type Vocabulary,
} from '@stowage/kernel'
import { ticksPerMilli } from '../words/amounts.js'
import { pluginNames, reasons } from '../lower/reason.js'

/** For the cluster or draft that was asked: names of resources are looked up there. */
export const vocabularyOf = (view: View): Vocabulary => ({
  pluginName: (plugin) => pluginNames[plugin] ?? '',
  reasonOf: (reason) =>
    reasons[reason] ?? {
      plugin: 'NodeResourcesFit',
      reason: `Insufficient ${resourceName(view, (reason - reasons.length) as Dimension)}`,
    },
  resources: [
    { dimension: cpu, resource: 'cpu', unit: 'm', per: ticksPerMilli },
    { dimension: memory, resource: 'memory', unit: 'B', per: 1 },
    { dimension: slots, resource: 'pods', unit: '', per: 1 },
  ],
})

const resourceName = (view: View, dimension: Dimension): string =>
  pipe(
    dimensionName(view, dimension),
    O.getOrElse(() => 'resource'),
  )

/** The code that upstream gives a refusal, by whether removing pods could help: preemption looks at nothing else. */
export const codeOf = (removable: boolean): 'Unschedulable' | 'UnschedulableAndUnresolvable' =>
  removable ? 'Unschedulable' : 'UnschedulableAndUnresolvable'
