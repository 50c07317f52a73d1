/** Tests that the generators draw every kind of rule, tally, pattern and operation. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { explainByName } from '../picture/answer.js'
import { picture } from '../picture/picture.js'
import { build } from '../lower/world.js'
import { anyClass } from './class.js'
import { acceptsTwin } from '../twin/pattern.js'
import { anyHistory } from './history.js'
import { anyProgram } from './pattern.js'
import { anyTally } from './tally.js'
import { anyWorld } from './world.js'

/** All that is said under these keys, anywhere in a value. */
const saidUnder = (keys: readonly string[], value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => [
    ...(keys.includes(key) ? [typeof inner === 'object' ? 'an object' : String(inner)] : []),
    ...saidUnder(keys, inner),
  ])
}

const kinds: Readonly<Record<string, readonly string[]>> = {
  _tag: [
    ...['Only', 'Require', 'Fit', 'Limit', 'Skew', 'Need'],
    ...[
      'All',
      'Any',
      'Not',
      'Has',
      'In',
      'Compare',
      'Pattern',
      'Marks',
      'Named',
      'InMask',
      'Count',
    ],
    ...['Static', 'Column', 'Load', 'Counts', 'Spread', 'Sum', 'Chain'],
    ...['Fact', 'Phase', 'Every', 'Some', 'None'],
  ],
  curve: ['least', 'most', 'remaining', 'balance-change', 'points'],
  normaliser: ['none', 'max', 'max-reversed', 'min-max', 'spread'],
  domain: ['node', 'cluster', 'an object'],
  absent: ['own', 'shared', 'skip', 'refuse'],
  as: ['int64', 'version', 'instant'],
  op: ['<', '<=', '>', '>='],
  prefer: ['least', 'most'],
  tie: ['rank', 'an object'],
  phase: ['assumed', 'running', 'leaving'],
}

it.each(Object.entries(kinds))('classes of every %s are drawn', (key, expected) => {
  const drawn = new Set(saidUnder([key], fc.sample(anyClass, 1_000)))
  expect([...drawn].sort()).toEqual([...expected].sort())
})

it('tallies with everything that may be left out, and without, are drawn', () => {
  const tallies = fc.sample(anyTally, 300)
  for (const field of ['key', 'eligible', 'removal'] as const) {
    const having = tallies.filter((tally) => tally[field] !== undefined).length
    expect([field, having > 20, having < 280]).toEqual([field, true, true])
  }
})

it('patterns that accept something and that accept nothing are drawn', () => {
  const texts = ['', 'x', '1.9', '💧x']
  const accepted = fc
    .sample(anyProgram, 300)
    .map((program) => texts.filter((text) => acceptsTwin(program, text)).length)
  for (const few of [[0], [1, 2, 3, 4]])
    expect(accepted.filter((count) => few.includes(count)).length).toBeGreaterThan(10)
})

it('histories of every operation are drawn', () => {
  const drawn = new Set(saidUnder(['_tag', 'end', 'taken'], fc.sample(anyHistory, 300)))
  const operations = [
    ...['Join', 'Leave', 'Place', 'Launch', 'Bind', 'Stop', 'SetPhase', 'Trial'],
    ...['GiveMask', 'GiveColumn', 'Explain', 'Redescribe', 'Reclass', 'Forget'],
  ]
  expect([...drawn]).toEqual(
    expect.arrayContaining([...operations, 'kept', 'rolled back', 'thrown', 'true', 'false']),
  )
})

/** How often something is so, of a number of worlds. */
const share = (so: (world: (typeof worlds)[number]) => boolean): number =>
  worlds.filter(so).length / worlds.length
const worlds = fc.sample(anyWorld, 500).map((world) => {
  const { cluster, classes } = build(world)
  return {
    nodes: picture(cluster).nodes,
    explanation: explainByName(cluster, { class: classes[0]! }),
  }
})

it('worlds have something to decide', () => {
  expect(share(({ nodes }) => nodes.some(({ replicas }) => replicas.length > 1))).toBeGreaterThan(
    0.2,
  )
  expect(share(({ explanation }) => explanation.chosen !== undefined)).toBeGreaterThan(0.4)
  expect(
    share(({ explanation }) => explanation.nodes.some(({ refusals }) => refusals.length > 0)),
  ).toBeGreaterThan(0.2)
  expect(share(({ explanation }) => explanation.best.length > 1)).toBeGreaterThan(0.1)
  expect(
    share(({ explanation }) => explanation.best.length < explanation.nodes.length),
  ).toBeGreaterThan(0.2)
})
