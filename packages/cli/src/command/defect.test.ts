/**
 * Tests that a defect of the program is reported as such, with status 3, and with a stack trace
 * only on request.
 */
import { expect, it } from 'vitest'
import { catchDefect } from './defect.js'

const broken = (): Promise<never> => Promise.reject(new Error('it broke'))

it('is a sentence, with what to do', async () => {
  const { out, error, status } = await catchDefect(broken, {})
  expect({ out, status }).toEqual({ out: '', status: 3 })
  expect(error).toContain('not of your input: it broke\nPlease report it')
  expect(error).not.toMatch(/^ +at /m)
})
it('has a stack trace on request', async () => {
  expect((await catchDefect(broken, { STOWAGE_TRACE: '1' })).error).toMatch(/^ +at /m)
})
it('is not what an answer becomes', async () => {
  const outcome = { out: 'a', error: '', status: 1 } as const
  expect(await catchDefect(() => Promise.resolve(outcome), {})).toBe(outcome)
})
