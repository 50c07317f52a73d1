/**
 * Tests that the constructors of nodes, classes and rules return what could be written by hand as
 * object literals, and that `define` and `join` accept it.
 */
import { expect, it } from 'vitest'
import {
  batch,
  chainOf,
  classSpecOf,
  cpu,
  define,
  empty,
  fit,
  getOrThrow,
  internWord,
  join,
  limit,
  need,
  nodeSpecOf,
  onlyNodes,
  pluginId,
  reasonId,
  requireThat,
  skew,
  slots,
  sumOf,
  tallyOf,
  type Draft,
  type WordId,
} from '../index.js'

const [plugin, reason] = [pluginId(0), reasonId(0)]
const inDraft = (body: (draft: Draft) => void): void => void batch(empty, body)

it('fills in what a node and a class leave open', () => {
  const capacity = [[cpu, 4]] as const
  expect(nodeSpecOf('a', capacity)).toEqual({ name: 'a', capacity, attributes: [], marks: [] })
  expect(classSpecOf(capacity)).toEqual({
    facts: [],
    occupies: capacity,
    filters: [fit(capacity)],
    choice: { _tag: 'Sum', scores: [], tie: 'rank' },
    priority: 0,
  })
})

it('gives each dimension of fit its own reason, and makes slots a slot', () => {
  const demand = [[cpu, 4] as const, [slots, 1] as const]
  expect(fit(demand)).toEqual({
    _tag: 'Fit',
    plugin,
    removable: true,
    parts: [
      { dimension: cpu, amount: 4, reason: 0, slot: false },
      { dimension: slots, amount: 1, reason: 2, slot: true },
    ],
  })
  const reasonOf = () => reasonId(7)
  expect(fit([[cpu, 4]], { reasonOf }).parts[0]?.reason).toBe(7)
})

it('says of every other filter whether removing replicas could help', () => {
  const word = 0 as WordId
  const tally = tallyOf(word, 'node')
  const everywhere = { _tag: 'All', of: [] } as const
  expect(tally).toEqual({ facts: { _tag: 'Fact', word }, domain: 'node', absent: 'own' })
  expect(onlyNodes([])).toEqual({ _tag: 'Only', plugin, reason, removable: false, nodes: [] })
  expect(requireThat(everywhere)).toMatchObject({ _tag: 'Require', removable: false })
  expect(limit(tally, 2)).toMatchObject({ _tag: 'Limit', removable: true, self: 1, max: 2 })
  expect(skew(tally, 2)).toMatchObject({ _tag: 'Skew', removable: true, self: 1, domainsMin: 0 })
  expect(need(tally.facts, ['node'])).toMatchObject({ removable: false, firstMayStart: false })
})

it('takes what is given instead of a default', () => {
  const options = { plugin: pluginId(3), reason: reasonId(5), removable: true, self: 0 }
  const tally = tallyOf({ _tag: 'Phase', phase: 'running' }, 'cluster', { absent: 'skip' })
  expect(tally).toMatchObject({ facts: { _tag: 'Phase' }, absent: 'skip' })
  expect(limit(tally, 1, options)).toMatchObject(options)
  const raw = { _tag: 'Counts', terms: [[tally, 1]] } as const
  expect(sumOf([{ raw, weight: 2 }], { seeded: 1 })).toEqual({
    _tag: 'Sum',
    scores: [{ plugin, raw, normaliser: 'none', weight: 2 }],
    tie: { seeded: 1 },
  })
  expect(chainOf([{ raw, prefer: 'least' }])).toEqual({
    _tag: 'Chain',
    keys: [{ plugin, raw, prefer: 'least' }],
    tie: 'rank',
  })
})

it('makes nodes and classes that a cluster lets in', () =>
  inDraft((draft) => {
    const [zone, web] = [internWord(draft, 'zone'), internWord(draft, 'web')]
    const node = getOrThrow(join(draft, nodeSpecOf('a', [[cpu, 4]], { attributes: [[zone, web]] })))
    const tally = tallyOf(web, zone)
    const filters = [
      onlyNodes([node]),
      requireThat({ _tag: 'Has', key: zone }),
      fit([[cpu, 1]]),
      limit(tally, 3),
      skew(tally, 1),
      need(tally.facts, [zone], { firstMayStart: true }),
    ]
    expect(getOrThrow(define(draft, classSpecOf([[cpu, 1]], { facts: [web], filters })))).toBe(0)
  }))
