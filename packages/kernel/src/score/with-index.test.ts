/**
 * Tests scoring by index, where one candidate stands for several equal nodes: (1) the *spread*
 * score counts all of these nodes as domains; (2) scores that the index already knows are used.
 */
import { lowerClass, plainClass } from '@stowage/testing'
import { expect, it } from 'vitest'
import { stateOf } from '../cluster/cluster.js'
import { newScratch } from '../cluster/scratch.js'
import type { IndexAnswers, State } from '../cluster/state.js'
import { batch, bind, define, empty, getOrThrow, internWord, join } from '../index.js'
import { domainCounts } from '../judge/expr.js'
import type { Tally } from '../rule/expr.js'
import { rawScores } from './score.js'

/** Three nodes, of which the last has no host; ten replicas run on the first. */
const scoresIn = (
  answers: Partial<IndexAnswers>,
  raw: (tally: Tally) => Parameters<typeof rawScores>[0],
): readonly number[] => {
  let scores: readonly number[] = []
  batch(empty, (draft) => {
    const host = internWord(draft, 'host')
    const id = getOrThrow(define(draft, lowerClass(draft, plainClass)))
    const [first] = ['a', 'b', 'c'].map((name) => {
      const attributes = name === 'c' ? [] : [[host, internWord(draft, name)] as const]
      return getOrThrow(join(draft, { name, capacity: [], attributes, marks: [] }))
    })
    for (let i = 0; i < 10; i++) getOrThrow(bind(draft, id, first!, 'running'))
    const index: IndexAnswers = {
      domainCounts: (tally) => domainCounts(stateOf(draft), tally),
      scoreOf: () => undefined,
      isPerNode: () => false,
      nodesLike: () => 1,
      ...answers,
    }
    const state: State = { ...stateOf(draft), index }
    const candidates = { rows: Int32Array.of(0, 1, 2), count: 3 }
    const tally: Tally = { facts: { _tag: 'Every', of: [] }, domain: host, absent: 'skip' }
    scores = [...rawScores(raw(tally), { state, candidates, scratch: newScratch() })].slice(0, 3)
  })
  return scores
}

const spread = (tally: Tally) => ({ _tag: 'Spread' as const, terms: [[tally, 1] as const] })

it('counts the nodes that a candidate stands for as domains, where each node is one', () => {
  const nodesLike = (row: number): number => [5, 1, 3][row]!
  const weighed = (domains: number): number => Math.round(10 * Math.log(domains + 2))
  // Six nodes with a host, and those without one together.
  expect(scoresIn({ isPerNode: () => true, nodesLike }, spread)).toEqual([weighed(7), 0, 0])
  expect(scoresIn({ nodesLike }, spread)).toEqual([weighed(3), 0, 0])
})

it('takes the scores that an index knows', () => {
  const scoreOf = () => (row: number) => 7 * row
  expect(scoresIn({ scoreOf }, spread)).toEqual([0, 7, 14])
})
