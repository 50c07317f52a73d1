/** Tests the validation of task definitions and their containers. */
import { describe, expect, it } from 'vitest'
import { hostPortsOf } from '../lower/port.js'
import { complaints, container, forFargate, input, task } from '../plan/plan.fixture.js'

const ofTask = (more: object) => complaints(task('web', more)).map((line) => line.slice(8))
const ofContainer = (more: object, others: object = {}) =>
  ofTask({ containerDefinitions: [container(more)], ...others })

describe('an execution role', () => {
  const needs = (more: object, others: object = {}) =>
    ofContainer(more, others).map((line) => /expected the ARN of a role, for (.*)/.exec(line)?.[1])
  const role = { executionRoleArn: 'arn:aws:iam::1:role/r' }
  const image = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1'
  const awslogs = { logConfiguration: { logDriver: 'awslogs' } }
  it.each<[string, object, object, string]>([
    ['secrets', { secrets: [] }, {}, 'the secrets of its container main'],
    [
      'a private image on Fargate',
      { image },
      forFargate,
      'the private image, on Fargate, of its container main',
    ],
    [
      'logs on Fargate',
      awslogs,
      forFargate,
      'the log driver awslogs, on Fargate, of its container main',
    ],
  ])('is needed for %s', (_, container, others, expected) => {
    expect(needs(container, others)).toEqual([expected])
    expect(needs(container, { ...others, ...role })).toEqual([])
  })
  it.each<[string, object, object]>([
    ['a private image on instances', { image }, {}],
    ['logs on instances', awslogs, {}],
    ['a public image on Fargate', { image: 'public.ecr.aws/nginx/nginx:1' }, forFargate],
    ['other logs on Fargate', { logConfiguration: { logDriver: 'awsfirelens' } }, forFargate],
    ['no secrets', { secrets: null }, {}],
  ])('is not needed for %s', (_, container, others) => {
    expect(needs(container, others)).toEqual([])
  })
})

describe('a task definition', () => {
  it.each([
    ['as small as it can be', {}],
    ['without a size', { containerDefinitions: [container({ cpu: undefined })] }],
    ['of exactly its containers', { cpu: '256', memory: '512' }],
    ['of a Fargate size', { ...forFargate, cpu: '.5 vCPU', memory: '1GB' }],
    ['of no Fargate size, for instances', { cpu: 300, memory: 700 }],
    ['with ten constraints', { placementConstraints: Array(10).fill(memberOf) }],
  ])('is right %s', (_, more) => {
    expect(ofTask(more)).toEqual([])
  })

  it.each([
    [
      { containerDefinitions: [] },
      'containerDefinitions: found an empty list, expected a list of container definitions, at least one',
    ],
    [
      { containerDefinitions: { main: container() } },
      'containerDefinitions: found an object, expected a list of container definitions, at least one',
    ],
    [{ family: undefined }, 'family: found nothing, expected the name of a family'],
    [
      { cpu: 'lots', memory: '512' },
      'cpu: found "lots", expected CPU units, such as "256", or vCPUs, such as "1 vCPU"',
    ],
    [{ cpu: '128' }, 'cpu: found "128", expected at least the 256 CPU units of its containers'],
    [
      { memory: '0.25 GB' },
      'memory: found "0.25 GB", expected at least the 512 MiB of its containers',
    ],
    [
      { containerDefinitions: [container(), container()] },
      'containerDefinitions[1].name: found "main", expected a name that no other container of the task has',
    ],
    [
      { ...forFargate, memory: '4096' },
      'memory: found 256 CPU units with 4096 MiB, expected a Fargate size: 256 CPU units with 2048 MiB, or 512 CPU units with 4096 MiB',
    ],
    [
      { ...forFargate, cpu: '300', memory: '700' },
      'cpu: found 300 CPU units with 700 MiB, expected a Fargate size: 256 CPU units with 512 MiB, or 512 CPU units with 1024 MiB',
    ],
    [
      { containerDefinitions: Array.from({ length: 11 }, (_, i) => container({ name: `c${i}` })) },
      'containerDefinitions: found a list of 11, expected at most 10 containers',
    ],
    [
      { ...forFargate, ipcMode: 'host' },
      'ipcMode: found "host", expected nothing that Fargate does not take, as requiresCompatibilities has FARGATE',
    ],
    [
      { ...forFargate, networkMode: 'bridge' },
      'networkMode: found "bridge", expected awsvpc, for Fargate',
    ],
    [
      { ...forFargate, containerDefinitions: [container({ privileged: true })] },
      'containerDefinitions[0].privileged: found true, expected nothing that Fargate does not take, as requiresCompatibilities has FARGATE',
    ],
    [
      { placementConstraints: [{ type: 'distinctInstance' }] },
      'placementConstraints[0].type: found "distinctInstance", expected memberOf, in a task definition',
    ],
    [
      { runtimePlatform: { cpuArchitecture: 'arm64' } },
      'runtimePlatform.cpuArchitecture: found "arm64", expected one of X86_64, ARM64',
    ],
    [
      { containerDefinitions: Array.from({ length: 3 }, (_, i) => huge(i)) },
      'containerDefinitions: found a list of 3, expected at most 85899345 MiB of memory',
    ],
  ])('%j is wrong', (more, line) => {
    expect(ofTask(more)).toEqual([line])
  })
})

