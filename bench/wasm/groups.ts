/** Nodes of one kind, of which those that have changed are looked at by the loop. Any but the plain classes of `shapes.ts` stop it. */
import type { Changes } from '../../packages/kernel/src/cluster/changes.js'
import type { Amounts, Integers } from '../../packages/kernel/src/cluster/column.js'
import type { Parts } from '../../packages/kernel/src/cluster/parts.js'
import type { Groups } from '../../packages/kernel/src/index/groups.js'
import type { Reads } from '../../packages/kernel/src/index/reads.js'
import type { Candidates } from '../../packages/kernel/src/judge/candidates.js'
import { catchUp, isWhole, values } from './chosen.js'
import { allot, doubles, integers } from './memory.js'
import { heard, ringLength } from './shared.js'

type Refresh = (groups: Groups, parts: Parts, candidates: Candidates) => void
type CatchUp = (groups: Groups, parts: Parts, changes: Changes, scratch: never) => void
type LeaveAllBut = (groups: Groups, before: Integers, count: number, kept: Candidates) => void
type PutAll = (groups: Groups, candidates: Candidates, values: Amounts) => void
type NewGroup = (groups: Groups, key: number, kind: number) => number

const demands = new WeakMap<Reads, number>()

/** Where it is written what the class asks for. */
const demandOf = (reads: Reads): number => {
  const known = demands.get(reads)
  if (known !== undefined) return known
  const [fit, ...others] = reads.own
  const curves = reads.telling.map(({ raw }) => raw._tag === 'Load' && raw.curve).join()
  if (fit?._tag !== 'Fit' || others.length > 0 || curves !== 'least,balance-change')
    throw new Error('the loop knows plain classes only')
  const made = allot(64)
  const [slots, cpu, memory] = fit.parts.map(({ amount }) => amount)
  doubles.set([cpu!, memory!, slots!], made >> 3)
  demands.set(reads, made)
  return made
}

export const refresh = (
  _before: Refresh,
  leaveAllBut: LeaveAllBut,
  putAll: PutAll,
  newGroup: NewGroup,
): Refresh =>
  isWhole
    ? (groups, _parts, { count }) => {
        newGroup(groups, 0, 0)
        lookAt(groups, { ring: heard().every, around: -1, from: 0, to: count })
      }
    : (groups, _parts, candidates) => {
        const before = candidates.rows.slice(0, candidates.count)
        const found = fitAmong(demandOf(groups.reads), candidates)
        if (candidates.count < before.length) leaveAllBut(groups, before, before.length, candidates)
        putAll(groups, candidates, found)
      }

const fitAmong = (demand: number, candidates: Candidates): Amounts => {
  const { records, rows: lent, values: out } = heard()
  const { rows, count } = candidates
  for (let i = 0, at = lent >> 2; i < count; i++) integers[at + i] = rows[i]!
  candidates.count = values(records, lent, count, demand, out)
  for (let i = 0, at = lent >> 2; i < candidates.count; i++) rows[i] = integers[at + i]!
  return doubles.subarray(out >> 3, (out >> 3) + candidates.count)
}

export const catchUpGroups = (before: CatchUp): CatchUp =>
  isWhole
    ? (groups, _parts, { count: to }) => {
        const { ring } = heard()
        lookAt(groups, { ring, around: ringLength - 1, from: groups.seen, to })
        groups.seen = to
      }
    : before

interface Stretch {
  readonly ring: number
  readonly around: number
  readonly from: number
  readonly to: number
}

const lookAt = (groups: Groups, { ring, around, from, to }: Stretch): void => {
  const all = heard()
  const { tree } = groups.groups[0]!
  const { byteOffset } = tree.values
  const demand = demandOf(groups.reads)
  const before = tree.count
  const more = catchUp(
    all.records,
    ++all.mark,
    ring,
    around,
    from,
    to,
    demand,
    byteOffset,
    tree.width,
    all.rows,
  )
  tree.count += more
  groups.taken += Number(tree.count > 0) - Number(before > 0)
}
