/**
 * Finds the tasks of a DAEMON service that must stop because their instance no longer satisfies a
 * memberOf constraint of the service or of the task definition. Tasks of other services stay where
 * they are.
 *
 * Source: Amazon ECS Developer Guide, services. AWS does not document whether an expression about
 * tasks counts the tasks of the service itself. Here it does not: otherwise a daemon that wants to
 * be alone on its instance would stop itself.
 */
import { batch, getOrThrow, nodeName, nodesWhere, evict, type Draft } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { holderName, type EcsState } from '../cluster/state.js'
import { memberExprs } from '../lower/member-of.js'
import { groupOf, type Workload } from '../workload/workload.js'
import { resolve } from '../workload/reference.js'
import { isDaemon, type Service } from '../words/service.js'
import type { Task } from '../words/task.js'
import { groupsOf } from '../workload/own-task.js'

/**
 * The tasks of a DAEMON service that must stop, in the order in which they were started. The caller
 * stops them.
 */
export const tasksTurnedFalse = (state: EcsState, service: Service): readonly Task[] => {
  if (!isDaemon(service)) return []
  const own = [...state.tasks.values()].filter(
    (task) => task.group === `service:${service.serviceName}` && state.replicas.has(task.taskArn),
  )
  const [, turned] = batch(state.placed, (draft) => {
    for (const { taskArn } of own) getOrThrow(evict(draft, state.replicas.get(taskArn)!))
    const holding = memoize((taskDefinitionArn) =>
      namesWhere(state, draft, daemonWorkload(state, service, taskDefinitionArn)),
    )
    return own.filter(
      (task) =>
        task.desiredStatus !== 'STOPPED' &&
        !holding(task.taskDefinitionArn).has(holderName(state, task) ?? ''),
    )
  })
  return turned
}

/** The workload of a daemon task. An unknown definition counts as one without constraints. */
const daemonWorkload = ({ families }: EcsState, service: Service, reference: string): Workload => {
  const found = resolve(families, reference)
  const definition = E.isRight(found)
    ? found.right.value
    : { family: service.serviceName, containerDefinitions: [] }
  return { name: service.serviceName, subject: '', from: '', definition, service }
}

const namesWhere = (state: EcsState, draft: Draft, workload: Workload): ReadonlySet<string> => {
  const groups = [...groupsOf(state.tasks.values()), groupOf(workload)]
  const expr = {
    _tag: 'All',
    of: memberExprs(draft, workload, groups, state.options.query),
  } as const
  return new Set(getOrThrow(nodesWhere(draft, expr)).map((node) => nodeName(draft, node)))
}

const memoize = <Answer>(ask: (of: string) => Answer): ((of: string) => Answer) => {
  const known = new Map<string, Answer>()
  return (of) => {
    const before = known.get(of)
    if (before !== undefined) return before
    const answer = ask(of)
    known.set(of, answer)
    return answer
  }
}
