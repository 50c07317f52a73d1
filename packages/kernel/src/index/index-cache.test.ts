/**
 * Tests the cache of indexes: which index a class gets, and when it is built, replaced or not used.
 */
import { describe, expect, it } from 'vitest'
import { stateOf } from '../cluster/cluster.js'
import { changesOf } from '../cluster/draft.js'
import {
  allowIndexes,
  batch,
  bind,
  getOrThrow,
  internColumn,
  cpu,
  define,
  empty,
  forget,
  giveColumn,
  giveMask,
  join,
  leave,
  internMask,
  pluginId,
  reasonId,
  evict,
  trial,
  internWord,
  type ClassSpec,
  type ClassId,
  type Draft,
  type Filter,
  type NodeId,
  type Tally,
} from '../index.js'
import type { ChainKey } from '../rule/score.js'
import { getClassSpec } from '../place/get-class-spec.js'
import { catchUp, type ClassIndex } from './class-index.js'
import type { LiveCounts } from './structures/live-counts.js'
import { defaultCosts, noCosts, type CostModel } from './cost-model.js'
import { indexFor } from './index-cache.js'

const nodes = 4

/**
 * What the kinds of nodes are held to take, with an order of them; what their holdings do; and a
 * class that the loop looks at.
 */
const rowsOfKinds = 4 * nodes
const rowsOfHoldings = 4 * nodes
const rowsOfClass = nodes / 8
const source = { plugin: pluginId(0), removable: false, reason: reasonId(0) }

interface Stage {
  readonly draft: Draft
  readonly ids: readonly NodeId[]
  /** A class of its own, with these filters, that takes so much of the CPU. */
  readonly letIn: (of?: {
    readonly filters?: readonly Filter[]
    readonly keys?: readonly ChainKey[]
    readonly amount?: number
  }) => ClassId
  readonly ask: (
    id: ClassId,
    paying?: Partial<CostModel>,
    replicas?: number,
  ) => ClassIndex | undefined
}

/** What the body of a batch may return: no promise. */
type Settled<Value> = ReturnType<Parameters<typeof batch<Value>>[1]>

const onStage = <Value>(look: (stage: Stage) => Settled<Value>): Value =>
  batch<Value>(allowIndexes(empty), (draft) =>
    look({
      draft,
      ids: Array.from({ length: nodes }, (_, i) => joined(draft, `n${i}`)),
      letIn: ({ filters = [], keys = [], amount = 1 } = {}) =>
        getOrThrow(
          define(draft, {
            facts: [],
            occupies: [[cpu, amount]],
            filters,
            choice: { _tag: 'Chain', keys, tie: 'rank' },
            priority: 0,
          }),
        ),
      ask: (id, paying = {}, replicas = 1) => indexNow(draft, id, paying, replicas),
    }),
  )[1]

const joined = (draft: Draft, name: string): NodeId =>
  getOrThrow(join(draft, { name, capacity: [[cpu, 100]], attributes: [], marks: [] }))

const indexNow = (
  draft: Draft,
  id: ClassId,
  paying: Partial<CostModel> = {},
  replicas = 1,
): ClassIndex | undefined => {
  const classSpec: ClassSpec = getClassSpec(stateOf(draft), id)
  return indexFor(draft, classSpec, replicas, { ...noCosts, ...paying })
}

/** What it is asked, in turn, beside the answer that it always gives. */
const noting = <Name extends 'paysToBuild' | 'paysToKeep' | 'paysToCatchUp'>(
  name: Name,
  answer: boolean,
) => {
  const notes: (readonly [number, number])[] = []
  const note = (one: number, other: number): boolean => {
    notes.push([one, other])
    return answer
  }
  return { notes, paying: { [name]: note } as Pick<CostModel, Name> }
}

