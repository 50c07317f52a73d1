/**
 * Property: an index that follows nodes as they join, leave and are described anew decides as a
 * scan of all nodes, after each change and for each class.
 */
import { anyClass, build, isRefuted, worldOf, type NodeRecipe } from '@stowage/testing'
import {
  anyEchoingClass,
  anyPackedClass,
  anyRoomyClass,
} from '../../../testing/src/arbitrary/class.js'
import { anyNode, anyNodes } from '../../../testing/src/arbitrary/node.js'
import { lowerNode } from '../../../testing/src/lower/world.js'
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNodeChange } from '../cluster/changes.js'
import { stateOf } from '../cluster/cluster.js'
import { changesOf, type Draft } from '../cluster/draft.js'
import { newScratch } from '../cluster/scratch.js'
import {
  allowIndexes,
  batch,
  bind,
  cpu,
  define,
  empty,
  evict,
  getOrThrow,
  internWord,
  join,
  leave,
  memory,
  nodeIds,
  nodeName,
  place,
  pluginId,
  reasonId,
  redescribe,
  replicasOn,
  trial,
  type Choice,
  type ClassId,
  type Filter,
  type NodeSpec,
  type Tally,
} from '../index.js'
import { decide, nextReplicaId } from '../place/by-the-book.js'
import { getClassSpec } from '../place/get-class-spec.js'
import { catchUp, type ClassIndex } from './class-index.js'
import { noCosts } from './cost-model.js'
import { decideByIndex } from './decide.js'
import { indexFor } from './index-cache.js'

const names = Array.from({ length: 16 }, (_, i) => `n${String((i * 7) % 16).padStart(2, '0')}`)
const anyCrowd: Arbitrary<readonly NodeRecipe[]> = anyNodes
  .filter((some) => some.length > 0)
  .map((some) => names.slice(0, 9).map((name, i) => ({ ...some[(i % 2) % some.length]!, name })))

/** What is done to the node of a name; a node that joins is often like one that was there. */
const anyStep = fc.record({
  _tag: fc.constantFrom('Join', 'Join', 'Leave', 'Leave', 'Redescribe', 'Bind', 'Evict', 'Decide'),
  name: fc.nat(names.length - 1),
  like: fc.option(anyNode, { freq: 3 }),
  class: fc.nat(2),
  isTried: fc.boolean(),
})
type Step = typeof anyStep extends Arbitrary<infer Value> ? Value : never

const crowdedWorld = worldOf(fc.oneof(anyClass, anyPackedClass, anyRoomyClass, anyEchoingClass), {
  nodes: anyCrowd,
  names: fc.constantFrom(...names),
})

/** Who hears of the last change; a plant changes what the log says of it. */
type Hearing = (draft: Draft, tag: Step['_tag']) => void

const perform = (
  draft: Draft,
  classes: readonly ClassId[],
  crowd: readonly NodeRecipe[],
  step: Step,
): void => {
  const { _tag, name, like } = step
  const spec = lowerNode(draft, { ...(like ?? crowd[name % crowd.length]!), name: names[name]! })
  const node = nodeIds(draft).find((id) => nodeName(draft, id) === names[name])
  if (_tag === 'Join' && node === undefined) getOrThrow(join(draft, spec))
  if (node === undefined) return
  const [newest] = replicasOn(draft, node)
  if (_tag === 'Leave') getOrThrow(leave(draft, node))
  if (_tag === 'Redescribe') getOrThrow(redescribe(draft, node, spec))
  if (_tag === 'Bind')
    getOrThrow(bind(draft, classes[step.class % classes.length]!, node, 'running'))
  if (_tag === 'Evict' && newest !== undefined) getOrThrow(evict(draft, newest.id))
}

const indexOf = (draft: Draft, id: ClassId): ClassIndex | undefined =>
  indexFor(draft, getClassSpec(stateOf(draft), id), 1, noCosts)

const agrees = (draft: Draft, id: ClassId): void => {
  const index = indexOf(draft, id)
  const state = stateOf(draft)
  if (index === undefined || !catchUp(index, draft)) return
  expect(decideByIndex(index, draft, nextReplicaId(state))).toBe(
    decide(state, index.classSpec, undefined, newScratch()),
  )
}

