/**
 * The fewest replicas of lower priority whose removal from one node makes a class fit there. First
 * all ways to remove one are tried, on each node, then all to remove two, and so on. When that has
 * cost as much as it may, what helps is looked for in another way: everything is removed and then
 * put back as long as the class fits.
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

/** Where a class is tried without some replicas, and how many more looks at nodes that may cost. */
interface Search {
  readonly draft: Draft
  readonly state: State
  readonly classSpec: ClassSpec
  /** What one try costs. */
  readonly looks: number
  looksLeft: number
}

/** Searches in a draft of its own, as it puts replicas aside. */
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

/** Whether judging one node means looking at all. */
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

/** Nothing, when there is none, or, with no looks left, when there may be one. */
const findFewest = (search: Search, sites: readonly Site[]): RemovalResult | undefined => {
  for (const [site, way] of waysBySize(sites)) {
    if (search.looksLeft < 0) return undefined
    if (fitsWithout(search, site, victimsOf(site, way)))
      return removalOf(search.state, site.row, victimsOf(site, way))
  }
  return undefined
}

const total = (way: Way): number => way.reduce((sum, count) => sum + count, 0)

/** By how many are removed, and then by node. */
function* waysBySize(sites: readonly Site[]): Generator<readonly [Site, Way]> {
  const sizes = sites.map((site) => total(countsOfAll(site)))
  const most = sizes.reduce((a, b) => Math.max(a, b), 0)
  for (let size = 1; size <= most; size++)
    for (const site of sites)
      if (size >= site.removalsMin)
        for (const way of waysToEvict(size, countsOfAll(site))) yield [site, way]
}

/**
 * On some node, replicas of which, while looks are left, none can stay; the fewest of what is found
 * so, nodes that might need the fewest first.
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

/** All go, and then each comes back that can, those of the highest priority first. */
const reprieve = (search: Search, site: Site): readonly number[] | undefined => {
  let victims = victimsOf(site, countsOfAll(site))
  if (!fitsWithout(search, site, victims)) return undefined
  for (const replica of [...victims].reverse()) {
    const fewer = victims.filter((one) => one !== replica)
    if (fitsWithout(search, site, fewer)) victims = fewer
  }
  return victims
}

/** Whether every filter allows the node without these replicas. */
const fitsWithout = (search: Search, site: Site, replicas: readonly number[]): boolean => {
  search.looksLeft -= search.looks
  if (search.looksLeft < 0) return false
  return withoutReplicas(search.draft, replicas, (state) =>
    search.classSpec.filters.every((filter) => judgeBy(filter, state)(site.row) === undefined),
  )
}
