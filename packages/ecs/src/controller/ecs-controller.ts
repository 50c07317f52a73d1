/**
 * Implements the ECS service scheduler as a controller of a simulated cluster: keeps the desired
 * count of services, replaces tasks that stop, and rolls out updates. The docstring of
 * `ecsController` lists the events that a caller reports.
 */
import {
  byCodeUnit,
  renderValue,
  withChanges,
  type Controller,
  type Decision,
  type Intent,
  type ReportOutcome,
  type MalformedValue,
  type MapChange,
  type PassView,
} from '@stowage/kernel'
import { nestingFaults } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { withCapacity } from '../capacity/decide-capacity.js'
import { learnCapacityProvider } from '../capacity/learn-capacity-provider.js'
import { learnCluster } from '../capacity/learn-cluster.js'
import { learnContainerInstance } from '../capacity/learn-container-instance.js'
import { withManagedInstances } from '../capacity/scale-managed.js'
import { instanceNode } from './container-instance-node.js'
import { foldChanges, foldStatus } from './fold-changes.js'
import { learnAlarm } from './learn-alarm.js'
import { learnDefinition } from './learn-definition.js'
import { learnDeployment } from './learn-deployment.js'
import { learnHook } from './learn-hook.js'
import { learnService } from './learn-service.js'
import { learnExternalService, learnTaskSet } from './learn-task-set.js'
import { learnTask } from './learn-task.js'
import { emptyMemory, withInactive, type EcsMemory, type ServiceRecord } from '../memory/memory.js'
import { memoryData } from '../memory/memory-data.js'
import { controllerOptions, type EcsControllerOptions } from '../memory/options.js'
import { addDue, nextDue, takeDue } from '../memory/due-queue.js'
import { reconcileService } from './reconcile.js'

/**
 * The controller of an ECS cluster, named `ecs`. Options that are absent have their defaults.
 *
 * The caller reports events to it, each about one of these subjects:
 * - `definition FAMILY:REVISION`: a task definition, as RegisterTaskDefinition takes it;
 * - `capacity-provider NAME`: a capacity provider over an Auto Scaling group or of Managed
 *   Instances, as CreateCapacityProvider takes it; `null` deletes it;
 * - `cluster`: the capacity providers of the cluster and its default strategy, as
 *   PutClusterCapacityProviders takes them;
 * - `container-instance ID`: the status of an instance, `{"status": "DRAINING"}`;
 * - `alarm NAME`: a CloudWatch alarm, as DescribeAlarms prints it, `{"stateValue": "ALARM"}`;
 * - `deployment SERVICE/ID`: the request to stop a deployment, `{"stopType": "ROLLBACK"}`;
 * - `external-service NAME`: a service of the deployment controller EXTERNAL, its count and its
 *   primary task set; `task-set NAME/ID`: one of its task sets, as CreateTaskSet takes it;
 * - `hook ID`: the answer of a lifecycle hook, `{"hookStatus": "SUCCEEDED"}`, or of a pause,
 *   `{"action": "CONTINUE"}`;
 * - `service NAME`: a service, as CreateService takes it; `null` deletes it;
 * - `task ID`: a task that ran before, as DescribeTasks prints it; or the health of a task,
 *   `{"healthStatus": "UNHEALTHY"}` by its containers, `{"targetHealth": "healthy"}` by a load
 *   balancer; or `{"stopCode": "SpotInterruption"}` when AWS takes back its Fargate Spot capacity.
 *   The ID of a task that the controller started is the number of its replica.
 *
 * Within one instant, definitions are handled before services, and services before tasks. Instances
 * are nodes, and join at an earlier instant than the tasks on them are reported.
 */
