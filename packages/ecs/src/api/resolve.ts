/**
 * Resolves the names in a call or a service to records of the cluster: the task definition, the
 * subnets, the instances and the tasks. An unknown name leads to an exception of the API. Also
 * checks that the requested capacity (Fargate or instances) suits the task.
 */
import type { Path } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { checkStart, type TaskStarter } from '../check/capacity.js'
import { findInstance, findTask, type EcsState } from '../cluster/state.js'
import { isAnyOffered, type Share } from '../supply/share.js'
import type { Complaint } from '../words/complaint.js'
import type { ContainerInstance } from '../words/container-instance.js'
import type { ApiException } from '../words/exception.js'
import type { NetworkConfiguration } from '../words/network-configuration.js'
import type { Task } from '../words/task.js'
import { isActive } from '../words/task-definition.js'
import type { RunTaskRequest, StartTaskRequest } from '../words/task-request.js'
import type { Definition } from '../workload/family.js'
import { withOverrides } from '../workload/override.js'
import { resolve } from '../workload/reference.js'
import type { ResolvedTask, TaskRequest } from '../workload/workload.js'
import { refuse, refusedFor, type Call } from './action.js'

type Rules = Pick<TaskRequest, 'placementConstraints' | 'placementStrategy' | 'platformVersion'>

/**
 * Resolves the task that a call starts: its definition, which must be ACTIVE, with the overrides.
 */
export const resolveTask = (
  call: Call<RunTaskRequest | StartTaskRequest>,
  { placementConstraints, placementStrategy, platformVersion }: Rules,
): E.Either<ApiException, ResolvedTask> => {
  const { group, networkConfiguration, overrides, taskDefinition } = call.request
  return pipe(
    E.Do,
    E.apS('found', resolveDefinition(call, taskDefinition, [])),
    E.chainFirst(({ found }) => refusedFor(call, checkActive(found), 'ClientException')),
    E.bind('network', () => resolveNetwork(call, networkConfiguration, [])),
    E.map(({ found: { value: definition, revision, part }, network }) => ({
      definition,
      revision,
      workload: {
        name: definition.family,
        subject: `task definition ${definition.family}`,
        from: part.from,
        definition: withOverrides(definition, overrides),
        request: {
          ...{ placementConstraints, placementStrategy, platformVersion },
          group,
          ...network,
        },
      },
    })),
  )
}

const checkActive = ({ value, revision }: Definition): readonly Complaint[] =>
  isActive(value)
    ? []
    : [
        {
          at: ['taskDefinition'],
          expected: `a task definition that is ACTIVE, as ${value.family}:${revision} is not`,
        },
      ]

/** Resolves a reference to a task definition. `at` is the path of the object that has it. */
export const resolveDefinition = (
  call: Pick<Call<unknown>, 'state' | 'raw'>,
  reference: string,
  at: Path,
): E.Either<ApiException, Definition> =>
  pipe(
    resolve(call.state.families, reference),
    E.orElseW((expected) =>
      refuse(call, [{ at: [...at, 'taskDefinition'], expected: expected() }], 'ClientException'),
    ),
  )

/**
 * The subnets of a task. Their zones are included when the option `subnetZones` is not empty; then
 * a subnet that it does not list is refused.
 */
export const resolveNetwork = (
  call: Pick<Call<unknown>, 'state' | 'raw'>,
  configuration: NetworkConfiguration | undefined,
  at: Path,
): E.Either<ApiException, Pick<TaskRequest, 'zones' | 'subnets'>> => {
  const { subnetZones } = call.state.options
  const { subnets = [] } = configuration?.awsvpcConfiguration ?? {}
  const zoned = Object.keys(subnetZones)
  if (zoned.length === 0 || subnets.length === 0) return E.right({ subnets })
  const unknown = subnets.findIndex((subnet) => !zoned.includes(subnet))
  if (unknown < 0) return E.right({ subnets, zones: subnets.map((each) => subnetZones[each]!) })
  const place = [...at, 'networkConfiguration', 'awsvpcConfiguration', 'subnets', unknown]
  return refuse(call, [{ at: place, expected: `a subnet whose zone is told: ${zoned.join(', ')}` }])
}

/** Resolves the field `task` of a call or a report. */
export const resolveTaskName = (
  call: Call<{ readonly task: string }>,
): E.Either<ApiException, Task> => {
  const found = findTask(call.state, call.request.task)
  return found === undefined
    ? refuse(call, [{ at: ['task'], expected: 'a task of the cluster' }])
    : E.right(found)
}

/** Resolves the field `containerInstance` of a call or a report. */
export const resolveInstance = (
  call: Call<{ readonly containerInstance: string }>,
  expected = 'a container instance of the cluster',
): E.Either<ApiException, readonly [name: string, instance: ContainerInstance]> => {
  const found = findInstance(call.state, call.request.containerInstance)
  return found === undefined
    ? refuse(call, [{ at: ['containerInstance'], expected }])
    : E.right(found)
}

/**
 * Checks what starts tasks together with its task definition and the capacity that it gets. All
 * shares of a call are of one kind, so only the first is checked.
 */
export const checkShares = (
  state: EcsState,
  starter: TaskStarter,
  { definition, workload }: ResolvedTask,
  [share]: readonly Share[],
): readonly Complaint[] => [
  ...checkStart(starter, definition, workload, share?.launchType, state.options.fargate),
  ...(share !== undefined && lacksInstances(state, share)
    ? [{ at: ['cluster'], found: 'no container instances', expected: 'a cluster that has some' }]
    : []),
]

/** True when instances are asked for by launch type, and the cluster has none. */
const lacksInstances = (state: EcsState, { launchType, provider }: Share): boolean =>
  launchType !== 'FARGATE' && provider === undefined && !isAnyOffered(state, { launchType })
