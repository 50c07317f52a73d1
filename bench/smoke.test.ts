/** Every bench at its smallest size, so that none can rot; and that a bench refuses to time rows that disagree. */
import { expect, it } from 'vitest'
import { scan } from './scan.bench.js'
import { measure } from './suite.js'

it('runs the scan at its smoke size', async () => {
  const results = await measure(scan, 'smoke')
  expect(results.map(({ row, size }) => [row, size])).toEqual([
    ['kernel', 16],
    ['bare loop', 16],
  ])
  expect(results.every(({ value, runs }) => value > 0 && runs > 0)).toBe(true)
})

it('times nothing when the rows disagree', async () => {
  const cases = (size: number) => ({ ...scan.cases(size), answers: ['one', 'other'] })
  await expect(measure({ ...scan, cases }, 'smoke')).rejects.toThrow('the rows disagree at 16')
})
