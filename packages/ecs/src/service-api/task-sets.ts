/**
 * Implements the actions CreateTaskSet, UpdateTaskSet, DeleteTaskSet, DescribeTaskSets and
 * UpdateServicePrimaryTaskSet, about the task sets of services of the deployment controller
 * EXTERNAL. AWS does not document the scale of a task set that is created without one: here it is
 * 100 percent.
 *
 * Source: Amazon ECS API Reference, the five actions.
 */
import { flag, list, nonEmptyText, optional, record, type Codec } from '@stowage/documents'
import type { StepState } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Failure } from '../cluster/refusal.js'
import { TaskSetScale } from '../controller/learn-task-set.js'
import type { ExternalService, TaskSetRecord } from '../memory/task-sets.js'
import type { ApiException } from '../words/exception.js'
import { Service } from '../words/service.js'
import { idIn } from '../words/task.js'
import {
  findService,
  memoryIn,
  reportFact,
  refuseCall,
  type ServiceAction,
  type ServiceCallResult,
  type ServiceRequest,
} from './service-call.js'
import { answeredTaskSets, taskSetArnOf, type AnsweredTaskSet } from './task-set-answer.js'

/** A request about a service of a cluster. */
export interface TaskSetCall {
  readonly cluster: string
  readonly service: string
}
const serviceFields = {
  cluster: nonEmptyText('the name or the ARN of a cluster'),
  service: nonEmptyText('the name or the ARN of a service'),
}

/** The answer about one task set. */
export interface OneTaskSet {
  readonly taskSet: AnsweredTaskSet
}

/** The service of the deployment controller EXTERNAL that a call names. */
const externalOf = (
  call: ServiceRequest<{ readonly service: string }>,
): E.Either<ApiException, ExternalService> => {
  const service = memoryIn(call.state).externals.get(idIn(call.request.service))
  if (service !== undefined) return E.right(service)
  return findService(call.state, call.request.service) === undefined
    ? refuseCall(
        call,
        { at: ['service'], expected: 'a service that is there' },
        'ServiceNotFoundException',
      )
    : refuseCall(call, {
        ...{ at: ['service'], found: 'one of the deployment controller ECS' },
        expected: 'one of the deployment controller EXTERNAL',
      })
}

/** The id in an ARN of a task set, which ends in `ecs-svc/N`, or the id itself. */
const taskSetIdIn = (reference: string): string => `ecs-svc/${idIn(reference)}`

/** The task set that a call names in a field; one that was deleted is none. */
const taskSetIn = (
  call: ServiceRequest<unknown>,
  { taskSets }: ExternalService,
  field: string,
  reference: string,
): E.Either<ApiException, TaskSetRecord> => {
  const set = taskSets.find(({ id }) => id === taskSetIdIn(reference))
  return set === undefined || set.status === 'DRAINING'
    ? refuseCall(
        call,
        { at: [field], expected: 'a task set of the service' },
        'TaskSetNotFoundException',
      )
    : E.right(set)
}

const answerOf = (
  call: ServiceRequest<unknown>,
  name: string,
  id: string,
): ((state: StepState) => OneTaskSet) => {
  const find = (state: StepState): AnsweredTaskSet | undefined => {
    const service = memoryIn(state).externals.get(name)
    return service && answeredTaskSets(state, service, call.options).find((set) => set.id === id)
  }
  const before = find(call.state)
  return (state) => ({
    taskSet: find(state) ?? { ...before!, status: 'DRAINING', computedDesiredCount: 0 },
  })
}

const reportSet = (
  call: ServiceRequest<unknown>,
  name: string,
  id: string,
  report: unknown,
): ServiceCallResult<OneTaskSet> =>
  reportFact(call, `task-set ${name}/${id}`, report, answerOf(call, name, id))

/** The request of CreateTaskSet. */
export interface CreateTaskSetRequest
  extends TaskSetCall,
    Omit<Service, 'serviceName' | 'desiredCount' | 'taskSet'> {
  readonly externalId?: string | undefined
  readonly scale?: TaskSetScale | undefined
}
const CreateFields = record<Pick<CreateTaskSetRequest, 'cluster' | 'service' | 'scale'>>(
  'a call of CreateTaskSet',
  { ...serviceFields, scale: optional(TaskSetScale) },
)
const CreateTaskSetRequest: Codec<CreateTaskSetRequest> = new t.Type<
  CreateTaskSetRequest,
  unknown,
  unknown
>(
  'a call of CreateTaskSet',
  (value): value is CreateTaskSetRequest => CreateFields.is(value),
  (value, context) => {
    const own = CreateFields.validate(value, context)
    if (E.isLeft(own)) return own
    const full = { ...(value as object), serviceName: 'x', desiredCount: 0 }
    const read = Service.validate(full, context)
    if (E.isLeft(read)) return read
    const { serviceName: _, desiredCount: __, ...fields } = read.right
    const { externalId } = value as { readonly externalId?: string }
    return t.success({
      ...fields,
      ...own.right,
      ...(externalId === undefined ? {} : { externalId }),
    })
  },
  t.identity,
)

