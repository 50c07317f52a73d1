/**
 * Lists task definitions, each with the capabilities that an instance needs to run it: the
 * `requiresAttributes` that DescribeTaskDefinition returned. Names are shortened: `+` stands for
 * the prefix `com.amazonaws.ecs.capability.`, and a name without `+` has the prefix
 * `ecs.capability.`. Each definition is reduced to the fields that matter, with accounts and names
 * replaced.
 *
 * Source: task definitions in public repositories, registered from 2019 to 2025.
 */
const image = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1'
const role = 'arn:aws:iam::111122223333:role/task'
const logs = (more: object = {}) => ({
  logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'web', ...more } },
})
const buffered = { mode: 'non-blocking', 'max-buffer-size': '25m' }
const check = { command: ['CMD-SHELL', 'true'], interval: 30 }

/** A definition, and the names that it requires, with spaces between them. */
export interface CapabilityRow {
  readonly definition: object
  readonly requires: string
}

export const capabilityRows: readonly (readonly [name: string, row: CapabilityRow])[] = [
  [
    'a file system behind an access point, and secrets of Secrets Manager',
    {
      definition: {
        ...{ networkMode: 'awsvpc', executionRoleArn: role },
        volumes: [
          {
            name: 'data',
            efsVolumeConfiguration: {
              ...{ fileSystemId: 'fs-1', transitEncryption: 'ENABLED' },
              authorizationConfig: { accessPointId: 'fsap-1', iam: 'DISABLED' },
            },
          },
        ],
        containerDefinitions: [
          {
            ...{ image: 'wordpress:latest', environment: [], portMappings: [] },
            secrets: [
              {
                name: 'HOST',
                valueFrom: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:one:host::',
              },
            ],
            ...logs(buffered),
          },
        ],
      },
      requires:
        '+logging-driver.awslogs execution-role-awslogs efsAuth +docker-remote-api.1.19 secrets.asm.environment-variables efs +docker-remote-api.1.28 +docker-remote-api.1.25 +docker-remote-api.1.18 task-eni +docker-remote-api.1.29',
    },
  ],
  [
    'a file system that is encrypted on its way, and labels that are empty',
    {
      definition: {
        ...{ networkMode: 'awsvpc', executionRoleArn: role },
        volumes: [
          {
            name: 'data',
            efsVolumeConfiguration: { fileSystemId: 'fs-1', transitEncryption: 'ENABLED' },
          },
        ],
        containerDefinitions: [{ image, dockerLabels: {}, ...logs() }],
      },
      requires:
        '+logging-driver.awslogs execution-role-awslogs efsAuth +ecr-auth +docker-remote-api.1.19 efs +docker-remote-api.1.25 execution-role-ecr-pull +docker-remote-api.1.18 task-eni',
    },
  ],
  [
    'a file of the environment, and more storage',
    {
      definition: {
        ...{ networkMode: 'awsvpc', executionRoleArn: role },
        ephemeralStorage: { sizeInGiB: 21 },
        containerDefinitions: [
          {
            ...{ image, memory: 2048, ulimits: [] },
            environmentFiles: [{ value: 'arn:aws:s3:::web/web.env', type: 's3' }],
            ...logs(buffered),
          },
        ],
      },
      requires:
        '+logging-driver.awslogs execution-role-awslogs +ecr-auth +docker-remote-api.1.19 +docker-remote-api.1.28 env-files.s3 execution-role-ecr-pull extensible-ephemeral-storage +docker-remote-api.1.18 task-eni +docker-remote-api.1.29',
    },
  ],
  [
    'a task in the network and the IPC namespace of its host',
    {
      definition: {
        ...{ networkMode: 'host', ipcMode: 'host', taskRoleArn: role, executionRoleArn: role },
        volumes: [{ name: 'data', host: { sourcePath: '/data' } }],
        containerDefinitions: [
          {
            ...{ image, privileged: true, resourceRequirements: [{ type: 'GPU', value: '8' }] },
            linuxParameters: { devices: [{ hostPath: '/dev/one' }], sharedMemorySize: 16_384 },
            ulimits: [{ name: 'memlock', softLimit: -1, hardLimit: -1 }],
            ...logs(buffered),
          },
        ],
      },
      requires:
        'execution-role-awslogs +task-iam-role-network-host +ecr-auth +privileged-container +docker-remote-api.1.28 +task-iam-role +docker-remote-api.1.22 execution-role-ecr-pull +docker-remote-api.1.18 +docker-remote-api.1.29 +logging-driver.awslogs +docker-remote-api.1.19 pid-ipc-namespace-sharing +docker-remote-api.1.17',
    },
  ],
  [
    'a router of logs with a file of its own',
    {
      definition: {
        ...{ networkMode: 'awsvpc', taskRoleArn: role, executionRoleArn: role },
        containerDefinitions: [
          {
            ...{ image, dockerLabels: { env: 'dev' } },
            logConfiguration: { logDriver: 'awsfirelens', options: { Name: 'cloudwatch' } },
            healthCheck: { ...check, startPeriod: 10 },
          },
          {
            ...{ name: 'router', image, memoryReservation: 50, user: '0', ...logs() },
            firelensConfiguration: {
              type: 'fluentbit',
              options: { 'config-file-type': 'file', 'config-file-value': '/one.conf' },
            },
          },
        ],
      },
      requires:
        'execution-role-awslogs +ecr-auth firelens.options.config.file +docker-remote-api.1.21 +logging-driver.awsfirelens +task-iam-role container-health-check execution-role-ecr-pull +docker-remote-api.1.18 task-eni +docker-remote-api.1.29 +logging-driver.awslogs +docker-remote-api.1.19 firelens.fluentbit +docker-remote-api.1.17',
    },
  ],
  [
    'a volume of Docker, and no role',
    {
      definition: {
        volumes: [
          {
            name: 'data',
            dockerVolumeConfiguration: { autoprovision: true, scope: 'shared', driver: 'local' },
          },
        ],
        containerDefinitions: [{ image: 'nx:latest', memory: 2000, ...logs() }],
      },
      requires:
        '+logging-driver.awslogs +docker-remote-api.1.19 docker-plugin.local +docker-remote-api.1.25',
    },
  ],
  [
    'a container that waits for another to be healthy, on a bridge',
    {
      definition: {
        ...{ networkMode: 'bridge', taskRoleArn: role, executionRoleArn: role },
        ...{ cpu: '1024', memory: '512' },
        volumes: [{ name: 'certificates', host: { sourcePath: '/etc/ssl/certs' } }],
        containerDefinitions: [
          { ...{ image, hostname: 'main', healthCheck: check }, ...logs(buffered) },
          {
            ...{ name: 'front', image, links: ['main'], essential: false },
            dependsOn: [{ containerName: 'main', condition: 'HEALTHY' }],
          },
        ],
      },
      requires:
        'execution-role-awslogs +ecr-auth +docker-remote-api.1.28 +task-iam-role container-health-check execution-role-ecr-pull +docker-remote-api.1.29 +logging-driver.awslogs +docker-remote-api.1.24 +docker-remote-api.1.19 container-ordering +docker-remote-api.1.17',
    },
  ],
  [
    'a parameter of Systems Manager, and a health check with a start period',
    {
      definition: {
        ...{ networkMode: 'awsvpc', taskRoleArn: role, executionRoleArn: role },
        volumes: [{ name: 'sockets', host: {} }],
        containerDefinitions: [
          {
            ...{ image, memoryReservation: 512, entryPoint: ['/one.sh'], ...logs() },
            secrets: [{ name: 'HOST', valueFrom: '/web/host' }],
            healthCheck: { ...check, startPeriod: 300 },
          },
          {
            ...{ name: 'front', image, ...logs(), healthCheck: { ...check, startPeriod: 300 } },
            dependsOn: [{ containerName: 'main', condition: 'HEALTHY' }],
          },
        ],
      },
      requires:
        'execution-role-awslogs +ecr-auth +docker-remote-api.1.21 +task-iam-role container-health-check execution-role-ecr-pull secrets.ssm.environment-variables +docker-remote-api.1.18 task-eni +docker-remote-api.1.29 +logging-driver.awslogs +docker-remote-api.1.19 container-ordering',
    },
  ],
  [
    'lists that are empty',
    {
      definition: {
        ...{ networkMode: 'awsvpc', taskRoleArn: role, executionRoleArn: role, volumes: [] },
        containerDefinitions: [
          {
            ...{ image, links: [], environmentFiles: [], secrets: [], ulimits: [] },
            ...{ dockerLabels: {}, dnsServers: [], extraHosts: [], ...logs() },
          },
        ],
      },
      requires:
        '+logging-driver.awslogs execution-role-awslogs +ecr-auth +docker-remote-api.1.19 +task-iam-role execution-role-ecr-pull +docker-remote-api.1.18 task-eni +docker-remote-api.1.17',
    },
  ],
]
