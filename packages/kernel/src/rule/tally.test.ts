/**
 * Tests tallies (rules that count replicas per domain) by examples: domains, absent attributes,
 * eligible nodes and phases.
 */
import { build, plainClass, plainNode } from '@stowage/testing'
import { choiceByRaw } from '../../../testing/src/agreement/choice.js'
import { explainByName } from '../../../testing/src/picture/answer.js'
import type { MatchRecipe, TallyRecipe } from '../../../testing/src/recipe/recipe.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { batch, bind, explain, findNode, replicasOn, setPhase, evict, trial } from '../index.js'
import type { Draft, NodeId } from '../index.js'

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
      { ...plainClass, choice: choiceByRaw({ _tag: 'Counts', terms: [[tally, 1]] }) },
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
  return explainByName(cluster, { class: classes[2]! }).nodes.map(({ scores }) => scores[0]?.raw)
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

it('ignores a node without the attribute where that is refused', () => {
  const zones = { facts: web, domain: { key: 'zone' }, absent: 'refuse' } as const
  expect(counts(zones)).toEqual([3, 3, 0, undefined, undefined])
})

it('counts over the whole cluster', () => {
  expect(counts({ facts: web, domain: 'cluster', absent: 'own' })).toEqual([5, 5, 5, 5, 5])
})

it.each([
  ['own', [3, 3, 3, 1, 1]],
  ['shared', [3, 3, 3, 2, 2]],
  ['skip', [3, 3, 3, 0, 0]],
  ['refuse', [3, 3, 3, undefined, undefined]],
] as const)('takes a node without the key out of the cluster: %s', (absent, expected) => {
  expect(counts({ facts: web, domain: 'cluster', key: 'zone', absent })).toEqual(expected)
})

it('counts on the node where it has the key', () => {
  const withKey = { facts: web, domain: 'node', key: 'zone' } as const
  expect(counts({ ...withKey, absent: 'skip' })).toEqual([2, 1, 0, 0, 0])
  expect(counts({ ...withKey, absent: 'shared' })).toEqual([2, 1, 0, 2, 2])
})

it('counts on eligible nodes alone, also for the others in their domain', () => {
  const eligible = { _tag: 'Named', nodes: ['a', 'd'] } as const
  const by = (rest: Pick<TallyRecipe, 'domain' | 'absent'>) =>
    counts({ facts: web, eligible, ...rest })
  expect(by({ domain: { key: 'zone' }, absent: 'own' })).toEqual([2, 2, 0, 1, 0])
  expect(by({ domain: 'node', absent: 'own' })).toEqual([2, 0, 0, 1, 0])
  expect(by({ domain: 'cluster', absent: 'own' })).toEqual([3, 3, 3, 3, 3])
})

it('counts by phase', () => {
  const running: MatchRecipe = { _tag: 'Phase', phase: 'running' }
  const on = (facts: MatchRecipe) => counts({ facts, domain: 'node', absent: 'own' })
  expect(on({ _tag: 'Every', of: [web, running] })).toEqual([1, 0, 0, 1, 1])
  expect(on({ _tag: 'Some', of: [web, running] })).toEqual([2, 1, 1, 1, 1])
  expect(on({ _tag: 'None', of: running })).toEqual([1, 1, 0, 0, 0])
  expect(on({ _tag: 'Every', of: [] })).toEqual([2, 1, 1, 1, 1])
})

describe('removal', () => {
  const running: MatchRecipe = { _tag: 'Every', of: [web, { _tag: 'Phase', phase: 'running' }] }
  const tally: TallyRecipe = { facts: running, domain: 'node', absent: 'own', removal: web }
  const { cluster, classes } = build({
    nodes: [plainNode],
    classes: [
      { ...plainClass, facts: ['web'] },
      { ...plainClass, choice: choiceByRaw({ _tag: 'Counts', terms: [[tally, 1]] }) },
    ],
    replicas: [
      { class: 0, node: 'a', phase: 'running' },
      { class: 0, node: 'a', phase: 'leaving' },
    ],
  })
  const node = O.getOrElse(() => -1 as NodeId)(findNode(cluster, 'a'))
  const count = (draft: Draft) => explain(draft, { class: classes[1]! }).nodes[0]!.scores[0]!.raw
  const stopping = (draft: Draft, position: number) =>
    evict(draft, replicasOn(draft, node)[position]!.id)

  it('takes 1 away for each that is stopped in a trial, counted before or not', () => {
    batch(cluster, (draft) => {
      const seen = trial(draft, () => {
        stopping(draft, 1)
        const one = count(draft)
        stopping(draft, 0)
        return [true, [one, count(draft)]]
      })
      expect(seen).toEqual([0, -1])
      expect(count(draft)).toBe(0)
    })
  })

  it('adds 1 for each that is put somewhere in a trial, and goes by what stands there after it', () => {
    batch(cluster, (draft) => {
      const seen = trial(draft, () => [
        true,
        [bind(draft, classes[0]!, node, 'assumed'), count(draft)][1],
      ])
      expect(seen).toBe(2)
      expect(count(draft)).toBe(1)
    })
  })

  it('goes by the facts where a phase changes', () => {
    batch(cluster, (draft) => {
      const seen = trial(draft, () => {
        setPhase(draft, replicasOn(draft, node)[1]!.id, 'running')
        return [false, count(draft)]
      })
      expect([seen, count(draft)]).toEqual([2, 1])
    })
  })

  it('forgets what a trial in a trial did when that is taken back, and not when it is kept', () => {
    batch(cluster, (draft) => {
      trial(draft, () => {
        trial(draft, () => [false, stopping(draft, 1)])
        expect(count(draft)).toBe(1)
        trial(draft, () => [true, stopping(draft, 1)])
        expect(count(draft)).toBe(0)
        return [true, 0]
      })
    })
  })

  it('is nothing outside of trials', () => {
    batch(cluster, (draft) => {
      stopping(draft, 1)
      expect(count(draft)).toBe(1)
    })
  })
})
