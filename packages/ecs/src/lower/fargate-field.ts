/**
 * Lists the fields of a task definition that Fargate refuses: fields that name the host, its
 * devices, its network or other tasks, such as `links`. An empty value counts as absent, because
 * the describe calls print empty lists. An option decides about tmpfs, which these sources refuse
 * and which AWS announced on 2026-01-06 for Linux tasks (aws/containers-roadmap, issue 736).
 *
 * Source: Amazon ECS Developer Guide, task definition differences for Fargate; API Reference,
 * ContainerDefinition, LinuxParameters, Volume and TaskDefinition.
 */
import { valueAt, type Path } from '@stowage/documents'
import type { FargateOptions } from '@stowage/fargate'
import type { ContainerDefinition } from '../words/container-definition.js'
import { systemOf, type TaskDefinition } from '../words/task-definition.js'

/** What AWS's texts contradict each other about; the default of `tmpfs` is `refused`. */
export type FargateFieldOptions = Partial<Pick<FargateOptions, 'tmpfs'>>

/** A refused field: its path in the task definition, and the container that it is of, if any. */
export interface RefusedField {
  readonly at: Path
  readonly container?: string
}

/** The fields of a container that Fargate takes empty only. */
const containerFields: readonly Path[] = [
  ['links'],
  ['hostname'],
  ['dnsServers'],
  ['dnsSearchDomains'],
  ['extraHosts'],
  ['dockerSecurityOptions'],
  ['disableNetworking'],
  ['linuxParameters', 'devices'],
  ['linuxParameters', 'maxSwap'],
  ['linuxParameters', 'sharedMemorySize'],
  ['linuxParameters', 'swappiness'],
]

/** A field of a container that is refused unless an option allows it. */
const tmpfsField: Path = ['linuxParameters', 'tmpfs']

/** The only capability that a container on Fargate may add. */
const addedCapability = 'SYS_PTRACE'

/** The log drivers of Fargate. */
const logDrivers: readonly string[] = ['awslogs', 'splunk', 'awsfirelens']

const volumeFields: readonly Path[] = [
  ['host', 'sourcePath'],
  ['dockerVolumeConfiguration'],
  ['fsxWindowsFileServerVolumeConfiguration'],
]

/** All refused fields: those of the task, of its volumes, and of its containers in their order. */
export const fieldsRefusedByFargate = (
  definition: TaskDefinition,
  options: FargateFieldOptions = {},
): readonly RefusedField[] => [
  ...(isSet(definition.ipcMode) ? [{ at: ['ipcMode'] }] : []),
  ...(isSet(definition.pidMode) && definition.pidMode !== 'task' ? [{ at: ['pidMode'] }] : []),
  ...(isSet(definition.inferenceAccelerators) ? [{ at: ['inferenceAccelerators'] }] : []),
  ...(definition.volumes ?? []).flatMap((volume, i) =>
    setAmong(volume, volumeFields).map((at) => ({ at: ['volumes', i, ...at] })),
  ),
  ...definition.containerDefinitions.flatMap((container, i) =>
    ofContainer(container, fieldsOfContainer(definition, options)).map((at) => ({
      at: ['containerDefinitions', i, ...at],
      container: container.name,
    })),
  ),
]

/** The fields that containers of the definition have to leave empty. */
const fieldsOfContainer = (
  definition: TaskDefinition,
  { tmpfs = 'refused' }: FargateFieldOptions,
): readonly Path[] =>
  tmpfs === 'allowed' && systemOf(definition) === 'linux'
    ? containerFields
    : [...containerFields, tmpfsField]

const ofContainer = (
  container: ContainerDefinition,
  emptyFields: readonly Path[],
): readonly Path[] => {
  const added = container.linuxParameters?.capabilities?.add ?? []
  const logDriver = container.logConfiguration?.logDriver ?? logDrivers[0]!
  return [
    ...setAmong(container, emptyFields),
    ...(added.some((capability) => capability !== addedCapability)
      ? [['linuxParameters', 'capabilities', 'add']]
      : []),
    ...(logDrivers.includes(logDriver) ? [] : [['logConfiguration', 'logDriver']]),
  ]
}

const setAmong = (value: unknown, fields: readonly Path[]): readonly Path[] =>
  fields.filter((at) => isSet(valueAt(value, at)))

/** True for a value that is there and not empty; 0 is a value, as of `maxSwap`. */
const isSet = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== null && value !== '' && value !== false

/** The name of a field without its place in lists, such as `volumes.host.sourcePath`. */
export const fieldName = ({ at, container }: RefusedField): string =>
  (container === undefined ? at : at.slice(2)).filter((step) => typeof step === 'string').join('.')
