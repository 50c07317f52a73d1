/**
 * Defines the state that the controller keeps from one run to the next: task definitions, services,
 * and the tasks of each service. The state is an immutable value; its maps are persistent, so that
 * an update costs in proportion to the change and not to the state.
 */
import {
  instant,
  withChanges,
  type ClassId,
  type Expr,
  type Instant,
  type MapChange,
  type NodeId,
  type Phase,
  type ReplicaId,
} from '@stowage/kernel'
import type { LifecycleStage, StageStep, TrafficShare } from '../deployment/lifecycle-stages.js'
import type { RestartThrottle } from '../deployment/restart-throttle.js'
import type { Service } from '../words/service.js'
import type { Families } from '../workload/family.js'
import type { Workload } from '../workload/workload.js'
import { emptyCapacity, type CapacityMemory } from './capacity-memory.js'
import type { DueQueue } from './due-queue.js'
import { ownerNameOf, type ExternalService } from './task-sets.js'

/** The two values of healthStatus that decide; UNKNOWN says nothing. */
export type KnownHealth = 'HEALTHY' | 'UNHEALTHY'

/** Who checks a task: its containers check themselves, a load balancer checks its target. */
export type CheckKind = 'container' | 'target'

/** What was last said of a task, by who said it. */
export type Verdicts = Readonly<Partial<Record<CheckKind, KnownHealth>>>

/** A hook that was called at a stage of a deployment, and its answer. */
export interface HookCall {
  readonly hookId: string
  readonly stage: LifecycleStage
  readonly targetType: 'AWS_LAMBDA' | 'PAUSE'
  readonly targetArn?: string
  readonly status: 'AWAITING_ACTION' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT'
  readonly expiresAt: Instant
  readonly timeoutAction: 'CONTINUE' | 'ROLLBACK'
}

/** Where a deployment is among its stages. */
export interface Lifecycle {
  readonly steps: readonly StageStep[]
  readonly position: number
  /** When the stage began. */
  readonly since: Instant
  /** Whether its hooks were called and its traffic shifted. */
  readonly hasBegun: boolean
  /** The end of its bake time, once all else is done. */
  readonly bakedAt?: Instant
  /** All hooks that were called so far. */
  readonly hooks: readonly HookCall[]
  /** The shares of traffic before the deployment. */
  readonly sourceTraffic: readonly TrafficShare[]
}

/** How a deployment ended, and when; of one that is rolled back, when the rollback was over. */
export interface DeploymentEnd {
  readonly at: Instant
  readonly status: 'SUCCESSFUL' | 'STOPPED' | 'ROLLBACK_SUCCESSFUL' | 'ROLLBACK_FAILED'
}

/** One revision of a service, with what its tasks are started from. */
export interface Deployment {
  /** Such as `ecs-svc/7`. */
  readonly id: string
  readonly createdAt: Instant
  /** `family:revision`. */
  readonly taskDefinition: string
  readonly workload: Workload
  readonly class: ClassId
  /**
   * The tasks that it should have: those of the service for the newest deployment; for an older
   * one those that it had, less those that were stopped to make way.
   */
  readonly desiredCount: number
  /** The checks that a task must pass; without any it is healthy after `settleTime`. */
  readonly checks: readonly CheckKind[]
  readonly rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  readonly rolloutStateReason: string
  /** Absent until it ends; a deployment to which another one is rolled back has ended before. */
  readonly end?: DeploymentEnd
  /** How many tasks its service had when it began. */
  readonly tasksBefore: number
  /** Failures that the circuit breaker counts. */
  readonly failedTasks: number
  /** True when one of its alarms was in ALARM as it began: then alarms do not fail it. */
  readonly ignoresAlarms: boolean
  /** Since when it is as it should be, while it bakes. */
  readonly bakingSince?: Instant
  /** The stages of a deployment that is not a rolling update. */
  readonly lifecycle?: Lifecycle
  /** Of a DAEMON service: which instances suit it. */
  readonly suits?: Expr
  /** By provider of Managed Instances: the numbers of the types that suit its tasks. */
  readonly launchable?: Readonly<Record<string, readonly number[]>>
  /** Two services with equal texts have the same deployment. */
  readonly key: string
}

/** A task of a service: a replica that was placed or adopted. */
export interface OwnTask {
  readonly replica: ReplicaId
  /** The id of its deployment. */
  readonly deployment: string
  readonly node: NodeId
  readonly phase: Phase
  /** Counts the tasks of the service in the order in which they were started. */
  readonly nth: number
  /** The id in its ARN, of a task that ran before. */
  readonly id?: string
  readonly runningAt?: Instant
  /** From when on it counts as healthy, if it runs and is not unhealthy. */
  readonly provenAt?: Instant
  readonly verdicts: Verdicts
  /** Until when the scheduler does not stop it to scale in or for a deployment. */
  readonly protectedUntil?: Instant
  readonly hasBeenHealthy: boolean
  /** True when it stops because it is unhealthy. */
  readonly isReplaced: boolean
  /** Present while it is registered with a load balancer, Cloud Map or Service Connect. */
  readonly isRegistered?: true
  /** Present once it was told that AWS takes back its capacity: it is gone in two minutes. */
  readonly stopCode?: 'SpotInterruption'
}

