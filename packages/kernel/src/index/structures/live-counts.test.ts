/** Tests that replica counts that were updated one by one equal counts over all nodes. */
import { anyTally, anyWorld, build, isRefuted } from '@stowage/testing'
import { anyPhase } from '../../../../testing/src/arbitrary/text.js'
import { lowerTally } from '../../../../testing/src/lower/expr.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stateOf } from '../../cluster/cluster.js'
import { nodeIdOf } from '../../cluster/read.js'
import { rankedRows } from '../../cluster/roster.js'
import { batch, bind, getOrThrow, replicasOn, evict, type Tally } from '../../index.js'
import { domainCounts } from '../../judge/expr.js'
import { counterOf } from '../../judge/count.js'
import { addToCounts, openLiveCounts } from './live-counts.js'

const ways = { addTo: addToCounts, sumOf: openLiveCounts }

/** What comes to a node, or the newest there that goes. */
const anyMove = fc.record({
  node: fc.nat(7),
  class: fc.nat(2),
  phase: anyPhase,
  goes: fc.boolean(),
})

const keepsUp = (by: typeof ways) =>
  fc.property(
    anyWorld,
    anyTally,
    fc.array(anyMove, { maxLength: 12 }),
    fc.boolean(),
    (world, tally, moves, isRanged) => {
      const { cluster, classes } = build(world)
      batch(cluster, (draft) => {
        const lowered = lowerTally(draft, tally)
        const ranked = [...rankedRows(stateOf(draft).roster)]
        const sum = by.sumOf(stateOf(draft), lowered, isRanged)
        const agrees = (): void => {
          const { countAt, extremes } = domainCounts(stateOf(draft), lowered)
          expect(ranked.map(sum.countAt)).toEqual(ranked.map(countAt))
          expect(sum.histogram).toEqual(openLiveCounts(stateOf(draft), lowered, isRanged).histogram)
          if (isRanged) expect(sum.extremes()).toEqual(extremes())
          else expect(sum.extremes().domains).toBe(extremes().domains)
        }
        agrees()
        for (const { node, class: of, phase, goes } of ranked.length === 0 ? [] : moves) {
          const row = ranked[node % ranked.length]!
          const countNow = (): number => counterOf(stateOf(draft), lowered)(row)
          const before = countNow()
          const id = nodeIdOf(stateOf(draft), row)
          const [newest] = replicasOn(draft, id)
          if (!goes) getOrThrow(bind(draft, classes[of % classes.length]!, id, phase))
          else if (newest !== undefined) getOrThrow(evict(draft, newest.id))
          const change = countNow() - before
          if (change !== 0) by.addTo(sum, row, change)
          agrees()
        }
        by.addTo(sum, stateOf(draft).roster.specs.length, 1)
        agrees()
      })
    },
  )

describe('a sum', () => {
  it('says what a domainCounts says, whatever came and went', () =>
    fc.assert(keepsUp(ways), { numRuns: 300 }))

  it.each<[string, Partial<typeof ways>]>([
    ['it hears of nothing', { addTo: () => undefined }],
    [
      'it hears only of what comes',
      { addTo: (sum, row, change) => change > 0 && addToCounts(sum, row, change) },
    ],
    [
      'everybody is counted',
      {
        addTo: (sum, row, change) => addToCounts({ ...sum, eligibleRows: undefined }, row, change),
      },
    ],
    [
      'levels stay as they were',
      { addTo: (sum, row, change) => addToCounts({ ...sum, histogram: undefined }, row, change) },
    ],
    [
      'every node is eligible',
      {
        sumOf: (parts, { eligible: _, ...tally }, isRanged) =>
          openLiveCounts(parts, tally, isRanged),
      },
    ],
    [
      'every phase is counted',
      {
        sumOf: (parts, tally, isRanged) =>
          openLiveCounts(parts, { ...tally, facts: { _tag: 'Every', of: [] } }, isRanged),
      },
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(keepsUp({ ...ways, ...broken }))).toBe(true)
  })

  it('keeps nothing that is never asked for', () => {
    const parts = stateOf(build({ nodes: [], classes: [], replicas: [] }).cluster)
    const tally: Tally = { facts: { _tag: 'Every', of: [] }, domain: 'node', absent: 'own' }
    const { histogram, eligibleRows } = openLiveCounts(parts, tally, false)
    expect({ histogram, eligibleRows }).toEqual({ histogram: undefined, eligibleRows: undefined })
  })
})
