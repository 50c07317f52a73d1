/**
 * Maintains the list of replicas that wait for a node, in rows with a count. Replicas share a row
 * if they have the same owner, class (a workload as the scheduler sees it), node restriction and
 * supply (the pools that their node may come from). Rows are sorted by the owner's name.
 */
import { renderValue, type MalformedValue } from '../rule/malformed.js'
import { byCodeUnit } from '../rule/text-order.js'
import type { Intent } from '../time/decision.js'
import type { Owner } from '../time/event.js'
import { withCount, type PendingReplicas } from '../time/state.js'

/** The rows of each owner, by its name, while intents change them. */
export type PendingRows = Map<string, PendingReplicas[]>

/** The rows of a list, to be changed. */
export const pendingRows = (pending: readonly PendingReplicas[]): PendingRows => {
  const rows: PendingRows = new Map()
  for (const row of pending) putRow(rows, row)
  return rows
}

/** A list of one row is made with it: an empty one would have room for many. */
const putRow = (rows: PendingRows, row: PendingReplicas): void => {
  const own = rows.get(row.owner.name)
  if (own === undefined) rows.set(row.owner.name, [row])
  else own.push(row)
}

/** The rows of an owner. */
export const rowsOfOwner = (
  rows: PendingRows,
  { controller, name }: Owner,
): readonly PendingReplicas[] =>
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
): MalformedValue | undefined => {
  const owner = share === undefined ? { controller, name } : { controller, name, share }
  const plain: PendingReplicas = { owner, class: classId, count }
  const row =
    only === undefined && supply === undefined
      ? plain
      : {
          ...plain,
          ...(only === undefined ? {} : { only }),
          ...(supply === undefined ? {} : { supply }),
        }
  if (count === 0) return undefined
  const own = rows.get(name)
  const position = own === undefined ? -1 : own.findIndex((one) => isAlike(one, row))
  if (own === undefined || position < 0) {
    putRow(rows, row)
    return undefined
  }
  const sum = own[position]!.count + count
  if (!Number.isSafeInteger(sum))
    return { at: ['count'], found: renderValue(count), expected: 'a sum that is a safe integer' }
  own[position] = withCount(own[position]!, sum)
  return undefined
}

/** Whether two rows of owners of one name are one. */
const isAlike = (a: PendingReplicas, b: PendingReplicas): boolean =>
  a.class === b.class && a.owner.controller === b.owner.controller && restOf(a) === restOf(b)

const restOf = ({ owner: { share }, only, supply }: PendingReplicas): string =>
  only === undefined && supply === undefined ? '' : JSON.stringify([share, only, supply])

/** Removes replicas that a controller gives up; the answer says why that cannot be. */
export const withdrawPending = (
  rows: PendingRows,
  controller: string,
  { owner, class: classId, count }: Extract<Intent, { readonly _tag: 'Withdraw' }>,
): MalformedValue | undefined => {
  const matches = (row: PendingReplicas): boolean =>
    row.owner.controller === controller && row.class === classId
  const own = rows.get(owner) ?? []
  const all = own.reduce((sum, row) => sum + (matches(row) ? row.count : 0), 0)
  if (!Number.isSafeInteger(count) || count < 0 || count > all)
    return {
      ...{ at: ['count'], found: renderValue(count) },
      expected: `at most ${all}, the replicas that wait for a node`,
    }
  let left = count
  const rest = own.flatMap((row) => {
    const part = matches(row) ? Math.min(left, row.count) : 0
    left -= part
    return part === row.count ? [] : [withCount(row, row.count - part)]
  })
  rows.set(owner, rest)
  return undefined
}

/** The list of the rows. Replicas of equal priority are placed in this order. */
export const sortedPending = (rows: PendingRows): readonly PendingReplicas[] => {
  const pending: PendingReplicas[] = []
  // Without a comparator texts are sorted by code unit, and fast.
  for (const name of [...rows.keys()].sort()) {
    const own = rows.get(name)!
    if (own.length > 1) own.sort(byContent)
    for (const row of own) pending.push(row)
  }
  return pending
}

const byContent = (a: PendingReplicas, b: PendingReplicas): number =>
  byCodeUnit(a.owner.controller, b.owner.controller) ||
  a.class - b.class ||
  byCodeUnit(restOf(a), restOf(b))
