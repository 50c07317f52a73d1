/** Compares the unstable sort with recorded orders of Go's `sort.Slice`, equal items included. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { sortUnstable } from './sort.js'

interface Sorted {
  readonly keys: readonly number[]
  /** Positions of the keys, as the sort leaves them. */
  readonly order: readonly number[]
}

const recorded = gunzipSync(readFileSync(resolve('test/golden/karpenter/sort.jsonl.gz')))
  .toString()
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Sorted)

const orderOf = ({ keys }: Sorted): readonly number[] =>
  sortUnstable([...keys.keys()], (one, other) => keys[one]! < keys[other]!)

it('leaves equal items in the recorded order', () => {
  expect(recorded.length).toBe(160)
  for (const one of recorded) expect(orderOf(one)).toEqual(one.order)
})

it('is not the stable order', () => {
  const stable = ({ keys }: Sorted) => [...keys.keys()].sort((a, b) => keys[a]! - keys[b]!)
  const same = recorded.filter((one) => String(stable(one)) === String(one.order))
  expect(same.length).toBeLessThan(recorded.length / 2)
})

it('leaves the list itself as it is', () => {
  const list = [3, 1, 2]
  expect(sortUnstable(list, (one, other) => one < other)).toEqual([1, 2, 3])
  expect(list).toEqual([3, 1, 2])
})
