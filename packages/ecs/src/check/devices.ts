/**
 * Validates the devices that the containers of a task require: GPUs, Neuron devices and inference
 * accelerators. For example, a container that takes `ALL` GPUs must be the only one with GPUs. AWS
 * does not say so; it follows because a task cannot have more GPUs than its instance.
 *
 * Source: Amazon ECS API Reference, ResourceRequirement.
 */
import type { Path } from '@stowage/documents'
import type { Complaint } from '../words/complaint.js'
import { gpusIn, isShared, type ResourceRequirement } from '../words/resource-requirement.js'
import type { TaskDefinition } from '../words/task-definition.js'

/** A required device with its path in the task definition. */
interface DevicePath {
  readonly at: Path
  readonly requirement: ResourceRequirement
}

/** All complaints about devices; combinations are checked once each device is valid. */
export const checkDevices = ({ containerDefinitions }: TaskDefinition): readonly Complaint[] => {
  const all = containerDefinitions.flatMap(({ resourceRequirements = [] }, i) =>
    resourceRequirements.map((requirement, k) => ({
      at: ['containerDefinitions', i, 'resourceRequirements', k],
      requirement,
    })),
  )
  const wrong = all.flatMap(checkOne)
  return wrong.length > 0 ? wrong : [...checkGpus(all), ...checkNeuron(all)]
}

const checkOne = ({ at, requirement }: DevicePath): readonly Complaint[] => {
  const expected = expectedValue(requirement)
  return expected === undefined ? [] : [{ at: [...at, 'value'], expected }]
}

const expectedValue = (requirement: ResourceRequirement): string | undefined => {
  const { type, value } = requirement
  switch (type) {
    case 'GPU':
      if (isShared(requirement))
        return value === undefined ? undefined : 'nothing, beside a sharingStrategy'
      return gpusIn(requirement) === undefined
        ? 'a whole number of GPUs, 1 or more, or "ALL"'
        : undefined
    case 'NeuronDevice':
      return value === 'ALL' ? undefined : '"ALL", as a container has all Neuron devices or none'
    case 'InferenceAccelerator':
      return value === undefined ? 'the name of a device' : undefined
  }
}

/**
 * Either all containers share GPUs or none does, and a container that takes all is the only one
 * with GPUs.
 */
const checkGpus = (all: readonly DevicePath[]): readonly Complaint[] => {
  const gpus = all.filter(({ requirement }) => requirement.type === 'GPU')
  const different = gpus.find(
    ({ requirement }) => isShared(requirement) !== isShared(gpus[0]!.requirement),
  )
  if (different !== undefined)
    return [
      { at: different.at, expected: 'GPUs that are shared in all containers, or in none of them' },
    ]
  const greedy = gpus.find(({ requirement }) => gpusIn(requirement) === 'ALL')
  return greedy === undefined || gpus.length === 1
    ? []
    : [{ at: [...greedy.at, 'value'], expected: 'a number, as the task needs other GPUs too' }]
}

const checkNeuron = (all: readonly DevicePath[]): readonly Complaint[] =>
  all
    .filter(({ requirement }) => requirement.type === 'NeuronDevice')
    .slice(1)
    .map(({ at }) => ({ at, expected: 'Neuron devices in one container at most' }))
