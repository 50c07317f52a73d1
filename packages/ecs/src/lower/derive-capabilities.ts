/**
 * Derives from the fields of a task definition the agent capabilities that an instance must have.
 * For example, a task in awsvpc mode needs `ecs.capability.task-eni`. Only a definition that is not
 * registered needs this, as a registered one lists its capabilities in `requiresAttributes`.
 *
 * - An instance has a version of the Docker Remote API when it lists that version or a newer one.
 * - Version 1.17, which every agent has, is never derived, because AWS does not document which
 *   fields require it.
 *
 * Sources: Amazon ECS API Reference, ContainerDefinition, LinuxParameters and LogConfiguration;
 * aws/amazon-ecs-agent, agent_capability.go; public output of DescribeTaskDefinition, listed in
 * `test/expected/ecs`.
 */
import { isObject, own } from '@stowage/documents'
import {
  isPrivateImage,
  type ContainerDefinition,
  type LogConfiguration,
} from '../words/container-definition.js'
import type { Volume } from '../words/host-setting.js'
import type { TaskDefinition } from '../words/task-definition.js'
import { capabilityPrefix as prefix, dockerPrefix, olderPrefix } from './capability.js'

/**
 * The definition with the attributes that registration would find. One that prints some, or that
 * prints `compatibilities` and so was registered, stays as it is.
 */
export const withCapabilities = (definition: TaskDefinition): TaskDefinition =>
  definition.requiresAttributes === undefined && definition.compatibilities === undefined
    ? {
        ...definition,
        derivedAttributes: [...new Set(capabilitiesFor(definition))].map((name) => ({ name })),
      }
    : definition

/** The names of all capabilities that a definition needs, some of them more than once. */
const capabilitiesFor = (definition: TaskDefinition): readonly string[] => [
  ...inTask(definition),
  ...(definition.volumes ?? []).flatMap(inVolume),
  ...definition.containerDefinitions.flatMap((container) =>
    inContainer(container, isThere(definition.executionRoleArn)),
  ),
]

/** Pairs of whether something is there and the capabilities that it needs. */
type Needs = readonly (readonly [isNeeded: boolean, ...names: readonly string[]])[]

const neededNames = (needs: Needs): readonly string[] =>
  needs.flatMap(([isNeeded, ...names]) => (isNeeded ? names : []))

const docker = (version: string): string => `${dockerPrefix}${version}`

const inTask = (definition: TaskDefinition): readonly string[] => {
  const { networkMode, taskRoleArn, ipcMode, pidMode } = definition
  return neededNames([
    [networkMode === 'awsvpc', `${prefix}task-eni`, docker('1.18')],
    [isThere(taskRoleArn), `${olderPrefix}task-iam-role`],
    [isThere(taskRoleArn) && networkMode === 'host', `${olderPrefix}task-iam-role-network-host`],
    [isThere(ipcMode) || isThere(pidMode), `${prefix}pid-ipc-namespace-sharing`],
    [isThere(definition.ephemeralStorage), `${prefix}extensible-ephemeral-storage`],
    [isThere(definition.proxyConfiguration), `${prefix}aws-appmesh`],
    [definition.enableFaultInjection === true, `${prefix}fault-injection`],
    [isThere(definition.inferenceAccelerators), `${prefix}task-eia`],
  ])
}

const inVolume = (volume: Volume): readonly string[] => {
  const { efsVolumeConfiguration: efs, dockerVolumeConfiguration: ofDocker } = volume
  const isSecured =
    textField(efs, 'transitEncryption') === 'ENABLED' ||
    isThere(rawField(efs, 'authorizationConfig'))
  return neededNames([
    [isThere(efs), `${prefix}efs`, docker('1.25')],
    [isSecured, `${prefix}efsAuth`],
    [
      isThere(ofDocker),
      `${prefix}docker-plugin.${textField(ofDocker, 'driver') ?? 'local'}`,
      docker('1.25'),
    ],
    [isThere(volume.fsxWindowsFileServerVolumeConfiguration), `${prefix}fsxWindowsFileServer`],
  ])
}

