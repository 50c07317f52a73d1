/** Tests which tasks Fargate can run, and the needs that it cannot meet. */
import { describe, expect, it } from 'vitest'
import { container, forFargate, inSubnets, input, service, task } from '../plan/plan.fixture.js'
import { planTasksOnFargate } from '../plan/plan.js'

const size = { cpu: '256', memory: '512' }
const proper = { ...forFargate, requiresCompatibilities: ['EC2'], compatibilities: ['FARGATE'] }
const plan = (more: object, ofService: object = {}) =>
  planTasksOnFargate(
    input(
      task('web', more),
      service('web', {
        ...('networkMode' in more ? inSubnets('a') : {}),
        ...{ desiredCount: 2, ...ofService },
      }),
    ),
  )
const texts = (more: object, ofService: object = {}) =>
  plan(more, ofService).warnings.map(({ text }) => text)
const reason = (more: object, ofService: object = {}) => plan(more, ofService).refused[0]?.reason
const refuses = 'Fargate would refuse it as written: '

describe('a task on Fargate', () => {
  it('is vended the size that it has', () => {
    expect(plan(proper)).toEqual({
      plan: { nodes: [], unplaced: [] },
      launched: [{ name: 'web', count: 2, subnet: 'a' }],
      vended: [
        {
          name: 'web',
          count: 2,
          demand: { cpu: 32_000, memory: 536_870_912 },
          overhead: 0,
          size: { cpu: 256, memory: 512 },
          wasted: { cpu: 0, memory: 0 },
        },
      ],
      refused: [],
      warnings: [],
    })
  })

  it('is vended what covers its containers when it has none', () => {
    const containerDefinitions = [container({ cpu: 300, memory: 3000, memoryReservation: 2500 })]
    const made = plan({ containerDefinitions })
    expect(made.vended).toMatchObject([
      {
        demand: { cpu: 37_500, memory: 3000 * 1_048_576 },
        size: { cpu: 512, memory: 3072 },
        wasted: { cpu: 26_500, memory: 72 * 1_048_576 },
      },
    ])
    const warning = { from: 'file 2', subject: 'service web' }
    expect(made.warnings).toEqual([
      ...(
        [
          [
            'FargateSizeAssumed',
            `${refuses}it has no task-level cpu and memory, so it is sized from its containers`,
          ],
          ['FargateNetworkMode', `${refuses}networkMode must be awsvpc`],
        ] as const
      ).map(([code, text]) => ({ ...warning, code, text })),
      {
        ...warning,
        code: 'FargateReservationUnshared',
        text: 'memoryReservation is below memory: on Fargate a task has its size to itself, so the difference is not shared with other tasks',
        detail: 'in main',
      },
    ])
  })

  it('is told of half a size', () => {
    expect(texts({ ...proper, memory: undefined })).toEqual([
      `${refuses}it has no task-level memory, so it is sized from its containers`,
    ])
    expect(plan({ ...proper, memory: undefined }).vended[0]?.size).toEqual({
      cpu: 256,
      memory: 512,
    })
  })

  it('comes in fewer sizes on Windows', () => {
    const runtimePlatform = { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' }
    expect(plan({ runtimePlatform }).vended[0]?.size).toEqual({ cpu: 1024, memory: 2048 })
    expect(reason({ runtimePlatform, ...size })).toBe(
      '256 CPU units with 512 MiB is not a Fargate size; the nearest: 1024 CPU units with 2048 MiB',
    )
  })

  it('has no placement constraints, and no placement strategies', () => {
    const constrained = { placementConstraints: [{ type: 'distinctInstance' }] }
    expect(texts(proper, constrained)).toEqual([
      `${refuses}placement constraints are not supported`,
    ])
    const packed = { placementStrategy: [{ type: 'binpack', field: 'cpu' }] }
    expect(texts(proper, packed)).toEqual([`${refuses}placement strategies are not supported`])
    expect(texts(proper, { placementStrategy: [] })).toEqual([])
  })

  it.each([
    [
      { cpu: '256', memory: '4096' },
      '256 CPU units with 4096 MiB is not a Fargate size; the nearest: 256 CPU units with 2048 MiB, or 512 CPU units with 4096 MiB',
    ],
    [
      { containerDefinitions: [container({ memory: 300_000 })] },
      'its containers need 256 CPU units with 300000 MiB, more than the largest Fargate size, 32768 CPU units with 249856 MiB',
    ],
    [
      { containerDefinitions: [container({ privileged: true })] },
      'container main is privileged, which Fargate does not allow',
    ],
    [
      {
        containerDefinitions: [container({ resourceRequirements: [{ type: 'GPU', value: '1' }] })],
      },
      'container main requires a resource of type GPU, and Fargate has none',
    ],
    [
      {
        containerDefinitions: [
          container({
            portMappings: [
              { containerPort: 80, hostPort: 8080 },
              { containerPort: 81, hostPort: 0 },
            ],
          }),
        ],
      },
      'container main binds port 8080 of the host to its port 80: on Fargate a task has no host, and the two must be equal',
    ],
    [
      { ipcMode: 'host', pidMode: 'host', volumes: [{ host: { sourcePath: '/srv' } }, {}] },
      'it has ipcMode, pidMode, volumes.host.sourcePath, which Fargate does not take',
    ],
    [
      {
        volumes: [{ dockerVolumeConfiguration: {} }],
        containerDefinitions: [
          container({
            ...{ links: ['db'], dnsServers: ['10.0.0.2'], extraHosts: [{}], hostname: 'x' },
            ...{ dnsSearchDomains: ['x'], dockerSecurityOptions: ['x'], disableNetworking: true },
          }),
          container({
            name: 'db',
            linuxParameters: {
              ...{ devices: [{}], tmpfs: [{}], sharedMemorySize: 64, maxSwap: 0, swappiness: 1 },
              capabilities: { add: ['SYS_PTRACE', 'NET_ADMIN'] },
            },
            logConfiguration: { logDriver: 'json-file' },
          }),
        ],
      },
      'it has volumes.dockerVolumeConfiguration, which Fargate does not take; ' +
        'container main has links, hostname, dnsServers, dnsSearchDomains, extraHosts, dockerSecurityOptions, disableNetworking, which Fargate does not take; ' +
        'container db has linuxParameters.devices, linuxParameters.maxSwap, linuxParameters.sharedMemorySize, linuxParameters.swappiness, linuxParameters.tmpfs, linuxParameters.capabilities.add, logConfiguration.logDriver, which Fargate does not take',
    ],
  ])('can not be %j', (more, expected) => {
    const made = plan(more)
    expect(made.refused).toEqual([{ name: 'web', count: 2, reason: expected, supply: 'fargate' }])
    expect([made.vended, made.warnings]).toEqual([[], []])
  })

  it('may have what Fargate takes, and lists that are empty', () => {
    const containerDefinitions = [
      container({
        ...{ links: [], dnsServers: [], extraHosts: [], hostname: '', disableNetworking: false },
        linuxParameters: {
          ...{ devices: [], tmpfs: [], initProcessEnabled: true },
          capabilities: { add: ['SYS_PTRACE'], drop: ['ALL'] },
        },
        logConfiguration: { logDriver: 'awslogs' },
      }),
    ]
    const volumes = [{ name: 'a' }, { name: 'b', efsVolumeConfiguration: {} }, { host: {} }]
    expect(plan({ ...proper, containerDefinitions, volumes, pidMode: 'task' }).refused).toEqual([])
  })

  it('is no daemon, and everything against it is said', () => {
    const daemon = { schedulingStrategy: 'DAEMON' }
    const privileged = { containerDefinitions: [container({ privileged: true })] }
    expect(reason({ ...proper, ...privileged }, daemon)).toBe(
      'Fargate has no DAEMON services: a daemon runs one task per instance, and there are no instances; container main is privileged, which Fargate does not allow',
    )
  })
})
