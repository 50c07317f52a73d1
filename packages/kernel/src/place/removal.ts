/**
 * The fewest replicas of lower priority whose removal from one node makes a class fit there. First
 * all ways to remove one are tried, on each node, then all to remove two, and so on. When that has
 * cost as much as it may, what helps is looked for in another way: everything is removed and then
 * put back as long as the class fits.
 */
import { setAside } from '../cluster/aside.js'
import { batch } from '../cluster/batch.js'
import { seal } from '../cluster/cluster.js'
import type { Draft } from '../cluster/draft.js'
import { idOf } from '../cluster/generation.js'
import { noPart, type State } from '../cluster/parts.js'
import { nodeIdOf } from '../cluster/read.js'
import { generationAt } from '../cluster/replicas.js'
import { refusing } from '../judge/judge.js'
import type { ClassSpec } from '../rule/class.js'
import type { ReplicaId } from '../rule/id.js'
import type { Remedies } from '../rule/remedy.js'
import type { Judged } from './remedies.js'
import { everything, siteOf, takenBy, waysToTake, type Site, type Way } from './site.js'

type Removed = Pick<Remedies, 'remove' | 'cut'>

/** Where a class is tried without some replicas, and how many more looks at nodes that may cost. */
interface Search {
  readonly draft: Draft
  readonly parts: State
  readonly classSpec: ClassSpec
  /** What one try costs. */
  readonly looks: number
  looksLeft: number
}

/** Searches in a draft of its own, as it puts replicas aside. */
export const fewestRemoved = (
  parts: State,
  classSpec: ClassSpec,
  judged: readonly Judged[],
  looksMax: number,
): Removed => {
  const hopeful = judged.filter(({ refusals }) => [...refusals.values()].every((r) => r.removable))
  const ready = hopeful.find(({ refusals }) => refusals.size === 0)
  if (ready !== undefined) return removing(parts, ready.row, [])
  const sites = hopeful.flatMap(({ row }) => siteOf(parts, classSpec, row) ?? [])
  const looks = classSpec.filters.some(isWide) ? Math.max(1, judged.length) : 1
  return batch(seal(parts, 0, noPart, false), (draft) => {
    const search = { draft, parts, classSpec, looks, looksLeft: looksMax }
    const found = fewest(search, sites)
    if (found !== undefined || search.looksLeft >= 0) return found ?? { cut: false }
    return { ...irreducible({ ...search, looksLeft: looksMax }, sites), cut: true }
  })[1]
}

/** Whether judging one node means looking at all. */
const isWide = (filter: ClassSpec['filters'][number]): boolean => {
  if (filter._tag === 'Need') return filter.domains.some((domain) => domain !== 'node')
  if (filter._tag === 'Skew') return true
  return filter._tag === 'Limit' && filter.tally.domain !== 'node'
}

const removing = (parts: State, row: number, replicas: readonly number[]): Removed => ({
  remove: {
    node: nodeIdOf(parts, row),
    replicas: replicas.map((one) => idOf(one, generationAt(parts.replicas, one)) as ReplicaId),
  },
  cut: false,
})

/** Nothing, when there is none, or, with no looks left, when there may be one. */
const fewest = (search: Search, sites: readonly Site[]): Removed | undefined => {
  for (const [site, way] of waysIn(sites)) {
    if (search.looksLeft < 0) return undefined
    if (fitsWithout(search, site, takenBy(site, way)))
      return removing(search.parts, site.row, takenBy(site, way))
  }
  return undefined
}

const total = (way: Way): number => way.reduce((sum, count) => sum + count, 0)

/** By how many are removed, and then by node. */
function* waysIn(sites: readonly Site[]): Generator<readonly [Site, Way]> {
  const sizes = sites.map((site) => total(everything(site)))
  const most = sizes.reduce((a, b) => Math.max(a, b), 0)
  for (let size = 1; size <= most; size++)
    for (const site of sites)
      if (size >= site.least)
        for (const way of waysToTake(size, everything(site))) yield [site, way]
}

/**
 * On some node, replicas of which, while looks are left, none can stay; the fewest of what is found
 * so, nodes that might need the fewest first.
 */
const irreducible = (search: Search, sites: readonly Site[]): Pick<Removed, 'remove'> => {
  let best: readonly [row: number, replicas: readonly number[]] | undefined
  for (const site of [...sites].sort((a, b) => a.least - b.least)) {
    if (search.looksLeft < 0 || (best !== undefined && site.least >= best[1].length)) break
    const gone = reprieved(search, site)
    if (gone !== undefined && (best === undefined || gone.length < best[1].length))
      best = [site.row, gone]
  }
  return best === undefined ? {} : { remove: removing(search.parts, ...best).remove! }
}

/** All go, and then each comes back that can, those of the highest priority first. */
const reprieved = (search: Search, site: Site): readonly number[] | undefined => {
  let gone = takenBy(site, everything(site))
  if (!fitsWithout(search, site, gone)) return undefined
  for (const replica of [...gone].reverse()) {
    const fewer = gone.filter((one) => one !== replica)
    if (fitsWithout(search, site, fewer)) gone = fewer
  }
  return gone
}

/** Whether every filter allows the node without these replicas. */
const fitsWithout = (search: Search, site: Site, replicas: readonly number[]): boolean => {
  search.looksLeft -= search.looks
  if (search.looksLeft < 0) return false
  return setAside(search.draft, replicas, (parts) =>
    search.classSpec.filters.every((filter) => refusing(filter, parts)(site.row) === undefined),
  )
}
