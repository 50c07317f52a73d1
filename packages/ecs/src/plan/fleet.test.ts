/**
 * Tests the creation of new container instances of a type such as `m5.large`: their names,
 * resources and attributes.
 */
import { describe, expect, it } from 'vitest'
import { container, input, task, unplaced } from './plan.fixture.js'
import { containerInstances, registeredResourcesFormula, taintWarnings } from './fleet.js'
import { planOnInstances } from './plan.js'

const m5large = {
  name: 'm5.large',
  vcpus: 2,
  memoryMiB: 8192,
  architecture: 'x86_64',
  gpus: 0,
} as const
const names = (count: number, before?: number) =>
  containerInstances(m5large, count, ['a'], before).map(({ ec2InstanceId }) => ec2InstanceId)

describe('new instances of a type', () => {
  it('have names that sort', () => {
    expect(names(3)).toEqual(['m5.large-1', 'm5.large-2', 'm5.large-3'])
    expect(names(12).slice(8)).toEqual(['m5.large-09', 'm5.large-10', 'm5.large-11', 'm5.large-12'])
    expect(names(2, 9)).toEqual(['m5.large-1', 'm5.large-2'])
    expect(names(0)).toEqual([])
  })

  it('have what the formula says', () => {
    const [made] = containerInstances(m5large, 1, ['a'])
    expect(made).toEqual({
      ec2InstanceId: 'm5.large-1',
      status: 'ACTIVE',
      agentConnected: true,
      registeredResources: [
        { name: 'CPU', integerValue: 2048 },
        { name: 'MEMORY', integerValue: 7577 },
        { name: 'PORTS', stringSetValue: ['22', '2375', '2376', '51678', '51679', '51680'] },
        { name: 'PORTS_UDP', stringSetValue: [] },
      ],
      attributes: [
        { name: 'ecs.instance-type', value: 'm5.large' },
        { name: 'ecs.os-type', value: 'linux' },
        { name: 'ecs.os-family', value: 'LINUX' },
        { name: 'ecs.cpu-architecture', value: 'x86_64' },
        { name: 'ecs.availability-zone', value: 'a' },
      ],
    })
    for (const part of ['1024', '92.5 %', '51678'])
      expect(registeredResourcesFormula).toContain(part)
  })

  it('take the zones in turn, those before them included', () => {
    const zones = (before: number) =>
      containerInstances(m5large, 4, ['a', 'b', 'c'], before).map(
        ({ attributes }) => attributes?.at(-1)?.value,
      )
    expect([zones(0), zones(4)]).toEqual([
      ['a', 'b', 'c', 'a'],
      ['b', 'c', 'a', 'b'],
    ])
    expect(containerInstances(m5large, 1, [])[0]?.attributes).toHaveLength(4)
    const labels = new Map([['disk', 'ssd']])
    const [made] = containerInstances(m5large, 1, [], 0, { labels })
    expect(made?.attributes?.at(-1)).toEqual({ name: 'disk', value: 'ssd' })
  })
  it('have no taints, and a warning says so', () => {
    const taints = [{ key: 'team', value: 'a', effect: 'NoSchedule' }] as const
    expect(taintWarnings({ name: 'm5.large' }, { taints })).toMatchObject([
      { code: 'MachineTaintsIgnored', subject: 'm5.large', detail: 'team:NoSchedule' },
    ])
    expect(taintWarnings({ name: 'm5.large' })).toEqual([])
  })

  it('have GPUs, and keep their ports', () => {
    const ssh = container({
      portMappings: [{ containerPort: 22, hostPort: 22 }],
      resourceRequirements: [{ type: 'GPU', value: '1' }],
    })
    const read = input(task('web', { containerDefinitions: [ssh] }))
    const on = (gpus: number) =>
      unplaced(
        planOnInstances(read, {
          instances: containerInstances({ ...m5large, gpus }, 1, []),
          seed: 0,
        }),
      )
    expect(on(0)).toEqual(['1 web: 1 RESOURCE:GPU'])
    expect(on(1)).toEqual(['1 web: 1 RESOURCE:PORTS'])
  })
})
