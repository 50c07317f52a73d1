/**
 * Tests misuse of the kernel, for example by JavaScript callers: a finished cluster or a closed
 * draft is never written to, wrong values and ids are refused, and the error says what was passed.
 * Two copies of the package in one process can use each other's clusters.
 */
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import * as kernel from '../index.js'
import * as plain from '../plain.js'

const spec = kernel.nodeSpecOf('a', [[kernel.cpu, 4]])
const [one, ids] = kernel.batch(kernel.empty, (draft) => {
  const word = kernel.internWord(draft, 'web')
  const mask = kernel.internMask(draft, 'open')
  const column = kernel.internColumn(draft, 'price')
  const node = kernel.getOrThrow(kernel.join(draft, spec))
  const classSpec = kernel.classSpecOf([[kernel.cpu, 1]], { facts: [word] })
  const id = kernel.getOrThrow(kernel.define(draft, classSpec))
  const other = kernel.getOrThrow(kernel.define(draft, kernel.classSpecOf([[kernel.cpu, 2]])))
  const replica = kernel.getOrThrow(kernel.bind(draft, id, node, 'running'))
  return { mask, column, node, id, other, replica, classSpec }
})

/** Every function that writes, each called so that it would change something. */
const writers: Readonly<Record<string, (draft: kernel.Draft) => unknown>> = {
  internWord: (draft) => kernel.internWord(draft, 'new'),
  internDimension: (draft) => kernel.internDimension(draft, 'new'),
  internMask: (draft) => kernel.internMask(draft, 'new'),
  internColumn: (draft) => kernel.internColumn(draft, 'new'),
  giveMask: (draft) => kernel.giveMask(draft, ids.mask, [ids.node]),
  giveColumn: (draft) => kernel.giveColumn(draft, ids.column, [[ids.node, 3]]),
  define: (draft) => kernel.define(draft, kernel.classSpecOf([[kernel.cpu, 3]])),
  join: (draft) => kernel.join(draft, { ...spec, name: 'b' }),
  leave: (draft) => kernel.leave(draft, ids.node),
  bind: (draft) => kernel.bind(draft, ids.id, ids.node, 'running'),
  evict: (draft) => kernel.evict(draft, ids.replica),
  setPhase: (draft) => kernel.setPhase(draft, ids.replica, 'leaving'),
  reclass: (draft) => kernel.reclass(draft, ids.replica, ids.other),
  redescribe: (draft) => kernel.redescribe(draft, ids.node, { ...spec, capacity: [] }),
  forget: (draft) => kernel.forget(draft, { classes: [ids.other] }),
  place: (draft) => kernel.place(draft, [{ class: ids.id, count: 1 }]),
  churn: (draft) =>
    kernel.churn(draft, { starts: Float64Array.of(ids.id), stops: Float64Array.of(-1) }),
  plan: (draft) => kernel.plan(draft, [{ name: 'x', class: ids.id, count: 1 }], new Map()),
  trial: (draft) => kernel.trial(draft, () => [true, undefined]),
}

