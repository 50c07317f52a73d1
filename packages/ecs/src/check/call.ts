/**
 * Validates the lengths and ranges in a request of RunTask or StartTask, such as a `count` from 1
 * to 10. Needs neither the cluster nor the task definition.
 *
 * Source: Amazon ECS API Reference, RunTask and StartTask.
 */
import { isObject, own } from '@stowage/documents'
import { checkNetworkLists } from './network.js'
import { checkProviderStrategy, type ProviderRules } from './providers.js'
import { checkConstraints, checkStrategies } from './placement.js'
import type { QueryOptions } from '../query/options.js'
import { canonical } from '../words/canonical.js'
import type { Complaint } from '../words/complaint.js'
import type { RunTaskRequest, StartTaskRequest } from '../words/task-request.js'

/** The options of a cluster that bound what a call may say. */
export interface CallRules extends ProviderRules {
  readonly query: QueryOptions
}

/** The most tasks that one call starts. */
const tasksMax = 10
/** The most characters of `overrides` as JSON; the next three bound the fields that they name. */
const overridesMax = 8192
const startedByMax = 128
const groupMax = 255
const clientTokenMax = 64

/** All complaints about a call of RunTask; `raw` is the call before decoding. */
export const checkRunTask = (
  request: RunTaskRequest,
  raw: unknown,
  { query, ...rules }: CallRules,
): readonly Complaint[] => [
  ...within('count', request.count, 'tasks'),
  ...checkCommon(request, raw),
  ...checkToken(request.clientToken),
  ...checkCallCapacity(request),
  ...checkConstraints(request.placementConstraints ?? [], query),
  ...checkStrategies(request.placementStrategy ?? []),
  ...checkProviderStrategy(request.capacityProviderStrategy ?? [], rules),
]

/** All complaints about a call of StartTask; `raw` is the call before decoding. */
export const checkStartTask = (request: StartTaskRequest, raw: unknown): readonly Complaint[] => [
  ...within('containerInstances', request.containerInstances.length, 'container instances'),
  ...checkCommon(request, raw),
  ...(request.launchType === undefined ||
  request.launchType === null ||
  request.launchType === 'EC2' ||
  request.launchType === 'EXTERNAL'
    ? []
    : [{ at: ['launchType'], expected: 'EC2 or EXTERNAL, as StartTask names instances' }]),
  ...(['placementStrategy', 'placementConstraints', 'capacityProviderStrategy'] as const).flatMap(
    (field) =>
      request[field] === undefined || request[field] === null
        ? []
        : [{ at: [field], expected: 'nothing, as StartTask names instances' }],
  ),
]

const within = (field: string, count: number | undefined, what: string): readonly Complaint[] =>
  count === undefined || (count >= 1 && count <= tasksMax)
    ? []
    : [{ at: [field], found: `${count} ${what}`, expected: `from 1 to ${tasksMax}` }]

/**
 * `raw` is the call before decoding: the length of its overrides includes fields that are not read.
 */
const checkCommon = (
  request: RunTaskRequest | StartTaskRequest,
  raw: unknown,
): readonly Complaint[] => {
  const { group = '', startedBy = '', propagateTags, networkConfiguration } = request
  const size = canonical((isObject(raw) ? own(raw, 'overrides') : undefined) ?? {}).length
  return [
    ...(group.length > groupMax ? [textTooLong('group', group, groupMax)] : []),
    ...(startedBy.length > startedByMax ? [textTooLong('startedBy', startedBy, startedByMax)] : []),
    ...(/^[A-Za-z0-9_/-]*$/.test(startedBy)
      ? []
      : [{ at: ['startedBy'], expected: 'letters, digits, hyphens, slashes and underscores' }]),
    ...(size > overridesMax ? [textTooLong('overrides', { length: size }, overridesMax)] : []),
    ...(propagateTags === 'SERVICE'
      ? [{ at: ['propagateTags'], expected: 'TASK_DEFINITION or NONE, as there is no service' }]
      : []),
    ...checkNetworkLists(networkConfiguration),
  ]
}

const textTooLong = (
  field: string,
  { length }: { readonly length: number },
  max: number,
): Complaint => ({
  at: [field],
  found: `${length} characters`,
  expected: `at most ${max}`,
})

/** Allowed are the characters with codes 33 to 126. */
const checkToken = (token = ''): readonly Complaint[] => [
  ...(token.length > clientTokenMax ? [textTooLong('clientToken', token, clientTokenMax)] : []),
  ...(/^[!-~]*$/.test(token)
    ? []
    : [{ at: ['clientToken'], expected: 'printable ASCII without blanks' }]),
]

const checkCallCapacity = ({
  launchType,
  capacityProviderStrategy = [],
}: RunTaskRequest): readonly Complaint[] => [
  ...(launchType !== undefined && capacityProviderStrategy.length > 0
    ? [{ at: ['launchType'], expected: 'nothing, beside a capacityProviderStrategy' }]
    : []),
  ...(launchType === 'MANAGED_INSTANCES'
    ? [{ at: ['launchType'], expected: 'a capacity provider instead, for MANAGED_INSTANCES' }]
    : []),
]
