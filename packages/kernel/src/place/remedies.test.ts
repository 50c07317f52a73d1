/**
 * What would have to change: each remedy is tried, and everything smaller is tried as well.
 */
import {
  amountOf,
  anyWorld,
  build,
  defineRecipe,
  explained,
  plainClass,
  plainNode,
  refuted,
  type ClassRecipe,
  type WorldRecipe,
} from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  batch,
  dimensionName,
  explain,
  nodes,
  nodeSpec,
  remedies,
  replicasOn,
  stop,
  trial,
  type ClassId,
  type Cluster,
  type Draft,
  type NodeId,
  type ReplicaId,
} from '../index.js'
import * as O from 'fp-ts/lib/Option.js'

const subsets = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  items.reduce<readonly (readonly Item[])[]>(
    (all, item) => [...all, ...all.map((some) => [...some, item])],
    [[]],
  )

const nameOf = (cluster: Cluster, node: NodeId): string => {
  const spec = nodeSpec(cluster, node)
  return O.isSome(spec) ? spec.value.name : ''
}

const fitsOn = (view: Cluster | Draft, asked: ClassId, node: NodeId): boolean =>
  explain(view, { class: asked }).nodes.some((one) => one.node === node && one.all.length === 0)

/** The nodes on which the first class of a world fits without some of its filters. */
const nodesWithout = (world: WorldRecipe, dropped: readonly number[]): readonly string[] => {
  const [first, ...others] = world.classes
  const filters = first!.filters.filter((_, i) => !dropped.includes(i))
  const { cluster, classes } = build({ ...world, classes: [...others, { ...first!, filters }] })
  const said = explained(cluster, { class: classes[classes.length - 1]! })
  return said.nodes.filter(({ refusals }) => refusals.length === 0).map(({ name }) => name)
}

const droppedAreFewest = (find: typeof remedies) =>
  fc.property(anyWorld, (world) => {
    const { cluster, classes } = build({ ...world, replicas: [] })
    const { drop } = find(cluster, { class: classes[0]! })
    if (drop === undefined) {
      expect(world.nodes).toEqual([])
      return
    }
    const bare = { ...world, replicas: [] }
    expect(nodesWithout(bare, drop.filters)).toContain(nameOf(cluster, drop.node))
    const fewer = subsets(world.classes[0]!.filters.map((_, i) => i)).filter(
      (some) => some.length < drop.filters.length,
    )
    for (const some of fewer) expect(nodesWithout(bare, some)).toEqual([])
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
  const said = explained(cluster, { class: classes[0]! })
  return said.nodes.find((node) => node.name === name)!.refusals.length
}

/** Amounts that can be added to without passing the largest. */
const small = (world: WorldRecipe): boolean => !/\d{10}/.test(JSON.stringify(world.classes))

const addedIsEnoughAndNoMore = (find: typeof remedies) =>
  fc.property(anyWorld.filter(small), (world) => {
    const { cluster, classes } = build(world)
    const { add } = find(cluster, { class: classes[0]! })
    if (add === undefined) return
    const name = nameOf(cluster, add.node)
    const more = add.amounts.map(([dimension, amount]) => {
      const told = dimensionName(cluster, dimension)
      return [O.isSome(told) ? told.value : '', amount] as const
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
  asked: ClassId,
  node: NodeId,
  gone: readonly ReplicaId[],
): boolean =>
  batch(cluster, (draft) =>
    trial(draft, (inner) => {
      for (const replica of gone) stop(inner, replica)
      return [false, fitsOn(inner, asked, node)]
    }),
  )[0]

const priorityOf = (world: WorldRecipe, classes: readonly ClassId[], id: ClassId): number =>
  world.classes[classes.indexOf(id)]!.priority

const removedAreFewest = (find: typeof remedies) =>
  fc.property(anyWorld, (world) => {
    const { cluster, classes } = build(world)
    const asked = classes[0]!
    const { remove, cut } = find(cluster, { class: asked })
    expect(cut).toBe(false)
    const most = remove === undefined ? Infinity : remove.replicas.length
    if (remove !== undefined)
      expect(fitsAfter(cluster, asked, remove.node, remove.replicas)).toBe(true)
    for (const { node, all } of explain(cluster, { class: asked }).nodes) {
      if (!all.every(({ removable }) => removable)) continue
      const lower = replicasOn(cluster, node).filter(
        (one) => priorityOf(world, classes, one.class) < priorityOf(world, classes, asked),
      )
      for (const some of subsets(lower.map(({ id }) => id)))
        if (some.length < most) expect(fitsAfter(cluster, asked, node, some)).toBe(false)
    }
  })

const dropping =
  (change: (said: ReturnType<typeof remedies>) => ReturnType<typeof remedies>): typeof remedies =>
  (...asked) =>
    change(remedies(...asked))

describe('what would have to change', () => {
  it('drops the fewest filters', () => fc.assert(droppedAreFewest(remedies)))
  it('is refuted when one more is dropped than need be', () => {
    const greedy = dropping((said) =>
      said.drop === undefined
        ? said
        : { ...said, drop: { ...said.drop, filters: [...said.drop.filters, 9] } },
    )
    expect(refuted(droppedAreFewest(greedy))).toBe(true)
  })

  it('adds what is lacking and no more', () => fc.assert(addedIsEnoughAndNoMore(remedies)))
  it('is refuted when a little more is added', () => {
    const generous = dropping((said) =>
      said.add === undefined
        ? said
        : {
            ...said,
            add: { ...said.add, amounts: said.add.amounts.map(([d, amount]) => [d, amount + 1]) },
          },
    )
    expect(refuted(addedIsEnoughAndNoMore(generous))).toBe(true)
  })

  it('removes the fewest replicas of lower priority', () => fc.assert(removedAreFewest(remedies)))
  it('is refuted when nothing is said to help', () => {
    const hopeless = dropping(({ remove: _, ...said }) => said)
    expect(refuted(removedAreFewest(hopeless))).toBe(true)
  })
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
  expect(remedies(cluster, { class: classes[0]! }, { judgementsMost: 1 })).toMatchObject({
    cut: true,
  })
  const [, after] = batch(cluster, (draft) => defineRecipe(draft, { ...plainClass, priority: 1 }))
  expect(remedies(after, { class: classes[0]! }).cut).toBe(false)
})

it('needs no change where there is room', () => {
  const { cluster, classes } = build({ ...world, replicas: [] })
  expect(remedies(cluster, { class: classes[0]! })).toEqual({
    drop: { node: nodes(cluster)[1], filters: [] },
    add: { node: nodes(cluster)[1], amounts: [] },
    remove: { node: nodes(cluster)[1], replicas: [] },
    cut: false,
  })
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
