/**
 * Compares our answers with all recorded answers of kube-scheduler: every refusal, score, set of
 * best nodes and preemption. A few scenarios of each family are in the repository. A larger
 * collection is read from the folder that the environment variable `STOWAGE_SHARED` names, if it is
 * there.
 */
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { agrees } from './conformance.js'
import {
  answersIn,
  collection,
  comparedIn,
  familiesIn,
  recordings,
} from '../../../../test/recorded.js'

describe.each([recordings, collection].filter(existsSync))('recorded answers in %s', (folder) => {
  it('are of every family', () => expect(familiesIn(folder).length).toBeGreaterThanOrEqual(15))

  it.each(familiesIn(folder))('%s', (family) => {
    const result = comparedIn(folder, family)
    expect(result.differences.slice(0, 5)).toEqual([])
    expect(result.compared).toBe(answersIn(folder, family).length)
    expect(agrees(result)).toBe(true)
  })
})
