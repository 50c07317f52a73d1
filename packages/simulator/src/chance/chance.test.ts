/**
 * Tests of random draws: the same on every runtime, evenly distributed, and independent of each
 * other.
 */
import { describe, expect, it } from 'vitest'
import { draw, drawWithin, isHit } from './chance.js'

const names = Array.from({ length: 20_000 }, (_, i) => `order ${i}`)

describe('a draw', () => {
  it('is the same on every runtime', () => {
    expect([draw(0, ''), draw(1, 'a'), draw(2 ** 40, 'order 1'), draw(-1, 'ä')]).toEqual([
      2113773183, 598639782, 603806581, 3996190590,
    ])
  })
  it('depends on the seed, also beyond 32 bits, and on the name', () => {
    const draws = [0, 1, 2 ** 32, 2 ** 33].flatMap((seed) =>
      ['', 'a', 'b', 'ab', 'ba', 'a '].map((name) => draw(seed, name)),
    )
    expect(new Set(draws).size).toBe(draws.length)
  })
  it('is even: each of 32 parts has its share, for neighbouring names and seeds', () => {
    for (const draws of [
      names.map((name) => draw(1, name)),
      names.map((_, seed) => draw(seed, 'order 1')),
    ]) {
      const parts = new Array<number>(32).fill(0)
      for (const one of draws) parts[one >>> 27]!++
      // Chi-squared with 31 degrees of freedom; above 61 once in a thousand times.
      const mean = draws.length / 32
      const sum = parts.reduce((total, part) => total + (part - mean) ** 2 / mean, 0)
      expect(sum).toBeLessThan(61)
    }
  })
})

describe('a rate', () => {
  it('of 0 never hits and of 1 always', () => {
    expect(names.filter((name) => isHit(1, name, 0))).toEqual([])
    expect(names.filter((name) => !isHit(1, name, 1))).toEqual([])
  })
  it('hits as often as it says', () => {
    const hits = names.filter((name) => isHit(1, name, 0.3)).length
    expect(Math.abs(hits / names.length - 0.3)).toBeLessThan(0.015)
  })
})

it('draws all numbers of a range and no other', () => {
  const numbers = new Set(names.map((name) => drawWithin(1, name, [-2, 4])))
  expect([...numbers].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3, 4])
  expect(drawWithin(1, 'x', [9, 9])).toBe(9)
})
