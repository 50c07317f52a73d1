/** Tests the search for cycles in a graph of names. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { circles, type Names } from './circle.js'

const letters = ['a', 'b', 'c', 'd', 'e', 'f']
const anyNames: fc.Arbitrary<Names> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...letters), fc.constantFrom(...letters)), {
    maxLength: 12,
    selector: ([from, to]) => from + to,
  })
  .map((arrows) => {
    const to = (letter: string) =>
      new Set(arrows.flatMap(([from, into]) => (from === letter ? [into] : [])))
    return new Map(letters.slice(0, 5).map((letter) => [letter, to(letter)]))
  })

/** Those that a name leads to by so many steps or fewer, one step after the other. */
const reached = (names: Names, from: string): ReadonlySet<string> => {
  const found = new Set(names.get(from))
  for (const _ of letters)
    for (const name of [...found]) for (const next of names.get(name) ?? []) found.add(next)
  return found
}

/**
 * There is a circle where, and only where, some name leads to itself; and each is a way that can be
 * walked.
 */
const areThere = (find: typeof circles) =>
  fc.property(anyNames, (names) => {
    const found = find(names)
    expect(found.length > 0).toBe(letters.some((letter) => reached(names, letter).has(letter)))
    for (const way of found) {
      expect(way.at(-1)).toBe(way[0])
      expect(way.slice(1).every((name, i) => names.get(way[i]!)?.has(name))).toBe(true)
    }
  })

describe('circles', () => {
  it('are found where there are some', () => fc.assert(areThere(circles), { numRuns: 2000 }))
  it('are refuted when only names that lead to themselves at once are found', () => {
    const atOnce: typeof circles = (names) => circles(names).filter((way) => way.length === 2)
    expect(isRefuted(areThere(atOnce))).toBe(true)
  })
  it('are looked for in chains of any length', () => {
    const chain = new Map(
      Array.from({ length: 50_000 }, (_, i) => [`n${i}`, new Set([`n${i + 1}`])]),
    )
    expect(circles(chain)).toEqual([])
  })
})
