/**
 * Tests the capacity of instances, and what tasks occupy on them, against the AWS documentation,
 * copied as rows to `test/expected/ecs`.
 */
import { instantOfSeconds } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  builtIn,
  capabilityPrefixes,
  optional,
} from '../../../../test/expected/ecs/a4-query-words.js'
import { orderBelowFullTarget } from '../../../../test/expected/ecs/a5-strategies.js'
import {
  capOfNothing,
  cpuIs,
  registered,
  shares,
} from '../../../../test/expected/ecs/a6-accounting.js'
import { ephemeral, reserved, reservedMax } from '../../../../test/expected/ecs/a7-network.js'
import { complaints, container, input, instance, resources, task } from '../plan/plan.fixture.js'
import { containerInstances, registeredMemory } from '../plan/fleet.js'
import { planOnInstances } from '../plan/plan.js'
import { instancesWhere } from '../plan/query.js'
import { cluster, done, on } from '../api/call.fixture.js'
import { isCapability } from './capability.js'
import { containerCpu } from './cpu-shares.js'
import { taskInterfacesOf } from './interface.js'
import { ephemeralPorts } from './port.js'
import { runTask, startTask } from '../api/untyped.fixture.js'

const small = { containerDefinitions: [container({ cpu: 1, memory: 6 })] }
const web = { taskDefinition: 'web' }

