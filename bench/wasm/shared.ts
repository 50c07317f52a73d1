/**
 * What the nodes have and hold, in records that lie together. The columns of a cluster stay what they are: records are made of them
 * once, and hear of moves when the sums of the index do.
 */
import { cpu, memory, slots } from '@stowage/kernel'
import { nodeOf, reachesBackTo, type Changes } from '../../packages/kernel/src/cluster/changes.js'
import type { Loads } from '../../packages/kernel/src/cluster/loads.js'
import type { Parts } from '../../packages/kernel/src/cluster/parts.js'
import { rankedRows } from '../../packages/kernel/src/cluster/roster.js'
import type { Shared } from '../../packages/kernel/src/index/shared.js'
import { allot, doubles, integers } from './memory.js'

export interface Records {
  /** By row, as `loop.as.ts` says. */
  readonly records: number
  /** The rows of all nodes. */
  readonly every: number
  /** The rows of the latest moves, by number. */
  readonly ring: number
  /** Room for a row, and for a value, of each node. */
  readonly rows: number
  readonly values: number
  mark: number
  seen: number
}

/** As many moves as the log keeps. */
export const ringLength = 65_536

const known = new WeakMap<Shared, Records>()
let current: Records | undefined

/** Those that heard last. */
export const heard = (): Records => {
  if (current === undefined) throw new Error('nobody has heard of the nodes')
  return current
}

export const hear =
  (before: (shared: Shared, parts: Parts, changes: Changes) => void) =>
  (shared: Shared, parts: Parts, changes: Changes): void => {
    const records = known.get(shared)
    if (records === undefined) known.set(shared, (current = newRecords(parts)))
    else hearIn((current = records), parts, changes)
    current.seen = changes.count
    before(shared, parts, changes)
  }

const newRecords = ({ roster, loads }: Parts): Records => {
  const { length } = roster.specs
  const made = {
    records: allot(64 * length),
    every: allot(4 * length),
    ring: allot(4 * ringLength),
    rows: allot(4 * length),
    values: allot(8 * length),
    mark: 0,
    seen: 0,
  }
  for (const [position, row] of rankedRows(roster).entries()) {
    const record = made.records + 64 * row
    doubles[record >> 3] = roster.capacity[cpu]![row]!
    doubles[(record >> 3) + 1] = roster.capacity[memory]![row]!
    doubles[(record >> 3) + 4] = roster.capacity[slots]![row]!
    integers[(record >> 2) + 12] = position
    integers[(made.every >> 2) + position] = row
    tellHeld(made, loads, row)
  }
  return made
}

const hearIn = (records: Records, { loads }: Parts, changes: Changes): void => {
  if (!reachesBackTo(changes, records.seen)) throw new Error('moves were not heard of')
  for (let number = records.seen; number < changes.count; number++) {
    const row = nodeOf(changes, number)
    integers[(records.ring >> 2) + (number % ringLength)] = row
    tellHeld(records, loads, row)
  }
}

const tellHeld = ({ records }: Records, { load }: Loads, row: number): void => {
  const at = (records >> 3) + 8 * row
  doubles[at + 2] = load[cpu]![row]!
  doubles[at + 3] = load[memory]![row]!
  doubles[at + 5] = load[slots]![row]!
}