const inContainer = (
  container: ContainerDefinition,
  hasExecutionRole: boolean,
): readonly string[] => {
  const { image, healthCheck, linuxParameters, portMappings = [] } = container
  const isPrivate = typeof image === 'string' && isPrivateImage(image)
  const { startPeriod } = healthCheck ?? {}
  return [
    ...neededNames([
      [isPrivate, `${olderPrefix}ecr-auth`, docker('1.19')],
      [isPrivate && hasExecutionRole, `${prefix}execution-role-ecr-pull`],
      [
        isThere(container.repositoryCredentials),
        `${prefix}private-registry-authentication.secretsmanager`,
      ],
      [container.privileged === true, `${olderPrefix}privileged-container`],
      [isThere(container.memoryReservation), docker('1.21')],
      [isThere(container.ulimits) || isThere(container.dockerLabels), docker('1.18')],
      [
        isThere(healthCheck),
        `${prefix}container-health-check`,
        docker(startPeriod === undefined ? '1.24' : '1.29'),
      ],
      [
        isThere(container.dependsOn) ||
          isThere(container.startTimeout) ||
          isThere(container.stopTimeout),
        `${prefix}container-ordering`,
      ],
      [
        portMappings.some((mapping) => isThere(mapping.containerPortRange)),
        `${prefix}network.container-port-range`,
      ],
      [rawField(container.restartPolicy, 'enabled') === true, `${prefix}container-restart-policy`],
      [isThere(container.environmentFiles), `${prefix}env-files.s3`],
      [isThere(linuxParameters?.sharedMemorySize), docker('1.22')],
      [linuxParameters?.initProcessEnabled === true, docker('1.25')],
    ]),
    ...ofSecrets(container.secrets, 'environment-variables'),
    ...ofLogs(container.logConfiguration, hasExecutionRole),
    ...ofFirelens(container.firelensConfiguration),
  ]
}

/** A secret is one of Secrets Manager by its ARN; any other name is of Systems Manager. */
const ofSecrets = (
  secrets: unknown,
  use: 'environment-variables' | 'bootstrap.log-driver',
): readonly string[] =>
  rawList(secrets).flatMap((secret) => {
    const from = textField(secret, 'valueFrom')
    if (from === undefined) return []
    const store = from.startsWith('arn:') && from.includes(':secretsmanager:') ? 'asm' : 'ssm'
    return [`${prefix}secrets.${store}.${use}`]
  })

const ofLogs = (
  logs: LogConfiguration | undefined,
  hasExecutionRole: boolean,
): readonly string[] => {
  const { logDriver, options, secretOptions } = logs ?? {}
  if (logDriver === undefined) return []
  const toCloudWatch = logDriver === 'awslogs'
  return [
    ...neededNames([
      [true, `${olderPrefix}logging-driver.${logDriver}`],
      [logDriver !== 'awsfirelens', docker(toCloudWatch ? '1.19' : '1.18')],
      [toCloudWatch && hasExecutionRole, `${prefix}execution-role-awslogs`],
      [isThere(rawField(options, 'mode')), docker('1.28')],
      [isThere(rawField(options, 'max-buffer-size')), docker('1.29')],
      [
        isThere(rawField(options, 'log-driver-buffer-limit')),
        `${prefix}logging-driver.awsfirelens.log-driver-buffer-limit`,
      ],
    ]),
    ...ofSecrets(secretOptions, 'bootstrap.log-driver'),
  ]
}

const ofFirelens = (configuration: unknown): readonly string[] => {
  const router = textField(configuration, 'type')
  const file = textField(rawField(configuration, 'options'), 'config-file-type')
  return [
    ...(router === undefined ? [] : [`${prefix}firelens.${router}`]),
    ...(file === undefined ? [] : [`${prefix}firelens.options.config.${file}`]),
  ]
}

const rawField = (value: unknown, name: string): unknown =>
  isObject(value) ? own(value, name) : undefined

const textField = (value: unknown, name: string): string | undefined => {
  const text = rawField(value, name)
  return typeof text === 'string' ? text : undefined
}

const rawList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** True for a value that is there and not empty: the describe calls print empty lists. */
const isThere = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== ''
