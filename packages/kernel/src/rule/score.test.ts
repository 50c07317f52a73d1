/** Tests raw scores by examples that were computed by hand, one group for each kind. */
import {
  build,
  plainClass,
  plainNode,
  type ChoiceRecipe,
  type NodeRecipe,
  type RawScoreRecipe,
} from '@stowage/testing'
import { choiceByRaw, choiceByScore } from '../../../testing/src/agreement/choice.js'
import { explainByName } from '../../../testing/src/picture/answer.js'
import type { ScoreRecipe, SpreadRecipe } from '../../../testing/src/recipe/recipe.js'
import { describe, expect, it } from 'vitest'

const has = (name: string, cpu: number, memory: number): NodeRecipe => ({
  ...plainNode,
  name,
  capacity: [
    ['cpu', cpu],
    ['memory', memory],
  ],
})

/** The weighted scores on nodes that hold 1 cpu and 1 memory each. */
const scores = (choice: ChoiceRecipe, ...nodes: readonly NodeRecipe[]) => {
  const { cluster, classes } = build({
    nodes,
    classes: [
      {
        ...plainClass,
        occupies: [
          ['cpu', 1],
          ['memory', 1],
        ],
      },
      { ...plainClass, choice },
    ],
    replicas: nodes.map(({ name }) => ({ class: 0, node: name, phase: 'running' })),
  })
  const explanation = explainByName(cluster, { class: classes[1]! })
  return explanation.nodes.map((node) => node.scores[0]?.weighted)
}

describe('Load', () => {
  const load = (curve: 'least' | 'most' | 'remaining', cpuWeight = 1): RawScoreRecipe => ({
    _tag: 'Load',
    curve,
    parts: [
      { dimension: 'cpu', amount: 1, weight: cpuWeight },
      { dimension: 'memory', amount: 2, weight: 1 },
    ],
  })

  it('least: what stays free, in percent, rounded down at both steps', () => {
    // cpu (3 - 2) * 100 / 3 = 33, memory (7 - 3) * 100 / 7 = 57; (33 + 57) / 2 = 45, and (2 * 33 +
    // 57) / 3 = 41.
    expect(scores(choiceByRaw(load('least')), has('a', 3, 7))).toEqual([45])
    expect(scores(choiceByRaw(load('least', 2)), has('a', 3, 7))).toEqual([41])
  })

  it('most: what is taken', () => {
    // cpu 2 * 100 / 3 = 66, memory 3 * 100 / 7 = 42; (66 + 42) / 2 = 54.
    expect(scores(choiceByRaw(load('most')), has('a', 3, 7))).toEqual([54])
  })

  it('leaves out what the node has none of, with its weight', () => {
    expect(scores(choiceByRaw(load('least', 9)), has('a', 0, 7))).toEqual([57])
    expect(scores(choiceByRaw(load('least')), has('a', 0, 0))).toEqual([0])
  })

  it('says 0 free and 100 taken of a node that would hold more than it has', () => {
    expect(scores(choiceByRaw(load('least')), has('a', 1, 2))).toEqual([0])
    expect(scores(choiceByRaw(load('most')), has('a', 1, 2))).toEqual([100])
  })

  it('remaining: the amounts that stay free, which may be less than nothing', () => {
    expect(scores(choiceByRaw(load('remaining', 10)), has('a', 3, 7), has('b', 1, 7))).toEqual([
      14, -6,
    ])
  })
})

describe('Load by points', () => {
  const points = (
    curve: readonly (readonly [number, number])[],
    ...weights: readonly number[]
  ): RawScoreRecipe => ({
    _tag: 'Load',
    curve: 'points',
    parts: [
      { dimension: 'cpu', amount: 1, weight: weights[0] ?? 1 },
      { dimension: 'memory', amount: 0, weight: weights[1] ?? 0 },
    ],
    points: curve,
  })
  const by = (curve: readonly (readonly [number, number])[], cpu: number) =>
    scores(choiceByRaw(points(curve)), has('a', cpu, 7))[0]

  it('looks up what would be taken', () => {
    const falling = [
      [10, 100],
      [50, 20],
    ] as const
    // 2 of 100 is 2 percent, 2 of 20 is 10, 2 of 10 is 20, 2 of 4 is 50, 2 of 3 is 66.
    expect([100, 20, 10, 4, 3].map((cpu) => by(falling, cpu))).toEqual([100, 100, 80, 20, 20])
  })

  it('rounds what the line adds toward 0', () => {
    // 2 of 200 is 1 percent: 3 - 1.5 and 1.5.
    const [falling, rising] = [
      [
        [0, 3],
        [2, 0],
      ],
      [
        [0, 0],
        [2, 3],
      ],
    ] as const
    expect([by(falling, 200), by(rising, 200)]).toEqual([2, 1])
  })

  it('leaves out what counts nothing, with its weight, and rounds the mean half up', () => {
    const rising = [
      [0, 0],
      [100, 100],
    ] as const
    // cpu 2 of 4 is 50, memory 1 of 7 is 14; (50 + 14 * 3) / 4 = 23, (50 + 14) / 2 = 32, (50 * 2 +
    // 14) / 3 = 38.
    const mean = (...weights: readonly number[]) =>
      scores(choiceByRaw(points(rising, ...weights)), has('a', 4, 7))[0]
    expect([mean(1, 3), mean(1, 1), mean(2, 1)]).toEqual([23, 32, 38])
    const few = [
      [14, 0],
      [100, 86],
    ] as const
    expect(scores(choiceByRaw(points(few, 1, 3)), has('a', 4, 7))).toEqual([36])
    expect(scores(choiceByRaw(points(few)), has('a', 0, 7))).toEqual([0])
  })
})