describe('attributes', () => {
  const having = (...attributes: readonly object[]) => instance('i-1', 'a', { attributes })
  const listed = (value: object, expression: string) => {
    const found = instancesWhere(input(value), expression)
    return found._tag === 'Right' ? found.right.length : expect.fail(found.left.expected)
  }

  it.each(builtIn)('that Amazon ECS gives: $name, of $values', ({ name, values = ['x'] }) => {
    for (const value of values) {
      expect(complaints(having({ name, value }))).toEqual([])
      expect(listed(having({ name, value }), `attribute:${name} == ${value}`)).toBe(1)
    }
    expect(isCapability(name)).toBe(false)
  })
  it('that Amazon ECS gives have no other values than those that are listed', () => {
    const wrong = builtIn.filter(
      ({ name }) => complaints(having({ name, value: 'amd64' })).length > 0,
    )
    expect(wrong).toEqual(builtIn.filter(({ values }) => values !== undefined))
  })
  it('of new machines are built in', () => {
    const type = { name: 'm5.large', vcpus: 2, memoryMiB: 8192, architecture: 'arm64', gpus: 0 }
    const [made] = containerInstances({ ...type, architecture: 'arm64' }, 1, ['a'])
    for (const { name, value } of made!.attributes!) {
      const row = builtIn.find((each) => each.name === name)
      expect(row).toBeDefined()
      expect(row!.values ?? [value]).toContain(value)
    }
  })
  it('tell of which operating system family an instance is', () => {
    const runtimePlatform = { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' }
    const chosen = (family: string | undefined) => {
      const name = 'ecs.os-family'
      const of = [
        { name: 'ecs.os-type', value: 'windows' },
        ...(family === undefined ? [] : [{ name, value: family }]),
      ]
      const state = cluster([task('web', { ...small, runtimePlatform }), having(...of)])
      const { tasks, failures } = done(runTask(state, web, instantOfSeconds(0)))[1]
      return failures[0]?.reason ?? tasks.length
    }
    const families = ['WINDOWS_SERVER_2022_CORE', 'WINDOWS_SERVER_2019_CORE', undefined]
    expect(families.map(chosen)).toEqual([1, 'ATTRIBUTE', 1])
  })

  const effects: Readonly<Record<string, (name: string) => boolean>> = {
    'ecs.awsvpc-trunk-id': (name) => {
      const type = { name: 'ecs.instance-type', value: 'm5.large' }
      const slots = (...more: readonly object[]) =>
        taskInterfacesOf(input(having(type, ...more)).instances[0]!)!
      return slots({ name, value: 'eni-1' }) > slots()
    },
    'ecs.outpost-arn': (name) =>
      listed(having({ name, value: 'arn:aws:outposts' }), `attribute:${name} exists`) === 1,
    'ecs.capability.external': (name) => {
      const state = cluster([task('web', small), having({ name }), instance('i-2')])
      const external = done(
        runTask(state, { ...web, launchType: 'EXTERNAL' }, instantOfSeconds(0)),
      )[1].tasks
      return (
        on([...external, ...done(runTask(state, web, instantOfSeconds(0)))[1].tasks]).join() ===
        'i-1,i-2'
      )
    },
  }
  it.each(optional)('that there may be: %s', (name) => {
    expect(effects[name]!(name)).toBe(true)
  })

  it.each(capabilityPrefixes)('under $prefix are capabilities', ({ prefix, such }) => {
    for (const each of such) {
      const name = `${prefix}${each.replace('*', 'x')}`
      expect(isCapability(name)).toBe(true)
      const needs = { ...small, requiresAttributes: [{ name }] }
      const reason = (...attributes: readonly object[]) =>
        done(
          runTask(cluster([task('web', needs), having(...attributes)]), web, instantOfSeconds(0)),
        )[1].failures
      expect(reason({ name: `${prefix}other` })).toMatchObject([{ reason: 'ATTRIBUTE' }])
      expect(reason({ name: `${prefix}other` }, { name })).toEqual([])
      expect(reason({ name: 'stack', value: 'prod' })).toEqual([])
    }
  })
})

describe('CPU and memory', () => {
  it.each(shares)('$cpu CPU units are $shares shares of agent $agent', (row) => {
    expect(containerCpu('linux', row.cpu, row.agent)).toEqual({
      _tag: 'Shares',
      shares: row.shares,
    })
  })
  it.each(cpuIs)('CPU units on %s are %s', (os, is) => {
    const of = (cpu: number) => containerCpu(os, cpu, '1.84.0')
    const expected = is === 'relative' ? 'Shares' : 'Cap'
    expect(of(512)._tag).toBe(expected)
    if (expected === 'Cap')
      expect([0, 512, 2048].map(of)).toMatchObject(
        [capOfNothing, 50, 200].map((percent) => ({ percent })),
      )
  })
  it.each(registered)('$type registers $memory MiB of $bytes bytes', (row) => {
    expect(registeredMemory(row.bytes, row.reservedMiB)).toBe(row.memory)
  })
})

describe('ports', () => {
  const fixing = (...ports: readonly number[]) => ({
    containerDefinitions: [
      container({
        ...{ cpu: 1, memory: 6 },
        portMappings: ports.map((hostPort) => ({ containerPort: 80, hostPort })),
      }),
    ],
  })
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i)

  it.each(ephemeral)('from $least to $most are given by a host of $os', ({ os, least, most }) => {
    expect(ephemeralPorts[os]).toEqual({ min: least, max: most })
    const runtimePlatform =
      os === 'windows' ? { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } : undefined
    const warned = (port: number) =>
      planOnInstances(input(task('web', { ...fixing(port), runtimePlatform })), {
        instances: [],
        seed: 0,
      }).warnings.some(({ text }) => text.includes('a host assigns'))
    expect([least - 1, least, most].map(warned)).toEqual([false, true, true])
  })

  it('that are reserved are so many at most, those of the agent included', () => {
    const agents = { name: 'PORTS', stringSetValue: reserved.map(String) }
    const registeredResources = [...resources(2048, 4096), agents]
    const free = reservedMax - reserved.length
    const state = cluster([
      task('many', fixing(...numbers(3000, free))),
      task('one', fixing(8080)),
      task('dynamic', fixing(0)),
      instance('i-1', 'a', { registeredResources }),
    ])
    const [full] = done(runTask(state, { taskDefinition: 'many' }, instantOfSeconds(0)))
    const failures = (from: typeof state, taskDefinition: string) =>
      done(runTask(from, { taskDefinition }, instantOfSeconds(0)))[1].failures.map(
        ({ reason }) => reason,
      )
    expect(failures(state, 'many')).toEqual([])
    expect(failures(full, 'one')).toEqual(['RESOURCE:PORTS'])
    expect(failures(full, 'dynamic')).toEqual([])
    expect(failures(state, 'one')).toEqual([])
  })
})

