/**
 * Tests which nodes are searched for a pod: how many feasible nodes end the search, the order of
 * zones, and the choice among equal nodes.
 */
import { describe, expect, it } from 'vitest'
import { byZones, enoughFeasible, heapRoot, searchedItems } from './search.js'
import type { Node } from '../words/node.js'

describe('how many feasible nodes are enough', () => {
  it.each([
    ['all of few', 99, 10, 99],
    ['a hundred at least', 500, 10, 100],
    ['a percentage', 5000, 30, 1500],
    ['fewer of a larger cluster', 1000, 0, 420],
    ['fewer still', 5000, 0, 500],
    ['a twentieth of a very large one', 20_000, 0, 1000],
  ])('%s', (_, nodes, percentage, enough) => {
    expect(enoughFeasible(nodes, percentage)).toBe(enough)
  })
})

it('looks until one more is feasible than is wanted, and not at that one', () => {
  const isEven = (item: number): boolean => item % 2 === 0
  expect(searchedItems([1, 2, 3, 4, 5, 6], 1, isEven)).toEqual([1, 2, 3])
  expect(searchedItems([1, 2, 3], 1, isEven)).toEqual([1, 2, 3])
  expect(searchedItems([], 1, isEven)).toEqual([])
})

it('takes zones in turn, those of one name in two regions apart', () => {
  const node = (name: string, labels: Readonly<Record<string, string>>): Node => ({
    metadata: {
      name,
      namespace: undefined,
      uid: undefined,
      labels: new Map(Object.entries(labels)),
      deletionTimestamp: undefined,
      ownerReferences: [],
      annotations: new Map(),
      creationTimestamp: undefined,
    },
    spec: undefined,
    status: undefined,
  })
  const zone = 'topology.kubernetes.io/zone'
  const region = 'topology.kubernetes.io/region'
  const older = 'failure-domain.beta.kubernetes.io/zone'
  const nodes = [
    node('a1', { [zone]: 'a' }),
    node('a2', { [zone]: 'a' }),
    node('b1', { [zone]: 'b' }),
    node('none', {}),
    node('a3', { [zone]: 'b', [older]: 'a' }),
    node('east', { [zone]: 'a', [region]: 'east' }),
  ]
  expect(byZones(nodes)).toEqual(['a1', 'b1', 'none', 'east', 'a2', 'a3'])
})

it('finds a highest one, and among equals one that is above the others in the heap', () => {
  const rootOf = (...totals: readonly number[]) =>
    heapRoot([...totals.keys()], (item) => totals[item]!)
  expect(rootOf(1, 2, 3)).toBe(2)
  expect(rootOf(5, 5, 5, 5)).toBe(0)
  expect(rootOf(1, 5, 5)).toBe(1)
  expect(rootOf(0, 1, 9, 9, 2, 3, 9)).toBe(3)
  expect(rootOf(0, 9, 1, 9, 9)).toBe(1)
  expect(rootOf(0, 0, 0, 9, 0, 9)).toBe(3)
  expect(rootOf()).toBeUndefined()
})
