/**
 * Updates the controller's state with what happened since the controller last ran: tasks that were
 * placed, began to run, are stopping or are gone, and instances that began or ceased to drain.
 */
import * as O from 'fp-ts/lib/Option.js'
import {
  nodeIds,
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
  type View,
} from '@stowage/kernel'
import { attributeTexts } from '../memory/node-attributes.js'
import { afterFailedStart } from '../deployment/restart-throttle.js'
import { addDue } from '../memory/due-queue.js'
import {
  namesInOwner,
  withEvent,
  withService,
  withOwnTasks,
  withWatched,
  type CheckKind,
  type EcsMemory,
  type OwnTask,
  type ServiceRecord,
  type WaitingTasks,
} from '../memory/memory.js'
import type { EcsControllerOptions } from '../memory/options.js'
import { withStarted, withUnplaced } from '../moves/task-events.js'
import { dueOf, graceOf, withRunning, withVerdicts } from '../memory/task-health.js'

/** What is read of a pass. */
export type ChangeView = Pick<PassView, 'cluster' | 'now' | 'nodes' | 'replicas'>

/** The memory after the changes; the same value when nothing changed. */
export const foldChanges = (
  view: ChangeView,
  memory: EcsMemory,
  options: Pick<EcsControllerOptions, 'restartCurve'>,
): EcsMemory => withPlacingDone(view, foldReplicas(view, foldNodes(view, memory), options))

/** Services on all instances, or balanced over their zones, look at them when one changed. */
const foldNodes = (view: ChangeView, memory: EcsMemory): EcsMemory => {
  const next = view.nodes.reduce((before, change) => foldNode(view, before, change), memory)
  const isDrainedOf = view.replicas.some(({ node }) => next.draining.has(node))
  return view.nodes.length > 0 || isDrainedOf ? withNodeReaders(next) : next
}

const withNodeReaders = (memory: EcsMemory): EcsMemory =>
  memory.daemons.size + memory.balanced.size === 0
    ? memory
    : { ...memory, dirty: withChanges(memory.dirty, [...memory.daemons, ...memory.balanced]) }

const foldReplicas = (
  view: ChangeView,
  memory: EcsMemory,
  options: Pick<EcsControllerOptions, 'restartCurve'>,
): EcsMemory => {
  if (view.replicas.length === 0) return memory
  const byService = new Map<string, ReplicaChange[]>()
  for (const change of view.replicas) {
    const [service] = namesInOwner(change.owner)
    const changes = byService.get(service)
    if (changes === undefined) byService.set(service, [change])
    else changes.push(change)
  }
  const records: MapChange<string, ServiceRecord>[] = []
  const owners: MapChange<ReplicaId, string>[] = []
  let { due } = memory
  for (const [service, changes] of byService) {
    const before = memory.services.get(service)
    if (before === undefined) continue
    const [record, dues] = foldTasks(view.now, memory, before, changes, options)
    records.push([service, record])
    for (const at of dues) due = addDue(due, { at, service })
    for (const { replica, phase } of changes)
      owners.push([replica, phase === undefined ? undefined : service])
  }
  return {
    ...memory,
    services: withChanges(memory.services, records),
    owners: withChanges(memory.owners, owners),
    dirty: withChanges(
      memory.dirty,
      records.map(([service]) => [service, true]),
    ),
    due,
  }
}

/** What started tasks in the last pass, and still has some without a node, found none. */
const withPlacingDone = ({ cluster }: ChangeView, memory: EcsMemory): EcsMemory => {
  if (memory.placing.size === 0) return memory
  const records = [...memory.placing.keys()].flatMap((name) => {
    const record = memory.services.get(name)
    if (record === undefined) return []
    const next = withUnplaced(record, memory.decidedAt, nodeIds(cluster).length > 0)
    return next === record ? [] : [[name, next] as const]
  })
  return {
    ...memory,
    placing: new Map(),
    services: records.length === 0 ? memory.services : withChanges(memory.services, records),
  }
}

/** The memory after the status of an instance was reported, beside the changes of a pass. */
export const foldStatus = (cluster: View, memory: EcsMemory, change: NodeChange): EcsMemory =>
  withNodeReaders(foldNode({ cluster }, memory, change))

