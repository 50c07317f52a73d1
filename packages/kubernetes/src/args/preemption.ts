/**
 * Reads the args of the scheduler plugin DefaultPreemption: on how many nodes preemption must look
 * for victims, at least, before it chooses one (by default 10% of the nodes, and at least 100).
 */
import { withDefault } from '@stowage/documents'
import type { PreemptionArgs } from '../plugin/profile.js'
import { int32 } from '../words/whole-number.js'
import { invalid, type Wrong } from '../setting/wrong.js'
import { reader, type ArgsReader } from './reader.js'
import { outside } from './shape.js'

const percentage = 'minCandidateNodesPercentage'
const absolute = 'minCandidateNodesAbsolute'

const wrongCandidates = (args: PreemptionArgs): readonly Wrong[] => {
  const few = args[absolute]
  const negative = invalid([absolute], few, 'a number of nodes', 'not in valid range [0, inf)')
  const none = (field: string, other: string) =>
    invalid([field], 0, `more, as ${other} is 0`, `cannot be zero at the same time as ${other}`)
  return [
    ...outside([percentage], args[percentage], 100),
    ...(few < 0 ? [negative] : []),
    ...(few === 0 && args[percentage] === 0
      ? [none(percentage, absolute), none(absolute, percentage)]
      : []),
  ]
}

export const readPreemptionArgs: ArgsReader<PreemptionArgs> = reader<
  PreemptionArgs,
  PreemptionArgs
>(
  'DefaultPreemptionArgs',
  {
    minCandidateNodesPercentage: withDefault(int32, 10),
    minCandidateNodesAbsolute: withDefault(int32, 100),
  },
  wrongCandidates,
  ({ minCandidateNodesPercentage, minCandidateNodesAbsolute }) => ({
    minCandidateNodesPercentage,
    minCandidateNodesAbsolute,
  }),
)
