/**
 * Describes the attributes for which an instance refuses a task, in texts such as
 * `ecs.cpu-architecture is arm64, not x86_64`. Reads the same fields of the task definition and the
 * instance as the filters in `lower/attribute.ts`.
 */
import {
  dockerVersionIn,
  hasDockerVersion,
  isCapability,
  requiredAttributes,
} from '../lower/capability.js'
import type { Attribute, ContainerInstance } from '../words/container-instance.js'
import { systemOf, type TaskDefinition } from '../words/task-definition.js'

/** One text per attribute, such as `ecs.cpu-architecture is arm64, not x86_64`. */
export const attributeDetails = (
  definition: TaskDefinition,
  { attributes = [] }: ContainerInstance,
): readonly string[] => {
  const find = (name: string): Attribute | undefined => attributes.find((one) => one.name === name)
  const listsCapabilities = attributes.some(({ name }) => isCapability(name))
  const { attributes: all, isDerived } = requiredAttributes(definition)
  const isNewEnough = (name: string): boolean => {
    const version = isDerived ? dockerVersionIn(name) : undefined
    return version !== undefined && hasDockerVersion(attributes, version)
  }
  const required = all.filter(
    ({ name }) => (listsCapabilities || !isCapability(name)) && !isNewEnough(name),
  )
  return [...platformAttributes(definition, find('ecs.os-family')), ...required].flatMap(
    ({ name, value }) => {
      const has = find(name)
      if (has !== undefined && (value === undefined || value === '' || has.value === value))
        return []
      return [differenceText(name, value, has?.value)]
    },
  )
}

/** Where an instance is, and where the subnets of the task are. */
export const locationDetail = (
  zones: readonly string[],
  { attributes = [] }: ContainerInstance,
): string => {
  const name = 'ecs.availability-zone'
  const has = attributes.find((one) => one.name === name)?.value
  const there = zones.length === 0 ? 'in no zone' : `in ${zones.join(', ')}`
  return `${name} is ${has ?? 'missing'}, and its subnets are ${there}`
}

/** The built-in attributes that a runtime platform requires; older agents tell no family. */
const platformAttributes = (
  definition: TaskDefinition,
  family: Attribute | undefined,
): readonly Attribute[] => {
  const { cpuArchitecture, operatingSystemFamily } = definition.runtimePlatform ?? {}
  const processor = cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64'
  return [
    ...(cpuArchitecture === undefined ? [] : [{ name: 'ecs.cpu-architecture', value: processor }]),
    ...(operatingSystemFamily === undefined
      ? []
      : [
          ...(family === undefined ? [] : [{ name: family.name, value: operatingSystemFamily }]),
          { name: 'ecs.os-type', value: systemOf(definition) },
        ]),
  ]
}

const differenceText = (
  name: string,
  value: string | undefined,
  has: string | undefined,
): string => {
  if (value === undefined || value === '') return `${name} is missing`
  return has === undefined ? `${name} is missing, not ${value}` : `${name} is ${has}, not ${value}`
}
