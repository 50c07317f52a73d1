/**
 * Implements the `Orchestrator` interface for Amazon ECS, so that a rollout can be simulated:
 * converts services, task definitions, running tasks and container instances to events for the
 * controller of services, and describes the state of the services.
 */
import {
  autoScalingGroupPool,
  capacityHold,
  describeCapacity,
  describeServices,
  ecsController,
  ecsVocabulary,
  fargatePool,
  healthyTaskReport,
  lowerContainerInstance,
  managedInstancesPool,
  newTaskPositions,
  tasksNotSimulated,
  serviceHealth,
  type AutoScalingGroup,
  type ContainerInstance,
  type EcsInput,
  type ManagedInstances,
  type ServiceDescription,
} from '@stowage/ecs'
import {
  cpu,
  instant,
  wordPlan,
  type Pool,
  type StepEvent,
  type StepState,
  type UnplacedReplicas,
} from '@stowage/kernel'
import type { Warning } from '@stowage/documents'
import type { FactGroup, Orchestrator, WorkloadState } from './orchestrator.js'
import type { ScaledCapacity } from './ecs-capacity.js'
import { unplacedText } from './plan.js'
import type { PlatformOptions } from './platform.js'

/** From which the orchestrator can be made again. */
export interface EcsSetting {
  readonly platform: 'ecs'
  readonly seed: number
  /** The capacity providers of instances that services name and instances have. */
  readonly providers?: readonly string[]
  /** The Auto Scaling groups that capacity providers scale. */
  readonly groups?: readonly AutoScalingGroup[]
  /** What providers of Managed Instances may launch. */
  readonly managedInstances?: readonly ManagedInstances[]
  /** The availability zone of each subnet; without it, tasks may start in any zone. */
  readonly subnetZones?: Readonly<Record<string, string>>
  /** Whether Fargate takes tmpfs; without it, Fargate does not. */
  readonly tmpfs?: 'refused' | 'allowed'
}

/** The setting of an input. Zones count where those of all subnets are known, as in a plan. */
export const ecsSetting = (
  { workloads, subnetZones }: Pick<EcsInput, 'workloads' | 'subnetZones'>,
  instances: readonly ContainerInstance[],
  scaled: ScaledCapacity,
  { seed, fargate }: Pick<PlatformOptions, 'seed' | 'fargate'>,
): EcsSetting => {
  const names = scaled.providers.map(({ name }) => name)
  const providers = providersIn({ workloads }, instances).filter((name) => !names.includes(name))
  const subnets = workloads.flatMap(
    ({ service }) => service?.networkConfiguration?.awsvpcConfiguration?.subnets ?? [],
  )
  const isZoned = subnets.length > 0 && subnets.every((subnet) => subnetZones.has(subnet))
  return {
    ...{ platform: 'ecs', seed },
    ...(providers.length === 0 ? {} : { providers }),
    ...(scaled.groups.length === 0 ? {} : { groups: scaled.groups }),
    ...(scaled.managed.length === 0 ? {} : { managedInstances: scaled.managed }),
    ...(isZoned ? { subnetZones: Object.fromEntries(subnetZones) } : {}),
    ...(fargate.tmpfs === undefined ? {} : { tmpfs: fargate.tmpfs }),
  }
}

/** The capacity providers that services name and instances have, in the order of their names. */
export const providersIn = (
  { workloads }: Pick<EcsInput, 'workloads'>,
  instances: readonly ContainerInstance[],
): readonly string[] => {
  const there = new Set(instances.map(({ capacityProviderName }) => capacityProviderName))
  const named = workloads.flatMap(({ service }) =>
    (service?.capacityProviderStrategy ?? []).map(({ capacityProvider }) => capacityProvider),
  )
  return [...new Set(named)].filter((name) => there.has(name)).sort()
}

/** A hundred years: nothing is bought for a provider, and none of its instances goes. */
const hundredYears = 100 * 365 * 24 * 3_600_000

/** The instances of a provider as they are; no timer waits for one that is idle to go. */
const fixedPool = (name: string): Pool => ({
  ...{ _tag: 'Fleet', name, isManaged: true, offerings: [] },
  ...{ min: 0, max: 0, warmUp: hundredYears, idleFor: hundredYears },
})

/** More tasks at once than any account may have. */
const fargateMax = 1_000_000
const fargateNames = ['FARGATE', 'FARGATE_SPOT'] as const

