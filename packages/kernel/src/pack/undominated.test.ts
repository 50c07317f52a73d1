/** Tests that dominated bins are never needed: bounds and packings are the same without them. */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { boundOf } from './bound.js'
import type { Packing } from './packing.js'
import { packingOn, undominatedBins } from './undominated.js'

const anyPacking: fc.Arbitrary<Packing> = fc
  .record({
    sizes: fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(4), fc.nat(9)), {
      minLength: 1,
      maxLength: 4,
    }),
    bins: fc.array(
      fc.record({
        free: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(9)),
        costs: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.constant(1)),
        countMax: fc.constantFrom(Infinity, Infinity, 1),
        held: fc.nat(1),
        closed: fc.nat(7),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ sizes, bins }) => ({
    bins,
    items: sizes.map(([one, two, count], item) => ({
      ...{ count, demand: [one, two], size: [one, two] },
      takes: bins.map(({ free, closed }) => free[0] >= one && free[1] >= two && closed !== item),
      limits:
        item === 0
          ? [{ counts: sizes.map((_, i) => i === 0), max: 1, held: bins.map((bin) => bin.held) }]
          : [],
    })),
  }))

/** Whether some bin of those has what the bin has, as often as one likes, for no more. */
const isCovered = ({ items, bins }: Packing, bin: number, by: readonly number[]): boolean =>
  by.some(
    (other) =>
      other === bin ||
      (bins[other]!.countMax === Infinity &&
        bins[other]!.costs.every((cost, key) => cost <= bins[bin]!.costs[key]!) &&
        bins[other]!.free.every((free, d) => free >= bins[bin]!.free[d]!) &&
        items.every(
          ({ takes, limits }) =>
            (takes[other]! || !takes[bin]!) &&
            limits.every(({ held }) => held[other]! <= held[bin]!),
        )),
  )

const coversAll = (choose: typeof undominatedBins) =>
  fc.property(anyPacking, (packing) => {
    const needed = choose(packing)
    return packing.bins.every((_, bin) => isCovered(packing, bin, needed))
  })

it('leaves a bin for each that is left out', () => fc.assert(coversAll(undominatedBins)))

it('is refuted when it does not look at how many bins there are', () => {
  const blind = ({ items, bins }: Packing): readonly number[] =>
    undominatedBins({ items, bins: bins.map((bin) => ({ ...bin, countMax: Infinity })) })
  expect(isRefuted(coversAll(blind))).toBe(true)
})

it('is refuted when it does not look at what bins take', () => {
  const blind = ({ items, bins }: Packing): readonly number[] =>
    undominatedBins({
      items: items.map((item) => ({ ...item, takes: bins.map(() => true) })),
      bins,
    })
  expect(isRefuted(coversAll(blind))).toBe(true)
})

it('needs no bin that another needed one covers, and the same bound', () =>
  fc.assert(
    fc.property(anyPacking, (packing) => {
      const needed = undominatedBins(packing)
      expect(boundOf(packingOn(packing, needed)).value).toBeLessThanOrEqual(
        boundOf(packing).value * (1 + 1e-9) + 1,
      )
      for (const bin of needed)
        expect(
          isCovered(
            packing,
            bin,
            needed.filter((other) => other !== bin),
          ),
        ).toBe(false)
    }),
  ))
