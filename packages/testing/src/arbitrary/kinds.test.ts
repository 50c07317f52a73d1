import fc from 'fast-check'
import { expect, it } from 'vitest'
import { explained } from '../picture/answer.js'
import { picture } from '../picture/picture.js'
import { build } from '../recipe/lower.js'
import { anyClass } from './class.js'
import { anyHistory } from './history.js'
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
    ...['Only', 'Require', 'Fit', 'Limit'],
    ...['All', 'Any', 'Not', 'Has', 'In', 'Compare', 'Marks', 'Named'],
    ...['Static', 'Load', 'Counts', 'Sum', 'Chain'],
    ...['Fact', 'Phase', 'Every', 'Some', 'None'],
  ],
  curve: ['least', 'most', 'remaining', 'balance-change'],
  normaliser: ['none', 'max', 'max-reversed', 'min-max'],
  domain: ['node', 'an object'],
  absent: ['own', 'shared', 'skip'],
  op: ['<', '<=', '>', '>='],
  prefer: ['least', 'most'],
  tie: ['rank', 'an object'],
  phase: ['assumed', 'running', 'leaving'],
}

it.each(Object.entries(kinds))('classes of every %s are drawn', (key, expected) => {
  const drawn = new Set(saidUnder([key], fc.sample(anyClass, 1_000)))
  expect([...drawn].sort()).toEqual([...expected].sort())
})

it('histories of every operation are drawn', () => {
  const drawn = new Set(saidUnder(['_tag', 'end', 'taken'], fc.sample(anyHistory, 300)))
  const operations = ['Join', 'Leave', 'Place', 'Launch', 'Bind', 'Stop', 'SetPhase', 'Trial']
  expect([...drawn]).toEqual(
    expect.arrayContaining([...operations, 'kept', 'rolled back', 'thrown', 'true', 'false']),
  )
})

/** How often something is so, of a number of worlds. */
const share = (so: (world: (typeof worlds)[number]) => boolean): number =>
  worlds.filter(so).length / worlds.length
const worlds = fc.sample(anyWorld, 500).map((world) => {
  const { cluster, classes } = build(world)
  return { nodes: picture(cluster).nodes, said: explained(cluster, { class: classes[0]! }) }
})

it('worlds have something to decide', () => {
  expect(share(({ nodes }) => nodes.some(({ replicas }) => replicas.length > 1))).toBeGreaterThan(
    0.2,
  )
  expect(share(({ said }) => said.chosen !== undefined)).toBeGreaterThan(0.4)
  expect(
    share(({ said }) => said.nodes.some(({ refusals }) => refusals.length > 0)),
  ).toBeGreaterThan(0.2)
  expect(share(({ said }) => said.best.length > 1)).toBeGreaterThan(0.1)
  expect(share(({ said }) => said.best.length < said.nodes.length)).toBeGreaterThan(0.2)
})
