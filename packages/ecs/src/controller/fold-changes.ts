/**
 * Brings the memory up to date with what changed since the last pass: tasks that were placed, run,
 * leave or are gone, and instances that began or ended to drain.
 */
import * as O from 'fp-ts/lib/Option.js'
import {
  nodeSpec,
  replicasOn,
  withChanges,
  type NodeChange,
  type NodeId,
  type PassView,
  type ReplicaChange,
  type ReplicaId,
} from '@stowage/kernel'
import { attributeTexts } from './container-instance-node.js'
import {
  namesInOwner,
  withDue,
  withService,
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
  const byService = new Map<string, ReplicaChange[]>()
  for (const change of view.replicas) {
    const [service] = namesInOwner(change.owner)
    const changes = byService.get(service)
    if (changes === undefined) byService.set(service, [change])
    else changes.push(change)
  }
  let next = drained
  const owners: (readonly [ReplicaId, string | undefined])[] = []
  for (const [service, changes] of byService) {
    const record = next.services.get(service)
    if (record === undefined) continue
    next = foldTasks(view, next, record, changes)
    for (const { replica, phase } of changes)
      owners.push([replica, phase === undefined ? undefined : service])
  }
  return owners.length === 0 ? next : { ...next, owners: withChanges(next.owners, owners) }
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
  const services = new Set(
    replicasOn(cluster, node).flatMap(({ id }) => memory.owners.get(id) ?? []),
  )
  return {
    ...withDraining(memory, node, isDraining),
    dirty: withChanges(
      memory.dirty,
      [...services].map((service) => [service, true] as const),
    ),
  }
}

const withDraining = (memory: EcsMemory, node: NodeId, isDraining: boolean): EcsMemory => ({
  ...memory,
  draining: withChanges(memory.draining, [[node, isDraining ? true : undefined]]),
})

const foldTasks = (
  { now }: ChangeView,
  memory: EcsMemory,
  record: ServiceRecord,
  changes: readonly ReplicaChange[],
): EcsMemory => {
  const tasks = new Map<ReplicaId, OwnTask | undefined>()
  let { waiting, taskCount } = record
  let dueAt: OwnTask['provenAt']
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
  const next = withService(memory, {
    ...record,
    ...{ waiting, taskCount, tasks: withChanges(record.tasks, [...tasks]) },
  })
  return dueAt === undefined ? next : withDue(next, record.service.serviceName, dueAt)
}

const newTaskOf = ({ replica, owner, node }: ReplicaChange, nth: number): OwnTask => ({
  ...{ replica, deployment: namesInOwner(owner)[1], node, phase: 'assumed' },
  ...{ nth, isUnhealthy: false },
})

const withNewHealth = (
  { newHealth }: EcsMemory,
  record: ServiceRecord,
  task: OwnTask,
  now: PassView['now'],
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
  now: PassView['now'],
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
