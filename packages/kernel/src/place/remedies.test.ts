/** Tests of remedies: each proposed change makes the replica fit, and no smaller change does. */
import {
  anyWorld,
  build,
  picture,
  plainClass,
  plainNode,
  isRefuted,
  type ClassRecipe,
  type FilterRecipe,
  type WorldRecipe,
} from '@stowage/testing'
import { defineRecipe } from '../../../testing/src/lower/world.js'
import { explainByName } from '../../../testing/src/picture/answer.js'
import { amountOf } from '../../../testing/src/recipe/pairs.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  byCodeUnit,
  batch,
  bind,
  define,
  empty,
  getOrThrow,
  internDimension,
  join,
  pluginId,
  reasonId,
  type DimensionId,
  findClass,
  dimensionName,
  explain,
  nodeIds,
  nodeSpec,
  remedies,
  replicasOn,
  evict,
  trial,
  type ClassId,
  type Cluster,
  type Draft,
  type NodeId,
  type ReplicaId,
  type View,
} from '../index.js'
import * as O from 'fp-ts/lib/Option.js'

/**
 * Worlds in which the first class, of priority 2, rarely fits: nodes with next to nothing free, and
 * rules that forbid or need what stands there. All its filters are such that removing replicas may
 * help.
 */
const anyFullWorld: fc.Arbitrary<WorldRecipe> = fc
  .record({
    asked: fc.record({
      cpu: fc.integer({ min: 1, max: 5 }),
      memory: fc.nat(2),
      mostWeb: fc.option(fc.nat(1), { nil: undefined }),
      needsDb: fc.boolean(),
    }),
    others: fc.array(
      fc.record({ cpu: fc.nat(2), fact: fc.constantFrom('web', 'db'), priority: fc.nat(2) }),
      { minLength: 1, maxLength: 3 },
    ),
    replicas: fc.array(fc.record({ class: fc.nat(2), node: fc.constantFrom('a', 'b') }), {
      maxLength: 7,
    }),
    free: fc.record({ a: fc.nat(1), b: fc.nat(1) }),
  })
  .map(({ asked: demand, others, replicas, free }) => {
    const holds = (name: string): number =>
      replicas
        .filter(({ node }) => node === name)
        .reduce((sum, one) => sum + others[one.class % others.length]!.cpu, 0)
    const web = { facts: { _tag: 'Fact', word: 'web' }, domain: 'node', absent: 'own' } as const
    const filters: FilterRecipe[] = [fitting({ cpu: demand.cpu, memory: demand.memory })]
    if (demand.mostWeb !== undefined)
      filters.push({ _tag: 'Limit', ...source, tally: web, self: 0, max: demand.mostWeb })
    if (demand.needsDb) filters.push(needingDb)
    return {
      nodes: (['a', 'b'] as const).map((name) => ({
        ...plainNode,
        name,
        capacity: [['cpu', holds(name) + free[name]] as const],
      })),
      classes: [
        { ...plainClass, filters, priority: 2 },
        ...others.map(({ cpu, fact, priority }) => ({
          ...plainClass,
          facts: [fact],
          occupies: [['cpu', cpu] as const],
          priority,
        })),
      ],
      replicas: replicas.map((one) => ({
        node: one.node,
        class: 1 + (one.class % others.length),
        phase: 'running' as const,
      })),
    }
  })

const source = { plugin: 0, reason: 0, removable: true }
const fitting = (amounts: Readonly<Record<string, number>>): FilterRecipe => ({
  _tag: 'Fit',
  plugin: 0,
  removable: true,
  parts: Object.entries(amounts).map(([dimension, amount]) => ({
    dimension,
    amount,
    reason: 0,
    slot: true,
  })),
})
const needingDb: FilterRecipe = {
  _tag: 'Need',
  ...source,
  facts: { _tag: 'Fact', word: 'db' },
  domains: ['node'],
  firstMayStart: false,
}

const subsets = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  items.reduce<readonly (readonly Item[])[]>(
    (all, item) => [...all, ...all.map((some) => [...some, item])],
    [[]],
  )

const nameOf = (cluster: Cluster, node: NodeId): string => {
  const spec = nodeSpec(cluster, node)
  return O.isSome(spec) ? spec.value.name : ''
}