/** An instance that begins or ends to drain concerns the services with tasks on it. */
const foldNode = (
  { cluster }: Pick<ChangeView, 'cluster'>,
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

/** The record after the changes of its tasks, and when it is to be looked at again. */
const foldTasks = (
  now: Instant,
  memory: EcsMemory,
  record: ServiceRecord,
  changes: readonly ReplicaChange[],
  { restartCurve }: Pick<EcsControllerOptions, 'restartCurve'>,
): readonly [ServiceRecord, readonly Instant[]] => {
  const tasks = new Map<ReplicaId, OwnTask | undefined>()
  const dues = new Set<Instant>()
  const started: OwnTask[] = []
  const outcomes: OwnTask[] = []
  const grace = graceOf(record.service)
  let { waiting, taskCount } = record
  let hasRunning = false
  for (const change of changes) {
    const { replica, phase } = change
    const known = tasks.has(replica) ? tasks.get(replica) : record.tasks.get(replica)
    if (phase === undefined) {
      tasks.set(replica, undefined)
      if (known !== undefined) outcomes.push(known)
      continue
    }
    const checks = checksOfTask(record, namesInOwner(change.owner)[1])
    let task = known
    if (task === undefined) {
      waiting = withoutOne(waiting, change)
      task = withNewHealth(memory, newTaskOf(change, taskCount++), checks, now)
      started.push(task)
    }
    task = { ...task, phase }
    if (phase === 'running') {
      task = withRunning(task, checks, now)
      hasRunning ||= task.deployment === record.deployments[0].id
      for (const at of dueOf(task, grace, now)) dues.add(at)
    }
    tasks.set(replica, task)
  }
  const lost = outcomes.filter((task) => task.isRegistered === true && task.phase !== 'leaving')
  const changed = withStarted(
    {
      ...{ ...withOwnTasks(record, [...tasks]), waiting, taskCount },
      ...(lost.length === 0 ? {} : { lost: [...(record.lost ?? []), ...lost] }),
    },
    memory.decidedAt,
    started,
  )
  const next = withOutcomes(changed, outcomes, hasRunning, now, restartCurve)
  if (next.throttle !== undefined) dues.add(next.throttle.until)
  return [next, [...dues].filter((at) => at > now)]
}

const newTaskOf = ({ replica, owner, node }: ReplicaChange, nth: number): OwnTask => ({
  ...{ replica, deployment: namesInOwner(owner)[1], node, phase: 'assumed' },
  ...{ nth, verdicts: {}, hasBeenHealthy: false, isReplaced: false },
})

const withNewHealth = (
  { newHealth }: EcsMemory,
  task: OwnTask,
  checks: readonly CheckKind[],
  now: Instant,
): OwnTask => {
  const verdicts = newHealth.get(task.replica)
  return verdicts === undefined ? task : withVerdicts(task, verdicts, checks, now)
}

const checksOfTask = ({ deployments }: ServiceRecord, deployment: string): readonly CheckKind[] =>
  deployments.find(({ id }) => id === deployment)?.checks ?? []

/**
 * The record after tasks are gone: those of the present deployment that never ran, or were replaced
 * as unhealthy, are its failures. A task that runs ends the throttle.
 */
const withOutcomes = (
  record: ServiceRecord,
  gone: readonly OwnTask[],
  hasRunning: boolean,
  now: Instant,
  restartCurve: EcsControllerOptions['restartCurve'],
): ServiceRecord => {
  const [primary, ...older] = record.deployments
  const own = gone.filter(({ deployment }) => deployment === primary.id)
  const unstarted = own.filter(({ phase }) => phase === 'assumed').length
  const replaced = own.filter(({ phase, isReplaced }) => phase !== 'assumed' && isReplaced).length
  const failedTasks = primary.failedTasks + unstarted + replaced
  const isCounted = primary.rolloutState === 'IN_PROGRESS' && failedTasks > primary.failedTasks
  const { throttle: before, ...others } = record
  const earlier = hasRunning ? undefined : before
  const throttle = unstarted === 0 ? earlier : afterFailedStart(earlier, now, restartCurve)
  const next: ServiceRecord = {
    ...others,
    ...(throttle === undefined ? {} : { throttle }),
    ...(isCounted ? { deployments: [{ ...primary, failedTasks }, ...older] as const } : {}),
  }
  const isImpaired = throttle?.waves === impairedFrom && earlier?.waves !== impairedFrom
  return isImpaired ? withEvent(next, now, impairedText) : next
}

/** A service is said to be impaired from the second wave on, once. */
const impairedFrom = 2

/** Source: Amazon ECS Developer Guide, service event messages. */
const impairedText =
  'is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.'

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
