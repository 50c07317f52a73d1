/**
 * Validates a call together with the task definition that it names: overrides, network, launch type
 * and Fargate.
 *
 * Source: Amazon ECS API Reference, RunTask; Developer Guide, task networking, and task definition
 * differences for Fargate.
 */
import type { QueryOptions } from '../query/options.js'
import type { FargateObjection } from '../lower/fargate-reason.js'
import { fargateVerdict } from '../lower/fargate.js'
import type { Workload } from '../workload/workload.js'
import { wordRefusal } from '../raise/fargate.js'
import { checkTaskDefinition } from './task-definition.js'
import { constraintsMax } from './placement.js'
import type { Complaint } from '../words/complaint.js'
import { isNeuron, isShared } from '../words/resource-requirement.js'
import { isFor, requirementsIn, type TaskDefinition } from '../words/task-definition.js'
import type { RunTaskRequest, StartTaskRequest } from '../words/task-request.js'

/** `definition` is the registered one; `workload` is the result of applying the call to it. */
export const checkWithDefinition = (
  request: RunTaskRequest | StartTaskRequest,
  definition: TaskDefinition,
  workload: Workload,
  { memoryMin, query }: { readonly memoryMin: number; readonly query: QueryOptions },
): readonly Complaint[] => [
  ...checkTogether(definition, workload),
  ...checkNames(request, definition),
  ...checkNetwork(request, definition),
  ...checkTaskDefinition(workload.definition, memoryMin, query).map(({ at, expected, found }) => ({
    at: ['overrides', ...at],
    expected,
    ...(found === undefined ? {} : { found }),
  })),
]

const checkTogether = (definition: TaskDefinition, { request }: Workload): readonly Complaint[] => {
  const own = request?.placementConstraints?.length ?? 0
  const others = definition.placementConstraints?.length ?? 0
  return own + others <= constraintsMax
    ? []
    : [
        {
          at: ['placementConstraints'],
          found: `${own + others} constraints, the ${others} of the task definition included`,
          expected: `at most ${constraintsMax}`,
        },
      ]
}

const checkNames = (
  { overrides }: RunTaskRequest | StartTaskRequest,
  { containerDefinitions }: TaskDefinition,
): readonly Complaint[] =>
  (overrides?.containerOverrides ?? []).flatMap(({ name }, i) =>
    containerDefinitions.some((container) => container.name === name)
      ? []
      : [
          {
            at: ['overrides', 'containerOverrides', i, 'name'],
            expected: `a container of the task definition: ${containerDefinitions.map((each) => each.name).join(', ')}`,
          },
        ],
  )

/** A network configuration is required in awsvpc mode, and refused in every other mode. */
export const checkNetwork = (
  { networkConfiguration }: Pick<RunTaskRequest, 'networkConfiguration'>,
  { networkMode = 'bridge' }: TaskDefinition,
): readonly Complaint[] => {
  const isGiven = networkConfiguration?.awsvpcConfiguration !== undefined
  if (isGiven === (networkMode === 'awsvpc')) return []
  const expected = isGiven
    ? `nothing, as the networkMode of the task definition is ${networkMode}`
    : 'subnets, as the networkMode of the task definition is awsvpc'
  return [{ at: ['networkConfiguration'], expected }]
}

/** Why Fargate refuses the tasks of a call, with the field that each complaint concerns. */
export const checkFargate = (
  request: Pick<RunTaskRequest, 'placementConstraints' | 'placementStrategy'>,
  definition: TaskDefinition,
  workload: Workload,
): readonly Complaint[] => {
  const strategies = request.placementStrategy ?? []
  const verdict = fargateVerdict(workload)
  const needs =
    verdict._tag === 'Refused'
      ? verdict.refusals.map((refusal) => wordRefusal(refusal))
      : verdict.objections.flatMap((objection) => needOf(objection, definition))
  return [
    ...(strategies.length > 0
      ? [{ at: ['placementStrategy'], expected: 'no strategies, as Fargate takes none' }]
      : []),
    ...((request.placementConstraints ?? []).length > 0
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
    case 'Reservation':
      return []
  }
}

/** The launch types with instances. */
type OnInstances = 'EC2' | 'EXTERNAL' | 'MANAGED_INSTANCES'

/**
 * The launch type must be one that the definition lists, if it lists any, and must offer its
 * devices.
 */
export const checkCompatibility = (
  definition: TaskDefinition,
  launchType: OnInstances,
): readonly Complaint[] => [
  ...checkLaunchType(definition, launchType),
  ...checkDevicesOn(definition, launchType),
]

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

/** A definition that lists launch types runs on no others. */
export const checkLaunchType = (
  definition: TaskDefinition,
  launchType: OnInstances,
): readonly Complaint[] => {
  const { family, requiresCompatibilities = [] } = definition
  return requiresCompatibilities.length === 0 || isFor(definition, launchType)
    ? []
    : [
        {
          at: ['taskDefinition'],
          found: `${family}, which is for ${requiresCompatibilities.join(', ')}`,
          expected: `a task definition for ${launchType}`,
        },
      ]
}
