/**
 * Maintains the list of replicas that wait for a node, in rows with a count. Replicas share a row
 * if they have the same owner, class (a workload as the scheduler sees it), node restriction and
 * supply (the pools that their node may come from). Rows are sorted by the owner's name.
 */
import { shown, type Malformed } from '../rule/malformed.js'
import { byCodeUnit } from '../rule/text-order.js'
import type { Intent } from '../time/decision.js'
import type { Owner } from '../time/event.js'
import type { Pending } from '../time/state.js'

/** The rows of each owner, by its name, while intents change them. */
export type PendingRows = Map<string, Pending[]>

/** The rows of a list, to be changed. */
export const pendingRows = (pending: readonly Pending[]): PendingRows => {
  const rows: PendingRows = new Map()
  for (const row of pending) rowsOf(rows, row.owner.name).push(row)
  return rows
}

const rowsOf = (rows: PendingRows, name: string): Pending[] => {
  const own = rows.get(name) ?? []
  if (own.length === 0) rows.set(name, own)
  return own
}

/** The rows of an owner. */
export const rowsOfOwner = (rows: PendingRows, { controller, name }: Owner): readonly Pending[] =>
  (rows.get(name) ?? []).filter(({ owner }) => owner.controller === controller)

/** Adds replicas that a controller wants; the answer says why that cannot be. */
export const addPending = (
  rows: PendingRows,
  controller: string,
  {
    owner: name,
    class: classId,
    count,
    only,
  }: Pick<Extract<Intent, { readonly _tag: 'Start' }>, 'owner' | 'class' | 'count' | 'only'>,
  { supply, share }: { readonly supply?: readonly string[]; readonly share?: string } = {},
): Malformed | undefined => {
  const owner = share === undefined ? { controller, name } : { controller, name, share }
  const plain: Pending = { owner, class: classId, count }
  const row =
    only === undefined && supply === undefined
      ? plain
      : {
          ...plain,
          ...(only === undefined ? {} : { only }),
          ...(supply === undefined ? {} : { supply }),
        }
  if (count === 0) return undefined
  const own = rowsOf(rows, name)
  const position = own.findIndex((one) => isAlike(one, row))
  if (position < 0) {
    own.push(row)
    return undefined
  }
  const sum = own[position]!.count + count
  if (!Number.isSafeInteger(sum))
    return { at: ['count'], found: shown(count), expected: 'a sum that is a safe integer' }
  own[position] = { ...row, count: sum }
  return undefined
}

/** Whether two rows of owners of one name are one. */
const isAlike = (a: Pending, b: Pending): boolean =>
  a.class === b.class && a.owner.controller === b.owner.controller && restOf(a) === restOf(b)

const restOf = ({ owner: { share }, only, supply }: Pending): string =>
  only === undefined && supply === undefined ? '' : JSON.stringify([share, only, supply])

/** Removes replicas that a controller gives up; the answer says why that cannot be. */
export const withdrawPending = (
  rows: PendingRows,
  controller: string,
  { owner, class: classId, count }: Extract<Intent, { readonly _tag: 'Withdraw' }>,
): Malformed | undefined => {
  const matches = (row: Pending): boolean =>
    row.owner.controller === controller && row.class === classId
  const own = rows.get(owner) ?? []
  const all = own.reduce((sum, row) => sum + (matches(row) ? row.count : 0), 0)
  if (!Number.isSafeInteger(count) || count < 0 || count > all)
    return {
      ...{ at: ['count'], found: shown(count) },
      expected: `at most ${all}, the replicas that wait for a node`,
    }
  let left = count
  const rest = own.flatMap((row) => {
    const part = matches(row) ? Math.min(left, row.count) : 0
    left -= part
    return part === row.count ? [] : [{ ...row, count: row.count - part }]
  })
  rows.set(owner, rest)
  return undefined
}

/** The list of the rows. Replicas of equal priority are placed in this order. */
export const sortedPending = (rows: PendingRows): readonly Pending[] =>
  // Without a comparator texts are sorted by code unit, and fast.
  [...rows.keys()].sort().flatMap((name) => {
    const own = rows.get(name)!
    return own.length < 2 ? own : own.sort(byContent)
  })

const byContent = (a: Pending, b: Pending): number =>
  byCodeUnit(a.owner.controller, b.owner.controller) ||
  a.class - b.class ||
  byCodeUnit(restOf(a), restOf(b))