describe('a container definition', () => {
  it.each([
    ['reserves less than it may use', { memory: 512, memoryReservation: 511 }, {}],
    ['reserves what it may use', { memory: 512, memoryReservation: 512 }, {}],
    ['only reserves', { memory: undefined, memoryReservation: 6 }, {}],
    ['has what the task has', { memory: undefined }, { memory: '512' }],
    ['maps to another port', { portMappings: [{ containerPort: 80, hostPort: 8080 }] }, {}],
    [
      'maps to the same port',
      { portMappings: [{ containerPort: 80, hostPort: 80 }, { containerPort: 81 }] },
      { networkMode: 'awsvpc' },
    ],
    ['needs all GPUs', { resourceRequirements: [{ type: 'GPU', value: 'ALL' }] }, {}],
  ])('is right when it %s', (_, more, others) => {
    expect(ofContainer(more, others)).toEqual([])
  })

  const at = 'containerDefinitions[0]'
  it.each([
    [{ cpu: -1 }, `${at}.cpu: found -1, expected a whole number of CPU units, 0 or more`],
    [{ cpu: 0.5 }, `${at}.cpu: found 0.5, expected a whole number of CPU units, 0 or more`],
    [{ memory: 5 }, `${at}.memory: found 5, expected a whole number of MiB, 6 or more`],
    [
      { memory: 255, memoryReservation: 256 },
      `${at}.memory: found 255, expected at least memoryReservation, 256 MiB`,
    ],
    [
      { memory: undefined },
      `${at}.memory: found nothing, expected memory or memoryReservation, as the task definition has no memory of its own`,
    ],
    [
      { resourceRequirements: [{ type: 'GPU', value: 'some' }] },
      `${at}.resourceRequirements[0].value: found "some", expected a whole number of GPUs, 1 or more, or "ALL"`,
    ],
  ])('%j is wrong', (more, line) => {
    expect(ofContainer(more)).toEqual([line])
  })

  it.each([
    ['awsvpc', { hostPort: 8080 }, 'hostPort: found 8080, expected 80, its containerPort, or'],
    ['awsvpc', { hostPort: 0 }, 'hostPort: found 0, expected 80, its containerPort, or'],
    ['host', { hostPort: 8080 }, 'hostPort: found 8080, expected 80, its containerPort, or'],
  ])('in %s mode has %j wrong', (networkMode, more, line) => {
    const portMappings = [{ containerPort: 80, ...more }]
    expect(ofContainer({ portMappings }, { networkMode })).toEqual([
      `${at}.portMappings[0].${line} nothing, as networkMode is ${networkMode}`,
    ])
  })

  it('maps no ports where there is no network', () => {
    const portMappings = [{ containerPort: 80 }]
    expect(ofContainer({ portMappings }, { networkMode: 'none' })).toEqual([
      `${at}.portMappings: found a list of 1, expected no port mappings, as networkMode is none`,
    ])
  })
})