describe('an index', () => {
  it('goes with its class, and leaves those of others as they are', () => {
    onStage(({ draft, ids, letIn, ask }) => {
      const [one, other] = [letIn(), letIn({ amount: 2 })]
      const [gone, left] = [ask(one)!, ask(other)!]
      const replica = getOrThrow(bind(draft, one, ids[0]!, 'running'))
      expect(forget(draft, { classes: [one] })._tag).toBe('Left')
      expect(ask(one)).toBe(gone)
      getOrThrow(evict(draft, replica))
      getOrThrow(forget(draft, { classes: [one] }))
      expect(ask(other)).toBe(left)
      expect(ask(getOrThrow(define(draft, gone.classSpec)))).not.toBe(gone)
    })
  })

  it('of nodes as they were before a trial goes too, as it has not seen all that is forgotten', () => {
    onStage(({ draft, letIn, ask }) => {
      const [one, other] = [letIn(), letIn({ amount: 2 })]
      const left = ask(other)
      trial(draft, () => {
        joined(draft, 'in a trial')
        ask(other)
        getOrThrow(forget(draft, { classes: [one] }))
        return [false, undefined]
      })
      expect(ask(other)).not.toBe(left)
    })
  })

  it('is the same each time that the class is asked for', () => {
    onStage(({ draft, ids, letIn, ask }) => {
      const id = letIn()
      const index = ask(id)
      expect(index).toBeDefined()
      getOrThrow(bind(draft, id, ids[0]!, 'running'))
      expect(ask(id)).toBe(index)
      expect(ask(letIn({ amount: 2 }))).not.toBe(index)
    })
  })

  it('goes with the draft into the next cluster, and not back', () => {
    const [one, [id, index]] = batch(allowIndexes(empty), (draft) => {
      joined(draft, 'a')
      const classSpec: ClassSpec = {
        facts: [],
        occupies: [],
        filters: [],
        choice: { _tag: 'Chain', keys: [], tie: 'rank' },
        priority: 0,
      }
      const defined = getOrThrow(define(draft, classSpec))
      return [defined, indexNow(draft, defined)] as const
    })
    expect(batch(one, (draft) => indexNow(draft, id))[1]).toBe(index)
    expect(batch(one, (draft) => indexNow(draft, id))[1]).not.toBe(index)
  })

  /**
   * Asked for so often before it goes, as many times in turn; and for how many replicas the class
   * is held to have waited then.
   */
  const waitedAfter = (...askedFor: readonly number[]): number =>
    onStage(({ letIn, ask }) => {
      const id = letIn()
      const gone = { paysToCatchUp: () => false, paysToBuild: () => false }
      for (const times of askedFor) {
        for (let i = 0; i < times; i++) ask(id)
        ask(id, gone, 0)
      }
      const noted = noting('paysToBuild', false)
      ask(id, noted.paying, 1_024)
      return noted.notes[0]![0]
    })

  it.each<[string, readonly number[], number]>([
    ['as long as any after one that was asked for often', [4], 1_024],
    ['twice as long after one that was asked for too seldom', [3], 512],
    ['four times after two of these', [3, 1], 256],
    ['as long as any once one was asked for often', [1, 1, 4], 1_024],
    ['at most so many times as long', Array<number>(12).fill(1), 4],
  ])('is waited for %s', (_, askedFor, waited) => {
    expect(waitedAfter(...askedFor)).toBe(waited)
  })

  it('is paysToBuild once it pays, by all replicas that were asked for until then', () => {
    onStage(({ letIn, ask }) => {
      const id = letIn()
      const not = noting('paysToBuild', false)
      expect([ask(id, not.paying), ask(id, not.paying, 3)]).toEqual([undefined, undefined])
      const now = noting('paysToBuild', true)
      expect(ask(id, now.paying, 2)).toBeDefined()
      expect([...not.notes, ...now.notes]).toEqual([
        [1, nodes],
        [4, nodes],
        [6, nodes],
      ])
      ask(id, now.paying)
      expect(now.notes).toHaveLength(1)
    })
  })

  it('counts replicas anew once it was paysToBuild', () => {
    onStage(({ letIn, ask }) => {
      const id = letIn()
      ask(id, {}, 5)
      const again = noting('paysToBuild', false)
      expect(ask(id, { ...again.paying, paysToCatchUp: () => false })).toBeUndefined()
      expect(again.notes).toEqual([[1, nodes]])
    })
  })

  it('is waited for twice as long where it tells too many nodes apart', () => {
    onStage(({ letIn, ask }) => {
      const id = letIn()
      const { notes, paying } = noting('paysToKeep', false)
      expect(ask(id, paying)).toBeUndefined()
      expect(notes).toEqual([[nodes, 1]])
      const later = noting('paysToBuild', false)
      expect(ask(id, later.paying, 8)).toBeUndefined()
      expect(later.notes).toEqual([[4, nodes]])
    })
  })

  it('is given up once it tells too many nodes apart, and had again where that does not matter', () => {
    onStage(({ letIn, ask }) => {
      const id = letIn()
      for (let i = 0; i < 9; i++) expect(ask(id)).toBeDefined()
      const { notes, paying } = noting('paysToBuild', false)
      expect(ask(id, { ...paying, paysToKeep: () => false }, 8)).toBeUndefined()
      expect(notes).toEqual([[4, nodes]])
      expect(ask(id)).toBeDefined()
    })
  })

  it('is another where more has changed than pays', () => {
    onStage(({ draft, ids, letIn, ask }) => {
      const id = letIn()
      for (const node of ids) getOrThrow(bind(draft, id, node, 'running'))
      const before = ask(id)
      getOrThrow(bind(draft, id, ids[0]!, 'running'))
      getOrThrow(bind(draft, id, ids[1]!, 'running'))
      const { notes, paying } = noting('paysToCatchUp', false)
      const after = ask(id, paying)
      expect(notes).toEqual([[nodes, 2]])
      expect(after).toBeDefined()
      expect(after).not.toBe(before)
      expect(ask(id)).toBe(after)
    })
  })

  it('has so much to catch up with as changed since it was asked for, whoever else was', () => {
    onStage(({ draft, ids, letIn, ask }) => {
      const [one, other] = [letIn(), letIn({ amount: 2 })]
      for (const id of [one, other]) ask(id)
      getOrThrow(bind(draft, one, ids[0]!, 'running'))
      catchUp(ask(other)!, draft)
      const { notes, paying } = noting('paysToCatchUp', true)
      ask(one, paying)
      ask(other, paying)
      expect(notes).toEqual([
        [nodes, 1],
        [nodes, 0],
      ])
    })
  })

  it('is another once what it reads is given anew, or the log does not reach back', () => {
    onStage(({ draft, ids, letIn, ask }) => {
      const given = internMask(draft, 'm')
      const id = letIn({
        filters: [{ _tag: 'Require', ...source, expr: { _tag: 'InMask', mask: given } }],
      })
      const first = ask(id)
      getOrThrow(giveMask(draft, given, [ids[0]!]))
      const second = ask(id)
      expect(second).toBeDefined()
      expect(second).not.toBe(first)
      const changes = changesOf(draft)
      changes.since = ++changes.count
      const third = ask(id)
      expect(third).toBeDefined()
      expect(third).not.toBe(second)
      expect(third!.shared).not.toBe(second!.shared)
    })
  })

  it('is not had where expressions count on other nodes, and that is looked at less and less often', () => {
    onStage(({ draft, letIn, ask }) => {
      const tally: Tally & { readonly domain: 'node' } = {
        facts: { _tag: 'Every', of: [] },
        domain: 'node',
        key: internWord(draft, 'zone'),
        absent: 'shared',
      }
      const id = letIn({
        filters: [{ _tag: 'Require', ...source, expr: { _tag: 'Count', tally, op: '<', than: 1 } }],
      })
      expect(ask(id)).toBeUndefined()
      const again = noting('paysToBuild', true)
      expect([1, 2, 3].map(() => ask(id, again.paying, 8))).toEqual([
        undefined,
        undefined,
        undefined,
      ])
      expect(again.notes.map(([replicas]) => replicas)).toEqual([4, 2, 1])
    })
  })
})

