/**
 * Starts tasks of a service as the ECS service scheduler does: with its constraints and strategies,
 * in its task group, and with the id of its deployment in `startedBy`. The caller decides how many
 * tasks start, and when. A DAEMON service gets a task on each suitable ACTIVE instance that has
 * none.
 *
 * Source: Amazon ECS API Reference, Service and Task, `startedBy`; CapacityProviderStrategyItem,
 * whose base counts for each service.
 */
import { nonEmptyText, optional, record, whole, type Codec } from '@stowage/documents'
import { batch, nodeName } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { perform, refusedFor, type ApiAction, type Call } from '../api/action.js'
import { checkShares, resolveDefinition, resolveNetwork } from '../api/resolve.js'
import { raiseStart } from '../api/start-fault.js'
import { checkService } from '../check/service.js'
import type { StartedTasks } from '../cluster/start-result.js'
import { startOnEach, startShares } from '../cluster/start.js'
import { holderName, type CallResult, type EcsState } from '../cluster/state.js'
import { suitingNodes } from '../supply/daemon.js'
import { checkDefaultWeights, checkProvidersExist, sharesFor } from '../supply/share.js'
import type { Complaint } from '../words/complaint.js'
import type { ApiException } from '../words/exception.js'
import { isDaemon, Service } from '../words/service.js'
import type { Task } from '../words/task.js'
import { groupsOf, isOwnTask } from '../workload/own-task.js'
import { groupOf, type ResolvedTask, type Workload } from '../workload/workload.js'

/** A request for more tasks of a service. */
export interface StartServiceTasksRequest {
  readonly cluster?: string | undefined
  readonly service: Service
  /** The id of the deployment. */
  readonly deployment: string
  /** How many more tasks; absent for a DAEMON, which gets one per instance. */
  readonly count?: number | undefined
}
const StartServiceTasksRequest: Codec<StartServiceTasksRequest> = record<StartServiceTasksRequest>(
  'tasks of a service',
  {
    cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
    service: Service,
    deployment: nonEmptyText('the id of a deployment'),
    count: optional(whole('a whole number of tasks, 1 or more', 1)),
  },
)

const serviceStart: ApiAction<StartServiceTasksRequest, StartedTasks> = {
  codec: StartServiceTasksRequest,
  check: ({ state: { options }, request: { service, count } }) => [
    ...inService(checkService(service, options.query, options)),
    ...(isDaemon(service) && count !== undefined
      ? [{ at: ['count'], expected: 'nothing, as the service is a DAEMON' }]
      : []),
  ],
  apply: (call) =>
    pipe(
      resolveService(call),
      E.chain((resolved) => startOfService(call, resolved)),
    ),
}

const inService = (complaints: readonly Complaint[]): readonly Complaint[] =>
  complaints.map((complaint) => ({ ...complaint, at: ['service', ...complaint.at] }))

const resolveService = (
  call: Call<StartServiceTasksRequest>,
): E.Either<ApiException, ResolvedTask> => {
  const { service } = call.request
  return pipe(
    E.Do,
    E.bind('found', () => resolveDefinition(call, service.taskDefinition, ['service'])),
    E.bind('network', () => resolveNetwork(call, service.networkConfiguration, ['service'])),
    E.map(({ found: { value: definition, revision, part }, network }) => ({
      definition,
      revision,
      workload: {
        name: service.serviceName,
        subject: `service ${service.serviceName}`,
        from: part.from,
        definition,
        service,
        request: { ...network, platformVersion: service.platformVersion },
      },
    })),
  )
}

const startOfService = (
  call: Call<StartServiceTasksRequest>,
  resolved: ResolvedTask,
): CallResult<StartedTasks> => {
  const { state, raw, at } = call
  const { service, deployment, count = 1 } = call.request
  const present = ownTasks(state, resolved.workload).map((task) => task.capacityProviderName)
  const shares = sharesFor(state, service, count, present)
  const taskStart = { resolved, startedBy: deployment, at }
  return pipe(
    refusedFor(
      call,
      inService([
        ...checkProvidersExist(state, service),
        ...(isDaemon(service) ? [] : checkDefaultWeights(state, service)),
        ...checkShares(state, service, resolved, shares),
      ]),
    ),
    E.chain(() =>
      isDaemon(service)
        ? E.right(startOnEach(state, taskStart, instancesWithout(state, resolved.workload), 'EC2'))
        : raiseStart(raw, startShares(state, taskStart, shares)),
    ),
  )
}

const ownTasks = ({ tasks }: EcsState, workload: Workload): readonly Task[] =>
  [...tasks.values()].filter((task) => isOwnTask(workload, task))

/** The names of the instances that suit a daemon and have no task of it that is to run. */
const instancesWithout = (state: EcsState, workload: Workload): readonly string[] => {
  const taken = new Set(ownTasks(state, workload).flatMap((task) => holderName(state, task) ?? []))
  const groups = [...groupsOf(state.tasks.values()), groupOf(workload)]
  const [, names] = batch(state.placed, (draft) =>
    suitingNodes(draft, workload, groups, state.options.query).map((node) => nodeName(draft, node)),
  )
  return names.filter((name) => !taken.has(name))
}

/**
 * Starts tasks of a service; returns the next state and the started tasks, or an exception as a
 * call does. No action of the API does this, as Amazon ECS starts these tasks by itself.
 */
export const startServiceTasks = perform(serviceStart)
