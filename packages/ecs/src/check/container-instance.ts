/**
 * Validates a container instance for use as a node:
 *
 * 1. It has a name and registered resources; only GPUs may be missing.
 * 2. Its remaining resources do not exceed its registered ones.
 * 3. Each of its attributes occurs once, and its built-in attributes have documented values.
 */
import { duplicates } from '@stowage/documents'
import type { Complaint } from '../words/complaint.js'
import { amountOf, instanceName, type ContainerInstance } from '../words/container-instance.js'
import { mebibytesMax } from '../words/task-size.js'

/** All complaints about an instance. */
export const checkContainerInstance = (instance: ContainerInstance): readonly Complaint[] => [
  ...checkName(instance),
  ...['CPU', 'MEMORY', 'GPU'].flatMap((name) => [
    ...checkRegistered(instance, name),
    ...checkRemaining(instance, name),
  ]),
  ...duplicates(instance.attributes ?? [], ({ name }) => name).map(({ index }) => ({
    at: ['attributes', index, 'name'],
    expected: 'each attribute once',
  })),
  ...checkBuiltIn(instance),
]

/**
 * Built-in attributes for which Amazon ECS documents all values; no constraint could ask for
 * another.
 */
const builtInValues: Readonly<Record<string, readonly string[]>> = {
  'ecs.os-type': ['linux', 'windows'],
  'ecs.cpu-architecture': ['x86_64', 'arm64'],
}

/** What agents 1.51.1 to 1.52.2 report as `ecs.os-type`: the family of the operating system. */
const oldSystem = /^(LINUX|WINDOWS_SERVER_[A-Z0-9_]+)$/

const checkBuiltIn = ({ attributes = [] }: ContainerInstance): readonly Complaint[] =>
  attributes.flatMap(({ name, value = '' }, i) => {
    const values = Object.hasOwn(builtInValues, name) ? builtInValues[name]! : [value]
    return values.includes(value) || (name === 'ecs.os-type' && oldSystem.test(value))
      ? []
      : [{ at: ['attributes', i, 'value'], expected: values.join(' or ') }]
  })

const checkName = (instance: ContainerInstance): readonly Complaint[] =>
  instanceName(instance) === ''
    ? [{ at: ['ec2InstanceId'], expected: 'an ec2InstanceId or a containerInstanceArn' }]
    : []

const checkRegistered = (
  { registeredResources }: ContainerInstance,
  name: string,
): readonly Complaint[] => {
  const amount = amountOf(registeredResources, name) ?? (name === 'GPU' ? 0 : undefined)
  return amount !== undefined && amount >= 0 && amount <= mebibytesMax
    ? []
    : [
        {
          at: ['registeredResources'],
          found: amount === undefined ? `no ${name}` : `${amount} of ${name}`,
          expected: `how much ${name} there is, as its integerValue`,
        },
      ]
}

const checkRemaining = (
  { registeredResources, remainingResources = [] }: ContainerInstance,
  name: string,
): readonly Complaint[] => {
  const registered = amountOf(registeredResources, name) ?? 0
  const remaining = amountOf(remainingResources, name) ?? registered
  return remaining <= registered && registered - remaining <= mebibytesMax
    ? []
    : [
        {
          at: ['remainingResources'],
          found: `${remaining} of ${name}`,
          expected: `at most what is registered, ${registered}`,
        },
      ]
}