describe('an index in a trial', () => {
  it('is one of the nodes as they are there, and the one before is there again afterwards', () => {
    onStage(({ draft, letIn, ask }) => {
      const id = letIn()
      const before = ask(id)
      const [within, again] = trial(draft, () => {
        joined(draft, 'another')
        return [false, [ask(id), ask(id)]]
      })
      expect(within).toBeDefined()
      expect(again).toBe(within)
      expect(within).not.toBe(before)
      expect(ask(id)).toBe(before)
      catchUp(before!, draft)
      const later = trial(draft, () => {
        joined(draft, 'another')
        joined(draft, 'one more')
        return [false, ask(id)]
      })
      expect(later).not.toBe(within)
      expect(ask(id)).toBe(before)
    })
  })

  it('is kept for two lists of nodes at most', () => {
    onStage(({ draft, letIn, ask }) => {
      const id = letIn()
      const first = ask(id)
      trial(draft, () => {
        joined(draft, 'b')
        const second = ask(id)
        trial(draft, () => {
          joined(draft, 'c')
          ask(id)
          return [false, undefined]
        })
        expect(ask(id)).toBe(second)
        return [false, undefined]
      })
      expect(ask(id)).not.toBe(first)
    })
  })

  const counting = (removal: boolean): Filter => ({
    _tag: 'Limit',
    ...source,
    tally: {
      facts: { _tag: 'Phase', phase: 'running' },
      domain: 'node',
      absent: 'own',
      ...(removal ? { removal: { _tag: 'Every', of: [] } } : {}),
    },
    self: 1,
    max: 5,
  })

  it('is not had where what is removed is counted in a way of its own, until that is over', () => {
    onStage(({ draft, ids, letIn, ask }) => {
      const [plain, removing, later] = [
        letIn({ filters: [counting(false)] }),
        letIn({ filters: [counting(true)] }),
        letIn({ filters: [counting(true)], amount: 2 }),
      ]
      const before = [plain, removing].map((id) => ask(id))
      const [quiet, tried] = trial(draft, () => {
        const untouched = ask(removing)
        getOrThrow(bind(draft, plain, ids[0]!, 'running'))
        return [false, [untouched, [plain, removing, later].map((id) => ask(id))] as const]
      })
      expect(quiet).toBe(before[1])
      expect(tried).toEqual([before[0], undefined, undefined])
      expect([plain, removing].map((id) => ask(id))).toEqual(before)
      expect(ask(later)).toBeDefined()
    })
  })
})

