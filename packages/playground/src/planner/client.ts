/**
 * Sends the page's questions to the web worker and receives its answers. The worker computes a plan
 * in slices (short steps), and abandons the plan after a slice if a newer plan is requested. When a
 * slice takes too long, the worker is terminated and a new one is started.
 */
import type { PlannerReply, PlannerRequest } from './message.js'

/** Sends questions, and hears of answers. */
export interface PlannerClient {
  readonly ask: (request: PlannerRequest) => void
}

/** What a client needs of a worker. */
export interface PlannerWorker {
  onmessage: ((event: { readonly data: PlannerReply }) => void) | null
  readonly postMessage: (request: PlannerRequest) => void
  readonly terminate: () => void
}

/** So long a plan waits for a slice of an older one, in milliseconds. */
export const patience = 300

/** A client of workers that `start` makes; `wait` calls back after some milliseconds. */
export const plannerClient = (
  start: () => PlannerWorker,
  hear: (reply: PlannerReply) => void,
  wait: (callback: () => void, milliseconds: number) => void,
): PlannerClient => {
  let worker: PlannerWorker | undefined
  /** The newest plan that has no answer yet, and whether the worker has begun it. */
  let open: { readonly request: PlannerRequest; begun: boolean } | undefined

  const startWorker = (): PlannerWorker => {
    const fresh = start()
    fresh.onmessage = ({ data }) => {
      if (worker !== fresh) return
      if (open?.request.id === data.id) {
        open.begun = true
        if (data._tag !== 'Stage') open = undefined
      }
      hear(data)
    }
    worker = fresh
    return fresh
  }
  const send = (request: PlannerRequest): void => {
    ;(worker ?? startWorker()).postMessage(request)
  }

  return {
    ask: (request) => {
      const isBusy = open !== undefined
      send(request)
      if (request._tag !== 'Plan') return
      const plan = { request, begun: false }
      open = plan
      if (!isBusy) return
      wait(() => {
        if (open !== plan || plan.begun) return
        worker?.terminate()
        startWorker().postMessage(request)
      }, patience)
    },
  }
}
