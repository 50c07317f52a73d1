/** Tests the layout of tiles: the tile that is found at a point is the tile that is drawn there. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { cornerOf, gridHeight, gridOf, tile, tileAfterKey, tileAt, tilesBetween } from './grid.js'

const grids = fc
  .tuple(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 3000 }))
  .map(([count, width]) => gridOf(count, width))

const findsTiles = (at: typeof tileAt): fc.IProperty<unknown> =>
  fc.property(grids, fc.nat(), fc.nat(tile.side - 1), (grid, pick, inside) => {
    const position = pick % grid.count
    const { x, y } = cornerOf(grid, position)
    expect(at(grid, x + inside, y + inside)).toBe(position)
    const [first, end] = tilesBetween(grid, y, y + 1)
    expect(first <= position && position < end).toBe(true)
    expect(y + tile.side).toBeLessThanOrEqual(gridHeight(grid))
  })

it('a point inside of a tile is of that tile', () => fc.assert(findsTiles(tileAt)))
it('is refuted when rows are counted from one', () => {
  expect(isRefuted(findsTiles((grid, x, y) => tileAt(grid, x, y + 25)))).toBe(true)
})
it('no key leads outside', () =>
  fc.assert(
    fc.property(
      grids,
      fc.nat(),
      fc.constantFrom('ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'PageDown', 'Home', 'End'),
      (grid, pick, key) => {
        const next = tileAfterKey(grid, pick % grid.count, key) ?? -1
        expect(next).toBeGreaterThanOrEqual(0)
        expect(next).toBeLessThan(grid.count)
      },
    ),
  ))
it('other keys lead nowhere, and nothing is beside the tiles', () => {
  const grid = gridOf(10, 100)
  expect(grid.columns).toBe(4)
  expect(tileAfterKey(grid, 0, 'x')).toBeUndefined()
  expect([tileAt(grid, 101, 0), tileAt(grid, 51, 51), tileAt(grid, -1, 0)]).toEqual([
    ...[undefined, undefined, undefined],
  ])
})
