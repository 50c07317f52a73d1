/**
 * Checks that two lists are up to date: bugs to plant in the code (plants), and mutants that no
 * test needs to catch. The code that each entry would change must still exist, and each plant must
 * compile. `npm run plants` finds out which of the bugs no test catches.
 */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { byHand } from './plants/by-hand.js'
import { compileFaults } from './plants/compile.js'
import { left } from './plants/left.js'
import { loudly } from './plants/loudly.js'

const onOneLine = (text: string): string => text.replace(/\s+/g, ' ')
const occurrences = (text: string, of: string): number => text.split(of).length - 1

it('has what each plant by hand changes, once', () => {
  const stale = byHand.filter(
    ({ file, find }) => occurrences(readFileSync(file, 'utf8'), find) !== 1,
  )
  expect(stale).toEqual([])
})

it('has plants by hand that compile', () => {
  expect(compileFaults(byHand)).toEqual([])
})

it('refuses a plant that does not compile', () => {
  const file = 'packages/kernel/src/judge/fit.ts'
  const find = 'columnsOf(state, dimension)'
  expect(
    [
      { file, find, replace: 'columnsOf(state, dimension', why: 'has no end' },
      { file, find, replace: 'columnsOf(state, part)', why: 'names what is not there' },
      { file, find, replace: 'columnsOf(state, 0 as typeof dimension)', why: 'compiles' },
    ].map((plant) => compileFaults([plant]).map((fault) => fault.split(': ')[1])),
  ).toEqual([['has no end'], ['names what is not there'], []])
})

it('has what each mutant that is left changes', () => {
  const stale = left.filter(
    ({ file, was }) => occurrences(onOneLine(readFileSync(file, 'utf8')), was) === 0,
  )
  expect(stale).toEqual([])
})

it('takes a file of tests that cannot be loaded for an error, and one that fails for none', () => {
  const errors: unknown[] = []
  const vitest = { state: { catchError: (error: unknown) => errors.push(error) } }
  const reporter = loudly()
  reporter.onInit?.(vitest as never)
  const ended = (...messages: readonly string[]): void => {
    const module = {
      relativeModuleId: 'one.test.ts',
      errors: () => messages.map((message) => ({ message })),
    }
    void reporter.onTestModuleEnd?.(module as never)
  }
  ended()
  expect(errors).toEqual([])
  ended('no such module')
  expect(errors).toEqual([new Error('one.test.ts cannot be loaded: no such module')])
})
