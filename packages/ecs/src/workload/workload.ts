/**
 * What wants tasks: a service, a call of RunTask, or a task definition that none of these names,
 * which is one task by itself.
 */
import {
  isOfFargate,
  type CapacityProviderStrategyItem,
  type PlacementConstraint,
  type PlacementStrategy,
} from '../words/placement.js'
import { isDaemon, type Service } from '../words/service.js'
import { isFor, type Compatibility, type TaskDefinition } from '../words/task-definition.js'

/** Capacity that tasks are placed on: instances, Fargate, or machines outside AWS. */
export type Supply = 'instances' | 'fargate' | 'external'

/** What a call that starts tasks says beside their definition. */
export interface TaskRequest {
  readonly group?: string | undefined
  readonly placementConstraints?: readonly PlacementConstraint[] | undefined
  readonly placementStrategy?: readonly PlacementStrategy[] | undefined
  /** These are of plans alone: a call that is carried out has them apart. */
  readonly count?: number | undefined
  readonly launchType?: Compatibility | undefined
  readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined
  /** Of StartTask: one task on each, by their ids or ARNs. */
  readonly containerInstances?: readonly string[] | undefined
  /** The availability zones of the subnets that were named; nothing where they are not known. */
  readonly zones?: readonly string[] | undefined
  /** What follows is of Fargate alone. */
  readonly subnets?: readonly string[] | undefined
  readonly platformVersion?: string | undefined
}

export interface Workload {
  /** By which a plan speaks of it. */
  readonly name: string
  /** By which messages speak of it, such as `service web`. */
  readonly subject: string
  readonly from: string
  readonly definition: TaskDefinition
  /** Absent for a task by itself. */
  readonly service?: Service | undefined
  /** Absent for what nobody called for. */
  readonly request?: TaskRequest | undefined
  /** Groups that its expressions ask for by another name: by group, that name. */
  readonly groupNames?: ReadonlyMap<string, string> | undefined
}

/** What a call or a service starts: the definition that it names, and the workload made of it. */
export interface ResolvedTask {
  readonly definition: TaskDefinition
  readonly revision: number
  /** With the call's overrides, group, constraints and strategies. */
  readonly workload: Workload
}

/** What tasks of a workload have in common where placement counts them. */
export const groupOf = ({ service, request, definition }: Workload): string =>
  service === undefined
    ? (request?.group ?? `family:${definition.family}`)
    : `service:${service.serviceName}`

/** Those of the definition, of the service and of the call together. */
export const constraintsOf = ({
  definition,
  service,
  request,
}: Workload): readonly PlacementConstraint[] =>
  [definition, service, request].flatMap((each) => each?.placementConstraints ?? [])

export const isDaemonWorkload = ({ service }: Workload): boolean =>
  service !== undefined && isDaemon(service)

/** How many tasks are wanted, of a daemon on each instance. */
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
 * Where a workload runs by its own words: a service or a call by its launch type or its capacity
 * providers.
 */
export const supplyOf = (workload: Workload): Supply => {
  const { service, request, definition } = workload
  const says = service ?? request
  if (says === undefined) return supplyByItself(definition)
  const { launchType } = says
  const providers = strategyOf(workload)
  if (launchType === 'EXTERNAL') return 'external'
  const isFargates = providers.length > 0 && providers.every(isOfFargate)
  return launchType === 'FARGATE' || isFargates ? 'fargate' : 'instances'
}

/** A task by itself goes where its definition says that it can, to instances first. */
const supplyByItself = (definition: TaskDefinition): Supply => {
  const [onFargate, external] = [isFor(definition, 'FARGATE'), isFor(definition, 'EXTERNAL')]
  if (isFor(definition, 'EC2') || onFargate === external) return 'instances'
  return onFargate ? 'fargate' : 'external'
}
