/**
 * Validates a task definition: names, containers, the execution role, devices, sizes and placement
 * constraints. For example, `memory` must be enough for the containers. A task definition for
 * Fargate must also have one of the sizes in `@stowage/fargate`.
 *
 * Source: Amazon ECS API Reference, RegisterTaskDefinition.
 */
import type { Path } from '@stowage/documents'
import { isSize, nearestSizes } from '@stowage/fargate'
import { fieldsRefusedByFargate, type FargateFieldOptions } from '../lower/fargate-field.js'
import { checkBetween } from './between.js'
import { checkBounds } from './bounds.js'
import { checkContainers } from './container.js'
import { checkDevices } from './devices.js'
import { checkExecutionRole } from './execution-role.js'
import { checkNameText } from './name.js'
import { checkNamesInTask } from './names-in-task.js'
import { checkConstraints } from './placement.js'
import type { QueryOptions } from '../query/options.js'
import type { Complaint } from '../words/complaint.js'
import { containersSize, isFor, systemOf, type TaskDefinition } from '../words/task-definition.js'
import { mebibytesMax, sizeText } from '../words/task-size.js'

/** What AWS leaves open about definitions; each has a default. */
export interface DefinitionOptions {
  /** The least memory of a container, in MiB. */
  readonly memoryMin?: number
  readonly query?: QueryOptions
  readonly fargate?: FargateFieldOptions
}

/** All complaints about a task definition. */
export const checkTaskDefinition = (
  definition: TaskDefinition,
  options: DefinitionOptions = {},
): readonly Complaint[] => [
  ...checkNameText(['family'], definition.family),
  ...checkNamesInTask(definition),
  ...definition.containerDefinitions.flatMap((container, i) =>
    [...checkNameText(['name'], container.name), ...checkBounds(container)].map((complaint) => ({
      ...complaint,
      at: ['containerDefinitions', i, ...complaint.at],
    })),
  ),
  ...checkExecutionRole(definition),
  ...checkNeeds(definition, options),
]

/** The complaints about what a task needs, which the overrides of a call may change. */
export const checkNeeds = (
  definition: TaskDefinition,
  { memoryMin, query, fargate }: DefinitionOptions,
): readonly Complaint[] => [
  ...checkContainers(definition, memoryMin),
  ...checkDevices(definition),
  ...checkCpu(definition),
  ...checkSums(definition),
  ...checkBetween(
    ['ephemeralStorage', 'sizeInGiB'],
    definition.ephemeralStorage?.sizeInGiB,
    ...storageBounds,
  ),
  ...checkConstraints(definition.placementConstraints ?? [], query),
  ...checkConstraintTypes(definition),
  ...(isFor(definition, 'FARGATE') ? checkForFargate(definition, fargate) : []),
]

/** Bounds of the ephemeral storage, in GiB. */
const storageBounds = [21, 200] as const

/** Bounds of the task-level cpu in CPU units, 0.125 to 192 vCPU. */
const taskCpuMin = 128
const taskCpuMax = 196_608

/** A definition for Fargate is checked against Fargate's sizes instead. */
const checkCpu = (definition: TaskDefinition): readonly Complaint[] => {
  const { cpu = taskCpuMin } = definition
  return isFor(definition, 'FARGATE') || (cpu >= taskCpuMin && cpu <= taskCpuMax)
    ? []
    : [{ at: ['cpu'], expected: `from ${taskCpuMin} to ${taskCpuMax} CPU units` }]
}

const checkSums = (definition: TaskDefinition): readonly Complaint[] => {
  const together = containersSize(definition)
  const { cpu = together.cpu, memory = together.memory } = definition
  return [
    ...(together.cpu > cpu
      ? [{ at: ['cpu'], expected: `at least the ${together.cpu} CPU units of its containers` }]
      : []),
    ...(together.memory > memory
      ? [{ at: ['memory'], expected: `at least the ${together.memory} MiB of its containers` }]
      : []),
    ...(together.memory > mebibytesMax
      ? [{ at: ['containerDefinitions'], expected: `at most ${mebibytesMax} MiB of memory` }]
      : []),
  ]
}

const checkConstraintTypes = ({
  placementConstraints = [],
}: TaskDefinition): readonly Complaint[] =>
  placementConstraints.flatMap(({ type }, i) =>
    type === 'memberOf'
      ? []
      : [{ at: ['placementConstraints', i, 'type'], expected: 'memberOf, in a task definition' }],
  )

/** What a definition for Fargate must have and what it must not have. */
const checkForFargate = (
  definition: TaskDefinition,
  options?: FargateFieldOptions,
): readonly Complaint[] => [
  ...(['cpu', 'memory'] as const).flatMap((field) =>
    definition[field] === undefined
      ? [{ at: [field], expected: `a task-level ${field}, for Fargate` }]
      : [],
  ),
  ...(definition.networkMode === 'awsvpc'
    ? []
    : [{ at: ['networkMode'], expected: 'awsvpc, for Fargate' }]),
  ...checkFargateSize(definition),
  ...definition.containerDefinitions.flatMap(({ privileged, resourceRequirements = [] }, i) => [
    ...(privileged === true ? [notOnFargate(['containerDefinitions', i, 'privileged'])] : []),
    ...(resourceRequirements.length > 0
      ? [notOnFargate(['containerDefinitions', i, 'resourceRequirements'])]
      : []),
  ]),
  ...fieldsRefusedByFargate(definition, options).map(({ at }) =>
    at.at(-1) === 'tmpfs' && systemOf(definition) === 'linux'
      ? tmpfsComplaint(at)
      : notOnFargate(at),
  ),
]

const notOnFargate = (at: Path): Complaint => ({
  at,
  expected: 'nothing that Fargate does not take, as requiresCompatibilities has FARGATE',
})

/** AWS's texts contradict each other about tmpfs on Linux, so that an option decides. */
const tmpfsComplaint = (at: Path): Complaint => ({
  at,
  expected: `${notOnFargate(at).expected}; the option tmpfs allows it, as AWS has announced`,
})

const checkFargateSize = (definition: TaskDefinition): readonly Complaint[] => {
  const { cpu, memory } = definition
  if (cpu === undefined || memory === undefined) return []
  const [os, size] = [systemOf(definition), { cpu, memory }]
  if (isSize(os, size)) return []
  const nearest = nearestSizes(os, size)
  const isCpuKnown = nearest.some((known) => known.cpu === cpu)
  return [
    {
      at: [isCpuKnown ? 'memory' : 'cpu'],
      found: sizeText(size),
      expected: `a Fargate size: ${nearest.map(sizeText).join(', or ')}`,
    },
  ]
}