describe('Spread', () => {
  const everybody = { _tag: 'Every', of: [] } as const
  const inZone = (absent: 'skip' | 'refuse') =>
    ({ facts: everybody, domain: { key: 'zone' }, absent }) as const
  const zoned = (name: string, zone: string): NodeRecipe => ({
    ...has(name, 1, 1),
    attributes: [['zone', zone]],
  })
  const spread = (...terms: SpreadRecipe['terms']): ScoreRecipe => ({
    plugin: 0,
    raw: { _tag: 'Spread', terms },
    normaliser: 'spread',
    weight: 1,
  })
  const onNode = { facts: { _tag: 'Some', of: [] }, domain: 'node', absent: 'own' } as const

  it('favours the node that a term says nothing of', () => {
    // Nobody is counted: 2 + 4 with a zone, 2 without; (6 + 2 - 6) * 100 / 6 and (6 + 2 - 2) * 100
    // / 6.
    const nobody = { ...inZone('skip'), facts: onNode.facts }
    const by = choiceByScore(spread([onNode, 3], [nobody, 5]))
    expect(scores(by, zoned('a', 'x'), zoned('b', 'x'), has('c', 1, 1))).toEqual([33, 33, 100])
  })

  it('weighs by the logarithm of the domains, those without the attribute being one', () => {
    const by = choiceByRaw({ _tag: 'Spread', terms: [[inZone('skip'), 1]] })
    // 2 * ln 4 = 2.77, 1 * ln 4 = 1.39.
    expect(scores(by, zoned('a', 'x'), zoned('b', 'x'), has('c', 1, 1))).toEqual([3, 3, 0])
    expect(scores(by, zoned('a', 'x'), zoned('b', 'y'), zoned('c', 'z'))).toEqual([2, 2, 2])
    expect(scores(by, zoned('a', 'x'))).toEqual([1])
  })

  it('gives 0 to a node that is ignored, whatever the others have', () => {
    const by = choiceByScore(spread([inZone('refuse'), 5]))
    expect(scores(by, zoned('a', 'x'), zoned('b', 'y'), has('c', 1, 1))).toEqual([100, 100, 0])
  })
})

describe('a node that is ignored', () => {
  const refusing: RawScoreRecipe = {
    _tag: 'Counts',
    terms: [[{ facts: { _tag: 'Some', of: [] }, domain: { key: 'zone' }, absent: 'refuse' }, 1]],
  }
  const chosen = (prefer: 'least' | 'most') => {
    const { cluster, classes } = build({
      nodes: [has('a', 1, 1), { ...has('b', 1, 1), attributes: [['zone', 'x']] }],
      classes: [
        {
          ...plainClass,
          choice: { _tag: 'Chain', keys: [{ plugin: 0, raw: refusing, prefer }], tie: 'rank' },
        },
      ],
      replicas: [],
    })
    return explainByName(cluster, { class: classes[0]! })
  }

  it.each(['least', 'most'] as const)('comes after all others in a chain for the %s', (prefer) => {
    const { best, runnerUp, nodes } = chosen(prefer)
    expect([best, runnerUp]).toEqual([['b'], 'a'])
    expect(nodes[0]!.scores).toEqual([{ plugin: 0, weighted: -Infinity }])
  })
})

it('is what a column was given, and 0 where it was given none', () => {
  const { cluster, classes } = build({
    nodes: ['a', 'b', 'c'].map((name) => ({ ...plainNode, name })),
    classes: [{ ...plainClass, choice: choiceByRaw({ _tag: 'Column', column: 'images' }) }],
    given: {
      masks: [],
      columns: [
        {
          column: 'images',
          numbers: [
            ['a', 3],
            ['c', -2],
            ['a', 4],
          ],
        },
      ],
    },
    replicas: [],
  })
  const nodes = explainByName(cluster, { class: classes[0]! }).nodes
  expect(nodes.map(({ scores: [score] }) => score?.raw)).toEqual([4, 0, -2])
})

describe('a normaliser', () => {
  const remaining: RawScoreRecipe = {
    _tag: 'Load',
    curve: 'remaining',
    parts: [{ dimension: 'cpu', amount: 0, weight: 1 }],
  }
  const by = (normaliser: ScoreRecipe['normaliser'], ...free: readonly number[]) =>
    scores(
      choiceByScore({ plugin: 0, raw: remaining, normaliser, weight: 2 }),
      ...free.map((amount, i) => has(`node ${i}`, amount + 1, 1)),
    )

  it('max: in percent of the highest, rounded toward 0', () => {
    expect(by('max', 1, 2, 3)).toEqual([66, 132, 200])
    expect(by('max', 0, 0)).toEqual([0, 0])
  })

  it('max-reversed: 100 without that', () => {
    expect(by('max-reversed', 1, 2, 3)).toEqual([134, 68, 0])
    expect(by('max-reversed', 0, 0)).toEqual([200, 200])
  })

  it('min-max divides before it multiplies', () => {
    expect(by('min-max', 0, 29, 100)).toEqual([0, 56, 200])
  })

  it('spread: the least is best, in percent of the highest; 100 where that is 0', () => {
    expect(by('spread', 2, 6)).toEqual([200, 66])
    expect(by('spread', 0, 3)).toEqual([200, 0])
    expect(by('spread', 0, 0)).toEqual([200, 200])
  })

  it('min-max: from the lowest to the highest, rounded down; 0 where all are alike', () => {
    expect(by('min-max', 1, 2, 4)).toEqual([0, 66, 200])
    expect(by('min-max', 3, 3)).toEqual([0, 0])
  })
})
