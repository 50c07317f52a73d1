/**
 * The fewest replicas of lower priority whose removal from one node makes a class fit there. Replicas of one class and phase are
 * alike to every rule, so what is tried is how many of each kind to remove: first all ways to remove one, then all to remove two.
 */
import { setAside } from '../cluster/aside.js'
import { batch } from '../cluster/batch.js'
import { partsOf, seal } from '../cluster/cluster.js'
import type { Draft } from '../cluster/draft.js'
import { rowOf } from '../cluster/generation.js'
import { noPart, type Parts } from '../cluster/parts.js'
import { nodeIdOf, replicasOn, type Replica } from '../cluster/read.js'
import { refusing } from '../judge/judge.js'
import type { Class } from '../rule/class.js'
import type { NodeId } from '../rule/id.js'
import type { Remedies } from '../rule/remedy.js'
import type { Judged } from './remedies.js'

/** A node from which something might be removed: its replicas of lower priority, those that are alike together. */
interface Site {
  readonly row: number
  readonly node: NodeId
  readonly kinds: readonly (readonly Replica[])[]
}

/** One way to remove some: how many of each kind. */
type Way = readonly number[]

type Removed = Pick<Remedies, 'remove' | 'cut'>

/** Searches in a draft of its own, as it puts replicas aside. */
export const fewestRemoved = (
  parts: Parts,
  described: Class,
  judged: readonly Judged[],
  judgementsMost: number,
): Removed => {
  const hopeful = judged.filter(({ refusals }) => [...refusals.values()].every((r) => r.removable))
  const ready = hopeful.find(({ refusals }) => refusals.size === 0)
  if (ready !== undefined)
    return { remove: { node: nodeIdOf(parts, ready.row), replicas: [] }, cut: false }
  const rows = hopeful.map(({ row }) => row)
  const search = (draft: Draft): Removed => searchIn(draft, described, rows, judgementsMost)
  return batch(seal(parts, 0, noPart, false), search)[0]
}

const searchIn = (
  draft: Draft,
  described: Class,
  rows: readonly number[],
  judgementsMost: number,
): Removed => {
  const open = { draft, described, judgementsLeft: judgementsMost }
  const sites = rows
    .map((row) => siteOf(draft, described, row))
    .filter((site) => site.kinds.length > 0 && fitsWithout(open, site, everything(site)))
  for (const [site, way] of waysIn(sites)) {
    if (open.judgementsLeft < 0) break
    if (!fitsWithout(open, site, way)) continue
    const replicas = taken(site, way).map(({ id }) => id)
    return { remove: { node: site.node, replicas }, cut: false }
  }
  return { cut: open.judgementsLeft < 0 }
}

const siteOf = (draft: Draft, { priority }: Class, row: number): Site => {
  const parts = partsOf(draft)
  const node = nodeIdOf(parts, row)
  const priorityOf = (replica: Replica): number => parts.classes.classes[replica.class]!.priority
  const kinds = new Map<string, Replica[]>()
  const newestFirst = [...replicasOn(draft, node)].reverse()
  for (const replica of newestFirst.filter((one) => priorityOf(one) < priority)) {
    const kind = `${replica.class} ${replica.phase}`
    kinds.set(kind, [...(kinds.get(kind) ?? []), replica])
  }
  const inOrder = [...kinds.values()].sort(([a], [b]) => priorityOf(a!) - priorityOf(b!))
  return { row, node, kinds: inOrder }
}

const everything = ({ kinds }: Site): Way => kinds.map((kind) => kind.length)

const taken = ({ kinds }: Site, way: Way): readonly Replica[] =>
  kinds.flatMap((kind, i) => kind.slice(0, way[i]))

interface Search {
  readonly draft: Draft
  readonly described: Class
  judgementsLeft: number
}

/** Whether every filter allows the node without these replicas. */
const fitsWithout = (search: Search, site: Site, way: Way): boolean => {
  if (search.judgementsLeft-- <= 0) return false
  const rows = taken(site, way).map(({ id }) => rowOf(id))
  return setAside(search.draft, rows, (parts) =>
    search.described.filters.every((filter) => refusing(filter, parts)(site.row) === undefined),
  )
}

/** All ways to remove one replica, on one site after the other, then all to remove two, and so on. */
function* waysIn(sites: readonly Site[]): Generator<readonly [Site, Way]> {
  const counts = sites.map((site) => everything(site).reduce((sum, count) => sum + count, 0))
  const most = counts.reduce((a, b) => Math.max(a, b), 0)
  for (let size = 1; size <= most; size++)
    for (const site of sites)
      for (const way of waysToTake(size, everything(site))) yield [site, way]
}

/** All ways to take so many of some kinds, the most of the first kind first. */
function* waysToTake(size: number, [first, ...others]: Way): Generator<Way> {
  if (first === undefined) {
    if (size === 0) yield []
    return
  }
  for (let count = Math.min(size, first); count >= 0; count--)
    for (const rest of waysToTake(size - count, others)) yield [count, ...rest]
}
