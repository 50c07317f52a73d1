/**
 * Runs the planner in the page's web worker, and passes messages between the planner and the page.
 */
import type { PlannerReply, PlannerRequest } from './message.js'
import { pagePlanner } from './planner.js'

/** What a worker has of its host; the compiler knows the globals of a page alone. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<PlannerRequest>) => void) | null
  readonly postMessage: (message: PlannerReply) => void
}
const scope = self as unknown as WorkerScope

/** Ends after the messages that have arrived. A timer would wait for milliseconds. */
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(0)
  })

const planner = pagePlanner((message) => {
  scope.postMessage(message)
}, pause)

scope.onmessage = ({ data }) => {
  void planner.answer(data)
}
