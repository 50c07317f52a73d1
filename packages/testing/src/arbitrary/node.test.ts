/**
 * Tests that random nodes contain only texts and amounts that the caller supplied, and that each of
 * these occurs.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { plainClass } from '../recipe/plain.js'
import type { NodeRecipe } from '../recipe/recipe.js'
import { nodeOf, nodesOf } from './node.js'
import { worldOf } from './world.js'

const names = fc.constantFrom('press', 'mill', 'lathe')
const vocabulary = {
  names,
  keys: fc.constantFrom('rack', 'hall'),
  values: fc.constantFrom('r1', 'r2', 'r3'),
  dimensions: fc.constantFrom('cores', 'licences'),
  capacity: fc.constantFrom(3, 5),
}
const drawn = <Item>(items: readonly Item[]): readonly Item[] => [...new Set(items)].sort()

/** Every text and amount that the nodes are made of, each once. */
const madeOf = (nodes: readonly NodeRecipe[]) => {
  const pairs = nodes.flatMap(({ attributes, marks }) => [...attributes, ...marks.flat()])
  const amounts = nodes.flatMap(({ capacity }) => capacity)
  return {
    names: drawn(nodes.map(({ name }) => name)),
    keys: drawn(pairs.map(([key]) => key)),
    values: drawn(pairs.map(([, value]) => value)),
    dimensions: drawn(amounts.map(([dimension]) => dimension)),
    capacity: drawn(amounts.map(([, amount]) => amount)),
  }
}
const all = {
  names: ['lathe', 'mill', 'press'],
  keys: ['hall', 'rack'],
  values: ['r1', 'r2', 'r3'],
  dimensions: ['cores', 'licences'],
  capacity: [3, 5],
}

it('draws nodes of the vocabulary that is given, and of all of it', () => {
  expect(madeOf(fc.sample(nodeOf(vocabulary), 300))).toEqual(all)
  expect(madeOf(fc.sample(nodesOf(vocabulary), 100).flat())).toEqual(all)
})

it('draws what is left out as `anyNode` does', () => {
  const nodes = madeOf(fc.sample(nodeOf({ keys: vocabulary.keys }), 500))
  expect(nodes.keys).toEqual(all.keys)
  expect(nodes.names).toContain('__proto__')
  expect(nodes.dimensions).toEqual(['cpu', 'gpu', 'memory', 'slots'])
})

it('draws worlds of these nodes, with replicas on them and something given about them', () => {
  const options = { nodes: nodesOf(vocabulary), names }
  const worlds = fc.sample(worldOf(fc.constant(plainClass), options), 200)
  expect(madeOf(worlds.flatMap(({ nodes }) => nodes))).toEqual(all)
  expect(drawn(worlds.flatMap(({ replicas }) => replicas.map(({ node }) => node)))).toEqual(
    all.names,
  )
  const given = worlds.flatMap(({ given: some }) => [
    ...(some?.masks ?? []).flatMap(({ nodes }) => nodes),
    ...(some?.columns ?? []).flatMap(({ numbers }) => numbers.map(([node]) => node)),
  ])
  expect(drawn(given)).toEqual(all.names)
})
