/**
 * Handles a report about a service, in the format of CreateService: validates the service, and
 * creates or updates it in the controller's state. An update starts a new deployment when it
 * changes a field that triggers a deployment according to the API.
 *
 * Source: Amazon ECS API Reference, UpdateService. A deployment is triggered by taskDefinition,
 * launchType, networkConfiguration, platformVersion, loadBalancers, serviceRegistries and
 * serviceConnectConfiguration, not by desiredCount, deploymentConfiguration,
 * capacityProviderStrategy, placementConstraints and placementStrategy.
 */
import { decodeValue } from '@stowage/documents'
import { withChanges, type Draft, type Instant, type MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { checkStart } from '../check/capacity.js'
import { checkService } from '../check/service.js'
import { isStaged, type TrafficShare } from '../deployment/lifecycle-stages.js'
import { isBalanceable } from '../deployment/zone-balance.js'
import { fargateVerdict } from '../lower/fargate.js'
import { canonical } from '../words/canonical.js'
import { completeComplaint, type Complaint } from '../words/complaint.js'
import { subnetsIn } from '../words/network-configuration.js'
import { isDaemon, Service } from '../words/service.js'
import { isActive } from '../words/task-definition.js'
import type { Definition } from '../workload/family.js'
import { resolve } from '../workload/reference.js'
import { groupOf, launchTypeOf, supplyOf, type Workload } from '../workload/workload.js'
import { checkSupport } from './check-support.js'
import { withGroup } from './groups.js'
import { isAwaited, openLifecycle, startLifecycle } from './lifecycle.js'
import { defineTasks, launchableOf, readsGroups, suitsOf } from './lower-deployment.js'
import {
  withFailuresEnded,
  withService,
  type Deployment,
  type EcsMemory,
  type HookCall,
  type ServiceRecord,
} from '../memory/memory.js'
import type { CapacityMemory } from '../memory/capacity-memory.js'
import type { EcsControllerOptions } from '../memory/options.js'
import { isAlarmed } from './deployment-failure.js'
import { checksOf } from '../memory/task-health.js'
import { ownerNameOf } from '../memory/task-sets.js'

/** A report about a service. */
export interface ServiceReport {
  readonly name: string
  readonly report: unknown
  readonly now: Instant
}

/**
 * The memory after a report about a service. A report of `null` deletes the service. When no field
 * that triggers a deployment changes, the current deployment continues with the new values.
 */
export const learnService = (
  draft: Draft,
  memory: EcsMemory,
  { name, report, now }: ServiceReport,
  options: EcsControllerOptions,
): E.Either<MalformedValue, EcsMemory> => {
  const before = memory.services.get(name)
  if (report === null) return deleteService(memory, name, before)
  const decoded = decodeValue(Service, report)
  if (E.isLeft(decoded)) return E.left(decoded.left[0]!)
  const service = decoded.right
  const [wrong] = [
    ...checkServiceName(name, service, before),
    ...checkService({ ...service, serviceName: ownerNameOf(service) }, options.query),
    ...checkSupport(withoutTaskSet(service), report, [
      ...options.pools,
      ...memory.capacity.providers.keys(),
      ...memory.capacity.managed.keys(),
    ]),
  ]
  if (wrong !== undefined) return E.left(completeComplaint(report, wrong))
  const found = resolve(memory.families, service.taskDefinition)
  if (E.isLeft(found))
    return E.left(completeComplaint(report, { at: ['taskDefinition'], expected: found.left() }))
  const [unfit] = checkTask(service, found.right, memory.capacity, options)
  if (unfit !== undefined) return E.left(completeComplaint(report, unfit))
  return storeService(draft, memory, { name, report, now }, service, found.right, options)
}

const deleteService = (
  memory: EcsMemory,
  name: string,
  before: ServiceRecord | undefined,
): E.Either<MalformedValue, EcsMemory> =>
  before === undefined
    ? E.left({ at: [], found: 'null', expected: `a service: no ${name} is there to delete` })
    : E.right(withService(memory, { ...before, status: 'DRAINING' }))

/** The record of a task set is run as a service; a service of documents with one is not. */
const withoutTaskSet = (service: Service): Service =>
  ownerNameOf(service) === service.serviceName ? service : { ...service, taskSet: undefined }

const checkServiceName = (
  name: string,
  { serviceName }: Service,
  before: ServiceRecord | undefined,
): readonly Complaint[] => [
  ...(serviceName === name ? [] : [{ at: ['serviceName'], expected: name }]),
  ...(before?.status === 'DRAINING'
    ? [{ at: ['serviceName'], expected: `another name, until the last task of ${name} is gone` }]
    : []),
]

const checkTask = (
  service: Service,
  { value, revision }: Definition,
  { managed }: CapacityMemory,
  options: EcsControllerOptions,
): readonly Complaint[] => {
  const isManaged = (service.capacityProviderStrategy ?? []).some((one) =>
    managed.has(one.capacityProvider),
  )
  const workload = workloadOf(service, { value }, options)
  const { fargate } = options
  const { refusals } =
    supplyOf(workload) === 'fargate' ? fargateVerdict(workload, fargate) : noRefusals
  return [
    ...(isActive(value)
      ? []
      : [
          {
            at: ['taskDefinition'],
            expected: `a task definition that is ACTIVE, as ${value.family}:${revision} is not`,
          },
        ]),
    ...checkStart(
      ...([service, value, workload] as const),
      isManaged ? 'MANAGED_INSTANCES' : (launchTypeOf(workload) ?? 'EC2'),
      fargate,
    ),
    ...refusals.map(() => ({ at: ['taskDefinition'], expected: 'one that Fargate can run' })),
    ...checkZones(service, options),
  ]
}

const noRefusals = { refusals: [] }

const checkZones = (
  service: Service,
  { subnetZones }: EcsControllerOptions,
): readonly Complaint[] => {
  const zoned = Object.keys(subnetZones)
  const unknown = subnetsIn(service).findIndex((subnet) => !zoned.includes(subnet))
  return zoned.length === 0 || unknown < 0
    ? []
    : [
        {
          at: ['networkConfiguration', 'awsvpcConfiguration', 'subnets', unknown],
          expected: `a subnet whose zone is told: ${zoned.join(', ')}`,
        },
      ]
}

/** What places the tasks of a service. */
export const workloadOf = (
  own: Service,
  { value: definition }: Pick<Definition, 'value'>,
  { subnetZones }: EcsControllerOptions,
): Workload => {
  const service = { ...own, serviceName: ownerNameOf(own) }
  const subnets = subnetsIn(service)
  const isZoned = Object.keys(subnetZones).length > 0 && subnets.length > 0
  return {
    name: service.serviceName,
    subject: `service ${service.serviceName}`,
    from: '',
    definition,
    service,
    request: {
      subnets,
      platformVersion: service.platformVersion,
      ...(isZoned ? { zones: subnets.map((subnet) => subnetZones[subnet]!) } : {}),
    },
  }
}

/** Services with the same key have the same deployment. */
const deploymentKey = (service: Service, { value, revision }: Definition): string =>
  canonical([
    `${value.family}:${revision}`,
    service.launchType,
    service.networkConfiguration,
    service.platformVersion,
    service.loadBalancers,
    service.serviceRegistries,
    service.serviceConnectConfiguration,
    typeof service.forceNewDeployment === 'object' ? service.forceNewDeployment : undefined,
  ])

const storeService = (
  draft: Draft,
  memory: EcsMemory,
  { name, report, now }: ServiceReport,
  service: Service,
  definition: Definition,
  options: EcsControllerOptions,
): E.Either<MalformedValue, EcsMemory> => {
  const before = memory.services.get(name)
  const key = deploymentKey(service, definition)
  const isSame = before?.deployments[0].key === key && service.forceNewDeployment !== true
  if (isSame && canonical(before.service) === canonical(service)) return E.right(memory)
  const hook = isSame ? undefined : openHook(before)
  if (hook !== undefined)
    return E.left(
      completeComplaint(report, {
        at: ['taskDefinition'],
        expected: `no new deployment until lifecycle hook ${hook.hookId} is answered`,
      }),
    )
  const workload = workloadOf(service, definition, options)
  const grouped = withGroup(draft, memory, groupOf(workload), options)
  if (E.isLeft(grouped)) return grouped
  const defined = defineTasks(draft, workload, grouped.right.groups, options)
  if (E.isLeft(defined)) return defined
  const updated = {
    workload,
    class: defined.right,
    desiredCount: service.desiredCount ?? 0,
    checks: checksOf(workload),
    ...suitsOf(draft, workload, grouped.right.groups, options),
    ...launchableOf(draft, workload, grouped.right, options),
  }
  const known = grouped.right.services.get(name)
  const [record, next] =
    isSame && known !== undefined
      ? [withPrimary(known, service, updated), grouped.right]
      : withDeployment(grouped.right, known, service, {
          ...updated,
          id: '',
          createdAt: now,
          taskDefinition: `${definition.value.family}:${definition.revision}`,
          rolloutState: 'IN_PROGRESS',
          rolloutStateReason: '',
          tasksBefore: before?.taskCount ?? 0,
          failedTasks: 0,
          ignoresAlarms: isAlarmed(service, memory.alarms),
          key,
        })
  const readers = readsGroups(workload) ? true : undefined
  const isBalanced = service.availabilityZoneRebalancing === 'ENABLED' && isBalanceable(service)
  return E.right({
    ...withService(next, record),
    inactive: next.inactive.filter((one) => one.service.serviceName !== name),
    groupReaders: withChanges(next.groupReaders, [[name, readers]]),
    daemons: withChanges(next.daemons, [[name, isDaemon(service) ? true : undefined]]),
    balanced: withChanges(next.balanced, [[name, isBalanced ? true : undefined]]),
  })
}

/** A hook for which the deployment of a service waits. */
const openHook = (record: ServiceRecord | undefined): HookCall | undefined => {
  if (record === undefined || openLifecycle(record) === undefined) return undefined
  return record.deployments[0].lifecycle?.hooks.find(isAwaited)
}

const withPrimary = (
  record: ServiceRecord,
  service: Service,
  updated: Pick<
    Deployment,
    'workload' | 'class' | 'desiredCount' | 'checks' | 'suits' | 'launchable'
  >,
): ServiceRecord => {
  const [primary, ...older] = record.deployments
  return {
    ...record,
    service,
    deployments: [{ ...primary, ...updated }, ...older],
    isSteady: false,
    isBlocked: false,
  }
}

/** Adds a deployment; the one before it keeps the tasks that it has. */
const withDeployment = (
  memory: EcsMemory,
  record: ServiceRecord | undefined,
  service: Service,
  unnumbered: Deployment,
): readonly [ServiceRecord, EcsMemory] => {
  const deploymentCount = memory.deploymentCount + 1
  const id = `ecs-svc/${deploymentCount}`
  const rolloutStateReason = `ECS deployment ${id} in progress.`
  const configuration = service.deploymentConfiguration ?? {}
  const traffic = trafficBefore(record)
  const lifecycle =
    record !== undefined && isStaged(configuration) && !isDaemon(service)
      ? startLifecycle(configuration, traffic, record.deployments.length > 1, unnumbered.createdAt)
      : undefined
  const deployment = {
    ...{ ...unnumbered, id, rolloutStateReason },
    ...(lifecycle === undefined ? {} : { lifecycle }),
  }
  const { throttle: _, stopRequest: __, rebalancing: ___, fullZone: ____, ...known } = record ?? {}
  const lastCompleted =
    record?.deployments[0].rolloutState === 'COMPLETED'
      ? record.deployments[0]
      : record?.lastCompleted
  return [
    {
      status: 'ACTIVE',
      tasks: new Map(),
      guarded: new Map(),
      lacking: [],
      waiting: [],
      taskCount: 0,
      events: [],
      eventCount: 0,
      isUnplaced: false,
      ...known,
      past: withFailuresEnded(record?.past ?? [], {
        ...{ at: unnumbered.createdAt, status: 'STOPPED' },
      }),
      ...(lastCompleted === undefined ? {} : { lastCompleted }),
      watched: new Map([...(record?.tasks.keys() ?? [])].map((replica) => [replica, true])),
      service,
      deployments: [deployment, ...olderDeployments(record, unnumbered.createdAt)],
      traffic: isStaged(configuration) ? (record === undefined ? [wholeTraffic(id)] : traffic) : [],
      isSteady: false,
      isBlocked: false,
      isHeld: false,
      isFailed: false,
    },
    { ...memory, deploymentCount },
  ]
}

/** All traffic goes to one deployment. */
const wholeTraffic = (deployment: string): TrafficShare => ({ deployment, percent: 100 })

const trafficBefore = (record: ServiceRecord | undefined): readonly TrafficShare[] => {
  if (record === undefined) return []
  return record.traffic.length > 0 ? record.traffic : [wholeTraffic(record.deployments[0].id)]
}

/** What is under way ends as STOPPED: the new deployment takes its place. */
const olderDeployments = (
  record: ServiceRecord | undefined,
  at: Instant,
): readonly Deployment[] => {
  if (record === undefined) return []
  const [primary, ...older] = record.deployments
  const count = [...record.tasks.values()].filter(
    ({ deployment, phase }) => deployment === primary.id && phase !== 'leaving',
  ).length
  const end = { at, status: 'STOPPED' } as const
  return [
    { ...primary, desiredCount: count, end: primary.end ?? end },
    ...withFailuresEnded(older, end),
  ]
}