const decidesTheSame = (hear: Hearing) =>
  fc.property(crowdedWorld, fc.array(anyStep, { maxLength: 24 }), (world, steps) => {
    const { cluster, classes } = build(world)
    batch(cluster, (draft) => {
      const perhaps = (step: Step): void => {
        const { count } = changesOf(draft)
        perform(draft, classes, world.nodes, step)
        if (changesOf(draft).count > count) hear(draft, step._tag)
      }
      for (const id of classes) agrees(draft, id)
      for (const step of steps) {
        if (step.isTried)
          trial(draft, () => {
            perhaps(step)
            agrees(draft, classes[0]!)
            return [step.class === 0, undefined]
          })
        else perhaps(step)
        if (step._tag === 'Decide') agrees(draft, classes[step.class % classes.length]!)
      }
      for (const id of classes) agrees(draft, id)
    })
  })

/** The log tells of another node, which has not changed, in place of the last one. */
const mishearing =
  (...tags: readonly Step['_tag'][]): Hearing =>
  (draft, tag) => {
    const changes = changesOf(draft)
    if (!tags.includes(tag) || changes.ring.length === 0) return
    const number = changes.count - 1
    expect(isNodeChange(changes, number)).toBe(true)
    const [other = 0] = nodeIds(draft).filter((id) => id !== changes.ring[2 * number])
    changes.ring[2 * number] = other % 2 ** 26
  }

/** What is done to ordinary nodes: sizes, zones and hosts, on which ordinary classes are placed. */
const anyOrdinaryStep = fc.record({
  _tag: fc.constantFrom('Join', 'Leave', 'Redescribe', 'Place', 'Place', 'Evict'),
  name: fc.nat(39),
  size: fc.integer({ min: 1, max: 4 }),
  zone: fc.nat(2),
  isFast: fc.boolean(),
  class: fc.nat(5),
})
type OrdinaryStep = typeof anyOrdinaryStep extends Arbitrary<infer Value> ? Value : never

const ordinaryNode = (draft: Draft, { name, size, zone, isFast }: OrdinaryStep): NodeSpec => ({
  name: `node-${String((name * 17) % 40).padStart(2, '0')}`,
  capacity: [
    [cpu, 8 * size],
    [memory, 20],
  ],
  attributes: [
    [internWord(draft, 'zone'), internWord(draft, `zone-${zone}`)],
    [internWord(draft, 'host'), internWord(draft, `host-${name}`)],
    ...(isFast ? [[internWord(draft, 'disk'), internWord(draft, 'ssd')] as const] : []),
  ],
  marks: [],
})

const ordinaryClasses = (draft: Draft): readonly ClassId[] => {
  const app = internWord(draft, 'app')
  const source = { plugin: pluginId(0), removable: false, reason: reasonId(0) }
  const tally = (key: string): Tally => ({
    facts: { _tag: 'Fact', word: app },
    domain: internWord(draft, key),
    absent: 'skip',
  })
  const parts = [cpu, memory].map((dimension) => ({ dimension, amount: 2, weight: 1 }))
  const load = (curve: 'least' | 'balance-change' | 'remaining') =>
    ({ _tag: 'Load', curve, parts: curve === 'remaining' ? parts.slice(0, 1) : parts }) as const
  const plugin = pluginId(0)
  const room: Choice = {
    _tag: 'Sum',
    scores: (['least', 'balance-change'] as const).map((curve) => ({
      ...{ plugin, raw: load(curve), normaliser: 'none', weight: 1 },
    })),
    tie: 'rank',
  }
  const zoned = { _tag: 'Counts', terms: [[tally('zone'), 1]] } as const
  const packing: Choice = {
    _tag: 'Chain',
    keys: [
      { plugin, raw: zoned, prefer: 'least' },
      { plugin, raw: load('remaining'), prefer: 'least' },
    ],
    tie: 'rank',
  }
  const skew = (of: Tally): Filter => ({
    ...{ _tag: 'Skew', ...source, tally: of, self: 1, max: 1, domainsMin: 0 },
  })
  const fast: Tally = {
    ...tally('zone'),
    eligible: { _tag: 'Has', key: internWord(draft, 'disk') },
  }
  const limit: Filter = { _tag: 'Limit', ...source, tally: tally('host'), self: 1, max: 2 }
  const shapes: readonly (readonly [readonly Filter[], Choice])[] = [
    [[], room],
    [[skew(tally('zone'))], room],
    [[skew(fast)], room],
    [[limit], room],
    [[], packing],
    [[], { ...room, scores: room.scores.slice(0, 1), tie: { seeded: 3 } }],
  ]
  const fit = parts.map(({ dimension, amount }) => ({
    ...{ dimension, amount, reason: reasonId(1), slot: false },
  }))
  return shapes.map(([filters, choice]) =>
    getOrThrow(
      define(draft, {
        facts: [app],
        occupies: parts.map(({ dimension, amount }) => [dimension, amount]),
        filters: [{ _tag: 'Fit', plugin, removable: true, parts: fit }, ...filters],
        choice,
        priority: 0,
      }),
    ),
  )
}

