/**
 * Tests that the queue returns what was added in the order of time, and that earlier versions of
 * the queue stay valid.
 */
import { instant } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  addDue,
  dueEntries,
  nextDue,
  takeDue,
  type DueQueue,
  type DueService,
} from './due-queue.js'

const anyEntry = fc.record({ at: fc.nat(20).map(instant), service: fc.constantFrom('a', 'b', 'c') })
const textOf = ({ at, service }: DueService) => `${String(at).padStart(2)} ${service}`

const agrees = (add: typeof addDue) =>
  fc.property(fc.array(fc.oneof(anyEntry, fc.nat(20).map(instant)), { maxLength: 40 }), (steps) => {
    let queue: DueQueue
    let list: readonly DueService[] = []
    for (const one of steps) {
      const before = [queue, dueEntries(queue).map(textOf).join()] as const
      if (typeof one === 'object') {
        queue = add(queue, one)
        list = [...list, one]
      } else {
        const [services, left] = takeDue(queue, one)
        const due = list.filter(({ at }) => at <= one).map(({ service }) => service)
        if ([...services].sort().join() !== [...due].sort().join()) return false
        list = list.filter(({ at }) => at > one)
        queue = left
      }
      const sorted = list.map(textOf).sort()
      if (dueEntries(queue).map(textOf).join() !== sorted.join()) return false
      const first = nextDue(queue)
      if (first !== (list.length === 0 ? undefined : Math.min(...list.map(({ at }) => at))))
        return false
      if (dueEntries(before[0]).map(textOf).join() !== before[1]) return false
    }
    return true
  })

it('takes out all that is due, the earliest first', () => {
  fc.assert(agrees(addDue), { numRuns: 500 })
})
it('is refuted when a new entry hides the others', () => {
  const hiding: typeof addDue = (queue, entry) =>
    queue !== undefined && queue.first.at > entry.at
      ? addDue(undefined, entry)
      : addDue(queue, entry)
  expect(isRefuted(agrees(hiding))).toBe(true)
})
it('is shallow on the right, however it is filled', () => {
  let queue: DueQueue
  for (let i = 0; i < 100_000; i++) queue = addDue(queue, { at: instant(i), service: 'a' })
  expect(takeDue(queue, instant(99_999))[0]).toHaveLength(100_000)
})
