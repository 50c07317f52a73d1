/**
 * Compares about 13,000 decisions by index with the same decisions by the book (the plain scan of
 * all nodes), with a new seed each time. Also checks that a planted wrong decision is noticed.
 */
import { place } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { soak, type Placing } from './soak/soak.js'

const seed = Date.now() % 2 ** 31

it.each([
  { nodes: 3, classes: 2, decisions: 2_000 },
  { nodes: 40, classes: 8, decisions: 6_000 },
  { nodes: 200, classes: 12, decisions: 4_000 },
  { nodes: 1_000, classes: 20, decisions: 1_000 },
])('decides the same by index as by the book: $nodes nodes, $classes classes', (life) => {
  const { decisions, indexed, differences } = soak(life, seed + life.nodes)
  expect(differences).toEqual([])
  expect(decisions).toBeGreaterThanOrEqual(life.decisions)
  // A class in ten has no index, and two of two may be such.
  expect(4 * indexed).toBeGreaterThan(life.classes > 2 ? decisions : 0)
})

it('sees a decision that is another', () => {
  const lazily: Placing = (draft, wanted, options) => place(draft, wanted.slice(1), options)
  expect(soak({ nodes: 5, classes: 3, decisions: 200 }, 1, lazily).differences.length).toBe(5)
})
