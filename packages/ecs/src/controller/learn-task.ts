/**
 * Handles reports about tasks:
 *
 * 1. About a task that the controller did not start: records that the task occupies its instance,
 *    and adds the task to its service.
 * 2. About a known task: updates the health or the scale-in protection of the task, or announces
 *    that AWS takes back its Fargate Spot capacity.
 */
import {
  closedRecord,
  decodeValue,
  flag,
  isObject,
  oneOf,
  optional,
  own,
  text,
  whole,
  type Codec,
} from '@stowage/documents'
import {
  bind,
  define,
  getOrThrow,
  later,
  renderValue,
  withChanges,
  type Draft,
  type Instant,
  type ReportOutcome,
  type MalformedValue,
  type NodeId,
  type Phase,
  type ReplicaId,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { classOf } from '../lower/task.js'
import { completeComplaint } from '../words/complaint.js'
import { hasStopped, idIn, Task } from '../words/task.js'
import type { Definition } from '../workload/family.js'
import { resolve } from '../workload/reference.js'
import { addDue } from '../memory/due-queue.js'
import { instanceNode } from './container-instance-node.js'
import { withGroup } from './groups.js'
import { workloadOf } from './learn-service.js'
import { defineTasks } from './lower-deployment.js'
import {
  deploymentOwner,
  withEvent,
  withService,
  withOwnTasks,
  type Deployment,
  type EcsMemory,
  type KnownHealth,
  type ServiceRecord,
  type Verdicts,
} from '../memory/memory.js'
import type { EcsControllerOptions } from '../memory/options.js'
import { checksOf, dueOf, graceOf, withVerdicts } from '../memory/task-health.js'
import { ownerNameOf, taskSetKey } from '../memory/task-sets.js'
import { taskText } from '../moves/task-events.js'

/** A report about a task. */
export interface TaskFact {
  /** The id of a task that ran before, or the number of a replica. */
  readonly id: string
  readonly report: unknown
  readonly now: Instant
}

/** The memory after a report about a task, with the replica when it was adopted. */
export const learnTask = (
  draft: Draft,
  memory: EcsMemory,
  fact: TaskFact,
  options: EcsControllerOptions,
): E.Either<MalformedValue, ReportOutcome<EcsMemory>> =>
  isObject(fact.report) && own(fact.report, 'taskArn') !== undefined
    ? learnRunning(draft, memory, fact, options)
    : learnHealth(memory, fact)

interface HealthReport {
  /** Of its containers, as DescribeTasks prints it. */
  readonly healthStatus?: KnownHealth | undefined
  /** Of the target of a load balancer, as DescribeTargetHealth prints it. */
  readonly targetHealth?: 'healthy' | 'unhealthy' | undefined
  /** As UpdateTaskProtection takes it; by default protection ends after 120 minutes. */
  readonly protectionEnabled?: boolean | undefined
  readonly expiresInMinutes?: number | undefined
  /** As DescribeTasks prints it; a report that names another service than its own is left. */
  readonly group?: string | undefined
  /** Of a task on Fargate Spot, whose capacity AWS takes back in two minutes. */
  readonly stopCode?: 'SpotInterruption' | undefined
}
const healths = ['HEALTHY', 'UNHEALTHY'] as const
const HealthReport: Codec<HealthReport> = closedRecord<HealthReport>(
  'a task of DescribeTasks, or the health of a task',
  {
    healthStatus: optional(oneOf<KnownHealth>(healths)),
    targetHealth: optional(oneOf(['healthy', 'unhealthy'] as const)),
    protectionEnabled: optional(flag),
    expiresInMinutes: optional(whole('a whole number of minutes from 1 to 2880', 1, 2880)),
    group: optional(text),
    stopCode: optional(oneOf(['SpotInterruption'] as const)),
  },
)

const learnHealth = (
  memory: EcsMemory,
  { id, report, now }: TaskFact,
): E.Either<MalformedValue, ReportOutcome<EcsMemory>> => {
  const decoded = decodeValue(HealthReport, report)
  if (E.isLeft(decoded)) return E.left(decoded.left[0]!)
  const { healthStatus, targetHealth, protectionEnabled, stopCode } = decoded.right
  const { expiresInMinutes = 120 } = decoded.right
  if (
    [healthStatus, targetHealth, protectionEnabled, stopCode].every((field) => field === undefined)
  )
    return E.left(
      completeComplaint(report, { at: ['healthStatus'], expected: `one of ${healths.join(', ')}` }),
    )
  const replica = memory.adopted.get(id) ?? replicaIn(id)
  if (replica === undefined)
    return E.left({
      ...{ at: [], found: renderValue(`task ${id}`) },
      expected: 'about "task ID", with the number of a replica or the id of a task that ran before',
    })
  const stranger = withStranger(memory, replica, decoded.right, now)
  if (stranger !== undefined) return E.right({ memory: stranger })
  if (stopCode !== undefined) return interruptOwnTask(memory, replica, report)
  if (protectionEnabled !== undefined) {
    const until = protectionEnabled ? later(now, expiresInMinutes * 60_000) : undefined
    return E.right({ memory: withProtection(memory, replica, until, now) })
  }
  const verdicts: Verdicts = {
    ...(healthStatus === undefined ? {} : { container: healthStatus }),
    ...(targetHealth === undefined
      ? {}
      : { target: targetHealth === 'healthy' ? 'HEALTHY' : 'UNHEALTHY' }),
  }
  return E.right({ memory: withTaskHealth(memory, replica, verdicts, now) })
}

/** The memory with a message about a task that was reported as one of another service. */
const withStranger = (
  memory: EcsMemory,
  replica: ReplicaId,
  reported: Pick<Task, 'group'>,
  now: Instant,
): EcsMemory | undefined => {
  const record = memory.services.get(memory.owners.get(replica) ?? '')
  const task = record?.tasks.get(replica)
  const name = serviceOf(reported)
  if (record === undefined || task === undefined || name === undefined) return undefined
  if (name === ownerNameOf(record.service)) return undefined
  const message = `was told of ${taskText(task)} as a task of service ${name}: this changes nothing.`
  return withService(memory, withEvent(record, now, message))
}

const replicaIn = (id: string): ReplicaId | undefined =>
  /^(0|[1-9]\d*)$/.test(id) ? (Number(id) as ReplicaId) : undefined

/**
 * A task of a service on Fargate Spot is to end; one that is gone or ends already stays as it is.
 */
const interruptOwnTask = (
  memory: EcsMemory,
  replica: ReplicaId,
  report: unknown,
): E.Either<MalformedValue, ReportOutcome<EcsMemory>> => {
  const record = memory.services.get(memory.owners.get(replica) ?? '')
  const task = record?.tasks.get(replica)
  if (record === undefined || task === undefined || task.phase === 'leaving')
    return E.right({ memory })
  const { capacityProviderStrategy = [] } = record.service
  if (!capacityProviderStrategy.some((one) => one.capacityProvider === 'FARGATE_SPOT'))
    return E.left(
      completeComplaint(report, {
        at: ['stopCode'],
        expected: `nothing: service ${record.service.serviceName} has no tasks on FARGATE_SPOT`,
      }),
    )
  const interrupted = { ...task, stopCode: 'SpotInterruption' as const }
  return E.right({ memory: withService(memory, withOwnTasks(record, [[replica, interrupted]])) })
}

/** Protection of a task of no service, or of one that is not placed yet, changes nothing. */
const withProtection = (
  memory: EcsMemory,
  replica: ReplicaId,
  until: Instant | undefined,
  now: Instant,
): EcsMemory => {
  const record = memory.services.get(memory.owners.get(replica) ?? '')
  const task = record?.tasks.get(replica)
  if (record === undefined || task === undefined) return memory
  const { protectedUntil: _, ...others } = task
  const next = until === undefined ? others : { ...others, protectedUntil: until }
  const changed = withService(memory, withOwnTasks(record, [[replica, next]]))
  const { serviceName: service } = record.service
  return until === undefined || until <= now
    ? changed
    : { ...changed, due: addDue(changed.due, { at: until, service }) }
}

/**
 * A task that was placed at the end of the last pass is not known before the next one, which takes
 * its health in. A late report about a task that is gone changes nothing.
 */
const withTaskHealth = (
  memory: EcsMemory,
  replica: ReplicaId,
  verdicts: Verdicts,
  now: Instant,
): EcsMemory => {
  const record = memory.services.get(memory.owners.get(replica) ?? '')
  const task = record?.tasks.get(replica)
  if (record === undefined || task === undefined) {
    const all = { ...memory.newHealth.get(replica), ...verdicts }
    return { ...memory, newHealth: withChanges(memory.newHealth, [[replica, all]]) }
  }
  const deployment = record.deployments.find(({ id }) => id === task.deployment)
  const next = withVerdicts(task, verdicts, deployment?.checks ?? [], now)
  const isSame =
    next.provenAt === task.provenAt &&
    next.verdicts.container === task.verdicts.container &&
    next.verdicts.target === task.verdicts.target
  if (isSame) return memory
  const changed = withService(memory, withOwnTasks(record, [[replica, next]]))
  const { serviceName: service } = record.service
  const dues = dueOf(next, graceOf(record.service), now)
  return { ...changed, due: dues.reduce((due, at) => addDue(due, { at, service }), changed.due) }
}

const learnRunning = (
  draft: Draft,
  memory: EcsMemory,
  { id, report, now }: TaskFact,
  options: EcsControllerOptions,
): E.Either<MalformedValue, ReportOutcome<EcsMemory>> => {
  const decoded = decodeValue(Task, report)
  if (E.isLeft(decoded)) return E.left(decoded.left[0]!)
  const task = decoded.right
  const health = healthIn(report)
  const known = memory.adopted.get(id)
  if (known !== undefined)
    return E.right({
      memory:
        withStranger(memory, known, task, now) ??
        (health === undefined ? memory : withTaskHealth(memory, known, { container: health }, now)),
    })
  const refuse = (field: keyof Task, expected: string) =>
    E.left(completeComplaint(report, { at: [field], expected }))
  if (idIn(task.taskArn) !== id) return refuse('taskArn', `the ARN of task ${id}`)
  if (hasStopped(task)) return refuse('lastStatus', 'a task that has not stopped')
  const found = resolve(memory.families, task.taskDefinitionArn)
  if (E.isLeft(found)) return refuse('taskDefinitionArn', found.left())
  const node = instanceNode(draft, task.containerInstanceArn ?? '')
  if (node === undefined) return refuse('containerInstanceArn', 'an instance that joined before')
  const seat = { id, task, node, phase: phaseOf(task), definition: found.right, now }
  const record = ownRecord(memory, task)
  return record?.status === 'ACTIVE'
    ? adoptTask(draft, memory, record, { ...seat, health }, options)
    : bindAlone(draft, memory, seat, options)
}

const healthIn = (report: unknown): KnownHealth | undefined => {
  const health = isObject(report) ? own(report, 'healthStatus') : undefined
  return healths.find((one) => one === health)
}

const serviceOf = ({ group = '' }: Pick<Task, 'group'>): string | undefined =>
  group.startsWith('service:') ? group.slice('service:'.length) : undefined

/** The record of its service, or of the task set that started it. */
const ownRecord = (memory: EcsMemory, task: Task): ServiceRecord | undefined => {
  const name = serviceOf(task)
  if (name === undefined) return undefined
  return memory.services.get(name) ?? memory.services.get(taskSetKey(name, task.startedBy ?? ''))
}

const phaseOf = ({ lastStatus, desiredStatus }: Task): Phase => {
  if (desiredStatus === 'STOPPED') return 'leaving'
  return lastStatus === 'RUNNING' ? 'running' : 'assumed'
}

/** A task that ran before, where it is, and what it was started of. */
interface RunningTask {
  readonly id: string
  readonly task: Task
  readonly node: NodeId
  readonly phase: Phase
  readonly definition: Definition
  readonly now: Instant
}

/**
 * Binds a task without a known service: the task occupies resources and is otherwise left as it is.
 */
const bindAlone = (
  draft: Draft,
  memory: EcsMemory,
  { id, task, node, phase, definition }: RunningTask,
  options: EcsControllerOptions,
): E.Either<MalformedValue, ReportOutcome<EcsMemory>> => {
  const workload = {
    ...{ name: '', subject: '', from: '', definition: definition.value },
    request: { group: task.group },
  }
  const grouped =
    task.group === undefined ? E.right(memory) : withGroup(draft, memory, task.group, options)
  if (E.isLeft(grouped)) return grouped
  const spec = classOf(draft, workload, { scores: [], groups: [] }, options)
  const defined = define(draft, { ...spec, filters: [] })
  if (E.isLeft(defined)) return defined
  const replica = getOrThrow(bind(draft, defined.right, node, phase))
  const adopted = withChanges(grouped.right.adopted, [[id, replica]])
  return E.right({ memory: { ...grouped.right, adopted } })
}

/**
 * Binds a task and gives it to the deployment of its revision. A running task counts as healthy
 * unless it is reported otherwise: its report is a moment whose clock is not that of the run.
 */
const adoptTask = (
  draft: Draft,
  memory: EcsMemory,
  before: ServiceRecord,
  running: RunningTask & { readonly health: KnownHealth | undefined },
  options: EcsControllerOptions,
): E.Either<MalformedValue, ReportOutcome<EcsMemory>> => {
  const { id, node, phase, health, definition, now } = running
  const revised = withRevision(draft, memory, before, definition, now, options)
  if (E.isLeft(revised)) return revised
  const [record, deployment, next] = revised.right
  const replica = getOrThrow(bind(draft, deployment.class, node, phase))
  const { serviceName } = record.service
  const task = {
    ...{ replica, deployment: deployment.id, node, phase, nth: record.taskCount },
    ...{ id, verdicts: health === undefined ? {} : { container: health } },
    ...{ hasBeenHealthy: false, isReplaced: false },
    ...(phase === 'running' ? { runningAt: now, provenAt: now } : {}),
  }
  const adopted = withService(next, {
    ...withOwnTasks(withOlderTask(record, deployment, phase), [[replica, task]]),
    taskCount: record.taskCount + 1,
  })
  return E.right({
    memory: {
      ...adopted,
      owners: withChanges(adopted.owners, [[replica, serviceName]]),
      adopted: withChanges(adopted.adopted, [[id, replica]]),
    },
    replicas: [{ replica, owner: deploymentOwner(serviceName, deployment.id) }],
  })
}

/** An older deployment should have the tasks that it was found with. */
const withOlderTask = (record: ServiceRecord, { id }: Deployment, phase: Phase): ServiceRecord => {
  const [primary, ...older] = record.deployments
  const more = older.map((one) =>
    one.id === id && phase !== 'leaving' ? { ...one, desiredCount: one.desiredCount + 1 } : one,
  )
  return { ...record, deployments: [primary, ...more] }
}

/** The deployment of a revision; an older one is added when a task of it is found. */
const withRevision = (
  draft: Draft,
  memory: EcsMemory,
  record: ServiceRecord,
  definition: Definition,
  now: Instant,
  options: EcsControllerOptions,
): E.Either<MalformedValue, readonly [ServiceRecord, Deployment, EcsMemory]> => {
  const taskDefinition = `${definition.value.family}:${definition.revision}`
  const there = record.deployments.find((one) => one.taskDefinition === taskDefinition)
  if (there !== undefined) return E.right([record, there, memory])
  const workload = workloadOf(record.service, definition, options)
  const defined = defineTasks(draft, workload, memory.groups, options)
  if (E.isLeft(defined)) return defined
  const deploymentCount = memory.deploymentCount + 1
  const deployment: Deployment = {
    ...{ id: `ecs-svc/${deploymentCount}`, createdAt: now, taskDefinition, workload },
    ...{ class: defined.right, desiredCount: 0, checks: checksOf(workload) },
    ...{ rolloutState: 'COMPLETED', rolloutStateReason: '', failedTasks: 0 },
    ...{ tasksBefore: 0, ignoresAlarms: false, key: '' },
  }
  return E.right([
    { ...record, deployments: [...record.deployments, deployment] },
    deployment,
    { ...memory, deploymentCount },
  ])
}