describe('an index of an order', () => {
  /** What packs the nodes of a column: all those to which it gives the same are of a kind. */
  const packing = (of: ReturnType<typeof internColumn>): readonly ChainKey[] => [
    { plugin: pluginId(0), raw: { _tag: 'Column', column: of }, prefer: 'most' },
    {
      plugin: pluginId(0),
      raw: {
        _tag: 'Load',
        curve: 'remaining',
        parts: [{ dimension: cpu, amount: 1, weight: 1 }],
      },
      prefer: 'least',
    },
  ]

  it('is looked at kind by kind, and has caught up once anybody has heard of all', () => {
    onStage(({ draft, ids, letIn, ask }) => {
      const of = internColumn(draft, 'c')
      getOrThrow(giveColumn(draft, of, [[ids[0]!, 7]]))
      const [one, other] = [1, 2].map((amount) => letIn({ keys: packing(of), amount }))
      const { notes, paying } = noting('paysToKeep', true)
      const index = ask(one!, paying)
      expect(index!.structure._tag).toBe('FreeOrder')
      expect(notes).toEqual([[nodes, 2]])
      const another = ask(other!)
      for (const node of ids) getOrThrow(bind(draft, one!, node, 'running'))
      const late = noting('paysToCatchUp', true)
      expect(ask(one!, late.paying)).toBe(index)
      catchUp(another!, draft)
      expect(ask(one!, late.paying)).toBe(index)
      expect(late.notes).toEqual([
        [nodes, nodes],
        [nodes, 0],
      ])
    })
  })

  it('takes no memory of its own', () => {
    onStage(({ draft, letIn, ask }) => {
      const of = internColumn(draft, 'c')
      const bounded = { rowsMax: rowsOfKinds }
      const [one, other] = [1, 2].map((amount) => letIn({ keys: packing(of), amount }))
      const before = [one, other].map((id) => ask(id!, bounded))
      expect([one, other].map((id) => ask(id!, bounded))).toEqual(before)
      expect(ask(one!, bounded)).toBe(before[0])
      expect(before[0]!.structure._tag === 'FreeOrder' && before[0]!.structure.order).toBe(
        before[1]!.structure._tag === 'FreeOrder' && before[1]!.structure.order,
      )
    })
  })
})

