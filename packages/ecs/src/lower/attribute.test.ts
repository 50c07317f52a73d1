/**
 * Tests which instances a task may run on by their status, agent, processor and operating system.
 */
import { describe, expect, it } from 'vitest'
import { held, input, instance, service, task, unplaced } from '../plan/plan.fixture.js'
import { planOnInstances } from '../plan/plan.js'

const plan = (...values: readonly object[]) =>
  planOnInstances(input(...values), { instances: [], seed: 0 })
const described = (id: string, attributes: Readonly<Record<string, string>>) =>
  instance(id, 'a', {
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
  })

describe('an instance', () => {
  it.each([
    [{ status: 'DRAINING' }, 'NOT ACTIVE'],
    [{ status: 'REGISTERING' }, 'NOT ACTIVE'],
    [{ agentConnected: false }, 'AGENT'],
    [{ status: 'DRAINING', agentConnected: false }, 'NOT ACTIVE'],
  ])('is never chosen when it is %j', (more, reason) => {
    const made = plan(task('web'), service('web'), instance('i-1', 'a', more))
    expect(unplaced(made)).toEqual([`1 web: 1 ${reason}`])
  })

  it('has no status by an attribute of that name', () => {
    const attributes = [
      { name: 'status', value: 'DRAINING' },
      { name: 'agentConnected', value: 'false' },
    ]
    expect(held(plan(task('web'), instance('i-1', 'a', { attributes })))).toEqual(['i-1: web'])
  })
})

describe('the runtime platform', () => {
  const arm = described('i-arm', { 'ecs.cpu-architecture': 'arm64', 'ecs.os-type': 'linux' })
  const intel = described('i-intel', { 'ecs.cpu-architecture': 'x86_64', 'ecs.os-type': 'linux' })
  const windows = described('i-windows', { 'ecs.os-type': 'windows' })

  it.each([
    [{ cpuArchitecture: 'ARM64' }, ['i-arm: web', 'i-intel: ', 'i-windows: ']],
    [{ cpuArchitecture: 'X86_64' }, ['i-arm: ', 'i-intel: web', 'i-windows: ']],
    [
      { operatingSystemFamily: 'WINDOWS_SERVER_2019_FULL' },
      ['i-arm: ', 'i-intel: ', 'i-windows: web'],
    ],
    [
      { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' },
      ['i-arm: ', 'i-intel: web', 'i-windows: '],
    ],
  ])('%j chooses', (runtimePlatform, expected) => {
    expect(held(plan(task('web', { runtimePlatform }), arm, intel, windows))).toEqual(expected)
  })

  it('is a reason not to be placed', () => {
    const made = plan(
      task('web', { runtimePlatform: { cpuArchitecture: 'ARM64' } }),
      intel,
      windows,
    )
    expect(unplaced(made)).toEqual(['1 web: 2 ATTRIBUTE'])
  })
})
