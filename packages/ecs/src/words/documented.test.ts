/**
 * Tests the codecs of task definitions, container instances and tasks against tables of what AWS
 * documents.
 */
import { instantOfSeconds } from '@stowage/kernel'
import { mebibytes } from '@stowage/fargate'
import { describe, expect, it } from 'vitest'
import {
  devices,
  gpuSharing,
  memoryMin as memoryRows,
  resources as resourceRows,
  taskCpu,
  unitsPerVcpu as unitsRow,
} from '../../../../test/expected/ecs/a6-accounting.js'
import {
  afterStopped,
  essential,
  stopTimeout,
  taskStatuses,
} from '../../../../test/expected/ecs/a9-lifecycle.js'
import {
  complaints,
  container,
  forFargate,
  input,
  instance,
  resources,
  task,
} from '../plan/plan.fixture.js'
import { planOnInstances } from '../plan/plan.js'
import { cluster, done, refused } from '../api/call.fixture.js'
import { describeInstances } from '../cluster/describe.js'
import { tasksToStop } from '../service/to-stop.js'
import { checkTaskDefinition } from '../check/task-definition.js'
import { memoryMin } from './container-definition.js'
import { resourceTypes } from './container-instance.js'
import { stopTimeoutOf } from './task-definition.js'
import { reportTask, runTask } from '../api/untyped.fixture.js'
import { describeTasks } from '../index.js'

const containing = (...containers: readonly object[]) => ({
  containerDefinitions: containers.map((more, i) => container({ name: `c${i}`, ...more })),
})
const definition = (...containers: readonly object[]) =>
  input(task('web', containing(...containers))).workloads[0]!.definition

describe('a task definition', () => {
  it('has so many CPU units per vCPU', () => {
    const { cpu } = input(task('web', { cpu: '1 vCPU' })).workloads[0]!.definition
    expect(cpu).toBe(unitsRow)
  })

  it.each(memoryRows)('has, by Docker %s, %s MiB for a container at least', (docker, least) => {
    const option = docker.startsWith('before') ? memoryMin.older : memoryMin.modern
    const of = (memory: number) => {
      const containerDefinitions = [{ name: 'main', memory: mebibytes(memory) }]
      return checkTaskDefinition({ ...definition({}), containerDefinitions }, { memoryMin: option })
    }
    expect(of(least)).toEqual([])
    expect(of(least - 1)).toMatchObject([{ at: ['containerDefinitions', 0, 'memory'] }])
  })

  it('has so many CPU units of its own', () => {
    const of = (cpu: number) => complaints(task('web', { cpu, ...containing({ cpu: 0 }) }))
    for (const cpu of [taskCpu.least, taskCpu.most]) expect(of(cpu)).toEqual([])
    for (const cpu of [taskCpu.least - 1, taskCpu.most + 1])
      expect(of(cpu)).toMatchObject([expect.stringContaining('cpu: found')])
  })

  it('has essential containers where nothing else is said, and one at least', () => {
    const of = (...flags: readonly (boolean | undefined)[]) =>
      complaints(task('web', containing(...flags.map((flag) => ({ essential: flag })))))
    expect(of(undefined)).toEqual(of(essential.absent))
    expect(of(false, undefined)).toEqual([])
    expect(of(false, false)).toEqual([
      'file 1, containerDefinitions: found a list of 2, expected an essential container at least',
    ])
  })

  it('waits so long for its containers to stop', () => {
    const { absent, mostOnFargate } = stopTimeout
    expect(stopTimeoutOf(definition({}, { stopTimeout: absent - 1 }))).toBe(absent * 1000)
    expect(stopTimeoutOf(definition({ stopTimeout: 2 }, { stopTimeout: 5 }))).toBe(5000)
    const on = (compatibility: string, seconds: number) =>
      complaints(
        task('web', {
          ...{ ...forFargate, requiresCompatibilities: [compatibility] },
          ...containing({ stopTimeout: seconds }),
        }),
      )
    expect(on('FARGATE', mostOnFargate)).toEqual([])
    expect(on('FARGATE', mostOnFargate + 1)).toHaveLength(1)
    expect(on('EC2', mostOnFargate + 1)).toEqual([])
  })
})

