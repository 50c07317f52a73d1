/**
 * Applies one event to the draft (the mutable cluster inside `batch`). There is one function for
 * each kind of event: about a node, about a replica, about an order (a command that the kernel gave
 * before), or a report from outside to a controller. A repeated or late event about a replica or an
 * order changes nothing.
 */
import type { Draft } from '../cluster/draft.js'
import type { FoldSetting } from '../time/setting.js'
import type { StepEvent } from '../time/event.js'
import type { FoldFault } from '../time/fault.js'
import { foldJoined, foldChanged, foldLeft } from './fold-node.js'
import { foldFailed } from './fold-order.js'
import { foldReplica } from './fold-replica.js'
import { foldReport } from './fold-report.js'
import type { Work } from '../time/work.js'

/**
 * Applies one event. Returns what is wrong with it, or `undefined`; after a fault the draft must be
 * discarded.
 */
export const foldEvent = (
  work: Work,
  draft: Draft,
  folding: FoldSetting,
  event: StepEvent,
): FoldFault | undefined => {
  switch (event._tag) {
    case 'ClockAdvanced':
      return undefined
    case 'NodeJoined':
      return foldJoined(work, draft, folding, event)
    case 'NodeChanged':
      return foldChanged(work, draft, folding, event)
    case 'NodeLeft':
      return foldLeft(work, draft, event)
    case 'ReplicaRunning':
    case 'ReplicaLeaving':
    case 'ReplicaStopped':
      return foldReplica(work, draft, event)
    case 'OrderFailed':
      return foldFailed(work, draft, event)
    case 'Reported':
      return foldReport(work, draft, folding, event)
  }
}
