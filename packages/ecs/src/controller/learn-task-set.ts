/**
 * Handles reports about services of the deployment controller EXTERNAL and about their task sets. A
 * task set runs `scale` percent of the desired count of its service, rounded up. Only a report
 * about the service changes the desired count.
 *
 * Source: Amazon ECS API Reference, CreateTaskSet, UpdateTaskSet, DeleteTaskSet and
 * UpdateServicePrimaryTaskSet.
 */
import {
  closedRecord,
  codecOf,
  decodeValue,
  nonEmptyText,
  oneOf,
  optional,
  record,
  whole,
  type Codec,
} from '@stowage/documents'
import { renderValue, type Draft, type Instant, type MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { namesInOwner, withExternal, type EcsMemory } from '../memory/memory.js'
import type { EcsControllerOptions } from '../memory/options.js'
import {
  serviceOfTaskSet,
  taskSetKey,
  type ExternalService,
  type TaskSetRecord,
} from '../memory/task-sets.js'
import { completeComplaint } from '../words/complaint.js'
import { Service } from '../words/service.js'
import { learnService } from './learn-service.js'

/** A report about a task set or its service. */
export interface ExternalFact {
  readonly name: string
  readonly report: unknown
  readonly now: Instant
}

interface ExternalReport {
  readonly serviceName: string
  readonly desiredCount: number
  readonly healthCheckGracePeriodSeconds?: number | undefined
  /** The id of the task set that is to be the PRIMARY one. */
  readonly primaryTaskSet?: string | undefined
}
const ExternalReport: Codec<ExternalReport> = closedRecord<ExternalReport>(
  'a service of the deployment controller EXTERNAL',
  {
    serviceName: nonEmptyText('the name of a service'),
    desiredCount: whole('a whole number of tasks, 0 or more', 0),
    healthCheckGracePeriodSeconds: optional(whole('a whole number of seconds, 0 or more', 0)),
    primaryTaskSet: optional(nonEmptyText('the id of a task set')),
  },
)

/** The share of a task set. */
export interface TaskSetScale {
  readonly value: number
  readonly unit: 'PERCENT'
}
const scalePercent = codecOf<number>('a percentage from 0 to 100', (value) =>
  typeof value === 'number' && value >= 0 && value <= 100 ? value : undefined,
)
export const TaskSetScale: Codec<TaskSetScale> = record<TaskSetScale>('the scale of a task set', {
  value: scalePercent,
  unit: oneOf<'PERCENT'>(['PERCENT']),
})

interface TaskSetReport {
  readonly externalId?: string | undefined
  readonly scale: TaskSetScale
}
const TaskSetReport: Codec<TaskSetReport> = record<TaskSetReport>('a task set', {
  externalId: optional(nonEmptyText('an id of another system')),
  scale: TaskSetScale,
})

type LearnResult = E.Either<MalformedValue, EcsMemory>

/** The memory after a report about a service; `null` deletes it with its task sets. */
export const learnExternalService = (
  draft: Draft,
  memory: EcsMemory,
  { name, report, now }: ExternalFact,
  options: EcsControllerOptions,
): LearnResult => {
  const context = { draft, now, options }
  const before = memory.externals.get(name)
  if (report === null) {
    if (before === undefined) return E.left(noExternal(name))
    const gone = before.taskSets.reduce<LearnResult>(
      (memory, set) =>
        pipe(
          memory,
          E.chain((one) => endTaskSet(one, before, set, context)),
        ),
      E.right(memory),
    )
    return pipe(
      gone,
      E.map((one) => withExternal(one, name, undefined)),
    )
  }
  const decoded = decodeValue(ExternalReport, report)
  if (E.isLeft(decoded)) return E.left(decoded.left[0]!)
  const { serviceName, desiredCount, healthCheckGracePeriodSeconds, primaryTaskSet } = decoded.right
  if (serviceName !== name)
    return E.left(completeComplaint(report, { at: ['serviceName'], expected: name }))
  if (memory.services.has(name))
    return E.left(
      completeComplaint(report, {
        at: ['serviceName'],
        expected: `another name, as ${name} is there`,
      }),
    )
  const sets = before?.taskSets ?? []
  if (primaryTaskSet !== undefined && !sets.some(({ id }) => id === primaryTaskSet))
    return E.left(
      completeComplaint(report, {
        at: ['primaryTaskSet'],
        expected: `the id of one of its task sets: ${sets.map(({ id }) => id).join(', ') || 'it has none'}`,
      }),
    )
  const service: ExternalService = {
    ...{ serviceName, desiredCount, createdAt: before?.createdAt ?? now },
    ...(healthCheckGracePeriodSeconds === undefined ? {} : { healthCheckGracePeriodSeconds }),
    taskSets: sets.map((set) => withPrimarySet(set, primaryTaskSet, now)),
  }
  return service.taskSets
    .filter(({ status }) => status !== 'DRAINING')
    .reduce<LearnResult>(
      (memory, set) =>
        pipe(
          memory,
          E.chain((one) => runTaskSet(one, service, set, context)),
        ),
      E.right(withExternal(memory, name, service)),
    )
}

/** The PRIMARY set is one; the one before it is ACTIVE from then on. */
const withPrimarySet = (
  set: TaskSetRecord,
  primary: string | undefined,
  now: Instant,
): TaskSetRecord => {
  if (primary === undefined || set.status === 'DRAINING') return set
  const status = set.id === primary ? 'PRIMARY' : 'ACTIVE'
  return status === set.status ? set : { ...set, status, updatedAt: now }
}

/**
 * The memory after a report about a task set, `SERVICE/ecs-svc/N`. The first report makes it,
 * another one changes its scale, and `null` deletes it.
 */
export const learnTaskSet = (
  draft: Draft,
  memory: EcsMemory,
  { name, report, now }: ExternalFact,
  options: EcsControllerOptions,
): LearnResult => {
  const context = { draft, now, options }
  const [serviceName, id] = namesInOwner(name)
  const service = memory.externals.get(serviceName)
  if (service === undefined) return E.left(noExternal(serviceName))
  const before = service.taskSets.find((set) => set.id === id)
  if (report === null)
    return before === undefined
      ? E.left({ at: [], found: `null for ${name}`, expected: 'a task set that is there' })
      : endTaskSet(memory, service, before, context)
  const decoded = decodeValue(TaskSetReport, report)
  if (E.isLeft(decoded)) return E.left(decoded.left[0]!)
  const { scale, externalId } = decoded.right
  const made =
    before === undefined ? taskSetOf(id, report, now) : E.right({ ...before, updatedAt: now })
  if (E.isLeft(made)) return made
  const expectedId = `ecs-svc/${memory.deploymentCount + 1}`
  if (before === undefined && id !== expectedId)
    return E.left({ at: [], found: renderValue(id), expected: `${expectedId}, the next id` })
  const set: TaskSetRecord = {
    ...made.right,
    scale: scale.value,
    ...(externalId === undefined ? {} : { externalId }),
  }
  const others = service.taskSets.filter((one) => one.id !== id && isKnown(memory, service, one))
  const position = service.taskSets.findIndex((one) => one.id === id)
  const taskSets =
    position < 0 ? [...others, set] : service.taskSets.map((one) => (one.id === id ? set : one))
  const next = { ...service, taskSets }
  return runTaskSet(withExternal(memory, serviceName, next), next, set, context)
}

/** A set that was deleted is known until its last task is gone. */
const isKnown = (memory: EcsMemory, service: ExternalService, set: TaskSetRecord): boolean =>
  set.status !== 'DRAINING' || memory.services.has(taskSetKey(service.serviceName, set.id))

const taskSetOf = (
  id: string,
  report: unknown,
  now: Instant,
): E.Either<MalformedValue, TaskSetRecord> => {
  const decoded = decodeValue(Service, { ...(report as object), serviceName: 'x', desiredCount: 0 })
  if (E.isLeft(decoded)) return E.left(decoded.left[0]!)
  const { serviceName: _, desiredCount: __, taskSet: ___, ...fields } = decoded.right
  return E.right({
    ...{ id, scale: 0, status: 'ACTIVE', createdAt: now, updatedAt: now },
    fields,
  })
}

/** Where a report is taken in, and when. */
interface Context {
  readonly draft: Draft
  readonly now: Instant
  readonly options: EcsControllerOptions
}

/** Lets the record of a task set have its tasks. */
const runTaskSet = (
  memory: EcsMemory,
  service: ExternalService,
  set: TaskSetRecord,
  { draft, now, options }: Context,
): LearnResult => {
  const report = serviceOfTaskSet(service, set)
  return learnService(draft, memory, { name: report.serviceName, report, now }, options)
}

const endTaskSet = (
  memory: EcsMemory,
  service: ExternalService,
  set: TaskSetRecord,
  { draft, now, options }: Context,
): LearnResult => {
  const name = taskSetKey(service.serviceName, set.id)
  const ending = { ...set, status: 'DRAINING' as const, updatedAt: now }
  const taskSets = service.taskSets.map((one) => (one.id === set.id ? ending : one))
  const next = withExternal(memory, service.serviceName, { ...service, taskSets })
  return memory.services.has(name)
    ? learnService(draft, next, { name, report: null, now }, options)
    : E.right(next)
}

const noExternal = (name: string): MalformedValue => ({
  ...{ at: [], found: renderValue(name) },
  expected: 'the name of a service of the deployment controller EXTERNAL that is there',
})