describe('devices', () => {
  const requiring = (type: string, value?: string) => ({
    resourceRequirements: [{ type, ...(value === undefined ? {} : { value }) }],
  })

  it.each(devices)('of the type $type have the values $values', ({ type, values }) => {
    const wrong = (value?: string) =>
      complaints(task('web', containing(requiring(type, value)))).length
    for (const value of values) expect(wrong(value)).toBe(0)
    expect(wrong()).toBe(1)
    expect(['0', '-1', 'some'].map(wrong)).toEqual(Array(3).fill(values.length > 0 ? 1 : 0))
  })

  it.each(devices.filter(({ onlyOn }) => onlyOn !== undefined))(
    'of the type $type are on $onlyOn only, in so many containers: $containersMax',
    ({ type, values, onlyOn, containersMax = 0 }) => {
      const needs = requiring(type, values[0])
      const many = (count: number) => containing(...Array<object>(count).fill(needs))
      expect(complaints(task('web', many(containersMax)))).toEqual([])
      expect(complaints(task('web', many(containersMax + 1)))).toHaveLength(1)
      const state = cluster(
        [task('web', many(1)), instance('i-1', 'a', { capacityProviderName: 'own' })],
        { capacityProviders: { own: onlyOn as 'MANAGED_INSTANCES' } },
      )
      const capacityProviderStrategy = [{ capacityProvider: 'own', weight: 1 }]
      const managed = { taskDefinition: 'web', capacityProviderStrategy }
      expect(done(runTask(state, managed, instantOfSeconds(0)))[1].tasks).toHaveLength(1)
      expect(
        refused(runTask(state, { taskDefinition: 'web' }, instantOfSeconds(0))).message,
      ).toContain(type)
    },
  )

  it('are shared by fields that are read, and not planned with', () => {
    const [ofInstance, ofContainer] = gpuSharing
    const sharing = { type: 'GPU', [ofContainer]: { nvidiaMps: { memory: 4096 } } }
    const shared = task('web', containing({ resourceRequirements: [sharing] }))
    const holder = instance('i-1', 'a', { [ofInstance]: [{ gpuId: 'GPU-1' }] })
    const made = planOnInstances(input(shared, holder), { instances: [], seed: 0 })
    expect(made.refused).toMatchObject([{ name: 'web', supply: 'instances' }])
    expect(
      refused(runTask(cluster([shared, holder]), { taskDefinition: 'web' }, instantOfSeconds(0)))
        .message,
    ).toBe(
      'taskDefinition: found web, which shares GPUs, expected GPUs that a container has to itself',
    )
    const both = { ...sharing, value: '1' }
    expect(complaints(task('web', containing({ resourceRequirements: [both] })))).toHaveLength(1)
    const mixed = containing({ resourceRequirements: [sharing] }, requiring('GPU', '1'))
    expect(complaints(task('web', mixed))).toHaveLength(1)
  })
})

