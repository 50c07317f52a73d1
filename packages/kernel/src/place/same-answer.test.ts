/**
 * Property: the answer of `place` does not depend on the order in which nodes, words and classes
 * were added.
 */
import {
  anyHistory,
  anyWorld,
  build,
  moves,
  placeBy,
  isRefuted,
  type ClassRecipe,
  type ClusterHistory,
  type NodeRecipe,
  type WorldRecipe,
} from '@stowage/testing'
import type { Moves } from '../../../testing/src/play/moves.js'
import type { Operation } from '../../../testing/src/play/operation.js'
import { play } from '../../../testing/src/play/play.js'
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

const classOtherwise = (classSpec: ClassRecipe): ClassRecipe => ({
  ...classSpec,
  facts: otherwise(classSpec.facts, 0),
  occupies: otherwise(classSpec.occupies, 0),
})

/** Classes in the opposite order are found at the opposite positions. */
const positionIn =
  (world: WorldRecipe) =>
  (position: number): number =>
    world.classes.length - 1 - (position % world.classes.length)

type Found = ReturnType<typeof positionIn>

const operationOtherwise = (operation: Operation, found: Found): Operation => {
  switch (operation._tag) {
    case 'Bind':
    case 'Reclass':
    case 'Explain':
      return { ...operation, class: found(operation.class) }
    case 'Place': {
      const requests = operation.requests.map((one) => ({ ...one, class: found(one.class) }))
      return { ...operation, requests }
    }
    case 'GiveMask':
      return { ...operation, nodes: otherwise(operation.nodes, 0) }
    case 'Join':
    case 'Redescribe':
      return { ...operation, node: nodeOtherwise(operation.node) }
    case 'Launch':
      return { ...operation, class: classOtherwise(operation.class) }
    case 'Trial':
      return { ...operation, body: operation.body.map((one) => operationOtherwise(one, found)) }
    default:
      return operation
  }
}

const historyOtherwise = (history: ClusterHistory, found: Found): ClusterHistory =>
  history.map(({ taken, operations }) => ({
    taken,
    operations: operations.map((one) => operationOtherwise(one, found)),
  }))

/** By name, and what goes by the same name in its order: the last counts. */
const byName = <Given>(given: readonly Given[], nameOf: (one: Given) => string): readonly Given[] =>
  [...given].sort((a, b) => (nameOf(a) < nameOf(b) ? 1 : nameOf(a) > nameOf(b) ? -1 : 0))

const givenOtherwise = ({
  masks,
  columns,
}: NonNullable<WorldRecipe['given']>): NonNullable<WorldRecipe['given']> => ({
  masks: byName(masks, ({ mask }) => mask),
  columns: byName(columns, ({ column }) => column),
})

/**
 * Nodes that joined in another order, described in another order, classes that were defined in
 * another, and with them words, masks and columns that were first heard of in another, give the
 * same cluster and the same answers, by name.
 */
const orderSaysNothing = (playing: Moves) =>
  fc.property(anyWorld, anyHistory, fc.nat(5), (world, history, turn) => {
    const found = positionIn(world)
    const other = {
      nodes: otherwise(world.nodes.map(nodeOtherwise), turn),
      classes: otherwise(world.classes.map(classOtherwise), 0),
      given: givenOtherwise(world.given ?? { masks: [], columns: [] }),
      replicas: world.replicas.map((one) => ({ ...one, class: found(one.class) })),
    }
    const [one, two] = [build(world), build(other)]
    const seen = (built: typeof one, played: ClusterHistory) =>
      play(built.cluster, built.classes, played, playing).map(({ observation, outcomes }) => ({
        ...observation,
        outcomes,
      }))
    const inOrder = seen(two, historyOtherwise(history, found)).map(({ answers, ...rest }) => ({
      ...rest,
      answers: otherwise(answers, 0),
    }))
    expect(inOrder).toEqual(seen(one, history))
  })

it('does not depend on the order in which things were said', () =>
  fc.assert(orderSaysNothing(moves), { numRuns: 200 }))

it.each<[string, Partial<Moves>]>([
  [
    'nodes are ranked in the order in which they joined',
    { place: placeBy(({ best }) => [...best].sort((a, b) => a - b)[0]) },
  ],
  [
    'only the first attribute is kept',
    {
      join: (draft, node) =>
        moves.join(draft, { ...node, attributes: node.attributes.slice(0, 1) }),
    },
  ],
  ['the first class is placed instead of another', { place: placingTheFirst }],
  [
    'only the last capacity is kept',
    { join: (draft, node) => moves.join(draft, { ...node, capacity: node.capacity.slice(-1) }) },
  ],
])('is refuted when %s', (_, broken) => {
  expect(isRefuted(orderSaysNothing({ ...moves, ...broken }))).toBe(true)
})

function placingTheFirst(
  ...[draft, wanted]: Parameters<Moves['place']>
): ReturnType<Moves['place']> {
  const first = wanted.map((request) => request.class).sort((a, b) => a - b)[0]
  return moves.place(
    draft,
    wanted.map((request) => ({ ...request, class: first! })),
  )
}
