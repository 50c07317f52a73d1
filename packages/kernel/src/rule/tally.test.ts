import {
  build,
  byRaw,
  explained,
  plainClass,
  plainNode,
  type MatchRecipe,
  type TallyRecipe,
} from '@stowage/testing'
import { expect, it } from 'vitest'

const zoned = (name: string, zone: string) => ({
  ...plainNode,
  name,
  attributes: [['zone', zone] as const],
})
const web: MatchRecipe = { _tag: 'Fact', word: 'web' }

/** The counts on a and b in zone x, c in zone y, and d and e without a zone. */
const counts = (tally: TallyRecipe): readonly (number | undefined)[] => {
  const { cluster, classes } = build({
    nodes: [
      zoned('a', 'x'),
      zoned('b', 'x'),
      zoned('c', 'y'),
      { ...plainNode, name: 'd' },
      { ...plainNode, name: 'e' },
    ],
    classes: [
      { ...plainClass, facts: ['web'] },
      { ...plainClass, facts: ['db'] },
      { ...plainClass, choice: byRaw({ _tag: 'Counts', terms: [[tally, 1]] }) },
    ],
    replicas: [
      { class: 0, node: 'a', phase: 'running' },
      { class: 0, node: 'a', phase: 'leaving' },
      { class: 0, node: 'b', phase: 'assumed' },
      { class: 1, node: 'c', phase: 'running' },
      { class: 0, node: 'd', phase: 'running' },
      { class: 0, node: 'e', phase: 'running' },
    ],
  })
  return explained(cluster, { class: classes[2]! }).nodes.map(({ scores }) => scores[0]?.raw)
}

it('counts on the node', () => {
  expect(counts({ facts: web, domain: 'node', absent: 'own' })).toEqual([2, 1, 0, 1, 1])
})

it.each([
  ['own', [3, 3, 0, 1, 1]],
  ['shared', [3, 3, 0, 2, 2]],
  ['skip', [3, 3, 0, 0, 0]],
] as const)('counts over an attribute, a node without it being %s', (absent, expected) => {
  expect(counts({ facts: web, domain: { key: 'zone' }, absent })).toEqual(expected)
})

it('counts by phase', () => {
  const running: MatchRecipe = { _tag: 'Phase', phase: 'running' }
  const on = (facts: MatchRecipe) => counts({ facts, domain: 'node', absent: 'own' })
  expect(on({ _tag: 'Every', of: [web, running] })).toEqual([1, 0, 0, 1, 1])
  expect(on({ _tag: 'Some', of: [web, running] })).toEqual([2, 1, 1, 1, 1])
  expect(on({ _tag: 'None', of: running })).toEqual([1, 1, 0, 0, 0])
  expect(on({ _tag: 'Every', of: [] })).toEqual([2, 1, 1, 1, 1])
})
