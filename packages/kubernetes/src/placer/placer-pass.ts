/**
 * Defines the mutable state of the placer (which finds nodes for waiting pods) in one pass, which
 * handles all events of one instant: the rows of waiting pods, the nodes that are reserved for them
 * (nominations), and the pods that are evicted for them.
 */
import {
  explain,
  type ClassId,
  type ClassSpec,
  type Draft,
  type NodeId,
  type Placer,
  type ReplicaId,
} from '@stowage/kernel'
import type { KubernetesMemory } from '../memory/memory.js'
import type { Budget } from '../preempt/budget.js'
import { idlePluginsOf, type Guests, type PodAmongGuests } from '../scheduler/nomination.js'
import type { KnownPod, SessionWorld } from '../scheduler/session.js'

/** What the kernel asks a placer for: replicas of one owner and class. */
export type PendingRequest = Parameters<Placer>[1][number]

/** Pods that are alike and wait for a node. */
export interface PlacerRow {
  readonly request: PendingRequest
  readonly spec: ClassSpec
  /** One of the pods; `undefined` for a class that the controller did not define. */
  readonly pod: KnownPod | undefined
  /** The nodes that are kept for some of the pods. */
  readonly nominations: NodeId[]
  /** The pods that go so that pods of this row get a node. */
  readonly victims: { readonly replica: ReplicaId; readonly because: string }[]
}

/** What the placer reads and changes in a pass. */
export interface PlacerPass {
  readonly draft: Draft
  readonly memory: KubernetesMemory
  readonly profiles: SessionWorld['profiles']
  /** The budgets as they are at the beginning of the pass; computed once. */
  readonly budgets: () => readonly Budget[]
  readonly rows: readonly PlacerRow[]
  readonly priorityOf: (id: ClassId) => number
  /** The victims of this pass. */
  readonly preempted: Set<ReplicaId>
}

/** Lets a node be kept no more for one pod of a row. */
export const dropNomination = ({ nominations }: PlacerRow, node: NodeId): void => {
  const position = nominations.indexOf(node)
  if (position >= 0) nominations.splice(position, 1)
}

/** A pod of the row, for which `own` may be kept, beside the other pods with such nodes. */
export const amongGuests = (
  pass: PlacerPass,
  row: PlacerRow,
  own: NodeId | undefined,
): PodAmongGuests => {
  const { class: classId } = row.request
  let isIdle: PodAmongGuests['isIdle'] | undefined
  return {
    class: classId,
    guests: guestsOf(pass, row, own),
    isIdle: (refusal) => {
      isIdle ??=
        row.pod === undefined
          ? () => false
          : idlePluginsOf(row.pod, explain(pass.draft, { class: classId }))
      return isIdle(refusal)
    },
  }
}

/** The pods of this priority or a higher one for which nodes are kept, but for the pod itself. */
const guestsOf = ({ rows }: PlacerPass, row: PlacerRow, own: NodeId | undefined): Guests => {
  const guests = new Map<NodeId, { readonly class: ClassId }[]>()
  let isOwnLeft = own !== undefined
  for (const guest of rows) {
    if (guest.spec.priority < row.spec.priority) continue
    for (const node of guest.nominations) {
      const isOwn = isOwnLeft && guest === row && node === own
      if (isOwn) isOwnLeft = false
      else entryAt(guests, node).push({ class: guest.request.class })
    }
  }
  return guests
}

const entryAt = <Key, Value>(lists: Map<Key, Value[]>, key: Key): Value[] => {
  const known = lists.get(key)
  if (known !== undefined) return known
  const list: Value[] = []
  lists.set(key, list)
  return list
}
