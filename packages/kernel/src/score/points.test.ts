/**
 * Property: the *load* score `points` equals that of its twin (a slow reference implementation).
 */
import { rawScoreAgrees, isRefuted } from '@stowage/testing'
import { anyLoadPoints } from '../../../testing/src/arbitrary/score.js'
import type { LoadPointsRecipe } from '../../../testing/src/recipe/recipe.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'

type Points = LoadPointsRecipe['points']
const pointwise =
  (change: (points: Points) => Points) =>
  (load: LoadPointsRecipe): LoadPointsRecipe => ({ ...load, points: change(load.points) })

const partwise =
  (change: (part: LoadPointsRecipe['parts'][number]) => LoadPointsRecipe['parts'][number]) =>
  (load: LoadPointsRecipe): LoadPointsRecipe => ({ ...load, parts: load.parts.map(change) })

/** So that there is no line between two points. */
const stepwise = (points: Points): Points =>
  points.flatMap(([at, score], i) => {
    const next = points[i + 1]?.[0] ?? 101
    return next - at > 1
      ? [[at, score] as const, [next - 1, score] as const]
      : [[at, score] as const]
  })

it('is what the curve says of what the node would hold', () =>
  fc.assert(rawScoreAgrees(anyLoadPoints), { numRuns: 500 }))

it.each<[string, (load: LoadPointsRecipe) => LoadPointsRecipe]>([
  ['the first point is skipped', pointwise((points) => points.slice(points.length > 1 ? 1 : 0))],
  [
    'the last point is skipped',
    pointwise((points) => points.slice(0, Math.max(1, points.length - 1))),
  ],
  ['there is no line from one point to the next', pointwise(stepwise)],
  ['what counts nothing counts a little', pointwise((all) => all.map(([x, y]) => [x, y || 1]))],
  ['the new replica is forgotten', partwise((part) => ({ ...part, amount: 0 }))],
  ['all parts weigh the same', partwise((part) => ({ ...part, weight: 1 }))],
  ['the last part is skipped', (load) => ({ ...load, parts: load.parts.slice(0, -1) })],
])('is refuted when %s', (_, misread) => {
  expect(isRefuted(rawScoreAgrees(anyLoadPoints, misread))).toBe(true)
})
