import {
  build,
  byRaw,
  byScore,
  explained,
  plainClass,
  plainNode,
  type ChoiceRecipe,
  type NodeRecipe,
  type RawRecipe,
  type ScoreRecipe,
} from '@stowage/testing'
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
  const said = explained(cluster, { class: classes[1]! })
  return said.nodes.map((node) => node.scores[0]?.weighted)
}

describe('Load', () => {
  const load = (curve: 'least' | 'most' | 'remaining', cpuWeight = 1): RawRecipe => ({
    _tag: 'Load',
    curve,
    parts: [
      { dimension: 'cpu', amount: 1, weight: cpuWeight },
      { dimension: 'memory', amount: 2, weight: 1 },
    ],
  })

  it('least: what stays free, in percent, rounded down at both steps', () => {
    // cpu (3 - 2) * 100 / 3 = 33, memory (7 - 3) * 100 / 7 = 57; (33 + 57) / 2 = 45, and (2 * 33 + 57) / 3 = 41.
    expect(scores(byRaw(load('least')), has('a', 3, 7))).toEqual([45])
    expect(scores(byRaw(load('least', 2)), has('a', 3, 7))).toEqual([41])
  })

  it('most: what is taken', () => {
    // cpu 2 * 100 / 3 = 66, memory 3 * 100 / 7 = 42; (66 + 42) / 2 = 54.
    expect(scores(byRaw(load('most')), has('a', 3, 7))).toEqual([54])
  })

  it('leaves out what the node has none of, with its weight', () => {
    expect(scores(byRaw(load('least', 9)), has('a', 0, 7))).toEqual([57])
    expect(scores(byRaw(load('least')), has('a', 0, 0))).toEqual([0])
  })

  it('says 0 free and 100 taken of a node that would hold more than it has', () => {
    expect(scores(byRaw(load('least')), has('a', 1, 2))).toEqual([0])
    expect(scores(byRaw(load('most')), has('a', 1, 2))).toEqual([100])
  })

  it('remaining: the amounts that stay free, which may be less than nothing', () => {
    expect(scores(byRaw(load('remaining', 10)), has('a', 3, 7), has('b', 1, 7))).toEqual([14, -6])
  })
})

describe('a normaliser', () => {
  const remaining: RawRecipe = {
    _tag: 'Load',
    curve: 'remaining',
    parts: [{ dimension: 'cpu', amount: 0, weight: 1 }],
  }
  const by = (normaliser: ScoreRecipe['normaliser'], ...free: readonly number[]) =>
    scores(
      byScore({ plugin: 0, raw: remaining, normaliser, weight: 2 }),
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

  it('min-max: from the lowest to the highest, rounded down; 0 where all are alike', () => {
    expect(by('min-max', 1, 2, 4)).toEqual([0, 66, 200])
    expect(by('min-max', 3, 3)).toEqual([0, 0])
  })
})