/** The controller of ECS services with Fargate beside the instances. */
export const ecsOrchestrator = (setting: EcsSetting): Omit<Orchestrator, 'factsOf'> => ({
  controllers: [
    ecsController({
      ...{ seed: setting.seed, pools: [...fargateNames, ...(setting.providers ?? [])] },
      ...{ subnetZones: setting.subnetZones ?? {}, groups: setting.groups ?? [] },
      managedInstances: setting.managedInstances ?? [],
      fargate: setting.tmpfs === undefined ? {} : { tmpfs: setting.tmpfs },
    }),
  ],
  options: { lowerNode: lowerContainerInstance },
  pools: [
    ...fargateNames.map((name) => fargatePool(name, fargateMax)),
    ...(setting.providers ?? []).map(fixedPool),
    ...(setting.groups ?? []).map(autoScalingGroupPool),
    ...(setting.managedInstances ?? []).map(managedInstancesPool),
  ],
  setting,
  // No moment of a task or a service is read, so that any beginning is late enough.
  latestOf: () => instant(0),
  react: (cause, { ready, state }): readonly StepEvent[] => {
    if (cause._tag === 'Ask') return requestAnswer(cause.request, ready)
    if (cause._tag !== 'ReplicaRunning') return []
    const fact = healthyTaskReport(state, cause.replica)
    return fact === undefined ? [] : [{ at: ready, _tag: 'Reported', controller: 'ecs', ...fact }]
  },
  newPositions: newTaskPositions,
  workloads: ecsWorkloads,
  capacities: describeCapacity,
  workloadOf: (_, owner) => owner.slice(0, owner.indexOf('/')),
  reasonText: ecsReason,
  warningsIn: () => [],
  warnings: [],
})

/**
 * A Lambda function is assumed to succeed; nobody answers a pause. An instance that is to drain or
 * to end does so.
 */
function requestAnswer(request: unknown, at: StepEvent['at']): readonly StepEvent[] {
  const { callHook, drainInstance, terminateInstance } = request as ControllerRequest
  if (terminateInstance !== undefined) return [{ at, _tag: 'NodeLeft', name: terminateInstance }]
  if (drainInstance !== undefined)
    return [{ at, ...ecsReport(`container-instance ${drainInstance}`, { status: 'DRAINING' }) }]
  if (callHook?.targetType !== 'AWS_LAMBDA') return []
  const about = `hook ${callHook.hookId}`
  const report = { hookStatus: 'SUCCEEDED' }
  return [{ at, _tag: 'Reported', controller: 'ecs', about, report }]
}

/** What the controller asks for. */
interface ControllerRequest {
  readonly drainInstance?: string
  readonly terminateInstance?: string
  readonly callHook?: { readonly hookId: string; readonly targetType: string }
}

function ecsWorkloads(state: StepState): readonly WorkloadState[] {
  const health = serviceHealth(state)
  return describeServices(state).map((service): WorkloadState => {
    const { serviceName: name, desiredCount, runningCount, pendingCount, deployments } = service
    const own = health.get(name)
    const { healthy = 0, waiting = 0, eventCount = 0, isFailed = false } = own ?? {}
    const [primary] = deployments
    const isComplete =
      !isFailed &&
      deployments.length === 1 &&
      primary?.rolloutState === 'COMPLETED' &&
      runningCount === desiredCount &&
      healthy === desiredCount &&
      pendingCount + waiting === 0
    const messages = service.events.map(({ message }) => message).reverse()
    const note = serviceNote(service, own?.waitsFor ?? [], isFailed)
    return {
      ...{ name, desired: desiredCount, pending: pendingCount, running: runningCount },
      updated: primary === undefined ? 0 : primary.runningCount + primary.pendingCount,
      ...{ available: healthy, waiting, isComplete },
      ...{ messages, messageCount: eventCount },
      ...(isComplete || note === undefined ? {} : { note }),
    }
  })
}

/** The failures of a deployment and what its service waits for, or else its latest message. */
const serviceNote = (
  { deployments: [primary], events }: ServiceDescription,
  waitsFor: readonly { readonly text: string }[],
  isFailed: boolean,
): string | undefined => {
  const failures = primary?.failedTasks ?? 0
  const texts = [
    ...(failures > 0 && !isFailed
      ? [`${failures} failed ${failures === 1 ? 'task' : 'tasks'} of deployment ${primary!.id}`]
      : []),
    ...(waitsFor.length === 0 ? [] : [`waits for ${waitsFor.map(({ text }) => text).join('; ')}`]),
  ]
  return texts.length > 0 ? texts.join('; ') : events.map(({ message }) => message).find(isOfState)
}

/** Others only say what was started, stopped and registered. */
const isOfState = (message: string): boolean =>
  !/ (has (started|stopped)|has begun draining connections on|registered|deregistered) \d+ /.test(
    message,
  )

function ecsReason(state: StepState, row: UnplacedReplicas): string {
  const plan = { nodes: [], unplaced: [{ ...row, name: '' }] }
  const [worded] = wordPlan(plan, ecsVocabulary(cpu, [])).unplaced
  const reason = worded === undefined ? '' : unplacedText(worded)
  const texts = [
    ...[reason, capacityHold(state, row.owner.name) ?? ''],
    ...(reason.includes('RESOURCE:PORTS') ? portTexts(state, row.owner.name) : []),
  ]
  return texts.filter((text) => text !== '').join('; ')
}

/** The ports of an owner's tasks that an older revision has. */
const portTexts = (state: StepState, owner: string): readonly string[] =>
  (serviceHealth(state).get(owner.slice(0, owner.indexOf('/')))?.waitsFor ?? [])
    .filter(({ kind }) => kind === 'ports')
    .map(({ text }) => `waits for ${text}`)