/** What an index keeps of which nodes come and go; a plant breaks one part before a decision. */
type Breaking = (index: ClassIndex) => void

const ordinaryDecidesTheSame = (damage: Breaking) =>
  fc.property(fc.array(anyOrdinaryStep, { minLength: 20, maxLength: 60, size: 'max' }), (steps) => {
    batch(allowIndexes(empty), (draft) => {
      const classes = ordinaryClasses(draft)
      const nodeOfName = (name: string) => nodeIds(draft).find((id) => nodeName(draft, id) === name)
      const known = Array.from({ length: 14 }, (_, i) => ({ ...steps[i]!, name: i, isFast: true }))
      for (const one of known) getOrThrow(join(draft, ordinaryNode(draft, one)))
      const check = (id: ClassId): void => {
        const index = indexOf(draft, id)
        if (index !== undefined) damage(index)
        agrees(draft, id)
      }
      for (const id of [...classes, ...classes]) check(id)
      for (const step of steps) {
        const spec = ordinaryNode(draft, step)
        const node = nodeOfName(spec.name)
        const id = classes[step.class]!
        if (step._tag === 'Join' && node === undefined) getOrThrow(join(draft, spec))
        if (step._tag === 'Leave' && node !== undefined) getOrThrow(leave(draft, node))
        if (step._tag === 'Redescribe' && node !== undefined)
          getOrThrow(redescribe(draft, node, spec))
        if (step._tag === 'Place') place(draft, [{ class: id, count: 1 }], { decideBy: 'index' })
        if (step._tag === 'Evict' && node !== undefined)
          for (const { id: replica } of replicasOn(draft, node).slice(0, 1))
            getOrThrow(evict(draft, replica))
        check(id)
      }
      for (const id of classes) check(id)
    })
  })

describe('an index of ordinary classes that follows ordinary nodes', () => {
  it('decides as a scan does', () =>
    fc.assert(
      ordinaryDecidesTheSame(() => undefined),
      { numRuns: 150 },
    ))

  it('is seldom built anew', () => {
    const structures = new Set<ClassIndex['structure']>()
    let decisions = 0
    fc.assert(
      ordinaryDecidesTheSame(({ structure }) => {
        structures.add(structure)
        decisions++
      }),
      { numRuns: 10, seed: 1 },
    )
    expect(decisions / structures.size).toBeGreaterThan(3)
  })

  it.each<[string, Breaking]>([
    [
      'nodes of classes with room alone stay at their leaves',
      ({ structure, partitions }) => {
        if (structure._tag === 'FlatTournaments')
          structure.tournaments.nextMove = partitions.moves.length
      },
    ],
    [
      'nodes stay in their groups',
      ({ structure, partitions }) => {
        if (structure._tag === 'Groups') structure.groups.nextMove = partitions.moves.length
      },
    ],
    [
      'counts of a domain are lost with its node',
      ({ counts }) => {
        for (const { counts: byDomain } of counts.values()) byDomain.fill(0)
      },
    ],
  ])('is refuted when %s', (_, damage) => {
    expect(isRefuted(ordinaryDecidesTheSame(damage), { runsMax: 500 })).toBe(true)
  })
})

describe('an index that follows nodes', () => {
  it('decides as a scan does', () =>
    fc.assert(
      decidesTheSame(() => undefined),
      { numRuns: 400 },
    ))

  it.each<[string, Hearing]>([
    ['a node that joins is passed over', mishearing('Join')],
    ['a node that has left stays', mishearing('Leave')],
    ['a node stays as it was described', mishearing('Redescribe')],
  ])('is refuted when %s', (_, hear) => {
    expect(isRefuted(decidesTheSame(hear))).toBe(true)
  })
})