export const createTaskSetAction: ServiceAction<CreateTaskSetRequest, OneTaskSet> = {
  codec: CreateTaskSetRequest,
  apply: (call) => {
    const found = externalOf(call)
    if (E.isLeft(found)) return found
    const { cluster: _, service: __, ...given } = call.request
    const id = `ecs-svc/${memoryIn(call.state).deploymentCount + 1}`
    const report = { ...given, scale: given.scale ?? { value: 100, unit: 'PERCENT' } }
    return reportSet(call, found.right.serviceName, id, report)
  },
}

/** The request of UpdateTaskSet. */
export interface UpdateTaskSetRequest extends TaskSetCall {
  readonly taskSet: string
  readonly scale: TaskSetScale
}
const taskSetField = nonEmptyText('the id or the ARN of a task set')
const UpdateTaskSetRequest: Codec<UpdateTaskSetRequest> = record<UpdateTaskSetRequest>(
  'a call of UpdateTaskSet',
  { ...serviceFields, taskSet: taskSetField, scale: TaskSetScale },
)

export const updateTaskSetAction: ServiceAction<UpdateTaskSetRequest, OneTaskSet> = {
  codec: UpdateTaskSetRequest,
  apply: (call) => {
    const found = externalOf(call)
    if (E.isLeft(found)) return found
    const set = taskSetIn(call, found.right, 'taskSet', call.request.taskSet)
    if (E.isLeft(set)) return set
    const { scale } = call.request
    return reportSet(call, found.right.serviceName, set.right.id, { scale })
  },
}

/** The request of DeleteTaskSet; one with tasks is only deleted by force. */
export interface DeleteTaskSetRequest extends TaskSetCall {
  readonly taskSet: string
  readonly force?: boolean | undefined
}
const DeleteTaskSetRequest: Codec<DeleteTaskSetRequest> = record<DeleteTaskSetRequest>(
  'a call of DeleteTaskSet',
  { ...serviceFields, taskSet: taskSetField, force: optional(flag) },
)

export const deleteTaskSetAction: ServiceAction<DeleteTaskSetRequest, OneTaskSet> = {
  codec: DeleteTaskSetRequest,
  apply: (call) => {
    const found = externalOf(call)
    if (E.isLeft(found)) return found
    const set = taskSetIn(call, found.right, 'taskSet', call.request.taskSet)
    if (E.isLeft(set)) return set
    if (set.right.scale > 0 && call.request.force !== true)
      return refuseCall(call, {
        ...{ at: ['force'], found: `nothing, for a scale of ${set.right.scale} percent` },
        expected: 'true, or a task set that was scaled to 0 before',
      })
    return reportSet(call, found.right.serviceName, set.right.id, null)
  },
}

/** The request of DescribeTaskSets; without task sets it is about all of the service. */
export interface DescribeTaskSetsRequest extends TaskSetCall {
  readonly taskSets?: readonly string[] | undefined
}
const DescribeTaskSetsRequest: Codec<DescribeTaskSetsRequest> = record<DescribeTaskSetsRequest>(
  'a call of DescribeTaskSets',
  { ...serviceFields, taskSets: optional(list('a list of task sets', taskSetField)) },
)

/** The answer of DescribeTaskSets. */
export interface AnsweredTaskSets {
  readonly taskSets: readonly AnsweredTaskSet[]
  readonly failures: readonly Failure[]
}

export const describeTaskSetsAction: ServiceAction<DescribeTaskSetsRequest, AnsweredTaskSets> = {
  codec: DescribeTaskSetsRequest,
  apply: (call) => {
    const found = externalOf(call)
    if (E.isLeft(found)) return found
    const { serviceName } = found.right
    return E.right({
      events: [],
      answer: (state) => {
        const service = memoryIn(state).externals.get(serviceName)
        const all = service === undefined ? [] : answeredTaskSets(state, service, call.options)
        const ids = call.request.taskSets?.map(taskSetIdIn)
        return {
          taskSets: all.filter(({ id }) => ids === undefined || ids.includes(id)),
          failures: (ids ?? [])
            .filter((id) => !all.some((set) => set.id === id))
            .map((id) => ({ arn: taskSetArnOf(call.options, serviceName, id), reason: 'MISSING' })),
        }
      },
    })
  },
}

/** The request of UpdateServicePrimaryTaskSet. */
export interface UpdateServicePrimaryTaskSetRequest extends TaskSetCall {
  readonly primaryTaskSet: string
}
const UpdateServicePrimaryTaskSetRequest: Codec<UpdateServicePrimaryTaskSetRequest> =
  record<UpdateServicePrimaryTaskSetRequest>('a call of UpdateServicePrimaryTaskSet', {
    ...serviceFields,
    primaryTaskSet: taskSetField,
  })

export const updateServicePrimaryTaskSetAction: ServiceAction<
  UpdateServicePrimaryTaskSetRequest,
  OneTaskSet
> = {
  codec: UpdateServicePrimaryTaskSetRequest,
  apply: (call) => {
    const found = externalOf(call)
    if (E.isLeft(found)) return found
    const set = taskSetIn(call, found.right, 'primaryTaskSet', call.request.primaryTaskSet)
    if (E.isLeft(set)) return set
    const { serviceName, desiredCount, healthCheckGracePeriodSeconds } = found.right
    const { id } = set.right
    const report = {
      ...{ serviceName, desiredCount, healthCheckGracePeriodSeconds },
      primaryTaskSet: id,
    }
    const about = `external-service ${serviceName}`
    return reportFact(call, about, report, answerOf(call, serviceName, id))
  },
}
