/**
 * Exports, as one object, the functions that validate a history (a list of steps done to a
 * cluster), play it, and compare the states in which the cluster settles with recorded ones.
 */
import { readObjects } from '@stowage/kubernetes'
import type { MalformedValue } from '@stowage/kernel'
import { renderValue } from '@stowage/kernel'
import { settleConformance } from './compare.js'
import type { SettleLine } from './line.js'
import { headOf } from './manifests.js'
import { settle } from './play.js'

/** What is wrong with the nodes of a history: nothing could be placed on them. */
const settleFaults = ({ nodes }: SettleLine): readonly MalformedValue[] =>
  nodes.flatMap((value, i) => {
    const read = readObjects({ from: 'nodes', value }, ['nodes', i])
    if (read.bad.length > 0)
      return read.bad.map(({ at, found, expected }) => ({ at, found, expected }))
    const { kind } = headOf(value)
    return kind === 'Node'
      ? []
      : [{ at: ['nodes', i, 'kind'], found: renderValue(kind), expected: 'Node' }]
  })

/**
 * `answer` plays a history and says where it comes to rest after each step; `compare` compares such
 * answers with recorded ones; `faults` checks the nodes. The form of the lines is that of
 * `docs/command-line.md`.
 */
export const settleFormat = {
  answer: settle,
  compare: settleConformance,
  faults: settleFaults,
} as const
