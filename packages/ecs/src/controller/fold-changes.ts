/**
 * Brings the memory up to date with what changed since the last pass: tasks that were placed, run,
 * leave or are gone, and instances that began or ended to drain.
 */
import * as O from 'fp-ts/lib/Option.js'
import {
  nodeSpec,
  replicasOn,
  withChanges,
  type Instant,
  type MapChange,
  type NodeChange,
  type NodeId,
  type PassView,
  type ReplicaChange,
  type ReplicaId,
} from '@stowage/kernel'
import { attributeTexts } from './container-instance-node.js'
import { addDue } from './due-queue.js'
import {
  namesInOwner,
  withService,
  withOwnTasks,
  withWatched,
  type EcsMemory,
  type OwnTask,
  type ServiceRecord,
  type WaitingTasks,
} from './memory.js'
import { isHealthy, withHealth, withRunning } from './task-health.js'

/** What is read of a pass. */
export type ChangeView = Pick<PassView, 'cluster' | 'now' | 'nodes' | 'replicas'>

/** The memory after the changes; the same value when nothing changed. */
export const foldChanges = (view: ChangeView, memory: EcsMemory): EcsMemory => {
  const drained = view.nodes.reduce((before, change) => foldNode(view, before, change), memory)
  if (view.replicas.length === 0) return drained
  const byService = new Map<string, ReplicaChange[]>()
  for (const change of view.replicas) {
    const [service] = namesInOwner(change.owner)
    const changes = byService.get(service)
    if (changes === undefined) byService.set(service, [change])
    else changes.push(change)
  }
  const records: MapChange<string, ServiceRecord>[] = []
  const owners: MapChange<ReplicaId, string>[] = []
  let { due } = drained
  for (const [service, changes] of byService) {
    const before = drained.services.get(service)
    if (before === undefined) continue
    const [record, dueAt] = foldTasks(view.now, drained, before, changes)
    records.push([service, record])
    if (dueAt !== undefined) due = addDue(due, { at: dueAt, service })
    for (const { replica, phase } of changes)
      owners.push([replica, phase === undefined ? undefined : service])
  }
  return {
    ...drained,
    services: withChanges(drained.services, records),
    owners: withChanges(drained.owners, owners),
    dirty: withChanges(
      drained.dirty,
      records.map(([service]) => [service, true]),
    ),
    due,
  }
}

/** An instance that begins or ends to drain concerns the services with tasks on it. */
const foldNode = (
  { cluster }: ChangeView,
  memory: EcsMemory,
  { node, change }: NodeChange,
): EcsMemory => {
  const spec = change === 'left' ? O.none : nodeSpec(cluster, node)
  const isDraining =
    O.isSome(spec) && attributeTexts(cluster, spec.value).get('status') === 'DRAINING'
  if (isDraining === memory.draining.has(node)) return memory
  return replicasOn(cluster, node).reduce<EcsMemory>(
    (before, { id }) => {
      const record = before.services.get(before.owners.get(id) ?? '')
      return record?.tasks.has(id) === true
        ? withService(before, withWatched(record, [id]))
        : before
    },
    withDraining(memory, node, isDraining),
  )
}

const withDraining = (memory: EcsMemory, node: NodeId, isDraining: boolean): EcsMemory => ({
  ...memory,
  draining: withChanges(memory.draining, [[node, isDraining ? true : undefined]]),
})

/** The record after the changes of its tasks, and when one of them is to be looked at again. */
const foldTasks = (
  now: Instant,
  memory: EcsMemory,
  record: ServiceRecord,
  changes: readonly ReplicaChange[],
): readonly [ServiceRecord, Instant | undefined] => {
  const tasks = new Map<ReplicaId, OwnTask | undefined>()
  let { waiting, taskCount } = record
  let dueAt: Instant | undefined
  for (const change of changes) {
    const { replica, phase } = change
    const known = tasks.has(replica) ? tasks.get(replica) : record.tasks.get(replica)
    if (phase === undefined) {
      tasks.set(replica, undefined)
      continue
    }
    if (known === undefined) waiting = withoutOne(waiting, change)
    const task = withPhase(
      record,
      known ?? withNewHealth(memory, record, newTaskOf(change, taskCount++), now),
      phase,
      now,
    )
    tasks.set(replica, task)
    if (task.phase === 'running' && !isHealthy(task, now)) dueAt = task.provenAt ?? dueAt
  }
  return [{ ...withOwnTasks(record, [...tasks]), waiting, taskCount }, dueAt]
}

const newTaskOf = ({ replica, owner, node }: ReplicaChange, nth: number): OwnTask => ({
  ...{ replica, deployment: namesInOwner(owner)[1], node, phase: 'assumed' },
  ...{ nth, isUnhealthy: false },
})

const withNewHealth = (
  { newHealth }: EcsMemory,
  record: ServiceRecord,
  task: OwnTask,
  now: Instant,
): OwnTask => {
  const health = newHealth.get(task.replica)
  return health === undefined ? task : withHealth(task, health, isChecked(record, task), now)
}

const isChecked = ({ deployments }: ServiceRecord, task: OwnTask): boolean =>
  deployments.find(({ id }) => id === task.deployment)?.isChecked === true

const withPhase = (
  record: ServiceRecord,
  task: OwnTask,
  phase: OwnTask['phase'],
  now: Instant,
): OwnTask => {
  const changed = { ...task, phase }
  return phase === 'running' ? withRunning(changed, isChecked(record, task), now) : changed
}

/** One of the waiting tasks was placed. */
const withoutOne = (
  waiting: readonly WaitingTasks[],
  { owner, class: classId }: ReplicaChange,
): readonly WaitingTasks[] => {
  const [, deployment] = namesInOwner(owner)
  return waiting.flatMap((row) => {
    if (row.deployment !== deployment || row.class !== classId) return [row]
    return row.count > 1 ? [{ ...row, count: row.count - 1 }] : []
  })
}
