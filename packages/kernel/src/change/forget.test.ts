/**
 * Tests of `forget`: it drops exactly the ids that nothing uses, dropped ids stay invalid, and
 * later placements by index and by scan stay the same.
 */
import {
  anyWorld,
  build,
  plainNode,
  lowerNode,
  isRefuted,
  type WorldRecipe,
} from '@stowage/testing'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { stateOf } from '../cluster/cluster.js'
import {
  allowIndexes,
  batch,
  bind,
  cpu,
  decode,
  define,
  empty,
  encode,
  findClass,
  forget,
  getOrThrow,
  internColumn,
  internMask,
  internWord,
  join,
  leave,
  nodeIds,
  nodesWhere,
  nodeSpec,
  place,
  reclass,
  evict,
  tableIds,
  take,
  trial,
  wordText,
  type ClassSpec,
  type Draft,
  type Tally,
  type WordId,
} from '../index.js'
import { eachId } from './table-ids.fixture.js'

/** What stands at a path in a description. */
const standsAt = (value: unknown, at: readonly (string | number)[]): unknown =>
  at.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value)

type Forgetting = typeof forget

/** In a world as it was built every word is in use; who uses one is named, with the place. */
const usedStays = (forgetting: Forgetting) =>
  fc.property(anyWorld, (world) => {
    batch(build(world).cluster, (draft) => {
      for (const word of tableIds(draft).words) {
        const came = forgetting(draft, { words: [word] })
        if (E.isRight(came)) throw new Error(`${word} was forgotten`)
        expect(came.left).toMatchObject({ _tag: 'InUse', word })
        if (came.left._tag !== 'InUse') continue
        const { by } = came.left
        if ('class' in by && 'at' in came.left) {
          const { value } = findClass(draft, by.class) as O.Some<ClassSpec>
          expect(standsAt(value, came.left.at)).toBe(word)
        } else if ('node' in by)
          expect(JSON.stringify(nodeSpec(draft, by.node))).toMatch(new RegExp(`\\b${word}\\b`))
        else throw new Error('a replica says no word')
      }
    })
  })

/** Once all nodes have left, all may go together; then the tables are empty. */
const unusedGoes = (forgetting: Forgetting) =>
  fc.property(anyWorld, (world) => {
    const [after] = batch(build(world).cluster, (draft) => {
      internWord(draft, 'of no use')
      for (const node of nodeIds(draft)) getOrThrow(leave(draft, node))
      getOrThrow(forgetting(draft, tableIds(draft)))
    })
    expect(tableIds(after)).toEqual({ classes: [], words: [], masks: [], columns: [] })
  })

/** An id that was forgotten names nothing, whatever else comes, also from bytes. */
const idsAreOutlived = (forgetting: Forgetting) =>
  fc.property(anyWorld, anyWorld, (world, later) => {
    const [forgotten, ids] = batch(build(world).cluster, (draft) => {
      for (const node of nodeIds(draft)) getOrThrow(leave(draft, node))
      const all = tableIds(draft)
      getOrThrow(forgetting(draft, all))
      return all
    })
    const [after] = batch(getOrThrow(decode(encode(forgotten))), (draft) => {
      for (const text of textsIn(later)) internWord(draft, text)
      for (const name of textsIn(later)) internColumn(draft, name)
      internMask(draft, 'm')
      for (let i = 0; i < 9; i++) getOrThrow(define(draft, { ...plain, priority: i }))
    })
    batch(after, (draft) => {
      for (const one of eachId(ids))
        expect(forget(draft, one)).toMatchObject({ left: { _tag: /^Unknown/ } })
    })
  })

const textsIn = (world: WorldRecipe): readonly string[] =>
  world.nodes.flatMap(({ attributes }) => attributes.flat())

const plain: ClassSpec = {
  facts: [],
  occupies: [],
  filters: [],
  choice: { _tag: 'Sum', scores: [], tie: 'rank' },
  priority: 0,
}

expect.addEqualityTesters([
  (a, b) => (b instanceof RegExp && typeof a === 'string' ? b.test(a) : undefined),
])