/** The deployments that failed and had no end so far, with this one. */
export const withFailuresEnded = <Some extends readonly Deployment[]>(
  deployments: Some,
  end: DeploymentEnd,
): Some =>
  deployments.map((one) =>
    one.rolloutState === 'FAILED' && one.end === undefined ? { ...one, end } : one,
  ) as unknown as Some

/** Tasks that wait for a node. */
export interface WaitingTasks {
  readonly deployment: string
  readonly class: ClassId
  readonly count: number
}

/** A message as DescribeServices prints it. */
export interface ServiceEvent {
  readonly createdAt: Instant
  readonly message: string
}

/** Whether a deployment that is stopped goes back. */
export type StopRequest = 'ABORT' | 'ROLLBACK'

/** A service, its deployments and its tasks. */
export interface ServiceRecord {
  readonly service: Service
  /** DRAINING when it was deleted and still has tasks. */
  readonly status: 'ACTIVE' | 'DRAINING'
  /** The newest first, which is the PRIMARY one. */
  readonly deployments: readonly [Deployment, ...Deployment[]]
  /** The last ones that have no tasks any more, the newest first. */
  readonly past: readonly Deployment[]
  readonly tasks: ReadonlyMap<ReplicaId, OwnTask>
  /**
   * The tasks to look at, as a set; all others are healthy, of the newest deployment, and on
   * instances that stay.
   */
  readonly watched: ReadonlyMap<ReplicaId, true>
  /** The tasks that are, or were, protected, as a set. */
  readonly guarded: ReadonlyMap<ReplicaId, true>
  readonly waiting: readonly WaitingTasks[]
  /** Of a DAEMON service: the instances for which tasks wait. */
  readonly lacking: readonly NodeId[]
  /** How many tasks it has had. */
  readonly taskCount: number
  /** The last ones, the oldest first. */
  readonly events: readonly ServiceEvent[]
  /** How many events it has had. */
  readonly eventCount: number
  readonly isSteady: boolean
  /** True when its two percentages let nothing be started nor stopped. */
  readonly isBlocked: boolean
  /** True when only protected tasks are in the way. */
  readonly isHeld: boolean
  /** True when the newest update failed. */
  readonly isFailed: boolean
  /** True when tasks wait that found no instance. */
  readonly isUnplaced: boolean
  /** How the deployment is to be stopped, once that was asked for. */
  readonly stopRequest?: StopRequest
  /** The newest completed deployment before the present one: what a failure goes back to. */
  readonly lastCompleted?: Deployment
  /** The shares of production traffic; empty for a service that only has rolling updates. */
  readonly traffic: readonly TrafficShare[]
  /** The zone in which one more task is to start, and its instances. */
  readonly rebalancing?: { readonly zone: string; readonly nodes: readonly NodeId[] }
  /** The zone that had no room for such a task. */
  readonly fullZone?: string
  /** Registered tasks that were not told to stop and are gone; absent when there is none. */
  readonly lost?: readonly OwnTask[]
  /** Present while tasks stop before they run. */
  readonly throttle?: RestartThrottle
}

/** The states of a CloudWatch alarm. */
export const alarmStates = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const
export type AlarmState = (typeof alarmStates)[number]

/** All that the controller remembers. */
export interface EcsMemory {
  readonly families: Families
  readonly services: ReadonlyMap<string, ServiceRecord>
  /** The last services that were deleted and have no task any more, the newest first. */
  readonly inactive: readonly ServiceRecord[]
  /** The service of each task. */
  readonly owners: ReadonlyMap<ReplicaId, string>
  /** The replicas of tasks that ran before, by the ids of the tasks; also those that are gone. */
  readonly adopted: ReadonlyMap<string, ReplicaId>
  /** What was reported in this pass about tasks that were placed at the end of the last one. */
  readonly newHealth: ReadonlyMap<ReplicaId, Verdicts>
  /** The task groups that were seen so far, as a set. */
  readonly groups: ReadonlyMap<string, true>
  /** The services whose constraints read task groups, as a set. */
  readonly groupReaders: ReadonlyMap<string, true>
  /** The nodes that are DRAINING, as a set. */
  readonly draining: ReadonlyMap<NodeId, true>
  /** The services to look at in the next pass, as a set. */
  readonly dirty: ReadonlyMap<string, true>
  /** The DAEMON services, as a set. */
  readonly daemons: ReadonlyMap<string, true>
  /** The services that are rebalanced over availability zones, as a set. */
  readonly balanced: ReadonlyMap<string, true>
  /** The services that started tasks in the last pass, as a set. */
  readonly placing: ReadonlyMap<string, true>
  /** The state of each CloudWatch alarm that was reported. */
  readonly alarms: ReadonlyMap<string, AlarmState>
  /** The instant of the last pass, at whose end tasks were placed. */
  readonly decidedAt: Instant
  readonly due: DueQueue
  readonly capacity: CapacityMemory
  /** The services of the deployment controller EXTERNAL. */
  readonly externals: ReadonlyMap<string, ExternalService>
  /** How many deployments there have been. */
  readonly deploymentCount: number
}

