/**
 * Defines the types of a workload, which is a request for tasks of one task definition:
 * 1. a service;
 * 2. a call of RunTask or StartTask;
 * 3. a task definition that no service and no call uses, which counts as a request for one task.
 *
 * Also finds the constraints, the task group and the kind of capacity (such as instances or
 * Fargate) of a workload.
 */
import {
  isOfFargate,
  type CapacityProviderStrategyItem,
  type PlacementConstraint,
  type PlacementStrategy,
} from '../words/placement.js'
import { isDaemon, type Service } from '../words/service.js'
import { isFor, type Compatibility, type TaskDefinition } from '../words/task-definition.js'

/**
 * Capacity that tasks are placed on: instances, Fargate, machines outside AWS, or Managed
 * Instances, which AWS launches for the tasks.
 */
export type Supply = 'instances' | 'fargate' | 'external' | 'managed'

/** What a call that starts tasks says in addition to its task definition. */
export interface TaskRequest {
  readonly group?: string | undefined
  readonly placementConstraints?: readonly PlacementConstraint[] | undefined
  readonly placementStrategy?: readonly PlacementStrategy[] | undefined
  /**
   * This and the next two fields are set in plans only; a call that is carried out keeps them
   * apart.
   */
  readonly count?: number | undefined
  readonly launchType?: Compatibility | undefined
  readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined
  /** Of StartTask: one task on each of these, by id or ARN. */
  readonly containerInstances?: readonly string[] | undefined
  /** The availability zones of the named subnets; absent when they are unknown. */
  readonly zones?: readonly string[] | undefined
  /** This and the next field are for Fargate only. */
  readonly subnets?: readonly string[] | undefined
  readonly platformVersion?: string | undefined
}

/** Tasks of one task definition, and what places them. */
export interface Workload {
  /** The name in a plan. */
  readonly name: string
  /** The name in messages, such as `service web`. */
  readonly subject: string
  readonly from: string
  /** The name of its cluster in a plan. */
  readonly cluster?: string | undefined
  readonly definition: TaskDefinition
  /** Absent for the tasks of a call and for a single task. */
  readonly service?: Service | undefined
  /** True when its capacity providers are of Managed Instances. */
  readonly isManaged?: boolean | undefined
  /** Absent when no call starts the tasks. */
  readonly request?: TaskRequest | undefined
  /** Second names of task groups, by group: an expression of this workload may use either name. */
  readonly groupNames?: ReadonlyMap<string, string> | undefined
}

/** What a call or a service starts: the definition that it names, and the workload made of it. */
export interface ResolvedTask {
  readonly definition: TaskDefinition
  readonly revision: number
  /** With the call's overrides, group, constraints and strategies. */
  readonly workload: Workload
}

/** The task group, by which placement counts the tasks of a workload. */
export const groupOf = ({ service, request, definition }: Workload): string =>
  service === undefined
    ? (request?.group ?? `family:${definition.family}`)
    : `service:${service.serviceName}`

/** The constraints of the definition and of its service or call. */
export const constraintsOf = ({
  definition,
  service,
  request,
}: Workload): readonly PlacementConstraint[] =>
  [definition, service, request].flatMap((each) => each?.placementConstraints ?? [])

/** True for a DAEMON service. */
export const isDaemonWorkload = ({ service }: Workload): boolean =>
  service !== undefined && isDaemon(service)

/** The desired number of tasks; for a daemon the number on each instance. */
export const countOf = ({ service, request }: Workload): number => {
  if (service === undefined) return request?.count ?? 1
  return isDaemon(service) ? 1 : (service.desiredCount ?? 0)
}

/** The capacity providers of a service or of a call. */
export const strategyOf = ({
  service,
  request,
}: Workload): readonly CapacityProviderStrategyItem[] =>
  (service ?? request)?.capacityProviderStrategy ?? []

/**
 * The supply that a workload runs on, from the launch type or the capacity providers of its service
 * or call.
 */
export const supplyOf = (workload: Workload): Supply => {
  const { service, request, definition } = workload
  const says = service ?? request
  if (says === undefined) return supplyByItself(definition)
  const { launchType } = says
  const providers = strategyOf(workload)
  if (launchType === 'EXTERNAL') return 'external'
  if (workload.isManaged === true) return 'managed'
  const isFargates = providers.length > 0 && providers.every(isOfFargate)
  return launchType === 'FARGATE' || isFargates ? 'fargate' : 'instances'
}

/** A single task runs on the supply that its definition lists, on instances first. */
const supplyByItself = (definition: TaskDefinition): Supply => {
  const [onFargate, external] = [isFor(definition, 'FARGATE'), isFor(definition, 'EXTERNAL')]
  if (isFor(definition, 'EC2') || onFargate === external) return 'instances'
  return onFargate ? 'fargate' : 'external'
}

/**
 * The launch type of a service or a call; FARGATE also when its providers are those of Fargate.
 * `undefined` when it names none: its providers may then be of any other kind.
 */
export const launchTypeOf = (workload: Workload): Compatibility | undefined =>
  supplyOf(workload) === 'fargate' ? 'FARGATE' : (workload.service ?? workload.request)?.launchType
