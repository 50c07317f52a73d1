/**
 * What an instance must have to be a node: a name, what it registered, and no more remaining than
 * that. Only GPUs may go unmentioned.
 */
import { duplicates } from '@stowage/documents'
import type { Complaint } from '../words/complaint.js'
import { amountOf, instanceName, type ContainerInstance } from '../words/container-instance.js'
import { mebibytesMax } from '../words/task-size.js'

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
 * Attributes that Amazon ECS gives to an instance by itself, where their values are listed: no
 * other could ever be asked for.
 */
const builtInValues: Readonly<Record<string, readonly string[]>> = {
  'ecs.os-type': ['linux', 'windows'],
  'ecs.cpu-architecture': ['x86_64', 'arm64'],
}

const checkBuiltIn = ({ attributes = [] }: ContainerInstance): readonly Complaint[] =>
  attributes.flatMap(({ name, value = '' }, i) => {
    const values = Object.hasOwn(builtInValues, name) ? builtInValues[name]! : [value]
    return values.includes(value)
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
