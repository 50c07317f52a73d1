/** Tests that several clusters in one input are planned apart. */
import { byCodeUnit } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterOf } from '../cluster/open.js'
import {
  complaints,
  held,
  inSubnets,
  input,
  instance,
  service,
  task,
  unplaced,
} from './plan.fixture.js'
import { explainOnInstances } from './explain.js'
import { planOnInstances, planTasksOnFargate } from './plan.js'
import { instancesWhere } from './query.js'

const options = { instances: [], seed: 0 }
const plan = (...values: readonly unknown[]) => planOnInstances(input(...values), options)
const arn = (kind: string, cluster: string, id: string, region = 'r') =>
  `arn:aws:ecs:${region}:1:${kind}/${cluster}/${id}`
const machine = (cluster: string, id: string, more: object = {}) =>
  instance(id, 'a', { containerInstanceArn: arn('container-instance', cluster, id), ...more })
const described = (cluster: string, name: string, more: object = {}) =>
  service(name, { serviceArn: arn('service', cluster, name), ...more })
const running = (cluster: string, on: string, id: string, group: string) => ({
  taskArn: arn('task', cluster, id),
  taskDefinitionArn: 'arn:aws:ecs:r:1:task-definition/web:1',
  containerInstanceArn: arn('container-instance', cluster, on),
  ...{ group, lastStatus: 'RUNNING', desiredStatus: 'RUNNING' },
})

describe('tasks use the instances of their own cluster', () => {
  const fleet = [machine('blue', 'i-b'), machine('green', 'i-g')]

  it.each([
    ['the ARN of a service', described('green', 'web')],
    ['clusterArn', service('web', { clusterArn: 'arn:aws:ecs:r:1:cluster/green' })],
    ['cluster, by name', service('web', { cluster: 'green' })],
    ['cluster, by ARN', service('web', { cluster: 'arn:aws:ecs:r:1:cluster/green' })],
  ])('by %s', (_, web) => {
    expect(held(plan(task('web'), web, ...fleet))).toEqual(['i-b: ', 'i-g: web'])
  })

  it('by the cluster of a call', () => {
    const call = { taskDefinition: 'web', cluster: 'green', count: 2 }
    expect(held(plan(task('web'), call, ...fleet))).toEqual(['i-b: ', 'i-g: family:web family:web'])
    const start = { taskDefinition: 'web', cluster: 'green', containerInstances: ['i-b'] }
    expect(plan(task('web'), start, ...fleet).refused).toMatchObject([{ reason: 'MISSING: i-b' }])
  })

  it('by the cluster of an instance that names it', () => {
    const own = instance('i-1', 'a', { cluster: 'green' })
    expect(held(plan(task('web'), described('green', 'web'), own, fleet[0]))).toEqual([
      'i-b: ',
      'i-1: web',
    ])
  })

  it('and not those of another region', () => {
    const other = {
      ...instance('i-2'),
      containerInstanceArn: arn('container-instance', 'green', 'i-2', 'q'),
    }
    const made = plan(task('web'), described('green', 'web'), fleet[1], other)
    expect(made.plan.nodes.map(({ cluster, name }) => [cluster, name])).toEqual([
      ['q/green', 'i-2'],
      ['r/green', 'i-g'],
    ])
    expect(held(made)).toEqual(['i-2: ', 'i-g: web'])
    const both = complaints(task('web'), service('web', { cluster: 'green' }), fleet[1], other)
    expect(both).toEqual([
      'file 2, cluster: found "green", expected its ARN, one of arn:aws:ecs:q:1:cluster/green, arn:aws:ecs:r:1:cluster/green',
    ])
  })

  it('and are without a place where it has none', () => {
    const made = plan(task('web'), described('red', 'web'), ...fleet)
    expect([held(made), unplaced(made)]).toEqual([['i-b: ', 'i-g: '], ['1 web: ']])
  })

  it('is the only cluster, where one names none', () => {
    expect(held(plan(task('web'), service('web'), fleet[1]))).toEqual(['i-g: web'])
    expect(held(plan(task('web'), described('green', 'web'), instance('i-1')))).toEqual([
      'i-1: web',
    ])
  })

  it('is said to be assumed where the API takes default, but not of a machine by hand', () => {
    const warned = (...values: readonly unknown[]) =>
      plan(task('web'), ...values).warnings.map(({ code, subject, text }) => [code, subject, text])
    const text =
      'it names no cluster, which AWS takes for default: taken for one of green, the only cluster named'
    expect(warned(service('web'), fleet[1])).toEqual([['ClusterAssumed', 'service web', text]])
    expect(warned({ taskDefinition: 'web', count: 1 }, fleet[1])).toEqual([
      ['ClusterAssumed', 'call of RunTask web', text],
    ])
    expect(warned(service('web', { cluster: 'green' }), fleet[1])).toEqual([])
    expect(warned(service('web'), machine('default', 'i-d'))).toEqual([])
    expect(warned(service('web'), instance('i-1'))).toEqual([])
    expect(warned(described('green', 'web'), instance('i-1'))).toEqual([])
  })

  it('is the one called default, with a warning, where others name several', () => {
    const made = plan(task('web'), service('web'), ...fleet, machine('default', 'i-d'))
    expect(held(made)).toEqual(['i-b: ', 'i-d: web', 'i-g: '])
    expect(made.warnings).toMatchObject([{ code: 'ClusterAssumed', subject: 'service web' }])
  })
})