const memberOf = { type: 'memberOf', expression: 'attribute:stack == prod' }
const huge = (i: number): object => container({ name: `main-${i}`, memory: 40_000_000 })

describe('the hard limit of a container', () => {
  it('is within the memory of the task, whatever the container reserves', () => {
    const limited = { memory: 1024, memoryReservation: 128 }
    expect(ofContainer(limited, { memory: '1024' })).toEqual([])
    expect(ofContainer(limited, { memory: '1023' })).toEqual([
      'containerDefinitions[0].memory: found 1024, expected at most the memory of the task, 1023 MiB',
    ])
  })
})

describe('the ports of a task', () => {
  const mapping = (containerPort: number | undefined, hostPort?: number, protocol?: string) => ({
    ...{ containerPort, hostPort, protocol },
  })
  const ofPorts = (networkMode: string | undefined, ...containers: (readonly object[])[]) =>
    ofTask({
      networkMode,
      containerDefinitions: containers.map((portMappings, i) =>
        container({ name: `c${i}`, portMappings }),
      ),
    })

  it.each([
    ['of two protocols', undefined, [[mapping(80, 53), mapping(80, 53, 'udp')]]],
    ['which the host chooses', undefined, [[mapping(80), mapping(80, 0)], [mapping(80)]]],
    ['each of its own', 'awsvpc', [[mapping(80)], [mapping(81)]]],
    ['in a range', 'awsvpc', [[{ containerPortRange: '80-90' }]]],
  ])('are right when they are %s', (_, mode, containers) => {
    expect(ofPorts(mode, ...containers)).toEqual([])
  })

  const own = (protocol: string, port: number) =>
    `expected a port of its own: ${protocol} port ${port} is mapped already`
  it.each([
    [
      undefined,
      [[mapping(80, 3000)], [mapping(81, 3000)]],
      `[1].portMappings[0].hostPort: found 3000, ${own('TCP', 3000)}`,
    ],
    [
      'bridge',
      [[mapping(80, 3000), mapping(81, 3000, 'UDP')]],
      `[0].portMappings[1].hostPort: found 3000, ${own('TCP', 3000)}`,
    ],
    [
      'host',
      [[mapping(80, undefined, 'udp')], [mapping(80, 80, 'udp')]],
      `[1].portMappings[0].containerPort: found 80, ${own('UDP', 80)}`,
    ],
    [
      'awsvpc',
      [[mapping(80), mapping(80)]],
      `[0].portMappings[1].containerPort: found 80, ${own('TCP', 80)}`,
    ],
    [
      undefined,
      [[mapping(undefined, 7000)]],
      '[0].portMappings[0].containerPort: found nothing, expected a port from 1 to 65535',
    ],
  ])('in mode %s are wrong as %j', (mode, containers, line) => {
    expect(ofPorts(mode, ...containers)).toEqual([`containerDefinitions${line}`])
  })

  it('count as TCP ports unless they are of udp in small letters', () => {
    const udp = [mapping(80, 80, 'UDP'), mapping(53, 53, 'udp'), mapping(81, 81, 'tcp')]
    const read = input(task('web', { containerDefinitions: [container({ portMappings: udp })] }))
    expect(read.warnings).toEqual([
      {
        ...{ code: 'ProtocolAssumed', from: 'file 1', subject: 'task definition web' },
        text: 'protocol: whatever is neither tcp nor udp in small letters counts as tcp',
        detail: '"UDP" of main',
      },
    ])
    expect(hostPortsOf(read.workloads[0]!.definition)).toEqual({ TCP: ['80', '81'], UDP: ['53'] })
  })
})

