/**
 * Tests the placement requests of services on instances: the split over capacity providers, and the
 * tasks that exist already.
 */
import * as O from 'fp-ts/lib/Option.js'
import fc from 'fast-check'
import { isRefuted } from '@stowage/testing'
import { describe, expect, it } from 'vitest'
import { sharesOf } from '../supply/shares.js'
import {
  forFargate,
  held,
  input,
  instance,
  inSubnets,
  service,
  task,
  unplaced,
} from './plan.fixture.js'
import { explainOnInstances } from './explain.js'
import { containerInstances } from './fleet.js'
import { planAllOnInstances, planOnInstances } from './plan.js'
import { instancesWhere } from './query.js'

const m5large = {
  ...({ name: 'm5.large', vcpus: 2, memoryMiB: 8192, architecture: 'x86_64', gpus: 0 } as const),
}
const options = { instances: [], seed: 0 }
const plan = (...values: readonly unknown[]) => planOnInstances(input(...values), options)
const small = { containerDefinitions: [{ name: 'main', cpu: 1, memory: 6 }] }
const of = (id: string, capacityProviderName?: string, more: object = {}) =>
  instance(id, 'a', {
    ...(capacityProviderName === undefined ? {} : { capacityProviderName }),
    ...more,
  })
const texts = (made: ReturnType<typeof plan>) => made.warnings.map(({ text }) => text)

describe('capacity providers of a service', () => {
  const capacityProviderStrategy = [
    { capacityProvider: 'one', base: 1, weight: 1 },
    { capacityProvider: 'two', weight: 2 },
  ]
  const web = [task('web', small), service('web', { desiredCount: 7, capacityProviderStrategy })]

  it('get the base and their weights, and no other instance gets any', () => {
    const made = plan(...web, of('i-0'), of('i-1', 'one'), of('i-2', 'two'))
    expect(held(made)).toEqual(['i-0: ', 'i-1: web web web', 'i-2: web web web web'])
    expect(made.warnings).toEqual([])
  })

  describe('have so many tasks as a strategy shares out, at every count', () => {
    const bases = fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 9 }))
    const holds = (written: typeof sharesOf) =>
      fc.property(bases, ([desiredCount, base]) => {
        const strategy = [{ ...capacityProviderStrategy[0]!, base }, capacityProviderStrategy[1]!]
        const made = plan(
          task('web', small),
          service('web', { desiredCount, capacityProviderStrategy: strategy }),
          of('i-1', 'one'),
          of('i-2', 'two'),
        )
        const counts = made.plan.nodes.map((node) => node.holds[0]?.count ?? 0)
        expect(counts).toEqual(written(strategy, desiredCount))
      })

    it('holds', () => fc.assert(holds(sharesOf)))
    it('is refuted by weights without the base', () => {
      const weighed: typeof sharesOf = (strategy, tasks) =>
        sharesOf(
          strategy.map(({ weight }) => ({ weight: weight ?? 0 })),
          tasks,
        )
      expect(isRefuted(holds(weighed))).toBe(true)
    })
  })

  it('do not make up for each other', () => {
    const made = plan(
      task('web', { containerDefinitions: [{ name: 'main', cpu: 1024, memory: 6 }] }),
      service('web', { desiredCount: 7, capacityProviderStrategy }),
      of('i-1', 'one'),
      of('i-2', 'two'),
    )
    expect(held(made)).toEqual(['i-1: web web', 'i-2: web web'])
    expect(unplaced(made)).toEqual(['3 web: 2 RESOURCE:CPU'])
  })

  it('that have no instance are named', () => {
    const made = plan(...web, of('i-1', 'one'))
    expect(held(made)).toEqual(['i-1: web web web'])
    expect(made.refused).toEqual([
      {
        ...{ name: 'web', count: 4, supply: 'instances' },
        reason: 'EMPTY CAPACITY PROVIDER: no container instance is of the capacity provider two',
      },
    ])
    expect(texts(made)).toEqual([
      'capacityProviderStrategy: no instance is of two, so that its share of the tasks finds no place',
    ])
  })

  it('are any, where no instance says of which it is', () => {
    const made = plan(...web, of('i-1'))
    expect(unplaced(made)).toEqual([])
    expect(texts(made)).toEqual([
      'capacityProviderStrategy: instances that name no capacity provider are taken for ones of one and two',
    ])
  })

  it('have no instance of another, and none that the API printed without a provider', () => {
    const web = service('web', { capacityProviderStrategy: [capacityProviderStrategy[1]] })
    const printed = { containerInstanceArn: 'arn:aws:ecs:r:1:container-instance/c/i-2' }
    const made = plan(task('web', small), web, of('i-1', 'one'), of('i-2', undefined, printed))
    expect(held(made)).toEqual(['i-1: ', 'i-2: '])
    expect(made.refused).toMatchObject([{ name: 'web', count: 1 }])
  })

  it('have new machines beside their own', () => {
    const definition = task('web', {
      containerDefinitions: [{ name: 'main', cpu: 1024, memory: 6 }],
    })
    const web = service('web', {
      desiredCount: 3,
      capacityProviderStrategy: [{ capacityProvider: 'one', weight: 1 }],
    })
    const more = input(instance('i-2')).instances
    const made = planOnInstances(input(definition, web, of('i-1', 'one')), {
      instances: more,
      seed: 0,
    })
    expect(held(made)).toEqual(['i-1: web web', 'i-2: web'])
    expect(made.warnings).toMatchObject([{ code: 'ProviderAssumed' }])
  })

  it('are the same by name and by ARN', () => {
    const capacityProvider = 'arn:aws:ecs:r:1:capacity-provider/one'
    const web = service('web', { capacityProviderStrategy: [{ capacityProvider, weight: 1 }] })
    expect(held(plan(task('web', small), web, of('i-1', 'one'), of('i-2')))).toEqual([
      'i-1: web',
      'i-2: ',
    ])
  })

  it('of Managed Instances use none but their own', () => {
    const provider = { capacityProviders: [{ name: 'two', managedInstancesProvider: {} }] }
    const web = service('web', { capacityProviderStrategy: [capacityProviderStrategy[1]] })
    const made = plan(provider, task('web', small), web, of('i-1'))
    expect(held(made)).toEqual(['i-1: '])
    expect(made.refused).toMatchObject([{ name: 'web', supply: 'managed' }])
    expect(held(plan(provider, task('web', small), web, of('i-1'), of('i-2', 'two')))).toEqual([
      'i-1: ',
      'i-2: web',
    ])
    const machines = (name: string) =>
      containerInstances(m5large, 1, ['a'], 0, { labels: new Map([['capacityProvider', name]]) })
    const instances = [...machines('two'), ...machines('one')].map((one, i) => ({
      ...one,
      ec2InstanceId: `new-${i}`,
    }))
    const bought = planOnInstances(input(provider, task('web', small), web, instance('i-1')), {
      ...options,
      instances,
    })
    expect(held(bought)).toEqual(['i-1: ', 'new-0: web', 'new-1: '])
    expect(texts(bought)).toEqual([])
    const definition = task('web', { ...small, requiresCompatibilities: ['MANAGED_INSTANCES'] })
    expect(plan(definition, web, of('i-1')).refused).toMatchObject([{ supply: 'managed' }])
  })

  it('of Fargate say nothing of instances', () => {
    const spot = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]
    const made = planAllOnInstances(
      input(
        task('web', forFargate),
        service('web', { capacityProviderStrategy: spot, ...inSubnets('a') }),
        of('i-1'),
      ),
      options,
    )
    expect(held(made)).toEqual(['i-1: web'])
    expect(texts(made).filter((text) => text.includes('capacityProvider'))).toEqual([])
  })

  it('count the tasks that they have', () => {
    const there = { tasks: [running('web', 'i-2', 'a'), running('web', 'i-2', 'b')] }
    const few = [web[0], service('web', { desiredCount: 3, capacityProviderStrategy })]
    const made = plan(there, ...few, of('i-1', 'one'), of('i-2', 'two'))
    expect(held(made)).toEqual(['i-1: web', 'i-2: web web'])
  })
})

