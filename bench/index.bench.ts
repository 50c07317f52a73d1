/**
 * Many replicas of one class in one request: by index, beside the scan that looks at every node for each of them. Sorting the nodes is
 * part of what is measured.
 */
import {
  batch,
  certain,
  define,
  plugin,
  reason,
  word,
  type Class,
  type ClassId,
  type Cluster,
  type Draft,
  type Score,
  type Tally,
} from '@stowage/kernel'
import { placedNames } from './placed.js'
import type { Suite } from './suite.js'
import { plainClass, seededWorld, zoneKey } from './world.js'

const placements = 500

/** A service that keeps its zones even within one, and its nodes as even as it can. */
const spreadClass = (draft: Draft): Class => {
  const service = word(draft, 'service')
  const byNode: Tally = { facts: { _tag: 'Fact', word: service }, domain: 'node', absent: 'skip' }
  const byZone: Tally = { ...byNode, domain: word(draft, zoneKey) }
  const spread: Score = {
    plugin: plugin(1),
    raw: {
      _tag: 'Spread',
      terms: [
        [byNode, 3],
        [byZone, 5],
      ],
    },
    normaliser: 'spread',
    weight: 2,
  }
  const { choice } = plainClass
  return {
    ...plainClass,
    facts: [service],
    filters: [
      ...plainClass.filters,
      {
        _tag: 'Skew',
        plugin: plugin(1),
        removable: true,
        reason: reason(3),
        tally: byZone,
        self: 1,
        most: 1,
        domainsMin: 0,
      },
    ],
    choice: choice._tag === 'Sum' ? { ...choice, scores: [...choice.scores, spread] } : choice,
  }
}

const spreadWorld = (cluster: Cluster): { readonly spread: ClassId; readonly cluster: Cluster } => {
  const [spread, after] = batch(cluster, (draft) => certain(define(draft, spreadClass(draft))))
  return { spread, cluster: after }
}

export const index: Suite = {
  name: `${placements} replicas of one class, by index and by the book`,
  sizes: { smoke: [64], full: [1_000, 5_000, 20_000] },
  unit: 'ns per replica',
  cases: (size) => {
    const world = seededWorld(42, size)
    const { spread, cluster } = spreadWorld(world.cluster)
    const rows = (name: string, asked: ClassId) => {
      const byIndex = () => placedNames(cluster, asked, placements, 'index')
      const byTheBook = () => placedNames(cluster, asked, placements, 'scan')
      const answers = [byIndex(), byTheBook()]
      return [
        { name: `${name}, by index`, run: byIndex, answers },
        { name: `${name}, by the book`, run: byTheBook, answers },
      ]
    }
    return {
      perRun: placements,
      rows: [...rows('plain', world.plain), ...rows('spread', spread)],
    }
  },
}
