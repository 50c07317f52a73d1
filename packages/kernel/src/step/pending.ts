/**
 * Lists the replicas that wait for a node: one row for those of one owner, class, restriction to
 * nodes and supply. The rows are in the order of the names of the owners, which is the order in
 * which replicas of one priority are placed.
 */
import { shown, type Malformed } from '../rule/malformed.js'
import { byCodeUnit } from '../rule/text-order.js'
import type { Intent } from '../time/decision.js'
import type { Pending } from '../time/state.js'

/** The rows by what makes two of them one, while intents change them. */
export type PendingRows = Map<string, Pending>

/** The rows of a list, to be changed. */
export const pendingRows = (pending: readonly Pending[]): PendingRows =>
  new Map(pending.map((row) => [keyOf(row), row]))

/** Lengths stand before names, so that no two rows have one key. */
const keyOf = (row: Pending): string => {
  const { controller, name } = row.owner
  return `${row.class} ${name.length} ${name} ${controller.length} ${controller} ${restOf(row)}`
}

const restOf = ({ owner: { share }, only, supply }: Pending): string =>
  only === undefined && supply === undefined ? '' : JSON.stringify([share, only, supply])

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
  const key = keyOf(row)
  const before = rows.get(key)
  const sum = before === undefined ? count : before.count + count
  if (!Number.isSafeInteger(sum))
    return { at: ['count'], found: shown(count), expected: 'a sum that is a safe integer' }
  if (sum > 0) rows.set(key, before === undefined ? row : { ...row, count: sum })
  return undefined
}

/** Removes replicas that a controller gives up; the answer says why that cannot be. */
export const withdrawPending = (
  rows: PendingRows,
  controller: string,
  { owner, class: classId, count }: Extract<Intent, { readonly _tag: 'Withdraw' }>,
): Malformed | undefined => {
  const own = [...rows.values()].filter(
    (row) =>
      row.owner.controller === controller && row.owner.name === owner && row.class === classId,
  )
  const all = own.reduce((sum, row) => sum + row.count, 0)
  if (!Number.isSafeInteger(count) || count < 0 || count > all)
    return {
      ...{ at: ['count'], found: shown(count) },
      expected: `at most ${all}, the replicas that wait for a node`,
    }
  let left = count
  for (const row of own) {
    const part = Math.min(left, row.count)
    left -= part
    putRow(rows, { ...row, count: row.count - part })
  }
  return undefined
}

const putRow = (rows: PendingRows, row: Pending): void => {
  if (row.count === 0) rows.delete(keyOf(row))
  else rows.set(keyOf(row), row)
}

/** The list of the rows. */
export const sortedPending = (rows: PendingRows): readonly Pending[] =>
  [...rows.values()].sort(
    (a, b) =>
      byCodeUnit(a.owner.name, b.owner.name) ||
      byCodeUnit(a.owner.controller, b.owner.controller) ||
      a.class - b.class ||
      byCodeUnit(restOf(a), restOf(b)),
  )
