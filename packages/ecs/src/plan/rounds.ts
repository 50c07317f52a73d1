/**
 * Places the requests of a plan in rounds. A task with affinity to other tasks finds no place until
 * these tasks are placed, so requests of this kind are retried until a round places no further
 * task. All other requests are tried once.
 */
import { place, type Answer, type Draft } from '@stowage/kernel'
import type { TaskPlacement } from './requests.js'

/** The attempts in the order in which they were made, each with its answer. */
export interface Rounds {
  /** A request whose rest was tried again has the count of what was placed. */
  readonly attempts: readonly TaskPlacement[]
  readonly answers: readonly Answer[]
}

/**
 * Places all requests; at the end no request that can wait would find a place. The ECS service
 * scheduler retries in the same way. For requests without affinity, later placements only take
 * room.
 */
export const placeInRounds = (draft: Draft, requests: readonly TaskPlacement[]): Rounds => {
  const attempts: TaskPlacement[] = []
  const answers: Answer[] = []
  const record = (request: TaskPlacement, answer: Answer): void => {
    const count = answer.placed.length + (answer.unplaced?.count ?? 0)
    attempts.push({ ...request, count })
    answers.push(answer)
  }
  let waiting: readonly WaitingRequest[] = []
  const { answers: first } = place(draft, requests)
  for (const [i, request] of requests.entries()) {
    const { placed, unplaced } = first[i]!
    if (unplaced === undefined || !request.canWait) record(request, first[i]!)
    else {
      record(request, { placed })
      waiting = [...waiting, { request, unplaced }]
    }
  }
  for (let hasMoved = waiting.length > 0; hasMoved; ) {
    hasMoved = false
    const left: WaitingRequest[] = []
    for (const { request, unplaced: before } of waiting) {
      const [answer] = place(draft, [{ ...request, count: before.count }]).answers
      const { placed, unplaced } = answer!
      if (placed.length > 0) record(request, { placed })
      hasMoved ||= placed.length > 0
      if (unplaced !== undefined) left.push({ request, unplaced })
    }
    waiting = left
  }
  for (const { request, unplaced } of waiting) record(request, { placed: [], unplaced })
  return { attempts, answers }
}

/** A request, and what of it has no place yet. */
interface WaitingRequest {
  readonly request: TaskPlacement
  readonly unplaced: NonNullable<Answer['unplaced']>
}
