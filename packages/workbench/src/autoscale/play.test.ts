/** Tests the replicas that start and stop while a history of metrics is simulated. */
import { instant } from '@stowage/kernel'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { initialReplicas, withCount } from './play.js'

it('gives no two replicas of one moment the same name', () => {
  const counts = fc.array(fc.nat(12), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(counts, ([first = 0, ...later]) => {
      let replicas = initialReplicas(first)
      for (const [i, count] of later.entries()) {
        const before = replicas
        replicas = withCount(replicas, count, instant(i))
        expect(new Set(replicas.map(({ name }) => name)).size).toBe(count)
        const stay = Math.min(before.length, count)
        expect(replicas.slice(0, stay)).toEqual(before.slice(0, stay))
      }
    }),
  )
})