describe('forgetting', () => {
  it('leaves what is in use', () => fc.assert(usedStays(forget)))
  it('drops all else', () => fc.assert(unusedGoes(forget)))
  it('outlives the ids', () => fc.assert(idsAreOutlived(forget)))

  const nodesUnseen: Forgetting = (draft, ids) => {
    const came = forget(draft, ids)
    const isOfNode = E.isLeft(came) && came.left._tag === 'InUse' && 'node' in came.left.by
    return isOfNode ? E.right(ids) : came
  }
  const classesUnseen: Forgetting = (draft, ids) => {
    const came = forget(draft, ids)
    const isOfClass = E.isLeft(came) && came.left._tag === 'InUse' && 'class' in came.left.by
    return isOfClass ? E.right(ids) : came
  }
  const idle: Forgetting = (_, ids) => E.right(ids)
  const givingAgain: Forgetting = (draft, ids) => {
    const came = forget(draft, ids)
    stateOf(draft).words.next = 0
    return came
  }
  const ageless: Forgetting = (draft, ids) => {
    const came = forget(draft, ids)
    stateOf(draft).classes.generations.fill(0)
    return came
  }

  it.each<[string, (by: Forgetting) => Parameters<typeof isRefuted>[0], Forgetting]>([
    ['nodes are not asked', usedStays, nodesUnseen],
    ['classes are not asked', usedStays, classesUnseen],
    ['nothing goes', unusedGoes, idle],
    ['ids of words are given again', idsAreOutlived, givingAgain],
    ['ids of classes are given again', idsAreOutlived, ageless],
  ])('is refuted when %s', (_, property, broken) => {
    expect(isRefuted(property(broken))).toBe(true)
  })
})

describe('an id', () => {
  it('of a class is another when the same is defined again, in the same row', () => {
    batch(allowIndexes(empty), (draft) => {
      const before = getOrThrow(define(draft, plain))
      getOrThrow(forget(draft, { classes: [before] }))
      const after = getOrThrow(define(draft, plain))
      expect(after).not.toBe(before)
      expect(stateOf(draft).classes.classes).toEqual([plain])
      expect(O.isNone(findClass(draft, before))).toBe(true)
      expect(() => place(draft, [{ class: before, count: 1 }])).toThrow('no class')
    })
  })

  it('of a class says nothing of what is counted of the next one in its row', () => {
    batch(allowIndexes(empty), (draft) => {
      const node = getOrThrow(join(draft, lowerNode(draft, plainNode)))
      const facts = { _tag: 'Fact', word: internWord(draft, 'app') } as const
      const tally = { facts, domain: 'node', absent: 'skip' } as const
      const counted = { _tag: 'Count', tally, op: '>=', than: 1 } as const
      const before = getOrThrow(define(draft, { ...plain, facts: [facts.word] }))
      const replica = getOrThrow(bind(draft, before, node, 'running'))
      expect(nodesWhere(draft, counted)).toMatchObject({ right: [node] })
      getOrThrow(evict(draft, replica))
      getOrThrow(forget(draft, { classes: [before] }))
      getOrThrow(bind(draft, getOrThrow(define(draft, plain)), node, 'running'))
      expect(nodesWhere(draft, counted)).toMatchObject({ right: [] })
    })
  })

  it('of a word is another when the same is interned again', () => {
    batch(allowIndexes(empty), (draft) => {
      const before = internWord(draft, 'hash')
      getOrThrow(forget(draft, { words: [before] }))
      expect(internWord(draft, 'hash')).toBe(before + 1)
      expect(wordText(draft, before)).toEqual(O.none)
    })
  })

  it('may be named twice', () => {
    batch(allowIndexes(empty), (draft) => {
      const word = internWord(draft, 'hash')
      const id = getOrThrow(define(draft, { ...plain, facts: [word] }))
      getOrThrow(forget(draft, { classes: [id, id], words: [word, word] }))
      expect(stateOf(draft).classes.free).toEqual([0])
    })
  })
})