describe('the network mode', () => {
  it.each([
    [
      { links: ['db'] },
      'host',
      'links: found a list of 1, expected no links, as networkMode is host',
    ],
    [
      { hostname: 'x' },
      'awsvpc',
      'hostname: found "x", expected nothing, as networkMode is awsvpc',
    ],
  ])('does not go with %j', (more, networkMode, line) => {
    const containerDefinitions = [container(more), container({ name: 'db' })]
    expect(ofTask({ containerDefinitions, networkMode })).toEqual([
      `containerDefinitions[0].${line}`,
    ])
    expect(ofTask({ containerDefinitions })).toEqual([])
  })
})

describe('a range of container ports', () => {
  const range = (containerPortRange: string, more: object = {}) => ({ containerPortRange, ...more })
  const expected = 'expected a range FIRST-LAST of ports from 1 to 65535, FIRST below LAST'
  it.each([
    [[range('80-90')], {}],
    [[range('1-65535')], { networkMode: 'awsvpc' }],
    [[range('80-90'), range('91-99'), { containerPort: 79 }], {}],
    [[range('80-90'), range('80-90', { protocol: 'udp' })], {}],
  ])('is right in %j %j', (portMappings, others) => {
    expect(ofContainer({ portMappings }, others)).toEqual([])
  })
  it.each([
    [[range('90-80')], {}, `[0].containerPortRange: found "90-80", ${expected}`],
    [[range('80-80')], {}, `[0].containerPortRange: found "80-80", ${expected}`],
    [[range('0-80')], {}, `[0].containerPortRange: found "0-80", ${expected}`],
    [[range('80-65536')], {}, `[0].containerPortRange: found "80-65536", ${expected}`],
    [[range('80')], {}, `[0].containerPortRange: found "80", ${expected}`],
    [[range('a-b')], {}, `[0].containerPortRange: found "a-b", ${expected}`],
    [
      [range('80-90')],
      { networkMode: 'host' },
      '[0].containerPortRange: found "80-90", expected no range of ports, as networkMode is host',
    ],
    [
      [{ containerPort: 85 }, range('80-90')],
      {},
      '[1].containerPortRange: found "80-90", expected ports of its own: an earlier mapping of the container has some too',
    ],
  ])('is refused in %j %j', (portMappings, others, line) => {
    expect(ofContainer({ portMappings }, others)).toEqual([
      `containerDefinitions[0].portMappings${line}`,
    ])
  })
  it('is one of 100 of a container', () => {
    const portMappings = (count: number) =>
      Array.from({ length: count }, (_, i) => range(`${i * 10 + 1}-${i * 10 + 5}`))
    expect(ofContainer({ portMappings: portMappings(100) })).toEqual([])
    expect(ofContainer({ portMappings: portMappings(101) })).toEqual([
      'containerDefinitions[0].portMappings: found 101 ranges, expected at most 100 ranges of ports',
    ])
  })
})

describe('bounds of seconds and of storage', () => {
  it.each(['startTimeout', 'stopTimeout'])('%s is from 2 to 120 on Fargate', (field) => {
    const on = (seconds: number) => ofContainer({ [field]: seconds }, forFargate)
    expect([...on(2), ...on(120), ...ofContainer({ [field]: 1 })]).toEqual([])
    for (const seconds of [1, 121])
      expect(on(seconds)).toEqual([
        `containerDefinitions[0].${field}: found ${seconds}, expected from 2 to 120 seconds, on Fargate`,
      ])
  })
  it('ephemeral storage is from 21 to 200 GiB', () => {
    const of = (sizeInGiB: number) => ofTask({ ...forFargate, ephemeralStorage: { sizeInGiB } })
    expect([...of(21), ...of(200)]).toEqual([])
    for (const size of [10, 20, 201])
      expect(of(size)).toEqual([
        `ephemeralStorage.sizeInGiB: found ${size}, expected from 21 to 200`,
      ])
  })
})
