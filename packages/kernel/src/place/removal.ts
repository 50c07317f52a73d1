/**
 * Finds the fewest replicas of lower priority whose eviction makes a class (a workload as the
 * scheduler sees it) fit on a node:
 *
 * 1. It tries every way to evict one replica, on each node; then every way to evict two; and so on.
 * 2. When the limit on node evaluations is reached, it falls back to a greedy search, which may
 *    find more replicas than needed.
 */
import { withoutReplicas } from '../cluster/without-replicas.js'
import { batch } from '../cluster/batch.js'
import { seal } from '../cluster/cluster.js'
import type { Draft } from '../cluster/draft.js'
import { idOf } from '../cluster/generation.js'
import { ownsNothing, type State } from '../cluster/state.js'
import { nodeIdOf } from '../cluster/read.js'
import { generationAt } from '../cluster/replicas.js'
import { judgeBy } from '../judge/judge.js'
import type { ClassSpec } from '../rule/class.js'
import type { ReplicaId } from '../rule/id.js'
import type { Remedies } from '../rule/remedy.js'
import type { NodeVerdicts } from './refusals.js'
import { countsOfAll, siteOf, victimsOf, waysToEvict, type Site, type Way } from './site.js'

type RemovalResult = Pick<Remedies, 'remove' | 'cut'>

/** The class that is tried, on what, and how many more looks at nodes the search may spend. */
interface Search {
  readonly draft: Draft
  readonly state: State
  readonly classSpec: ClassSpec
  /** The cost of one try, in looks. */
  readonly looks: number
  looksLeft: number
}

/** The smallest removal, searched in a draft of its own because replicas are unlinked meanwhile. */
export const findRemoval = (
  state: State,
  classSpec: ClassSpec,
  verdicts: readonly NodeVerdicts[],
  looksMax: number,
): RemovalResult => {
  const curable = verdicts.filter(({ refusals }) =>
    [...refusals.values()].every((r) => r.removable),
  )
  const ready = curable.find(({ refusals }) => refusals.size === 0)
  if (ready !== undefined) return removalOf(state, ready.row, [])
  const sites = curable.flatMap(({ row }) => siteOf(state, classSpec, row) ?? [])
  const looks = classSpec.filters.some(isWide) ? Math.max(1, verdicts.length) : 1
  return batch(seal(state, 0, ownsNothing, false), (draft) => {
    const search = { draft, state, classSpec, looks, looksLeft: looksMax }
    const found = findFewest(search, sites)
    if (found !== undefined || search.looksLeft >= 0) return found ?? { cut: false }
    return { ...findIrreducible({ ...search, looksLeft: looksMax }, sites), cut: true }
  })[1]
}

/** True when judging one node needs a look at all nodes. */
const isWide = (filter: ClassSpec['filters'][number]): boolean => {
  if (filter._tag === 'Need') return filter.domains.some((domain) => domain !== 'node')
  if (filter._tag === 'Skew') return true
  return filter._tag === 'Limit' && filter.tally.domain !== 'node'
}

const removalOf = (state: State, row: number, replicas: readonly number[]): RemovalResult => ({
  remove: {
    node: nodeIdOf(state, row),
    replicas: replicas.map((one) => idOf(one, generationAt(state.replicas, one)) as ReplicaId),
  },
  cut: false,
})

/** `undefined` when no removal helps, or when the looks are spent. */
const findFewest = (search: Search, sites: readonly Site[]): RemovalResult | undefined => {
  for (const [site, way] of waysBySize(sites)) {
    if (search.looksLeft < 0) return undefined
    if (fitsWithout(search, site, victimsOf(site, way)))
      return removalOf(search.state, site.row, victimsOf(site, way))
  }
  return undefined
}

const total = (way: Way): number => way.reduce((sum, count) => sum + count, 0)

/** All ways to evict, by the number of victims and then by node. */
function* waysBySize(sites: readonly Site[]): Generator<readonly [Site, Way]> {
  const sizes = sites.map((site) => total(countsOfAll(site)))
  const most = sizes.reduce((a, b) => Math.max(a, b), 0)
  for (let size = 1; size <= most; size++)
    for (const site of sites)
      if (size >= site.removalsMin)
        for (const way of waysToEvict(size, countsOfAll(site))) yield [site, way]
}

/**
 * On some node, victims of whom none may stay: the fewest found while looks are left. Nodes that
 * need the fewest come first.
 *
 * On each node, everything of lower priority is evicted, and each replica with which the class
 * still passes every filter is put back, one by one. Of the nodes tried, the one with the fewest
 * evictions is taken.
 */
const findIrreducible = (search: Search, sites: readonly Site[]): Pick<RemovalResult, 'remove'> => {
  let best: readonly [row: number, replicas: readonly number[]] | undefined
  for (const site of [...sites].sort((a, b) => a.removalsMin - b.removalsMin)) {
    if (search.looksLeft < 0 || (best !== undefined && site.removalsMin >= best[1].length)) break
    const victims = reprieve(search, site)
    if (victims !== undefined && (best === undefined || victims.length < best[1].length))
      best = [site.row, victims]
  }
  return best === undefined ? {} : { remove: removalOf(search.state, ...best).remove! }
}

/** All victims of a node, less those that may stay, highest priority first. */
const reprieve = (search: Search, site: Site): readonly number[] | undefined => {
  let victims = victimsOf(site, countsOfAll(site))
  if (!fitsWithout(search, site, victims)) return undefined
  for (const replica of [...victims].reverse()) {
    const fewer = victims.filter((one) => one !== replica)
    if (fitsWithout(search, site, fewer)) victims = fewer
  }
  return victims
}

/** True when every filter allows the node without these replicas. */
const fitsWithout = (search: Search, site: Site, replicas: readonly number[]): boolean => {
  search.looksLeft -= search.looks
  if (search.looksLeft < 0) return false
  return withoutReplicas(search.draft, replicas, (state) =>
    search.classSpec.filters.every((filter) => judgeBy(filter, state)(site.row) === undefined),
  )
}
