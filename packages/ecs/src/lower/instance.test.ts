/** Tests the translation of container instances to nodes. */
import { describe, expect, it } from 'vitest'
import {
  container,
  held,
  input,
  instance,
  resources,
  task,
  unplaced,
} from '../plan/plan.fixture.js'
import { planOnInstances } from '../plan/plan.js'

const plan = (...values: readonly object[]) =>
  planOnInstances(input(...values), { instances: [], seed: 0 })

describe('an instance as a node', () => {
  it('goes by its EC2 id, or by the last part of its ARN', () => {
    const arn = 'arn:aws:ecs:eu-west-1:1:container-instance/shop/0a1b'
    const made = plan(
      instance('i-1', 'a', { containerInstanceArn: arn }),
      instance('', 'a', { ec2InstanceId: undefined, containerInstanceArn: arn }),
    )
    expect(made.plan.nodes.map(({ name }) => name)).toEqual(['0a1b', 'i-1'])
  })

  it('has what is registered, and what is taken of it', () => {
    const made = plan(instance('i-1', 'a', { remainingResources: resources(1536, 1024) }))
    expect(made.plan.nodes[0]?.gauges).toEqual([
      { resource: 'CPU', unit: 'units', of: 2048, used: 512 },
      { resource: 'MEMORY', unit: 'MiB', of: 4096, used: 3072 },
    ])
  })

  it('has room for what fits in what is left', () => {
    const left = instance('i-1', 'a', { remainingResources: resources(256, 1024) })
    const small = task('small', { containerDefinitions: [container({ memory: 1024 })] })
    const large = task('large', { containerDefinitions: [container({ memory: 1025 })] })
    expect(held(plan(left, small))).toEqual(['i-1: small'])
    expect(unplaced(plan(left, large))).toEqual(['1 large: 1 RESOURCE:MEMORY'])
    const late = task('tall', { containerDefinitions: [container({ memory: 1025 })] })
    expect(unplaced(plan(left, small, late))).toEqual(['1 tall: 1 RESOURCE:CPU, 1 RESOURCE:MEMORY'])
  })

  it('has as many GPUs as are listed, or numbered', () => {
    const listed = { name: 'GPU', integerValue: 0, stringSetValue: ['GPU-1', 'GPU-2'] }
    const numbered = { name: 'GPU', integerValue: 1 }
    const learn = (name: string) =>
      task(name, {
        containerDefinitions: [container({ resourceRequirements: [{ type: 'GPU', value: '2' }] })],
      })
    const of = (gpus: object) =>
      instance(JSON.stringify(gpus).slice(0, 30), 'a', {
        registeredResources: [...resources(2048, 4096), gpus],
      })
    expect(unplaced(plan(learn('a'), of(numbered), instance('i-0')))).toEqual([
      '1 a: 2 RESOURCE:GPU',
    ])
    expect(plan(learn('a'), learn('b'), of(listed)).plan).toMatchObject({
      nodes: [{ gauges: [{}, {}, { resource: 'GPU', of: 2, used: 2 }] }],
      unplaced: [
        { name: 'b', count: 1, reasons: [{ plugin: 'resources', reason: 'RESOURCE:GPU' }] },
      ],
    })
  })
})