export const ecsController = (given: Partial<EcsControllerOptions> = {}): Controller<EcsMemory> => {
  const options = { ...controllerOptions, ...given }
  return {
    name: 'ecs',
    start: emptyMemory,
    learn: (draft, memory, { about, report, now }) => {
      const [deep] = nestingFaults({ from: about, value: report })
      if (deep !== undefined) return E.left(deep)
      const [kind, name] = kindAndName(about)
      switch (kind) {
        case 'alarm':
          return onlyMemory(learnAlarm(memory, name, report))
        case 'capacity-provider':
          return onlyMemory(learnCapacityProvider(draft, memory, { name, report, now }, options))
        case 'cluster':
          return onlyMemory(learnCluster(memory, report, options))
        case 'container-instance':
          return pipe(
            learnContainerInstance(draft, { name, report }, instanceNode(draft, name)),
            E.map((change) => ({ memory: foldStatus(draft, memory, change) })),
          )
        case 'definition':
          return onlyMemory(learnDefinition(memory, name, report, options))
        case 'deployment':
          return onlyMemory(learnDeployment(memory, name, report, now))
        case 'external-service':
          return onlyMemory(learnExternalService(draft, memory, { name, report, now }, options))
        case 'hook':
          return onlyMemory(learnHook(memory, name, report, now))
        case 'service':
          return onlyMemory(learnService(draft, memory, { name, report, now }, options))
        case 'task-set':
          return onlyMemory(learnTaskSet(draft, memory, { name, report, now }, options))
        case 'task':
          return learnTask(draft, memory, { id: name, report, now }, options)
        default:
          return E.left({
            ...{ at: [], found: `about ${renderValue(about)}` },
            expected:
              'about an alarm, a capacity-provider, the cluster, a container-instance, a definition, a deployment, a hook, a service or a task, such as "service NAME"',
          })
      }
    },
    decide: (view, memory) => {
      const decided = withCapacity(view, decideServices(view, memory, options), options)
      return withManagedInstances(view, decided, options)
    },
    toData: memoryData,
  }
}

const onlyMemory = (
  reading: E.Either<MalformedValue, EcsMemory>,
): E.Either<MalformedValue, ReportOutcome<EcsMemory>> =>
  E.isLeft(reading) ? reading : E.right({ memory: reading.right })

const kindAndName = (about: string): readonly [kind: string, name: string] => {
  const end = about.indexOf(' ')
  return end < 0 ? [about, ''] : [about.slice(0, end), about.slice(end + 1)]
}

/** Looks at the services that something happened to, in the order of their names. */
const decideServices = (
  view: PassView,
  before: EcsMemory,
  options: EcsControllerOptions,
): Decision<EcsMemory> => {
  const folded = foldChanges(view, before, options)
  const [dueNames, due] = takeDue(folded.due, view.now)
  const memory = { ...folded, due, decidedAt: view.now }
  if (memory.dirty.size === 0 && memory.newHealth.size === 0 && dueNames.length === 0)
    return withWake(memory, [])
  const names = [...new Set([...memory.dirty.keys(), ...dueNames])].sort(byCodeUnit)
  const changes: MapChange<string, ServiceRecord>[] = []
  const intents: Intent[] = []
  const placing = new Map<string, true>()
  let nextDueQueue = due
  for (const name of names) {
    const record = memory.services.get(name)
    if (record === undefined) continue
    const decided = reconcileService(view, memory, record, options)
    changes.push([name, decided.record])
    for (const one of decided.intents) intents.push(one)
    if (decided.intents.some(({ _tag }) => _tag === 'Start')) placing.set(name, true)
    for (const at of decided.dues) nextDueQueue = addDue(nextDueQueue, { at, service: name })
  }
  const ended = changes.flatMap(([name, record]) => (record === undefined ? [name] : []))
  const next = {
    ...memory,
    services: withChanges(memory.services, changes),
    groupReaders: withChanges(
      memory.groupReaders,
      ended.map((name) => [name, undefined]),
    ),
    daemons: withChanges(
      memory.daemons,
      ended.map((name) => [name, undefined]),
    ),
    balanced: withChanges(
      memory.balanced,
      ended.map((name) => [name, undefined]),
    ),
    dirty: emptyMemory.dirty,
    newHealth: emptyMemory.newHealth,
    placing,
    due: nextDueQueue,
  }
  const gone = ended.flatMap((name) => memory.services.get(name) ?? [])
  return withWake(withInactive(next, gone), intents)
}

const withWake = (memory: EcsMemory, intents: readonly Intent[]): Decision<EcsMemory> => {
  const wakeAt = nextDue(memory.due)
  return { memory, intents, ...(wakeAt === undefined ? {} : { wakeAt }) }
}
