/**
 * All that the upstream scheduler has been recorded to say: every refusal, score, best set and preemption. A few scenarios of each
 * family are kept here; a larger collection is held against us where it is at hand.
 */
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  answersIn,
  collection,
  differencesIn,
  familiesIn,
  kept,
} from '../../../../test/recorded.js'

describe.each([kept, collection].filter(existsSync))('recorded answers in %s', (folder) => {
  it('are of every family', () => expect(familiesIn(folder).length).toBeGreaterThanOrEqual(15))

  it.each(familiesIn(folder))('%s', (family) => {
    expect(answersIn(folder, family).length).toBeGreaterThan(0)
    expect(differencesIn(folder, family).slice(0, 5)).toEqual([])
  })
})
