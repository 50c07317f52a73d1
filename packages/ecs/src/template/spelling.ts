/**
 * CloudFormation's spelling of what the API spells otherwise: properties begin with a capital
 * letter, and a text will do where a number or a truth value is wanted, as `Ref` gives texts. Keys
 * of free maps are nobody's properties and stay as they are.
 *
 * Source: AWS CloudFormation Template Reference, AWS::ECS::TaskDefinition and AWS::ECS::Service.
 */
import { isObject, type Path } from '@stowage/documents'
import { isUnresolved } from './unresolved.js'

/** The few that differ in more than their first letter. */
const others: readonly (readonly [template: string, api: string])[] = [
  ['PlacementStrategies', 'placementStrategy'],
  ['EFSVolumeConfiguration', 'efsVolumeConfiguration'],
  ['FilesystemId', 'fileSystemId'],
  ['FSxWindowsFileServerVolumeConfiguration', 'fsxWindowsFileServerVolumeConfiguration'],
  ['IAM', 'iam'],
  ['ProxyConfigurationProperties', 'properties'],
]
const toApi = new Map(others)
const toTemplate = new Map(others.map(([template, api]) => [api, template]))

const freeMaps: readonly string[] = ['DockerLabels', 'DriverOpts', 'Labels', 'Options']

type Scalar = 'Integer' | 'Boolean' | 'String'

const ofType = (type: Scalar, names: readonly string[]): readonly (readonly [string, Scalar])[] =>
  names.map((name) => [name, type])

/**
 * The types of those properties that the API takes in no other type; that of a task's own Cpu and
 * Memory takes both.
 */
const scalars: ReadonlyMap<string, Scalar> = new Map([
  ...ofType('Integer', ['Base', 'ContainerPort', 'Cpu', 'DesiredCount', 'HostPort', 'Memory']),
  ...ofType('Integer', ['MemoryReservation', 'SizeInGiB', 'StartTimeout', 'StopTimeout', 'Weight']),
  ...ofType('Boolean', ['Essential', 'Privileged']),
  ...ofType('String', ['ContainerPortRange', 'CapacityProvider', 'Expression', 'Family', 'Field']),
  ...ofType('String', ['Name', 'PlatformVersion', 'ServiceName', 'TaskDefinition']),
])

export const apiName = (name: string): string =>
  toApi.get(name) ?? name.slice(0, 1).toLowerCase() + name.slice(1)

const templateName = (name: string): string =>
  toTemplate.get(name) ?? name.slice(0, 1).toUpperCase() + name.slice(1)

/** The same place in the template's spelling. */
export const templatePath = (at: Path): Path =>
  at.map((step) => (typeof step === 'string' ? templateName(step) : step))

/** A value as the API would have it. */
export const apiValue = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(apiValue)
  if (!isObject(value) || isUnresolved(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => [
      apiName(name),
      freeMaps.includes(name) ? member : scalar(scalars.get(name), apiValue(member)),
    ]),
  )
}

const scalar = (type: Scalar | undefined, value: unknown): unknown => {
  if (type === 'String') return typeof value === 'number' ? String(value) : value
  if (typeof value !== 'string') return value
  if (type === 'Boolean') return /^(true|false)$/i.test(value) ? /^t/i.test(value) : value
  return type === 'Integer' && /^-?\d+$/.test(value) ? Number(value) : value
}

/**
 * Properties that begin with a small letter: CloudFormation has none, so that one that is misspelt
 * is missed by nobody.
 */
export const misspelt = (value: unknown, at: Path = []): readonly Path[] => {
  if (Array.isArray(value)) return value.flatMap((item, i) => misspelt(item, [...at, i]))
  if (!isObject(value) || isUnresolved(value)) return []
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
    const here = [...at, name]
    if (/^[a-z]/.test(name)) return [here]
    return freeMaps.includes(name) ? [] : misspelt(member, here)
  })
}