const fitsOn = (view: Cluster | Draft, classId: ClassId, node: NodeId): boolean =>
  explain(view, { class: classId }).nodes.some((one) => one.node === node && one.all.length === 0)

/** The nodes on which the first class of a world fits without some of its filters. */
const nodesWithout = (world: WorldRecipe, dropped: readonly number[]): readonly string[] => {
  const { cluster } = build(world)
  const filters = world.classes[0]!.filters.filter((_, i) => !dropped.includes(i))
  const [, explanation] = batch(cluster, (draft) =>
    explainByName(draft, { class: defineRecipe(draft, { ...world.classes[0]!, filters }) }),
  )
  return explanation.nodes.filter(({ refusals }) => refusals.length === 0).map(({ name }) => name)
}

const anyOfBoth = fc.oneof(anyWorld, anyFullWorld)

const droppedAreFewest = (find: typeof remedies) =>
  fc.property(anyOfBoth, (world) => {
    const { cluster, classes } = build(world)
    const { drop } = find(cluster, { class: classes[0]! })
    if (drop === undefined) {
      expect(world.nodes).toEqual([])
      return
    }
    expect(nodesWithout(world, drop.filters)).toContain(nameOf(cluster, drop.node))
    const fewer = subsets(world.classes[0]!.filters.map((_, i) => i)).filter(
      (some) => some.length < drop.filters.length,
    )
    for (const some of fewer) expect(nodesWithout(world, some)).toEqual([])
  })

/** A world of which one node has more. */
const withMore = (
  world: WorldRecipe,
  name: string,
  more: readonly (readonly [string, number])[],
): WorldRecipe => ({
  ...world,
  nodes: world.nodes.map((node) => {
    if (node.name !== name) return node
    const dimensions = new Set([...node.capacity, ...more].map(([dimension]) => dimension))
    return {
      ...node,
      capacity: [...dimensions].map(
        (dimension) =>
          [dimension, amountOf(node.capacity, dimension) + amountOf(more, dimension)] as const,
      ),
    }
  }),
})

const refusedFor = (world: WorldRecipe, name: string): number => {
  const { cluster, classes } = build(world)
  const explanation = explainByName(cluster, { class: classes[0]! })
  return explanation.nodes.find((node) => node.name === name)!.refusals.length
}

interface Lacking {
  readonly name: string
  /** How many dimensions. */
  readonly count: number
  /** The largest share of a demand. */
  readonly worst: number
}

/**
 * What a node lacks of what the first class's *fit*s ask; nothing where another filter refuses as
 * well.
 */
const lackingOn = (world: WorldRecipe, name: string): readonly Lacking[] | undefined => {
  const { filters } = world.classes[0]!
  const { cluster } = build(world)
  const node = picture(cluster).nodes.find((one) => one.name === name)!
  const others = filters.filter(({ _tag }) => _tag !== 'Fit')
  const [, refused] = batch(cluster, (draft) =>
    explainByName(draft, { class: defineRecipe(draft, { ...plainClass, filters: others }) }),
  )
  if (refused.nodes.find((one) => one.name === name)!.refusals.length > 0) return undefined
  const short = filters
    .flatMap((filter) => (filter._tag === 'Fit' ? filter.parts : []))
    .flatMap(({ dimension, amount }) => {
      const lack = amount - amountOf(node.capacity, dimension) + amountOf(node.load, dimension)
      return amount > 0 && lack > 0 ? [{ dimension, share: lack / amount }] : []
    })
  return [
    {
      name,
      count: new Set(short.map(({ dimension }) => dimension)).size,
      worst: Math.max(0, ...short.map(({ share }) => share)),
    },
  ]
}

const ranked = (ways: readonly Lacking[]): readonly Lacking[] =>
  [...ways].sort((a, b) => byCodeUnit(a.name, b.name))

/** Amounts that can be added to without passing the largest. */
const small = (world: WorldRecipe): boolean => !/\d{10}/.test(JSON.stringify(world.classes))