it('keeps instances free below a full target when packing stands before spreading alone', () => {
  const [first, second] = orderBelowFullTarget
  const strategy = {
    binpack: { type: 'binpack', field: 'memory' },
    spread: { type: 'spread', field: 'instanceId' },
  }
  const fields: Readonly<Record<string, object>> = strategy
  const used = (...types: readonly string[]) => {
    const spare = Array.from({ length: 10 }, (_, i) => instance(`i-${i}`))
    const request = { ...web, count: 10, placementStrategy: types.map((type) => fields[type]) }
    return new Set(
      on(
        done(runTask(cluster([task('web', small), ...spare]), request, instantOfSeconds(0)))[1]
          .tasks,
      ),
    )
  }
  expect(used(first, second).size).toBe(1)
  expect(used(second, first).size).toBe(10)
})

describe('GPUs', () => {
  const gpus = (value: string) => ({
    containerDefinitions: [
      container({ cpu: 1, memory: 6, resourceRequirements: [{ type: 'GPU', value }] }),
    ],
  })
  const families = ['1', '2', 'ALL', 'none'] as const
  type Family = (typeof families)[number]
  const definitions = families.map((family) =>
    task(family, family === 'none' ? small : gpus(family)),
  )
  const worlds = fc.record({
    has: fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }),
    wanted: fc.array(fc.tuple(fc.constantFrom(...families), fc.nat(2)), { maxLength: 12 }),
  })

  /**
   * From the sentences alone: all of them need every one free, and an instance without any has none
   * to give.
   */
  const fits = (has: number, taken: number, family: Family): boolean => {
    if (family === 'none') return true
    return family === 'ALL' ? has > 0 && taken === 0 : taken + Number(family) <= has
  }
  const agrees = (called: (family: Family) => Family) =>
    fc.property(worlds, ({ has, wanted }) => {
      let state = cluster([
        ...definitions,
        ...has.map((count, i) => {
          const gpu = { name: 'GPU', integerValue: count }
          return instance(`i-${i}`, 'a', { registeredResources: [...resources(2048, 4096), gpu] })
        }),
      ])
      const taken = has.map(() => 0)
      return wanted.every(([family, at]) => {
        const i = at % has.length
        const request = { taskDefinition: called(family), containerInstances: [`i-${i}`] }
        const [next, { tasks }] = done(startTask(state, request, instantOfSeconds(0)))
        state = next
        const isFitting = fits(has[i]!, taken[i]!, family)
        if (isFitting && family !== 'none') taken[i]! += family === 'ALL' ? has[i]! : Number(family)
        return isFitting === (tasks.length === 1)
      })
    })

  it('are so many, or all of an instance', () => {
    fc.assert(
      agrees((family) => family),
      { numRuns: 300 },
    )
  })
  it('are refuted when all are taken for one', () => {
    expect(isRefuted(agrees((family) => (family === 'ALL' ? '1' : family)))).toBe(true)
  })
  it('are refuted when all are taken for none', () => {
    expect(isRefuted(agrees((family) => (family === 'ALL' ? 'none' : family)))).toBe(true)
  })
  it('are told once of an instance that has too few', () => {
    const state = cluster([...definitions, instance('i-1')])
    expect(
      done(runTask(state, { taskDefinition: 'ALL' }, instantOfSeconds(0)))[1].refusals,
    ).toMatchObject([{ refusals: [{ stage: 'resources', reasons: ['RESOURCE:GPU'] }] }])
    const gpu = { name: 'GPU', integerValue: 1 }
    const one = instance('i-1', 'a', { registeredResources: [...resources(2048, 4096), gpu] })
    const [full] = done(
      runTask(cluster([...definitions, one]), { taskDefinition: 'ALL' }, instantOfSeconds(0)),
    )
    for (const taskDefinition of ['ALL', '1'])
      expect(
        done(runTask(full, { taskDefinition }, instantOfSeconds(0)))[1].refusals,
      ).toMatchObject([{ refusals: [{ stage: 'resources', reasons: ['RESOURCE:GPU'] }] }])
  })
})
