/**
 * An example of the kernel that runs in any JavaScript runtime: two nodes join, three replicas of a
 * class are placed, and the counts are printed.
 */
import { batch, classSpecOf, cpu, define, empty } from '@stowage/kernel/plain'
import { getOrThrow, join, nodeSpecOf, place } from '@stowage/kernel/plain'

const [, answer] = batch(empty, (draft) => {
  getOrThrow(join(draft, nodeSpecOf('small', [[cpu, 100]])))
  getOrThrow(join(draft, nodeSpecOf('large', [[cpu, 1000]])))
  const job = getOrThrow(define(draft, classSpecOf([[cpu, 400]])))
  return place(draft, [{ class: job, count: 3 }]).answers[0]
})
console.log(`${answer.placed.length} placed, ${answer.unplaced.count} not`)