const addedIsEnoughAndNoMore = (find: typeof remedies) =>
  fc.property(anyOfBoth.filter(small), (world) => {
    const { cluster, classes } = build(world)
    const { add } = find(cluster, { class: classes[0]! })
    const ways = world.nodes.flatMap((node) => lackingOn(world, node.name) ?? [])
    const least = [...ways].sort((a, b) => a.count - b.count || a.worst - b.worst)[0]
    expect(add && nameOf(cluster, add.node)).toBe(
      ranked(ways).find((way) => way.count === least!.count && way.worst === least!.worst)?.name,
    )
    if (add === undefined) return
    const name = nameOf(cluster, add.node)
    const more = add.amounts.map(([dimension, amount]) => {
      const name = dimensionName(cluster, dimension)
      return [O.isSome(name) ? name.value : '', amount] as const
    })
    expect(refusedFor(withMore(world, name, more), name)).toBe(0)
    for (const [dimension] of more) {
      const less = more.map(([other, amount]) =>
        other === dimension ? ([other, amount - 1] as const) : ([other, amount] as const),
      )
      expect(refusedFor(withMore(world, name, less), name)).toBeGreaterThan(0)
    }
  })

const fitsAfter = (
  cluster: Cluster,
  classId: ClassId,
  node: NodeId,
  gone: readonly ReplicaId[],
): boolean =>
  batch(cluster, (draft) =>
    trial(draft, (inner) => {
      for (const replica of gone) evict(inner, replica)
      return [false, fitsOn(inner, classId, node)]
    }),
  )[1]

const lowerOn = (view: View, classId: ClassId, node: NodeId): readonly ReplicaId[] => {
  const priority = (id: ClassId): number =>
    O.getOrElseW(() => plainClass)(findClass(view, id)).priority
  return replicasOn(view, node)
    .filter((one) => priority(one.class) < priority(classId))
    .map(({ id }) => id)
}

const priorityOf = (world: WorldRecipe, classes: readonly ClassId[], id: ClassId): number =>
  world.classes[classes.indexOf(id)]!.priority

const removedAreFewest = (find: typeof remedies) =>
  fc.property(anyOfBoth, (world) => {
    const { cluster, classes } = build(world)
    const classId = classes[0]!
    const { remove, cut } = find(cluster, { class: classId })
    expect(cut).toBe(false)
    const most = remove === undefined ? Infinity : remove.replicas.length
    if (remove !== undefined)
      expect(fitsAfter(cluster, classId, remove.node, remove.replicas)).toBe(true)
    for (const { node, all } of explain(cluster, { class: classId }).nodes) {
      if (!all.every(({ removable }) => removable)) continue
      const lower = replicasOn(cluster, node).filter(
        (one) => priorityOf(world, classes, one.class) < priorityOf(world, classes, classId),
      )
      for (const some of subsets(lower.map(({ id }) => id)))
        if (some.length < most) expect(fitsAfter(cluster, classId, node, some)).toBe(false)
    }
  })

const dropping =
  (change: (found: ReturnType<typeof remedies>) => ReturnType<typeof remedies>): typeof remedies =>
  (...args) =>
    change(remedies(...args))

describe('what would have to change', () => {
  it('drops the fewest filters', () => fc.assert(droppedAreFewest(remedies)))
  it('is refuted when one more is dropped than need be', () => {
    const greedy = dropping((found) =>
      found.drop === undefined
        ? found
        : { ...found, drop: { ...found.drop, filters: [...found.drop.filters, 9] } },
    )
    expect(isRefuted(droppedAreFewest(greedy))).toBe(true)
  })

  it('adds what is lacking and no more', () => fc.assert(addedIsEnoughAndNoMore(remedies)))
  it('is refuted when a little more is added', () => {
    const generous = dropping((found) =>
      found.add === undefined
        ? found
        : {
            ...found,
            add: { ...found.add, amounts: found.add.amounts.map(([d, amount]) => [d, amount + 1]) },
          },
    )
    expect(isRefuted(addedIsEnoughAndNoMore(generous))).toBe(true)
  })

  it('removes the fewest replicas of lower priority', () => fc.assert(removedAreFewest(remedies)))
  it.each<[string, typeof remedies]>([
    ['nothing is said to help', dropping(({ remove: _, ...rest }) => rest)],
    [
      'everything of lower priority goes',
      (view, request) => {
        const found = remedies(view, request)
        if (found.remove === undefined || found.remove.replicas.length === 0) return found
        const { node } = found.remove
        return { ...found, remove: { node, replicas: lowerOn(view, request.class, node) } }
      },
    ],
    [
      'a node is passed over where taking everything does not help',
      (view, request) => {
        const found = remedies(view, request)
        if (found.remove === undefined || found.remove.replicas.length === 0) return found
        const all = lowerOn(view, request.class, found.remove.node)
        const { remove: _, ...rest } = found
        return fitsAfter(view as Cluster, request.class, found.remove.node, all) ? found : rest
      },
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(removedAreFewest(broken))).toBe(true)
  })

  it('is refuted when no room is said to help', () => {
    expect(isRefuted(addedIsEnoughAndNoMore(dropping(({ add: _, ...rest }) => rest)))).toBe(true)
  })

  it('is given when the search is cut, if something is found, and none of it can stay', () =>
    fc.assert(
      fc.property(anyFullWorld, (world) => {
        const { cluster, classes } = build(world)
        const request = { class: classes[0]! }
        const { remove, cut } = remedies(cluster, request, { looksMax: 9 })
        if (!cut || remove === undefined) return
        expect(fitsAfter(cluster, request.class, remove.node, remove.replicas)).toBe(true)
        for (const one of remove.replicas) {
          const others = remove.replicas.filter((other) => other !== one)
          expect(fitsAfter(cluster, request.class, remove.node, others)).toBe(false)
        }
      }),
      { numRuns: 500 },
    ))
})

