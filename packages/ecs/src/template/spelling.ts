/**
 * Renames properties between CloudFormation (`TaskDefinition`) and the API (`taskDefinition`).
 * Converts texts to numbers and booleans where the API requires them, because `Ref` returns texts.
 * Keys that users choose, such as those of labels, are not renamed.
 *
 * Source: AWS CloudFormation Template Reference, AWS::ECS::TaskDefinition and AWS::ECS::Service.
 */
import { isObject, type Path } from '@stowage/documents'
import { isUnresolved } from './unresolved.js'

/** Names that differ in more than their first letter. */
const irregularNames: readonly (readonly [template: string, api: string])[] = [
  ['PlacementStrategies', 'placementStrategy'],
  ['EFSVolumeConfiguration', 'efsVolumeConfiguration'],
  ['FilesystemId', 'fileSystemId'],
  ['FSxWindowsFileServerVolumeConfiguration', 'fsxWindowsFileServerVolumeConfiguration'],
  ['S3FilesVolumeConfiguration', 's3filesVolumeConfiguration'],
  ['IAM', 'iam'],
  ['ProxyConfigurationProperties', 'properties'],
]
/** A task set has another spelling of it than a service. */
const ofTaskSets = ['AwsVpcConfiguration', 'awsvpcConfiguration'] as const
const toApi = new Map([...irregularNames, ofTaskSets])
const toTemplate = new Map(irregularNames.map(([template, api]) => [api, template]))

const freeMaps: readonly string[] = ['DockerLabels', 'DriverOpts', 'Labels', 'Options']

type Scalar = 'Integer' | 'Boolean' | 'String'

const ofType = (type: Scalar, names: readonly string[]): readonly (readonly [string, Scalar])[] =>
  names.map((name) => [name, type])

/**
 * Properties that the API accepts in one type only; the Cpu and Memory of a task accept texts and
 * numbers.
 */
const scalars: ReadonlyMap<string, Scalar> = new Map([
  ...ofType('Integer', [
    'Base',
    'ContainerPort',
    'Count',
    'Cpu',
    'DesiredCount',
    'HostPort',
    'Memory',
  ]),
  ...ofType('Integer', ['MaximumPercent', 'MinimumHealthyPercent']),
  ...ofType('Integer', ['MemoryReservation', 'SizeInGiB', 'StartTimeout', 'StopTimeout', 'Weight']),
  ...ofType('Integer', ['HardLimit', 'Interval', 'MaxSwap', 'Retries', 'SoftLimit', 'StartPeriod']),
  ...ofType('Integer', ['Swappiness', 'Timeout']),
  ...ofType('Boolean', ['DisableNetworking', 'Essential', 'Privileged']),
  ...ofType('String', ['ContainerName', 'SourceContainer', 'SourceVolume']),
  ...ofType('String', ['ContainerPortRange', 'CapacityProvider', 'Expression', 'Family', 'Field']),
  ...ofType('String', ['Name', 'PlatformVersion', 'ServiceName', 'TaskDefinition']),
])

/** A template's property in the API's spelling. */
export const apiName = (name: string): string =>
  toApi.get(name) ?? name.slice(0, 1).toLowerCase() + name.slice(1)

const templateName = (name: string): string =>
  toTemplate.get(name) ?? name.slice(0, 1).toUpperCase() + name.slice(1)

/** A path in the template's spelling. */
export const templatePath = (at: Path): Path =>
  at.map((step) => (typeof step === 'string' ? templateName(step) : step))

/** A value of a template as the API would receive it. */
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
 * Paths of properties that begin with a small letter. CloudFormation has none, so they are refused
 * and not ignored.
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
