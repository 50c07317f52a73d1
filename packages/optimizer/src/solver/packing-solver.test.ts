/**
 * Tests of the packing solver: its bound is below the cost of every packing, its packings are valid
 * and no worse than the packing with which the solver started, and more work never gives a worse
 * packing.
 */
import { binPacking } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packingSolver } from './packing-solver.js'
import type { LinearLibrary } from '../master/linear-library.js'
import { anyPacking, breachesOf, leastCost, overOf } from './packings.fixture.js'
import type { PackedBins, Packing, PackingSolver } from '../table/packing-types.js'

const loadHighs = createRequire(import.meta.url)('highs') as () => Promise<LinearLibrary>
const solver = packingSolver(await loadHighs())

const isBelowAll = ({ lowerBound }: Pick<PackingSolver, 'lowerBound'>) =>
  fc.property(anyPacking, (packing) => {
    const least = leastCost(packing)
    fc.pre(least < Infinity)
    return lowerBound(packing, 10_000).value <= least + 1e-6
  })

const greedy = (packing: Packing): readonly PackedBins[] => {
  const tables = binPacking.fillTables(packing)
  const worth = Float64Array.from(packing.items, ({ size }) => size[0]! + size[1]!)
  return binPacking.packGreedily(tables, binPacking.startPacking(tables), worth)
}

const isNoWorse = (packing: Packing, one: readonly PackedBins[], other: readonly PackedBins[]) => {
  const byOver = overOf(packing, one) - overOf(packing, other)
  if (byOver !== 0) return byOver < 0
  const [a, b] = [binPacking.costsOf(packing, one), binPacking.costsOf(packing, other)]
  return binPacking.compareCosts(a, b) <= 0
}

const improves = (improve: PackingSolver['improve']) =>
  fc.property(anyPacking, (packing) => {
    const start = greedy(packing)
    const { packed } = improve(packing, start, 1_000)
    expect(breachesOf(packing, packed)).toEqual([])
    expect(isNoWorse(packing, packed, start)).toBe(true)
  })

const gainsByWork = (improve: PackingSolver['improve']) =>
  fc.property(anyPacking, fc.nat(800), fc.nat(800), (packing, some, more) => {
    const start = greedy(packing)
    const few = improve(packing, start, some).packed
    const many = improve(packing, start, some + more).packed
    return isNoWorse(packing, many, few)
  })

describe('the bound', () => {
  it('is below whatever can be packed', () => fc.assert(isBelowAll(solver), { numRuns: 400 }))
  it('is near the least that can be packed', () => {
    let [close, all] = [0, 0]
    const some = fc.property(anyPacking, (packing) => {
      const least = leastCost(packing)
      fc.pre(least < Infinity && least > 0)
      all++
      if (Math.ceil(solver.lowerBound(packing, 10_000).value - 1e-6) >= least) close++
    })
    fc.assert(some, { numRuns: 200, seed: 1 })
    expect(close / all).toBeGreaterThan(0.6)
  })
  it.each<[string, (packing: Packing) => number]>([
    ['is one too high', (packing) => solver.lowerBound(packing, 10_000).value + 1],
    [
      'does not know that there are more bins',
      ({ items, bins }) =>
        solver.lowerBound({ items, bins: bins.map((bin) => ({ ...bin, countMax: 1 })) }, 10_000)
          .value,
    ],
    [
      'takes bins for smaller ones',
      ({ items, bins }) =>
        solver.lowerBound(
          { items, bins: bins.map((bin) => ({ ...bin, free: bin.free.map((one) => one - 1) })) },
          10_000,
        ).value,
    ],
  ])('is refuted when it %s', (_, value) => {
    const broken = { lowerBound: (packing: Packing) => ({ value: value(packing), work: 0 }) }
    expect(isRefuted(isBelowAll(broken), { runsMax: 2_000 })).toBe(true)
  })
})

describe('a better packing', () => {
  it('is allowed and no worse', () => fc.assert(improves(solver.improve), { numRuns: 300 }))
  it('is no worse after more work', () => fc.assert(gainsByWork(solver.improve), { numRuns: 100 }))
  it.each<[string, PackingSolver['improve']]>([
    ['forgets a bin', (_packing, start) => ({ packed: start.slice(1), work: 0 })],
    [
      'takes a bin once more',
      (_packing, start) => ({ packed: [...start, ...start.slice(0, 1)], work: 0 }),
    ],
    [
      'does not ask for limits',
      ({ items, bins }, start, workMax) =>
        solver.improve(
          { bins, items: items.map((item) => ({ ...item, limits: [] })) },
          start,
          workMax,
        ),
    ],
  ])('is refuted when it %s', (_, broken) => {
    expect(isRefuted(improves(broken), { runsMax: 2_000 })).toBe(true)
  })
  it('is refuted when more work is not used', () => {
    const lazy: PackingSolver['improve'] = (packing, start, workMax) =>
      workMax > 500 ? { packed: start, work: 0 } : solver.improve(packing, start, workMax)
    expect(isRefuted(gainsByWork(lazy), { runsMax: 2_000 })).toBe(true)
  })
})