/** What of an input is not simulated. */
export const ecsOmissions = (
  { workloads }: Pick<EcsInput, 'workloads'>,
  instances: readonly ContainerInstance[],
  scaled: ScaledCapacity,
): readonly Warning[] => [
  ...scaled.warnings,
  ...tasksNotSimulated(workloads, [
    ...fargateNames,
    ...providersIn({ workloads }, instances),
    ...scaled.providers.map(({ name }) => name),
  ]),
]

/** The number of each task definition that was seen, by its family and its content. */
export type RevisionTable = Map<string, number>

/**
 * The facts of an input: instances first; then definitions, services and tasks. A definition whose
 * content was not seen before is a new revision of its family, and a service names the revision of
 * the definition that it means.
 */
export const ecsFacts = (
  { families, workloads, instances, tasks }: EcsInput,
  machines: readonly ContainerInstance[],
  scaled: ScaledCapacity,
  revisions: RevisionTable,
): readonly FactGroup[] => {
  const definitions = [...families.values()].flatMap((all) =>
    all.map(({ value, revision, part }) => {
      // What runs is the whole document: an image is no concern of placement, and a new revision.
      const content = contentOf(part.value)
      const { family } = value
      const name = `${family}:${revisionOf(revisions, family, content, revision)}`
      return { name, value, fact: ecsReport(`definition ${name}`, content), from: part.from }
    }),
  )
  const names = new Map<object | string, string>([
    ...definitions.map(({ name, value }) => [JSON.stringify(value), name] as const),
    ...definitions.map(({ name, value }) => [value, name] as const),
  ])
  const all = [...instances, ...machines]
  const omitted = new Set(ecsOmissions({ workloads }, all, scaled).map(({ subject }) => subject))
  const providers = providersIn({ workloads }, all)
  return [
    all.map((instance) => ({
      fact: {
        _tag: 'NodeJoined',
        name: instance.ec2InstanceId ?? idOf(instance.containerInstanceArn ?? ''),
        node: instance,
        ...poolOf(instance, providers, scaled),
      },
      from: 'a container instance',
    })),
    [
      ...scaled.providers.map((provider) => ({
        fact: ecsReport(`capacity-provider ${provider.name}`, provider),
        from: `capacity provider ${provider.name}`,
      })),
      ...definitions,
      ...workloads.flatMap(({ service, definition, from, subject }) => {
        if (service === undefined || omitted.has(subject)) return []
        const name =
          names.get(definition) ?? names.get(JSON.stringify(definition)) ?? service.taskDefinition
        const report = { ...recordOfSet(service), taskDefinition: name }
        return [{ fact: ecsReport(`service ${report.serviceName}`, report), from }]
      }),
      ...tasks
        .filter(
          ({ lastStatus, containerInstanceArn }) =>
            lastStatus !== 'STOPPED' && containerInstanceArn !== undefined,
        )
        .map((task) => ({
          fact: ecsReport(`task ${idOf(task.taskArn)}`, task),
          from: `task ${idOf(task.taskArn)}`,
        })),
    ],
  ]
}

type Service = NonNullable<EcsInput['workloads'][number]['service']>

/** A task set is run as a service of its own; no name of a service has a dot. */
const recordOfSet = (service: Service): Service => {
  const { taskSet, deploymentController: _, ...others } = service
  return taskSet === undefined
    ? service
    : { ...others, taskSet, serviceName: `${service.serviceName}.${idOf(taskSet)}` }
}

/** An instance is of the Auto Scaling group of its provider, or of the pool that services name. */
const poolOf = (
  { capacityProviderName: name }: ContainerInstance,
  providers: readonly string[],
  scaled: ScaledCapacity,
): { readonly pool?: string } => {
  const group = name === undefined ? undefined : scaled.groupOf.get(name)
  if (group !== undefined) return { pool: group }
  return name !== undefined && providers.includes(name) ? { pool: name } : {}
}

const ecsReport = (about: string, report: unknown) =>
  ({ _tag: 'Reported', controller: 'ecs', about, report }) as const

const idOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

/** A definition without what numbers it. */
const contentOf = (value: unknown): unknown => {
  const fields = { ...(value as Readonly<Record<string, unknown>>) }
  delete fields['revision']
  delete fields['taskDefinitionArn']
  return fields
}

/** The number that the content has, or the next one of the family. */
const revisionOf = (
  revisions: RevisionTable,
  family: string,
  content: unknown,
  revision: number,
): number => {
  const key = `${family}\n${JSON.stringify(content)}`
  const known = revisions.get(key)
  if (known !== undefined) return known
  const all = [...revisions].filter(([one]) => one.startsWith(`${family}\n`))
  const numbers = all.map(([, number]) => number)
  const next = numbers.includes(revision) ? numbers.reduce((a, b) => Math.max(a, b)) + 1 : revision
  revisions.set(key, next)
  return next
}