describe('in a trial', () => {
  it('what was forgotten is back when it is rolled back', () => {
    batch(allowIndexes(empty), (draft) => {
      const word = internWord(draft, 'hash')
      const id = getOrThrow(define(draft, { ...plain, facts: [word] }))
      const before = { ...stateOf(draft) }
      trial(draft, () => {
        getOrThrow(forget(draft, { classes: [id], words: [word] }))
        expect(O.isNone(findClass(draft, id))).toBe(true)
        expect(tableIds(draft).classes).toEqual([])
        return [false, undefined]
      })
      expect(stateOf(draft)).toEqual(before)
      expect(findClass(draft, id)).toMatchObject({ value: { facts: [word] } })
    })
  })

  it('a row is free once the outermost has ended', () => {
    const [after] = batch(allowIndexes(take(empty)), (draft) => {
      const id = getOrThrow(define(draft, plain))
      const other = { ...plain, priority: 1 }
      trial(draft, () => {
        trial(draft, () => [true, getOrThrow(forget(draft, { classes: [id] }))])
        getOrThrow(define(draft, other))
        expect(stateOf(draft).classes.classes).toEqual([plain, other])
        return [true, undefined]
      })
      expect(stateOf(draft).classes.classes).toEqual([undefined, other])
    })
    expect(encode(getOrThrow(decode(encode(after))))).toEqual(encode(after))
  })

  it('a replica that was stopped comes back with its class', () => {
    batch(allowIndexes(empty), (draft) => {
      const node = getOrThrow(join(draft, lowerNode(draft, plainNode)))
      const id = getOrThrow(define(draft, { ...plain, occupies: [[0 as never, 5]] }))
      const replica = getOrThrow(bind(draft, id, node, 'running'))
      const before = JSON.stringify(stateOf(draft).loads)
      trial(draft, () => {
        getOrThrow(evict(draft, replica))
        getOrThrow(forget(draft, { classes: [id] }))
        getOrThrow(bind(draft, getOrThrow(define(draft, plain)), node, 'running'))
        return [false, undefined]
      })
      expect(JSON.stringify(stateOf(draft).loads)).toBe(before)
      getOrThrow(evict(draft, replica))
    })
  })
})

/**
 * Nodes in two zones, of which the first nine have the most room, and classes that spread over them
 * by a fact of theirs.
 */
const zones = (draft: Draft, nodes: number): WordId => {
  const zone = internWord(draft, 'zone')
  for (let i = 0; i < nodes; i++)
    getOrThrow(
      join(draft, {
        name: `n${10 + i}`,
        capacity: [[cpu, i < 9 ? 2_000 : 1_000]],
        marks: [],
        attributes: [[zone, internWord(draft, i % 2 === 0 ? 'x' : 'y')]],
      }),
    )
  return zone
}

const spreading = (tally: Tally, facts: readonly WordId[]): ClassSpec => ({
  ...plain,
  facts,
  choice: {
    _tag: 'Chain',
    keys: [
      { plugin: 0 as never, raw: { _tag: 'Counts', terms: [[tally, 1]] }, prefer: 'least' },
      {
        plugin: 0 as never,
        raw: {
          _tag: 'Load',
          curve: 'remaining',
          parts: [{ dimension: 0 as never, amount: 1, weight: 1 }],
        },
        prefer: 'most',
      },
    ],
    tie: 'rank',
  },
})

describe.each(['node', 'zone'] as const)('indexes that count by %s', (domain) => {
  it('count the moves of a class that was forgotten before they looked', () => {
    const answers = (decideBy: 'index' | 'scan') =>
      batch(allowIndexes(empty), (draft) => {
        const zone = zones(draft, 80)
        const [app, hash] = [internWord(draft, 'app'), internWord(draft, 'hash')]
        const tally: Tally = {
          facts: { _tag: 'Fact', word: app },
          domain: domain === 'node' ? 'node' : zone,
          absent: 'skip',
        }
        const counting = getOrThrow(define(draft, spreading(tally, [])))
        const old = getOrThrow(define(draft, { ...plain, facts: [app, hash] }))
        const other = getOrThrow(define(draft, { ...plain, facts: [app] }))
        const seen = (): unknown => place(draft, [{ class: counting, count: 7 }], { decideBy })
        const bound = nodeIds(draft)
          .slice(0, 9)
          .map((node) => getOrThrow(bind(draft, old, node, 'running')))
        const first = seen()
        for (const i of [1, 3, 4, 7]) getOrThrow(evict(draft, bound[i]!))
        for (const i of [0, 2, 5, 6, 8]) getOrThrow(reclass(draft, bound[i]!, other))
        getOrThrow(forget(draft, { classes: [old], words: [hash] }))
        const heir = getOrThrow(define(draft, { ...plain, priority: 3 }))
        expect(stateOf(draft).classes.classes[1]).toMatchObject({ priority: 3 })
        getOrThrow(bind(draft, heir, nodeIds(draft)[70]!, 'running'))
        const second = seen()
        const again = getOrThrow(define(draft, { ...plain, facts: [app], priority: 4 }))
        getOrThrow(bind(draft, again, nodeIds(draft)[71]!, 'running'))
        return [first, second, seen()]
      })[1].map((result) => (result as ReturnType<typeof place>).answers)
    expect(answers('index')).toEqual(answers('scan'))
  })
})