describe('the memory of indexes', () => {
  it('is bounded: what was not asked for the longest goes first', () => {
    onStage(({ letIn, ask }) => {
      const bounded = { rowsMax: rowsOfHoldings + rowsOfKinds + 3 * rowsOfClass }
      const [a, b, c, d] = [1, 2, 3, 4].map((amount) => letIn({ amount }))
      const before = new Map([a, b, c].map((id) => [id!, ask(id!, bounded)]))
      expect(ask(a!, bounded)).toBe(before.get(a!))
      ask(d!, bounded)
      expect([a, c].map((id) => ask(id!, bounded) === before.get(id!))).toEqual([true, true])
      expect(ask(b!, bounded)).not.toBe(before.get(b!))
    })
  })

  it('counts what is counted for classes', () => {
    const isKept = (room: number): boolean =>
      onStage(({ draft, letIn, ask }) => {
        const ids = ['a', 'b'].map((fact) => {
          const facts = { _tag: 'Fact', word: internWord(draft, fact) } as const
          const tally: Tally = { facts, domain: 'cluster', absent: 'skip' }
          const raw = { _tag: 'Counts', terms: [[tally, 1]] } as const
          return letIn({ keys: [{ plugin: pluginId(0), raw, prefer: 'most' }] })
        })
        // Both have the same kinds, and each a count of one domain.
        const rowsMax = rowsOfHoldings + rowsOfKinds + 2 * rowsOfClass + room
        const [first] = ids.map((id) => ask(id, { rowsMax }))
        return ask(ids[0]!, { rowsMax }) === first
      })
    expect([0.5, 0.4].map(isKept)).toEqual([true, false])
  })

  it('is that of all rows where the loop does not look at the nodes', () => {
    const isKept = (room: number): boolean =>
      onStage(({ draft, letIn, ask }) => {
        const app = internWord(draft, 'app')
        const tally: Tally = { facts: { _tag: 'Fact', word: app }, domain: 'node', absent: 'skip' }
        const limit = (most: number): Filter => ({
          ...{ _tag: 'Limit', ...source, tally },
          ...{ self: 1, max: most },
        })
        const ids = [1, 2].map((most) => letIn({ filters: [limit(most)] }))
        const rowsMax = rowsOfKinds + 2 * nodes + room
        const [first] = ids.map((id) => ask(id, { rowsMax }))
        return ask(ids[0]!, { rowsMax }) === first
      })
    expect([0, -1].map(isKept)).toEqual([true, false])
  })

  it('is free again when an index is given up', () => {
    onStage(({ letIn, ask }) => {
      const bounded = { rowsMax: rowsOfHoldings + rowsOfKinds + 2 * rowsOfClass }
      const [a, b, c] = [1, 2, 3].map((amount) => letIn({ amount }))
      const [first] = [a, b].map((id) => ask(id!, bounded))
      ask(b!, { ...bounded, paysToKeep: () => false })
      ask(c!, bounded)
      expect(ask(a!, bounded)).toBe(first)
    })
  })

  it('holds one that is larger than all that may be kept', () => {
    onStage(({ letIn, ask }) => {
      const id = letIn()
      const index = ask(id, { rowsMax: 1 })
      expect(index).toBeDefined()
      expect(ask(id, { rowsMax: 1 })).toBe(index)
    })
  })

  /** Classes that count what no other counts, of which two indexes are kept at a time. */
  const oneAfterTheOther = <Value>(look: (index: ClassIndex, stage: Stage, id: ClassId) => Value) =>
    onStage((stage) => {
      const { draft, letIn, ask } = stage
      return Array.from({ length: 30 }, (_, i) => {
        const facts = { _tag: 'Fact', word: internWord(draft, `f${i}`) } as const
        const tally: Tally = { facts, domain: internWord(draft, `k${i}`), absent: 'shared' }
        const raw = { _tag: 'Counts', terms: [[tally, 1]] } as const
        const id = letIn({ keys: [{ plugin: pluginId(0), raw, prefer: 'most' }] })
        return look(
          ask(id, { rowsMax: rowsOfHoldings + 2 * (rowsOfKinds + rowsOfClass + 1) })!,
          stage,
          id,
        )
      })
    })

  it('holds nothing of what indexes had in common that had to go', () => {
    const sizes = oneAfterTheOther(
      ({ shared: { partitions, counts } }) => partitions.length + counts.length,
    )
    expect(sizes).toEqual([2, ...Array.from({ length: 29 }, () => 4)])
  })

  it('holds little of what indexes had in common that were given up', () => {
    const sizes = oneAfterTheOther(({ shared }, { ask }, id) => {
      ask(id, { paysToCatchUp: () => false, paysToBuild: () => false })
      return shared.partitions.length + shared.counts.length
    })
    // Up to sixteen where no index is left.
    expect([Math.max(...sizes), Math.min(...sizes.slice(12))]).toEqual([16, 0])
  })

  it('holds what the newest index counts', () => {
    const counts = oneAfterTheOther((index, { draft, ids }) => {
      const [[tally, { countAt }]] = [...index.counts] as [[Tally, LiveCounts]]
      if (tally.facts._tag !== 'Fact') throw new Error('not what was classSpec')
      const counted = define(draft, {
        facts: [tally.facts.word],
        occupies: [],
        filters: [],
        choice: { _tag: 'Chain', keys: [], tie: 'rank' },
        priority: 0,
      })
      getOrThrow(bind(draft, getOrThrow(counted), ids[0]!, 'running'))
      catchUp(index, draft)
      return countAt(0)
    })
    expect(new Set(counts)).toEqual(new Set([1]))
  })
})

describe('an index', () => {
  it('speaks of the nodes that there are', () => {
    onStage(({ draft, ids, letIn, ask }) => {
      const id = letIn()
      const before = ask(id)
      getOrThrow(leave(draft, ids[0]!))
      const after = ask(id)
      expect(after).not.toBe(before)
      expect(after!.partitions.members.map((rows) => [...rows].filter((row) => row >= 0))).toEqual([
        [1, 2, 3],
      ])
    })
  })

  it.each<readonly [keyof CostModel, number, number, boolean]>([
    ['paysToBuild', 2, 1_000, true],
    ['paysToBuild', 1, 2_000, false],
    ['paysToBuild', 2, 999, false],
    ['paysToBuild', 32, 64, true],
    ['paysToBuild', 31, 64, false],
    ['paysToBuild', 100, 63, false],
    ['paysToKeep', 64, 16, true],
    ['paysToKeep', 64, 17, false],
    ['paysToCatchUp', 64, 384, true],
    ['paysToCatchUp', 64, 385, false],
  ])('pays to be %s for %i and %i: %s', (name, one, other, pays) => {
    expect((defaultCosts[name] as CostModel['paysToBuild'])(one, other)).toBe(pays)
  })
})