const running = (name: string, on: string, id: string, more: object = {}) => ({
  taskArn: `arn:aws:ecs:r:1:task/c/${id}`,
  taskDefinitionArn: `arn:aws:ecs:r:1:task-definition/${name}:1`,
  containerInstanceArn: `arn:aws:ecs:r:1:container-instance/c/${on}`,
  ...{ group: `service:${name}`, lastStatus: 'RUNNING', desiredStatus: 'RUNNING' },
  ...more,
})

describe('the tasks that a service has', () => {
  const there = { tasks: [running('web', 'i-1', 'a')] }
  const fleet = [instance('i-1'), instance('i-2')]

  it('are not asked for again, and are held', () => {
    const web = [task('web', small), service('web', { desiredCount: 2 })]
    expect(held(plan(there, ...web, ...fleet))).toEqual(['i-1: web', 'i-2: web'])
  })

  it('are replaced when they are to stop', () => {
    const tasks = [running('web', 'i-1', 'a', { desiredStatus: 'STOPPED' })]
    const web = [task('web', small), service('web')]
    expect(held(plan({ tasks }, ...web, instance('i-1')))).toEqual(['i-1: web'])
  })

  it('are told from those of other groups', () => {
    const tasks = [running('web', 'i-1', 'a', { group: 'family:web' })]
    const web = [task('web', small), service('web')]
    expect(held(plan({ tasks }, ...web, ...fleet))).toEqual(['i-1: family:web web', 'i-2: '])
  })

  it('keep a DAEMON from being asked for on their instance', () => {
    const log = { taskDefinition: 'web', schedulingStrategy: 'DAEMON', cluster: 'c' }
    const web = [task('web', small), service('web', log)]
    expect(held(plan(there, ...web, ...fleet))).toEqual(['i-1: web', 'i-2: web'])
    const whole = plan(there, ...web, instance('i-1'))
    expect([held(whole), unplaced(whole), whole.warnings]).toEqual([['i-1: web'], [], []])
  })

  it('may be all of them: then one more is explained', () => {
    const placementConstraints = [{ type: 'distinctInstance' }]
    const web = [task('web', small), service('web', { placementConstraints })]
    const [one, two] = fleet.map((_, i) =>
      explainOnInstances(input(there, ...web, ...fleet.slice(0, i + 1)), options, 'web'),
    )
    expect(O.isSome(one!) && one.value.explanation.chosen).toBe(undefined)
    expect(O.isSome(two!) && two.value.explanation.chosen).toBe('i-2')
  })
})

it.each([
  ['task:group == service:web', ['i-1']],
  ["task:group =~ 'service:.*'", ['i-1']],
  ['task:group != service:web', ['i-2']],
  ['runningTasksCount >= 1', ['i-1']],
])('%s asks the tasks that are there', (expression, names) => {
  const fleet = input({ tasks: [running('web', 'i-1', 'a')] }, instance('i-1'), instance('i-2'))
  const found = instancesWhere(fleet, expression)
  expect(found._tag === 'Right' && found.right.map((one) => one.ec2InstanceId)).toEqual(names)
})
