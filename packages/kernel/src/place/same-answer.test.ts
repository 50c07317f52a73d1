import {
  anyHistory,
  anyWorld,
  build,
  moves,
  placingBy,
  play,
  refuted,
  type ClassRecipe,
  type History,
  type Moves,
  type NodeRecipe,
  type Operation,
} from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'

/** The same things in another order. */
const otherwise = <Item>(items: readonly Item[], turn: number): readonly Item[] =>
  [...items.slice(turn), ...items.slice(0, turn)].reverse()

const nodeOtherwise = (node: NodeRecipe): NodeRecipe => ({
  ...node,
  capacity: otherwise(node.capacity, 0),
  attributes: otherwise(node.attributes, 0),
  marks: otherwise(node.marks, 0),
})

const classOtherwise = (described: ClassRecipe): ClassRecipe => ({
  ...described,
  facts: otherwise(described.facts, 0),
  occupies: otherwise(described.occupies, 0),
})

const operationOtherwise = (operation: Operation): Operation => {
  switch (operation._tag) {
    case 'Join':
      return { ...operation, node: nodeOtherwise(operation.node) }
    case 'Launch':
      return { ...operation, class: classOtherwise(operation.class) }
    case 'Trial':
      return { ...operation, body: operation.body.map(operationOtherwise) }
    default:
      return operation
  }
}

const historyOtherwise = (history: History): History =>
  history.map(({ taken, operations }) => ({
    taken,
    operations: operations.map(operationOtherwise),
  }))

/** Nodes that joined in another order, described in another order, give the same cluster and the same answers, by name. */
const orderSaysNothing = (playing: Moves) =>
  fc.property(anyWorld, anyHistory, fc.nat(5), (world, history, turn) => {
    const other = {
      ...world,
      nodes: otherwise(world.nodes.map(nodeOtherwise), turn),
      classes: world.classes.map(classOtherwise),
    }
    const [one, two] = [build(world), build(other)]
    const seen = (built: typeof one, played: History) =>
      play(built.cluster, built.classes, played, playing).map(({ sight, outcomes }) => [
        sight,
        outcomes,
      ])
    expect(seen(two, historyOtherwise(history))).toEqual(seen(one, history))
  })

it('does not depend on the order in which things were said', () =>
  fc.assert(orderSaysNothing(moves), { numRuns: 200 }))

it.each<[string, Partial<Moves>]>([
  [
    'nodes are ranked in the order in which they joined',
    { place: placingBy(({ best }) => [...best].sort((a, b) => a - b)[0]) },
  ],
  [
    'only the first attribute is kept',
    {
      join: (draft, node) =>
        moves.join(draft, { ...node, attributes: node.attributes.slice(0, 1) }),
    },
  ],
  [
    'only the last capacity is kept',
    { join: (draft, node) => moves.join(draft, { ...node, capacity: node.capacity.slice(-1) }) },
  ],
])('is refuted when %s', (_, broken) => {
  expect(refuted(orderSaysNothing({ ...moves, ...broken }))).toBe(true)
})