const slot = { dimension: 'slots', amount: 1, reason: 0, slot: true }
const asking = (amount: number): ClassRecipe => ({
  ...plainClass,
  occupies: [['cpu', amount]],
  filters: [
    {
      _tag: 'Fit',
      plugin: 0,
      removable: true,
      parts: [{ dimension: 'cpu', amount, reason: 0, slot: false }],
    },
  ],
})
const world: WorldRecipe = {
  nodes: [
    { ...plainNode, name: 'a', capacity: [['cpu', 4]] },
    { ...plainNode, name: 'b', capacity: [['cpu', 8]] },
  ],
  classes: [{ ...asking(6), priority: 1 }, asking(1), { ...asking(3), priority: -1 }],
  replicas: [
    ...[1, 1, 1].map((of) => ({ class: of, node: 'b', phase: 'running' as const })),
    ...[2].map((of) => ({ class: of, node: 'b', phase: 'running' as const })),
    { class: 2, node: 'a', phase: 'running' },
  ],
}

it('of the same number on one node, removes those of the lowest priority', () => {
  const { cluster, classes } = build({
    ...world,
    nodes: [{ ...plainNode, name: 'b', capacity: [['cpu', 7]] }],
    classes: [{ ...asking(2), priority: 1 }, ...world.classes.slice(1)],
  })
  const { remove } = remedies(cluster, { class: classes[0]! })
  const lowest = replicasOn(cluster, remove!.node).filter((one) => one.class === classes[2])
  expect(remove!.replicas).toEqual(lowest.map(({ id }) => id))
})

it('tells replicas of one class apart by their phase', () => {
  const running = { _tag: 'Phase', phase: 'running' } as const
  const { cluster, classes } = build({
    nodes: [plainNode],
    classes: [
      {
        ...plainClass,
        priority: 1,
        filters: [
          {
            _tag: 'Limit',
            plugin: 0,
            reason: 0,
            removable: true,
            tally: { facts: running, domain: 'node', absent: 'skip' },
            self: 1,
            max: 1,
          },
        ],
      },
      plainClass,
    ],
    replicas: (['running', 'leaving'] as const).map((phase) => ({
      class: 1,
      node: plainNode.name,
      phase,
    })),
  })
  const { remove } = remedies(cluster, { class: classes[0]! })
  const [oldest] = replicasOn(cluster, remove!.node)
  expect(remove!.replicas).toEqual([oldest!.id])
})

it('takes several where one is not enough, and nothing of the same priority', () => {
  const { cluster, classes } = build(world)
  const { remove, add } = remedies(cluster, { class: classes[0]! })
  expect(nameOf(cluster, remove!.node)).toBe('b')
  expect(remove!.replicas).toHaveLength(2)
  expect(add!.amounts.map(([, amount]) => amount)).toEqual([4])
  expect(remedies(cluster, { class: classes[2]! }).remove).toBeUndefined()
})

