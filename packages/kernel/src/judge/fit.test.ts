/**
 * Property: the *fit* filter gives the same results as its twin (a slow reference implementation).
 * The test also checks that planted bugs are detected.
 */
import { filterAgrees, isRefuted } from '@stowage/testing'
import { anyFit } from '../../../testing/src/arbitrary/filter.js'
import type { FitRecipe } from '../../../testing/src/recipe/recipe.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  batch,
  bind,
  cpu,
  define,
  empty,
  getOrThrow,
  join,
  memory,
  place,
  pluginId,
  reasonId,
  redescribe,
  type Filter,
  type NodeSpec,
} from '../index.js'

type Part = FitRecipe['parts'][number]
const partwise =
  (change: (part: Part) => Part) =>
  (fit: FitRecipe): FitRecipe => ({ ...fit, parts: fit.parts.map(change) })

it('refuses exactly what does not fit', () => fc.assert(filterAgrees(anyFit), { numRuns: 300 }))

it.each<[string, (fit: FitRecipe) => FitRecipe]>([
  ['the last dimension is skipped', (fit) => ({ ...fit, parts: fit.parts.slice(0, -1) })],
  ['what is free must exceed', partwise((part) => ({ ...part, amount: part.amount + 1 }))],
  ['what is free may fall short by one', partwise(askingOneLess)],
  ['a slot is as hopeless as the rest', partwise((part) => ({ ...part, slot: false }))],
  ['removing always helps', (fit) => partwise((part) => ({ ...part, slot: true }))(fit)],
  ['reasons come last first', (fit) => ({ ...fit, parts: [...fit.parts].reverse() })],
])('is refuted when %s', (_, misread) => {
  expect(isRefuted(filterAgrees(anyFit, misread))).toBe(true)
})

it('counts an overcommitted node only by the parts of which something is demanded', () => {
  batch(empty, (draft) => {
    const spec = (cores: number): NodeSpec => ({
      ...{ name: 'a', attributes: [], marks: [] },
      capacity: [
        [cpu, cores],
        [memory, 1],
      ],
    })
    const parts = ([cores, room]: readonly [number, number]): Extract<
      Filter,
      { readonly _tag: 'Fit' }
    >['parts'] => [
      { dimension: cpu, amount: cores, reason: reasonId(1), slot: false },
      { dimension: memory, amount: room, reason: reasonId(2), slot: false },
    ]
    const defineJob = (amounts: readonly [number, number]) =>
      getOrThrow(
        define(draft, {
          ...{ facts: [], priority: 0, choice: { _tag: 'Sum', scores: [], tie: 'rank' } },
          occupies: [[cpu, amounts[0]]],
          filters: [{ _tag: 'Fit', plugin: pluginId(1), removable: true, parts: parts(amounts) }],
        }),
      )
    const node = getOrThrow(join(draft, spec(4)))
    bind(draft, defineJob([4, 0]), node, 'running')
    getOrThrow(redescribe(draft, node, spec(2)))
    const reasonsOf = (amounts: readonly [number, number]) =>
      place(draft, [{ class: defineJob(amounts), count: 1 }]).answers[0]!.unplaced?.reasons
    expect(reasonsOf([1, 2])).toEqual([
      [1, 1],
      [2, 1],
    ])
    expect(reasonsOf([0, 2])).toEqual([[2, 1]])
    expect(reasonsOf([0, 1])).toBeUndefined()
  })
})

function askingOneLess(part: Part): Part {
  return { ...part, amount: Math.max(part.amount - 1, 0) }
}
