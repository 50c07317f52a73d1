/** Folds reports: each goes to the memory of the controller that it names. */
import * as E from 'fp-ts/lib/Either.js'
import type { Draft } from '../cluster/draft.js'
import { shown } from '../rule/malformed.js'
import type { AnyController } from '../time/controller.js'
import type { EventOf } from '../time/event.js'
import type { FoldFault } from '../time/fault.js'
import { recordOf } from './fold-replica.js'
import type { Folding } from '../time/setting.js'
import { noteReplica, type Work } from '../time/work.js'
import { setOwnerAt } from '../time/bookings.js'
import { rowOf } from '../cluster/generation.js'

/** A report reaches the controller that it names. */
export const foldReport = (
  work: Work,
  draft: Draft,
  { controllers }: Folding,
  { controller: name, about, report }: EventOf<'Reported'>,
): FoldFault | undefined => {
  const controller = controllers.find((one) => one.name === name)
  if (controller === undefined)
    return {
      ...{ _tag: 'UnknownController', at: ['controller'], found: shown(name) },
      expected: `one of ${controllers.map((one) => one.name).join(', ')}`,
    }
  if (controller.learn === undefined)
    return {
      ...{ _tag: 'BadReport', controller: name, at: ['report'], found: shown(report) },
      expected: `nothing: ${name} takes no reports`,
    }
  const memory = memoryOf(work, controller)
  const learnt = controller.learn(draft, memory, { about, report, now: work.now })
  if (E.isLeft(learnt))
    return {
      ...{ _tag: 'BadReport', controller: name },
      ...{ ...learnt.left, at: ['report', ...learnt.left.at] },
    }
  const { memory: next, replicas } = learnt.right
  work.memories.set(name, next)
  work.isTried = false
  for (const { replica, owner } of replicas ?? []) {
    const ownership = { controller: name, name: owner }
    setOwnerAt(work.bookings, rowOf(replica), ownership)
    const { class: classId, node, phase } = recordOf(draft, replica)
    noteReplica(work, ownership, replica, classId, node, phase)
  }
  return undefined
}

/** What a controller remembers, as it is now. */
export const memoryOf = (work: Work, { name, start }: AnyController): unknown => {
  if (work.memories.has(name)) return work.memories.get(name)
  return work.before.memories.has(name) ? work.before.memories.get(name) : start
}