it('says when the search ended at its bound', () => {
  const { cluster, classes } = build(world)
  expect(remedies(cluster, { class: classes[0]! }, { looksMax: 0 })).toMatchObject({
    cut: true,
  })
  const [after] = batch(cluster, (draft) => defineRecipe(draft, { ...plainClass, priority: 1 }))
  expect(remedies(after, { class: classes[0]! }).cut).toBe(false)
})

it('needs no change where there is room', () => {
  const { cluster, classes } = build({ ...world, replicas: [] })
  expect(remedies(cluster, { class: classes[0]! })).toEqual({
    drop: { node: nodeIds(cluster)[1], filters: [] },
    add: { node: nodeIds(cluster)[1], amounts: [] },
    remove: { node: nodeIds(cluster)[1], replicas: [] },
    cut: false,
  })
})

it('adds nothing of a fixed dimension, and something of another node instead', () => {
  const [, amounts] = batch(empty, (draft) => {
    const [a, b] = ['a', 'b'].map((text) => internDimension(draft, text))
    const part = (dimension: DimensionId, reason: number) => ({
      ...{ dimension, amount: 2, slot: false },
      reason: reasonId(reason),
    })
    const both = getOrThrow(
      define(draft, {
        ...{ facts: [], occupies: [], priority: 0 },
        choice: { _tag: 'Chain', keys: [], tie: 'rank' },
        filters: [
          { _tag: 'Fit', plugin: pluginId(0), removable: true, parts: [part(a!, 0), part(b!, 1)] },
        ],
      }),
    )
    const capacities = [
      [1, 2],
      [2, 0],
    ]
    for (const [i, [ofA, ofB]] of capacities.entries())
      getOrThrow(
        join(draft, {
          ...{ name: `n${i}`, attributes: [], marks: [] },
          capacity: [
            [a!, ofA!],
            [b!, ofB!],
          ],
        }),
      )
    return [[], [a!], [b!], [a!, b!]].map(
      (fixed) => remedies(draft, { class: both }, { fixed }).add?.amounts,
    )
  })
  const [first, second] = [amounts[0]!, amounts[1]!]
  expect(first.map(([, amount]) => amount)).toEqual([1])
  expect(second.map(([, amount]) => amount)).toEqual([2])
  expect(amounts.slice(2)).toEqual([first, undefined])
})

it('adds to a sized node what it has not free, and never more than it has', () => {
  const [, nodes] = batch(empty, (draft) => {
    const cpu = internDimension(draft, 'cpu')
    const asking = (amount: number): ClassId =>
      getOrThrow(
        define(draft, {
          ...{ facts: [], occupies: [[cpu, amount]], priority: 0 },
          choice: { _tag: 'Chain', keys: [], tie: 'rank' },
          filters: [
            {
              ...{ _tag: 'Fit', plugin: pluginId(0), removable: true },
              parts: [{ dimension: cpu, amount, reason: reasonId(0), slot: false }],
            },
          ],
        }),
      )
    const [small, full] = [3, 8].map((amount, i) =>
      getOrThrow(
        join(draft, {
          ...{ name: `n${i}`, attributes: [], marks: [], capacity: [[cpu, amount]] },
        }),
      ),
    )
    getOrThrow(bind(draft, asking(7), full!, 'running'))
    const addedTo = (amount: number, sized: readonly NodeId[]): NodeId | undefined =>
      remedies(draft, { class: asking(amount) }, { sized }).add?.node
    return {
      ...{ small, full },
      found: [addedTo(4, []), addedTo(4, [small!]), addedTo(4, [small!, full!])],
      ofNone: addedTo(9, [small!, full!]),
    }
  })
  expect(nodes.found).toEqual([nodes.small, nodes.full, nodes.full])
  expect(nodes.ofNone).toBeUndefined()
})

it('leaves everything as it was', () => {
  const { cluster, classes } = build({
    ...world,
    classes: [
      {
        ...asking(6),
        filters: [...asking(6).filters, { _tag: 'Fit', plugin: 1, removable: true, parts: [slot] }],
        priority: 2,
      },
      ...world.classes.slice(1),
    ],
  })
  const before = JSON.stringify(explain(cluster, { class: classes[0]! }))
  batch(cluster, (draft) => {
    trial(draft, (inner) => {
      remedies(inner, { class: classes[0]! })
      expect(JSON.stringify(explain(inner, { class: classes[0]! }))).toBe(before)
      return [true, undefined]
    })
  })
})
