/**
 * Tests the score `balance-change` against examples computed by hand and against a twin (a slow
 * reference implementation).
 */
import { build, plainClass, plainNode, rawScoreAgrees, isRefuted } from '@stowage/testing'
import { choiceByRaw } from '../../../testing/src/agreement/choice.js'
import { anyLoad } from '../../../testing/src/arbitrary/score.js'
import { explainByName } from '../../../testing/src/picture/answer.js'
import type { LoadRecipe, VectorRecipe } from '../../../testing/src/recipe/recipe.js'
import { batch, bind, getOrThrow, cpu, define, empty, explain, join, memory } from '@stowage/kernel'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ClassSpec } from '../rule/class.js'
import { pluginId } from '../rule/id.js'

const anyBalance = anyLoad.map((load): LoadRecipe => ({ ...load, curve: 'balance-change' }))

const agrees = (misread?: (load: LoadRecipe) => LoadRecipe) => rawScoreAgrees(anyBalance, misread)

it('is how much evener the parts would be taken', () => fc.assert(agrees(), { numRuns: 300 }))

it.each<[string, (load: LoadRecipe) => LoadRecipe]>([
  [
    'the new replica is forgotten',
    (load) => ({ ...load, parts: load.parts.map((part) => ({ ...part, amount: 0 })) }),
  ],
  ['a part is left out', (load) => ({ ...load, parts: load.parts.slice(1) })],
])('is refuted when %s', (_, misread) => {
  expect(isRefuted(agrees(misread))).toBe(true)
})

const asking = (cpuAsked: number, memoryAsked: number): ClassSpec => ({
  facts: [],
  occupies: [
    [cpu, cpuAsked],
    [memory, memoryAsked],
  ],
  filters: [],
  choice: {
    _tag: 'Sum',
    tie: 'rank',
    scores: [
      {
        plugin: pluginId(0),
        normaliser: 'none',
        weight: 1,
        raw: {
          _tag: 'Load',
          curve: 'balance-change',
          parts: [
            { dimension: cpu, amount: cpuAsked, weight: 1 },
            { dimension: memory, amount: memoryAsked, weight: 1 },
          ],
        },
      },
    ],
  },
  priority: 0,
})

it('favours the node that the replica makes evener', () => {
  const [, scores] = batch(empty, (draft) => {
    const capacity = [
      [cpu, 4000],
      [memory, 8192],
    ] as const
    const [even] = ['even', 'idle'].map((name) =>
      getOrThrow(join(draft, { name, capacity, attributes: [], marks: [] })),
    )
    getOrThrow(bind(draft, getOrThrow(define(draft, asking(2000, 1024))), even!, 'running'))
    const classId = getOrThrow(define(draft, asking(1000, 1024)))
    return explain(draft, { class: classId }).nodes.map(({ scores: [score] }) => score?.raw)
  })
  expect(scores).toEqual([72, 71])
})

/** The change on a node that has 10 of everything, that is taken so, when so much more is asked. */
const changeOf = (taken: VectorRecipe, demand: VectorRecipe): number | undefined => {
  const parts = demand.map(([dimension, amount]) => ({ dimension, amount, weight: 1 }))
  const { cluster, classes } = build({
    nodes: [{ ...plainNode, capacity: taken.map(([dimension]) => [dimension, 10]) }],
    classes: [
      { ...plainClass, occupies: taken },
      { ...plainClass, choice: choiceByRaw({ _tag: 'Load', curve: 'balance-change', parts }) },
    ],
    replicas: [{ class: 0, node: 'a', phase: 'running' }],
  })
  return explainByName(cluster, { class: classes[1]! }).nodes[0]!.scores[0]!.raw
}

it.each<readonly [string, VectorRecipe]>([
  ['two', []],
  ['two, where the node has nothing of a third', [['gpu', 1]]],
])(
  'takes half of what lies between the shares of %s, without the roundings of a mean and a root',
  (_, others) => {
    const taken: VectorRecipe = [
      ['cpu', 8],
      ['memory', 1],
    ]
    const demand: VectorRecipe = [['cpu', 0], ['memory', 7], ...others]
    // 8/10 and 1/10 leave 64 so, where by mean and root they would leave 65.
    expect(changeOf(taken, demand)).toBe(50 + Math.floor((50 + 100 - 64) / 2))
  },
)

it('is no change where three shares are alike before and after', () => {
  const each = (amount: number): VectorRecipe => [
    ['cpu', amount],
    ['memory', amount],
    ['gpu', amount],
  ]
  expect(changeOf(each(1), each(1))).toBe(75)
})
