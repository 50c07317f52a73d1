/**
 * Tests the client of the web worker: a worker that computes for too long is replaced, so that it
 * does not delay a newer plan.
 */
import { expect, it } from 'vitest'
import { emptyInput } from '../share/input.js'
import { plannerClient, type PlannerWorker } from './client.js'
import type { PlannerReply, PlannerRequest } from './message.js'

const plan = (id: number): PlannerRequest => ({
  ...{ _tag: 'Plan', id, input: emptyInput, isChange: false },
})
const answer = (id: number): PlannerReply => ({ _tag: 'Refused', id, faults: [] })

const stage = () => {
  const workers: (PlannerWorker & { readonly got: number[]; isEnded: boolean })[] = []
  const heard: number[] = []
  const waits: (() => void)[] = []
  const client = plannerClient(
    () => {
      const got: number[] = []
      const worker = {
        ...{ got, isEnded: false, onmessage: null },
        postMessage: ({ id }: PlannerRequest) => void got.push(id),
        terminate: () => {
          worker.isEnded = true
        },
      }
      workers.push(worker)
      return worker
    },
    ({ id }) => void heard.push(id),
    (callback) => void waits.push(callback),
  )
  return { workers, heard, waits, client }
}

it('one worker answers as long as it is quick', () => {
  const { workers, heard, waits, client } = stage()
  client.ask(plan(1))
  workers[0]!.onmessage?.({ data: answer(1) })
  client.ask(plan(2))
  client.ask(plan(3))
  workers[0]!.onmessage?.({ data: { _tag: 'Stage', id: 3, stage: 'reading' } })
  for (const callback of waits) callback()
  workers[0]!.onmessage?.({ data: answer(3) })
  expect(workers).toHaveLength(1)
  expect(heard).toEqual([1, 3, 3])
})

it('a worker that does not begin with a newer plan is replaced, and heard no more', () => {
  const { workers, heard, waits, client } = stage()
  client.ask(plan(1))
  client.ask(plan(2))
  for (const callback of waits) callback()
  expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, false])
  expect(workers[1]!.got).toEqual([2])
  workers[0]!.onmessage?.({ data: answer(1) })
  workers[1]!.onmessage?.({ data: answer(2) })
  expect(heard).toEqual([2])
})