describe('services of one name in two clusters', () => {
  const both = [task('web'), described('blue', 'web'), described('green', 'web')]
  const fleet = [machine('blue', 'i-b'), machine('green', 'i-g')]

  it('are planned each in its own, by the name of its cluster', () => {
    const made = plan(...both, ...fleet)
    expect(held(made)).toEqual(['i-b: blue/web', 'i-g: green/web'])
    expect(made.clusters).toEqual(
      new Map([
        ['blue/web', 'blue'],
        ['green/web', 'green'],
      ]),
    )
  })

  it('count the tasks of their own cluster', () => {
    const there = [running('blue', 'i-b', 'a', 'service:web')]
    const made = plan({ tasks: there }, ...both, ...fleet)
    expect(held(made)).toEqual(['i-b: blue/web', 'i-g: green/web'])
    const far = task('web', { cpu: '256', memory: '512', networkMode: 'awsvpc' })
    const services = ['blue', 'green'].map((cluster) => described(cluster, 'web', inSubnets('a')))
    const fargate = planTasksOnFargate(
      input(far, ...services, {
        tasks: [{ ...there[0], containerInstanceArn: undefined, launchType: 'FARGATE' }],
      }),
    )
    expect(fargate.launched).toEqual([
      { name: 'blue/web', count: 1 },
      { name: 'green/web', count: 1, subnet: 'a' },
    ])
  })

  it('keep no instance of the other from their tasks', () => {
    const alone = [{ type: 'memberOf', expression: 'not(task:group == service:web)' }]
    const made = plan(
      task('web'),
      described('blue', 'web'),
      described('green', 'api', { taskDefinition: 'web', placementConstraints: alone }),
      ...fleet,
    )
    expect(held(made)).toEqual(['i-b: web', 'i-g: api'])
  })

  it('are explained each', () => {
    const found = explainOnInstances(input(...both, ...fleet), options, 'green/web')
    expect(found).toMatchObject({
      value: { explanation: { chosen: 'i-g', nodes: [{ name: 'i-g' }] } },
    })
  })

  it('are refused within one cluster', () => {
    expect(complaints(task('web'), described('blue', 'web'), described('blue', 'web'))).toEqual([
      'file 3, serviceName: found "web", expected a name of its own: web is also in file 2',
    ])
  })
})

describe('a state of a cluster', () => {
  it('has the instances of the cluster that is named', () => {
    const all = input(task('web'), machine('blue', 'i-b'), machine('green', 'i-g'))
    expect([...clusterOf(all, { cluster: 'green' }).instances.keys()]).toEqual(['i-g'])
  })
})

describe('a query', () => {
  it('looks at the tasks of each cluster apart', () => {
    const all = input(
      task('web'),
      machine('blue', 'i-b'),
      machine('green', 'i-g'),
      running('blue', 'i-b', 'a', 'service:web'),
    )
    expect(instancesWhere(all, 'task:group == service:web')).toMatchObject({
      right: [{ ec2InstanceId: 'i-b', cluster: 'blue' }],
    })
  })
  it('lists cluster after cluster, each instance with its own', () => {
    const two = input(machine('green', 'i-1'), machine('blue', 'i-2'), machine('blue', 'i-1'))
    expect(instancesWhere(two, 'runningTasksCount == 0')).toMatchObject({
      right: [
        { cluster: 'blue', ec2InstanceId: 'i-1' },
        { cluster: 'blue', ec2InstanceId: 'i-2' },
        { cluster: 'green', ec2InstanceId: 'i-1' },
      ],
    })
    const one = instancesWhere(input(machine('blue', 'i-2')), 'runningTasksCount == 0')
    expect(JSON.stringify(one)).not.toContain('"cluster":')
  })
})

describe('a plan of several clusters', () => {
  /** For each cluster: how many tasks its service wants, and how many instances it has. */
  const anyClusters = fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 3 })),
    { minKeys: 1 },
  )
  const documentsOf = (cluster: string, [desiredCount, machines]: readonly [number, number]) => [
    described(cluster, 'web', { desiredCount }),
    ...Array.from({ length: machines }, (_, i) => machine(cluster, `i-${cluster}${i}`)),
  ]
  const definition = task('web', { containerDefinitions: [{ name: 'main', cpu: 1024, memory: 6 }] })
  type Planner = (...values: readonly unknown[]) => ReturnType<typeof plan>
  const equalsPlansApart = (planner: Planner) =>
    fc.property(anyClusters, (clusters) => {
      const entries = Object.entries(clusters).sort(([a], [b]) => byCodeUnit(a, b))
      const counts = (made: ReturnType<typeof plan>) =>
        made.plan.nodes.map(({ name, holds }) => [name, holds.map(({ count }) => count)])
      const together = planner(definition, ...entries.flatMap((each) => documentsOf(...each)))
      const apart = entries.flatMap((each) => counts(plan(definition, ...documentsOf(...each))))
      expect(counts(together)).toEqual(apart)
    })

  it('is the plans of each alone', () => fc.assert(equalsPlansApart(plan)))
  it('is refuted when all are of one cluster', () => {
    const merged: Planner = (...values) =>
      plan(...(JSON.parse(JSON.stringify(values).replace(/\/[abc]\//g, '/a/')) as unknown[]))
    expect(isRefuted(equalsPlansApart(merged))).toBe(true)
  })
})