describe.each(Object.entries(writers))('%s', (name, write) => {
  it('refuses a cluster, which stays as it was', () => {
    for (const cluster of [one, kernel.empty]) {
      const before = kernel.encode(cluster)
      expect(() => write(cluster as unknown as kernel.Draft)).toThrow(
        /write to the draft of `batch/,
      )
      expect(kernel.encode(cluster)).toEqual(before)
    }
  })

  it('refuses a draft whose batch is over', () => {
    const [, draft] = kernel.batch(one, (open) => open)
    expect(() => write(draft)).toThrow(/its batch is over/)
  })

  it('writes to an open draft, so that the refusal is of the cluster', () => {
    const [after] = kernel.batch(one, write)
    expect(after.version).toBe(one.version + 1)
    if (name !== 'trial')
      expect(kernel.encode({ ...after, version: 1 })).not.toEqual(kernel.encode(one))
  })
})

/** Whatever takes an id, given one that types forbid. */
const idUsers: Readonly<Record<string, (draft: kernel.Draft, id: never) => unknown>> = {
  evict: (draft, id) => kernel.evict(draft, id),
  setPhase: (draft, id) => kernel.setPhase(draft, id, 'leaving'),
  'reclass a replica': (draft, id) => kernel.reclass(draft, id, ids.other),
  'reclass to a class': (draft, id) => kernel.reclass(draft, ids.replica, id),
  leave: (draft, id) => kernel.leave(draft, id),
  'bind to a node': (draft, id) => kernel.bind(draft, ids.id, id, 'running'),
  'bind of a class': (draft, id) => kernel.bind(draft, id, ids.node, 'running'),
  redescribe: (draft, id) => kernel.redescribe(draft, id, spec),
  giveMask: (draft, id) => kernel.giveMask(draft, ids.mask, [id]),
  giveColumn: (draft, id) => kernel.giveColumn(draft, ids.column, [[id, 3]]),
  'forget a class': (draft, id) => kernel.forget(draft, { classes: [id] }),
  'forget a word': (draft, id) => kernel.forget(draft, { words: [id] }),
}

describe.each(Object.entries(idUsers))('%s', (_, use) => {
  it.each([null, '', '0', false, [], [0], {}, undefined, NaN, -1, 0.5, 0n, Symbol('0')])(
    'does not take %s for an id',
    (id) => {
      kernel.batch(one, (draft) => {
        expect(use(draft, id as never)).toMatchObject({ _tag: 'Left' })
        expect(kernel.replicasOn(draft, ids.node)).toEqual(kernel.replicasOn(one, ids.node))
      })
    },
  )
})

it.each([null, '', false, []])('%s reads nothing', (id) => {
  expect(kernel.nodeName(one, id as never)).toBe('')
  expect(kernel.replicasOn(one, id as never)).toEqual([])
  expect(kernel.nodeSpec(one, id as never)._tag).toBe('None')
  expect(kernel.findClass(one, id as never)._tag).toBe('None')
  expect(kernel.explain(one, { class: ids.id, only: [id as never] }).nodes).toEqual([])
})

describe('what is no view', () => {
  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    ['nothing', undefined, /found nothing/],
    ['null', null, /found null/],
    ['the pair of a batch', kernel.batch(one, () => 0), /`batch` returns the cluster first/],
    ['an Either', kernel.decode(kernel.encode(one)), /a Right: take its value by `getOrThrow`/],
    ['a Result', plain.decode(plain.encode(one)), /a Done: take its value by `getOrThrow`/],
  ]
  it.each(wrong)('%s', (_, value, said) => {
    expect(() => kernel.nodeIds(value as kernel.Cluster)).toThrow(said)
    expect(() => kernel.batch(value as kernel.Cluster, () => 0)).toThrow(said)
    expect(() => kernel.join(value as kernel.Draft, spec)).toThrow(said)
  })

  it('a draft, where a batch begins', () => {
    const nested = (draft: unknown) => kernel.batch(draft as kernel.Cluster, () => 0)
    expect(() => kernel.batch(one, nested)).toThrow(/pass its draft on/)
  })
})

describe('getOrThrow', () => {
  it('says which of the two it is for', () => {
    const result = plain.decode(plain.encode(one))
    const either = kernel.decode(kernel.encode(one))
    expect(() => kernel.getOrThrow(result as never)).toThrow(/@stowage\/kernel\/plain/)
    expect(() => plain.getOrThrow(either as never)).toThrow(/from `@stowage\/kernel`/)
    expect(() => kernel.getOrThrow(undefined as never)).toThrow(/found nothing/)
    expect(() => plain.getOrThrow('x' as never)).toThrow(/found "x"/)
  })
})

describe('a body that is async', () => {
  it('does not compile, and throws', () => {
    // @ts-expect-error A promise is no answer of a batch.
    const wait = () => kernel.batch(kernel.empty, async () => Promise.resolve(1))
    expect(wait).toThrow(/await before the batch/)
    // @ts-expect-error Nor is one that an answer may be.
    const mayWait = () => kernel.batch(one, () => [1, Promise.resolve(1)][1])
    expect(mayWait).toThrow(/await before the batch/)
  })
})

describe('two copies of the package in one process', () => {
  it('spend no `empty` of each other, and batch on each other’s clusters', async () => {
    vi.resetModules()
    const copy = await import('../index.js')
    expect(copy.empty).not.toBe(kernel.empty)
    for (const [mine, theirs] of [
      [kernel, copy.empty],
      [copy, kernel.empty],
    ] as const) {
      const [after] = mine.batch(mine.take(theirs), (draft) => mine.join(draft, spec))
      expect(mine.nodeIds(after)).toHaveLength(1)
      expect(mine.nodeIds(theirs)).toEqual([])
      expect(mine.encode(theirs)).toEqual(kernel.encode(kernel.empty))
    }
  })
})

describe('a cluster as plain data', () => {
  it('is printed by its version', () => {
    expect(inspect(one)).toMatch(/^Cluster of version 1: .*`encode`/)
    expect(inspect({ state: one })).toContain('`encode`')
  })

  it('is no JSON, and no copy', () => {
    expect(() => JSON.stringify({ state: one })).toThrow(/`encode` gives it as bytes/)
    expect(() => structuredClone(one)).toThrow(/`encode` gives it as bytes/)
  })
})

it('classes of `classSpecOf` check what they occupy', () => {
  const dimensions = [kernel.cpu, kernel.memory, kernel.slots]
  const anyVector = fc
    .subarray(dimensions)
    .map((some) => some.map((dimension) => [dimension, 1] as const))
  fc.assert(
    fc.property(anyVector, fc.array(anyVector, { maxLength: 2 }), (occupies, demands) => {
      const given = demands.map((demand) => kernel.fit(demand))
      const { filters } = kernel.classSpecOf(occupies, { filters: given })
      const parts = filters.flatMap((filter) => (filter._tag === 'Fit' ? filter.parts : []))
      expect(filters.slice(0, given.length)).toEqual(given)
      for (const [dimension, amount] of occupies)
        expect(parts).toContainEqual(expect.objectContaining({ dimension, amount }))
      expect(filters.length).toBeLessThanOrEqual(given.length + 1)
    }),
  )
})
