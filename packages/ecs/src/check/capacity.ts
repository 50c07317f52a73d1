/**
 * Checks that a request to start tasks fits its task definition. For example, the network mode
 * `awsvpc` needs a network configuration, Fargate takes no placement strategies, and a load
 * balancer must name a mapped container port. RunTask, StartTask and services share these checks.
 *
 * Sources: Amazon ECS API Reference, RunTask and CreateService; Developer Guide, task networking
 * and differences for Fargate; messages of CreateService in hashicorp/waypoint issue 643 and
 * pulumi/pulumi-aws issue 3095.
 */
import type { FargateObjection } from '../lower/fargate-reason.js'
import type { FargateFieldOptions } from '../lower/fargate-field.js'
import { fargateVerdict } from '../lower/fargate.js'
import { wordRefusal } from '../raise/fargate.js'
import type { Complaint } from '../words/complaint.js'
import { containerPortsOf, hasPort } from '../words/port-mapping.js'
import type { ServedContainer } from '../words/service.js'
import type { NetworkConfiguration } from '../words/network-configuration.js'
import type { PlacementConstraint, PlacementStrategy } from '../words/placement.js'
import { isNeuron, isShared } from '../words/resource-requirement.js'
import {
  canRunOn,
  requirementsIn,
  type Compatibility,
  type TaskDefinition,
} from '../words/task-definition.js'
import type { Workload } from '../workload/workload.js'
import { constraintsMax } from './placement.js'

/** The fields of a call or a service that depend on its task definition. */
export interface TaskStarter {
  readonly networkConfiguration?: NetworkConfiguration | undefined
  readonly placementConstraints?: readonly PlacementConstraint[] | undefined
  readonly placementStrategy?: readonly PlacementStrategy[] | undefined
  readonly platformVersion?: string | undefined
  /** This and the next are of services only. */
  readonly loadBalancers?: readonly ServedContainer[] | undefined
  readonly serviceRegistries?: readonly ServedContainer[] | undefined
}

/**
 * `definition` is the registered one; `workload` is the starter applied to it, with overrides. The
 * capacity is not checked when the launch type is `undefined`: the starter names a provider whose
 * kind is not known.
 */
export const checkStart = (
  starter: TaskStarter,
  definition: TaskDefinition,
  workload: Workload,
  launchType: Compatibility | undefined,
  options: FargateFieldOptions = {},
): readonly Complaint[] => [
  ...checkTogether(starter, definition),
  ...checkNetwork(starter, definition),
  ...checkServed('loadBalancers', starter.loadBalancers, definition),
  ...checkServed('serviceRegistries', starter.serviceRegistries, definition),
  ...(launchType === undefined
    ? []
    : launchType === 'FARGATE'
      ? checkFargate(starter, definition, workload, options)
      : checkOnInstances(starter, definition, launchType)),
]

const checkTogether = (starter: TaskStarter, definition: TaskDefinition): readonly Complaint[] => {
  const own = starter.placementConstraints?.length ?? 0
  const others = definition.placementConstraints?.length ?? 0
  return own === 0 || own > constraintsMax || own + others <= constraintsMax
    ? []
    : [
        {
          at: ['placementConstraints'],
          found: `${own + others} constraints, the ${others} of the task definition included`,
          expected: `at most ${constraintsMax}`,
        },
      ]
}

/** A network configuration is required in awsvpc mode, and refused in every other mode. */
const checkNetwork = (
  { networkConfiguration }: TaskStarter,
  { networkMode = 'bridge' }: TaskDefinition,
): readonly Complaint[] => {
  const isGiven = networkConfiguration?.awsvpcConfiguration !== undefined
  if (isGiven === (networkMode === 'awsvpc')) return []
  const expected = isGiven
    ? `nothing, as the networkMode of the task definition is ${networkMode}`
    : 'subnets, as the networkMode of the task definition is awsvpc'
  return [{ at: ['networkConfiguration'], expected }]
}

/** A load balancer or a registry leads to a container of the definition, at a port that it maps. */
const checkServed = (
  field: 'loadBalancers' | 'serviceRegistries',
  served: readonly ServedContainer[] = [],
  { containerDefinitions }: TaskDefinition,
): readonly Complaint[] =>
  served.flatMap(({ containerName, containerPort }, i) => {
    if (containerName === undefined) return []
    const container = containerDefinitions.find(({ name }) => name === containerName)
    const names = containerDefinitions.map(({ name }) => name).join(', ')
    if (container === undefined) {
      const expected = `a container of the task definition: ${names}`
      return [{ at: [field, i, 'containerName'], expected }]
    }
    const mappings = container.portMappings ?? []
    if (containerPort === undefined || mappings.some((each) => hasPort(each, containerPort)))
      return []
    const ports = mappings.map(containerPortsOf).join(', ') || 'it maps none'
    const expected = `a container port that ${containerName} maps: ${ports}`
    return [{ at: [field, i, 'containerPort'], expected }]
  })

