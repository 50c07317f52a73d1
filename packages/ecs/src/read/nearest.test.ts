import { expect, it } from 'vitest'
import { nearest } from './nearest.js'

it('gives the nearest few first, and equals by name', () => {
  const known = ['stock', 'search', 'cart', 'card', 'sessions']
  expect(nearest(known, 'crat')).toEqual(['cart', 'card', 'search'])
  expect(nearest(['b', 'a', 'c'], 'x')).toEqual(['a', 'b', 'c'])
})

it('gives what there is', () => {
  expect(nearest([], 'web')).toEqual([])
  expect(nearest(['__proto__'], '')).toEqual(['__proto__'])
})