describe('the resources of an instance', () => {
  const written: Readonly<Record<(typeof resourceTypes)[number], object>> = {
    INTEGER: { integerValue: 2 },
    LONG: { longValue: 2 },
    DOUBLE: { doubleValue: 2 },
    STRINGSET: { stringSetValue: ['GPU-1', 'GPU-2'] },
  }

  it.each(resourceRows.types)('of the type %s are read, and told in it', (type) => {
    expect(resourceTypes).toContain(type)
    // As the API prints them: the fields of the other types are there, and 0.
    const zero = { integerValue: 0, longValue: 0, doubleValue: 0 }
    const gpu = { name: 'GPU', type, ...zero, ...written[type] }
    const registeredResources = [...resources(2048, 4096), gpu]
    const one = containing({ resourceRequirements: [{ type: 'GPU', value: '1' }] })
    const state = cluster([task('web', one), instance('i-1', 'a', { registeredResources })])
    const left = (of: typeof state) =>
      describeInstances(of)[0]!.remainingResources!.find(({ name }) => name === 'GPU')
    expect(left(state)).toEqual(gpu)
    const [after, { tasks }] = done(
      runTask(state, { taskDefinition: 'web', count: 3 }, instantOfSeconds(0)),
    )
    expect(tasks).toHaveLength(2)
    expect(
      left(done(runTask(state, { taskDefinition: 'web' }, instantOfSeconds(0)))[0]),
    ).toMatchObject(
      type === 'STRINGSET'
        ? { stringSetValue: ['GPU-2'] }
        : { [Object.keys(written[type])[0]!]: 1 },
    )
    expect(left(after)).toMatchObject(
      type === 'STRINGSET' ? { stringSetValue: [] } : { [Object.keys(written[type])[0]!]: 0 },
    )
  })

  it('have documented names, and the ports are those in use', () => {
    const ports = (protocol: string, hostPort: number) => ({
      containerPort: 80,
      hostPort,
      protocol,
    })
    const portMappings = [ports('tcp', 8080), ports('udp', 53)]
    const gpu = [{ type: 'GPU', value: 'ALL' }]
    const state = cluster([
      task('web', containing({ portMappings, resourceRequirements: gpu })),
      instance('i-1', 'a', {
        registeredResources: [
          ...resources(2048, 4096),
          { name: 'PORTS', stringSetValue: ['22'] },
          { name: 'GPU', integerValue: 4 },
        ],
      }),
    ])
    const [after] = done(runTask(state, { taskDefinition: 'web' }, instantOfSeconds(0)))
    const { remainingResources = [] } = describeInstances(after)[0]!
    expect(remainingResources).toEqual([
      { name: 'CPU', integerValue: 1792 },
      { name: 'MEMORY', integerValue: 3584 },
      { name: 'GPU', integerValue: 0 },
      { name: 'PORTS', stringSetValue: ['22', '8080'] },
      { name: 'PORTS_UDP', stringSetValue: ['53'] },
    ])
    expect(new Set(remainingResources.map(({ name }) => name))).toEqual(
      new Set<string>(resourceRows.names),
    )
  })
})

it('tells by DescribeTasks alone of a task that is gone', () => {
  const state = cluster([task('web'), instance('i-1')])
  const [running, { tasks }] = done(runTask(state, { taskDefinition: 'web' }, instantOfSeconds(0)))
  const { taskArn } = tasks[0]!
  const report = { task: taskArn, lastStatus: afterStopped }
  for (const status of taskStatuses.slice(2, -1)) {
    const [before] = done(
      reportTask(running, { task: taskArn, lastStatus: status }, instantOfSeconds(1)),
    )
    expect(refused(reportTask(before, report, instantOfSeconds(2))).wrong[0]!.at).toEqual([
      'lastStatus',
    ])
  }
  const [stopped] = done(
    reportTask(running, { task: taskArn, lastStatus: 'STOPPED' }, instantOfSeconds(1)),
  )
  const [gone] = done(reportTask(stopped, report, instantOfSeconds(2)))
  expect(describeTasks(gone, [taskArn]).tasks).toMatchObject([
    { lastStatus: afterStopped, stoppedAt: '1970-01-01T00:00:01.000Z', version: 3 },
  ])
  expect(tasksToStop(gone, 'family:web', [], 9)).toEqual([])
  const read = cluster([task('web'), instance('i-1'), ...describeTasks(gone, [taskArn]).tasks])
  expect(describeInstances(read)[0]!.remainingResources).toEqual(resources(2048, 4096))
})
