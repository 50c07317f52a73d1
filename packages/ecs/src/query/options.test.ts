/**
 * Tests that each option of the cluster query language has the default that
 * `test/expected/ecs/h-holes.ts` lists.
 */
import { expect, it } from 'vitest'
import { holes } from '../../../../test/expected/ecs/h-holes.js'
import { queryOptions } from './options.js'

it('decides what the documents of the language leave open, as is written down', () => {
  const open = holes.filter(({ section }) => section === 'A4')
  expect(queryOptions).toEqual(Object.fromEntries(open.map((hole) => [hole.option, hole.default])))
})