/** Only on Fargate does a task get a public address of its own. */
const checkPublicIp = (
  { networkConfiguration }: TaskStarter,
  launchType: OnInstances,
): readonly Complaint[] =>
  networkConfiguration?.awsvpcConfiguration?.assignPublicIp === 'ENABLED' &&
  launchType !== 'MANAGED_INSTANCES'
    ? [
        {
          at: ['networkConfiguration', 'awsvpcConfiguration', 'assignPublicIp'],
          expected: `DISABLED, as the launch type is ${launchType}`,
        },
      ]
    : []

/** Why instances of the launch type do not suit the tasks. */
const checkOnInstances = (
  starter: TaskStarter,
  definition: TaskDefinition,
  launchType: OnInstances,
): readonly Complaint[] => [
  ...checkLaunchType(definition, launchType),
  ...checkPublicIp(starter, launchType),
  ...checkDevicesOn(definition, launchType),
  ...(starter.platformVersion === undefined
    ? []
    : [{ at: ['platformVersion'], expected: 'nothing, but on Fargate' }]),
  ...(launchType === 'MANAGED_INSTANCES' && (starter.placementStrategy ?? []).length > 0
    ? [{ at: ['placementStrategy'], expected: 'no strategies, as managed instances take none' }]
    : []),
]

/** Why Fargate refuses the tasks, with the field that each complaint concerns. */
const checkFargate = (
  { placementConstraints = [], placementStrategy = [] }: TaskStarter,
  definition: TaskDefinition,
  workload: Workload,
  options: FargateFieldOptions,
): readonly Complaint[] => {
  const { refusals, objections } = fargateVerdict(workload, options)
  const needs = [
    ...refusals.filter(({ _tag }) => _tag !== 'Daemon').map(wordRefusal),
    ...objections.flatMap((objection) => needOf(objection, definition)),
  ]
  return [
    ...(placementStrategy.length > 0
      ? [{ at: ['placementStrategy'], expected: 'no strategies, as Fargate takes none' }]
      : []),
    ...(placementConstraints.length > 0
      ? [{ at: ['placementConstraints'], expected: 'no constraints, as Fargate takes none' }]
      : []),
    ...(needs.length > 0
      ? [{ at: ['taskDefinition'], expected: `a task definition for Fargate: ${needs.join('; ')}` }]
      : []),
  ]
}

/** What the definition lacks for Fargate. A reservation below the memory limit is allowed. */
const needOf = (
  objection: FargateObjection,
  { placementConstraints = [] }: TaskDefinition,
): readonly string[] => {
  switch (objection._tag) {
    case 'NoTaskSize':
      return [`a task-level ${objection.missing.join(' and ')}`]
    case 'NetworkMode':
      return ['networkMode awsvpc']
    case 'Compatibility':
      return ['FARGATE in its requiresCompatibilities']
    case 'Constraints':
      return placementConstraints.length > 0 ? ['no placementConstraints'] : []
    // Those of a service or a call are judged by themselves.
    case 'Strategies':
    case 'Reservation':
      return []
  }
}

/** The launch types with instances. */
type OnInstances = Exclude<Compatibility, 'FARGATE'>

/**
 * Only managed instances have Neuron devices. Shared GPUs are not planned, so a task that shares
 * them is refused and not placed where they may be missing.
 */
const checkDevicesOn = (
  definition: TaskDefinition,
  launchType: OnInstances,
): readonly Complaint[] => {
  const required = requirementsIn(definition)
  const complaint = (found: string, expected: string) => [
    { at: ['taskDefinition'], found: `${definition.family}, which ${found}`, expected },
  ]
  return [
    ...(launchType !== 'MANAGED_INSTANCES' && required.some(isNeuron)
      ? complaint('requires NeuronDevice', 'managed instances for it')
      : []),
    ...(required.some(isShared)
      ? complaint('shares GPUs', 'GPUs that a container has to itself')
      : []),
  ]
}

/** The definition must support the launch type. */
const checkLaunchType = (
  definition: TaskDefinition,
  launchType: OnInstances,
): readonly Complaint[] => {
  const { family, requiresCompatibilities = [], compatibilities = [] } = definition
  const supported = [...new Set([...requiresCompatibilities, ...compatibilities])]
  return canRunOn(definition, launchType)
    ? []
    : [
        {
          at: ['taskDefinition'],
          found: `${family}, which is for ${supported.join(', ')}`,
          expected: `a task definition for ${launchType}`,
        },
      ]
}