/** The memory before the first report. */
export const emptyMemory: EcsMemory = {
  families: new Map(),
  services: new Map(),
  inactive: [],
  owners: new Map(),
  adopted: new Map(),
  newHealth: new Map(),
  groups: new Map(),
  groupReaders: new Map(),
  draining: new Map(),
  dirty: new Map(),
  daemons: new Map(),
  balanced: new Map(),
  placing: new Map(),
  alarms: new Map(),
  decidedAt: instant(0),
  due: undefined,
  capacity: emptyCapacity,
  externals: new Map(),
  deploymentCount: 0,
}

/** Stores the record of a service, to be looked at in the next pass. */
export const withService = (memory: EcsMemory, record: ServiceRecord): EcsMemory => {
  const { serviceName } = record.service
  return {
    ...memory,
    services: withChanges(memory.services, [[serviceName, record]]),
    dirty: withChanges(memory.dirty, [[serviceName, true]]),
  }
}

/** So many services that are gone are remembered. */
const inactiveMax = 100

/** The memory with services that are gone; those of task sets are not services of the API. */
export const withInactive = (memory: EcsMemory, gone: readonly ServiceRecord[]): EcsMemory => {
  const own = gone.filter(({ service }) => service.taskSet === undefined)
  return own.length === 0
    ? memory
    : { ...memory, inactive: [...own, ...memory.inactive].slice(0, inactiveMax) }
}

/** The memory with a service of task sets changed; `undefined` for one that is gone. */
export const withExternal = (
  memory: EcsMemory,
  name: string,
  service: ExternalService | undefined,
): EcsMemory => ({ ...memory, externals: withChanges(memory.externals, [[name, service]]) })

/** The record with changed tasks, which are to be looked at; `undefined` is a task that is gone. */
export const withOwnTasks = (
  record: ServiceRecord,
  changes: readonly MapChange<ReplicaId, OwnTask>[],
): ServiceRecord => ({
  ...record,
  tasks: withChanges(record.tasks, changes),
  watched: withChanges(
    record.watched,
    changes.map(([replica, task]) => [replica, task === undefined ? undefined : true]),
  ),
  guarded: withChanges(
    record.guarded,
    changes.flatMap(([replica, task]) =>
      (task?.protectedUntil !== undefined) === record.guarded.has(replica)
        ? []
        : [[replica, task?.protectedUntil === undefined ? undefined : true] as const],
    ),
  ),
})

/** True for a task that the scheduler does not stop to scale in or for a deployment. */
export const isProtected = ({ protectedUntil }: OwnTask, now: Instant): boolean =>
  protectedUntil !== undefined && now < protectedUntil

/** The record with tasks that are to be looked at. */
export const withWatched = (
  record: ServiceRecord,
  replicas: readonly ReplicaId[],
): ServiceRecord => ({
  ...record,
  watched: withChanges(
    record.watched,
    replicas.map((replica) => [replica, true]),
  ),
})

/** The name under which the kernel knows a deployment: of the service, and of the deployment. */
export const deploymentOwner = (service: string, deployment: string): string =>
  `${service}/${deployment}`

/** The names in such a name; the name of a service has no slash. */
export const namesInOwner = (owner: string): readonly [service: string, deployment: string] => {
  const end = owner.indexOf('/')
  return [owner.slice(0, end), owner.slice(end + 1)]
}

/** The number of events of a service that are remembered, as many as AWS prints. */
const eventsMax = 100

/** What the messages of a service or of a task set begin with. */
const subjectOfEvents = (service: Service): string =>
  service.taskSet === undefined
    ? `service ${service.serviceName}`
    : `service ${ownerNameOf(service)}, taskSet ${service.taskSet}`

/** The record with one more event. */
export const withEvent = (
  record: ServiceRecord,
  createdAt: Instant,
  message: string,
): ServiceRecord => ({
  ...record,
  eventCount: record.eventCount + 1,
  events: [
    ...record.events.slice(1 - eventsMax),
    { createdAt, message: `(${subjectOfEvents(record.service)}) ${message}` },
  ],
})
