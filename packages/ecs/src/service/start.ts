/**
 * Tasks of a service, as its scheduler asks for them when it wants more: placed by the service's
 * constraints and strategies, in its group, and started by its deployment. A DAEMON gets one on
 * each ACTIVE instance that suits it and has none.
 *
 * This is no call of the API: there services start their tasks unseen. How many are wanted when is
 * for who calls.
 *
 * Source: Amazon ECS API Reference, Service and Task, `startedBy`; CapacityProviderStrategyItem,
 * whose base is one of each service.
 */
import { batch, nodeName } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { holderOf, type ClusterState } from '../cluster/state.js'
import { groupOf } from '../workload/workload.js'
import { daemonNodes } from '../plan/world.js'
import { groupsIn, type Beginning } from '../cluster/task.js'
import { checkService } from '../check/service.js'
import { optional, text, wholeNumber, type Codec } from '../words/codec.js'
import type { Complaint } from '../words/complaint.js'
import { record } from '../words/record.js'
import { isDaemon, Service } from '../words/service.js'
import { asked, definitionMeant, networkMeant, type Meant } from '../api/decode.js'
import { checkNetwork } from '../check/with-definition.js'
import { refusing, type ApiException } from '../words/exception.js'
import type { Failure, InstanceRefusals } from '../cluster/refusal.js'
import { checkShare, started, type Called, type StartedTasks } from '../api/run-task.js'
import { startOn } from '../api/start-task.js'
import { checkProvidersKnown, sharesFor } from '../supply/share.js'
import type { Task } from '../words/task.js'

export interface StartServiceTasksRequest {
  readonly cluster?: string | undefined
  readonly service: Service
  /** The id of the deployment. */
  readonly deployment: string
  /** How many tasks more; of a DAEMON nothing is said, as its instances say it. */
  readonly count?: number | undefined
}
const StartServiceTasksRequest: Codec<StartServiceTasksRequest> = record<StartServiceTasksRequest>(
  'tasks of a service',
  {
    cluster: optional(text('the name or the ARN of a cluster')),
    service: Service,
    deployment: text('the id of a deployment'),
    count: optional(wholeNumber('a whole number of tasks, 1 or more', 1)),
  },
)

export const startServiceTasks = (
  state: ClusterState,
  raw: unknown,
  at: number,
): Called<StartedTasks> => {
  const read = asked(state, raw, at, StartServiceTasksRequest, (request) =>
    check(request, state.options),
  )
  if (E.isLeft(read)) return read
  const { service, deployment, count = 1 } = read.right
  const found = serviceMeant(state, raw, service)
  if (E.isLeft(found)) return found
  const shares = sharesFor(state, service, count, tasksOf(state, service))
  const complaints = [
    ...checkProvidersKnown(state, service),
    ...checkNetwork(service, found.right.definition),
    ...shares.slice(0, 1).flatMap((share) => checkShare(state, service, found.right, share)),
  ]
  if (complaints.length > 0) return E.left(refusing(raw, ofService(complaints)))
  const beginning = { meant: found.right, startedBy: deployment, at }
  const now = { ...state, at }
  return isDaemon(service)
    ? E.right(startDaemons(now, beginning))
    : started(now, raw, beginning, shares)
}

const check = (
  { service, count }: StartServiceTasksRequest,
  { query, providersMax }: ClusterState['options'],
): readonly Complaint[] => [
  ...ofService(checkService(service, query, providersMax)),
  ...(isDaemon(service) && count !== undefined
    ? [{ at: ['count'], expected: 'nothing, as the service is a DAEMON' }]
    : []),
]

const ofService = (complaints: readonly Complaint[]): readonly Complaint[] =>
  complaints.map((complaint) => ({ ...complaint, at: ['service', ...complaint.at] }))

const serviceMeant = (
  state: ClusterState,
  raw: unknown,
  service: Service,
): E.Either<ApiException, Meant> => {
  const found = definitionMeant(state, raw, service.taskDefinition, ['service'])
  if (E.isLeft(found)) return found
  const network = networkMeant(state, raw, service.networkConfiguration, ['service'])
  if (E.isLeft(network)) return network
  const { value: definition, revision, part } = found.right
  const workload = {
    name: service.serviceName,
    subject: `service ${service.serviceName}`,
    from: part.from,
    definition,
    service,
    request: { ...network.right, platformVersion: service.platformVersion },
  }
  return E.right({ definition, revision, workload })
}

/** How many tasks of the service a provider has that are to run. */
const tasksOf = (
  { tasks }: ClusterState,
  { serviceName }: Service,
): ((provider: string) => number) => {
  const own = [...tasks.values()].filter(
    (task) => task.group === `service:${serviceName}` && task.desiredStatus !== 'STOPPED',
  )
  return (provider) => own.filter((task) => task.capacityProviderName === provider).length
}

const startDaemons = (
  state: ClusterState,
  beginning: Beginning,
): readonly [ClusterState, StartedTasks] => {
  let next = state
  const tasks: Task[] = []
  const failures: Failure[] = []
  const refusals: InstanceRefusals[] = []
  for (const name of instancesWithout(state, beginning.meant)) {
    const [after, answer] = startOn(next, beginning, name, 'EC2')
    next = after
    tasks.push(...answer.tasks)
    failures.push(...answer.failures)
    refusals.push(...answer.refusals)
  }
  return [next, { tasks, failures, refusals }]
}

/** The instances that suit a daemon and have none that is to run. */
const instancesWithout = (state: ClusterState, { workload }: Meant): readonly string[] => {
  const group = groupOf(workload)
  const having = new Set(
    [...state.tasks.values()].flatMap((task) =>
      task.group === group && task.desiredStatus !== 'STOPPED' ? (holderOf(state, task) ?? []) : [],
    ),
  )
  const [, names] = batch(state.placed, (draft) =>
    daemonNodes(draft, workload, [...groupsIn(state), group], state.options.query).map((node) =>
      nodeName(draft, node),
    ),
  )
  return names.filter((name) => !having.has(name))
}
