/**
 * Tests sets of completion indexes against JavaScript's sets of numbers, and their texts, such as
 * `0,2-4`, against those of Kubernetes.
 */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  includesIndex,
  indexCount,
  indexesOf,
  indexText,
  lowestMissing,
  mergeIndexes,
  parseIndexes,
  sharedIndexCount,
} from './index-set.js'

it.each([
  [[], ''],
  [[3], '3'],
  [[4, 3], '3,4'],
  [[0, 2, 3, 4, 7, 8], '0,2-4,7,8'],
])('%j is %s', (list, text) => {
  expect(indexText(indexesOf(list))).toBe(text)
})

it.each([
  ['0,2-4', 4, [0, 2, 3]],
  ['5-9', 5, []],
  ['x,1', 3, [1]],
])('%s below %i is %j', (text, completions, list) => {
  expect(parseIndexes(text, completions)).toEqual(indexesOf(list))
})

const anyList = fc.array(fc.nat(12), { maxLength: 10 })
const agrees = (merge: typeof mergeIndexes) =>
  fc.property(anyList, anyList, fc.nat(5), (one, other, count) => {
    const [a, b] = [indexesOf(one), indexesOf(other)]
    const both = merge(a, b)
    const twin = new Set([...one, ...other])
    const all = Array.from({ length: 13 }, (_, i) => i)
    return (
      indexCount(both) === twin.size &&
      all.every((index) => includesIndex(both, index) === twin.has(index)) &&
      sharedIndexCount(a, b) === new Set(one.filter((index) => other.includes(index))).size &&
      String(parseIndexes(indexText(both), 13)) === String(both) &&
      String(lowestMissing(both, count, 13)) ===
        String(all.filter((index) => !twin.has(index)).slice(0, count))
    )
  })

it('are sets', () => {
  fc.assert(agrees(mergeIndexes), { numRuns: 500 })
})
it('are refuted when a union has the first set alone', () => {
  expect(isRefuted(agrees((one) => one))).toBe(true)
})
