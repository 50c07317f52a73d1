/** Tests calls of RunTask and StartTask among the documents. */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import {
  complaints,
  forFargate,
  held,
  input,
  instance,
  resources,
  service,
  task,
  unplaced,
} from '../plan/plan.fixture.js'
import { explainOnInstances, resolveWorkloadNames } from '../plan/explain.js'
import { planOnInstances } from '../plan/plan.js'

const options = { instances: [], seed: 0 }
const plan = (...values: readonly unknown[]) => planOnInstances(input(...values), options)
const small = { containerDefinitions: [{ name: 'main', cpu: 1, memory: 6 }] }
const web = task('web', small)
const call = (more: object = {}) => ({ taskDefinition: 'web', count: 3, ...more })
const fleet = [instance('i-1', 'a'), instance('i-2', 'b'), instance('i-3', 'b')]
const distinct = { placementConstraints: [{ type: 'distinctInstance' }] }

describe('a call of RunTask', () => {
  it('has so many tasks placed, in place of the one of its definition by itself', () => {
    const placementStrategy = [{ type: 'binpack', field: 'cpu' }]
    const made = plan(web, call({ placementStrategy }), ...fleet)
    expect(held(made)).toEqual(['i-1: family:web family:web family:web', 'i-2: ', 'i-3: '])
    expect(made.warnings).toEqual([])
  })

  it('has the constraints and the sizes that it says', () => {
    expect(unplaced(plan(web, call({ count: 4, ...distinct }), ...fleet))).toEqual([
      '1 family:web: 3 DistinctInstance placement constraint unsatisfied.',
    ])
    const overrides = { containerOverrides: [{ name: 'main', cpu: 2048 }] }
    expect(unplaced(plan(web, call({ count: 4, overrides }), ...fleet))).toEqual([
      '1 family:web: 3 RESOURCE:CPU',
    ])
  })

  it('goes by its group, counts with its group, and stands beside services and other calls', () => {
    const made = plan(
      ...[web, service('web'), instance('i-1')],
      ...[call({ group: 'batch', count: 2 }), call({ count: 1 }), call({ count: 2 })],
    )
    expect(made.plan.nodes[0]?.holds).toEqual([
      { name: 'batch', count: 2 },
      { name: 'family:web', count: 1 },
      { name: 'family:web #2', count: 2 },
      { name: 'web', count: 1 },
    ])
  })

  it('has no constraints on Fargate', () => {
    expect(complaints(web, call({ launchType: 'FARGATE', ...distinct }))[0]).toBe(
      'file 2, placementConstraints: found a list of 1, expected no constraints, as Fargate takes none',
    )
  })

  it('is of no revision that is INACTIVE', () => {
    const gone = task('web', { ...small, revision: 1, status: 'INACTIVE' })
    expect(
      complaints(gone, task('web', { revision: 2 }), call({ taskDefinition: 'web:1' })),
    ).toEqual([
      'file 3, taskDefinition: found "web:1", expected a task definition that is ACTIVE, as web:1 is not',
    ])
  })

  it('goes to the capacity that it names', () => {
    const sized = { cpu: '256', memory: '512', networkMode: 'awsvpc' }
    const fargate = task('web', { ...sized, requiresCompatibilities: ['EC2', 'FARGATE'] })
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['a'] } }
    const made = plan(fargate, call({ launchType: 'FARGATE', networkConfiguration }))
    expect(made.vended.map(({ name, count }) => [name, count])).toEqual([['family:web', 3]])
    const capacityProviderStrategy = [{ capacityProvider: 'one', weight: 1 }]
    const grouped = instance('i-9', 'a', { capacityProviderName: 'one' })
    const shared = plan(web, call({ capacityProviderStrategy }), ...fleet, grouped)
    expect(held(shared).at(-1)).toBe('i-9: family:web family:web family:web')
  })

  it('is explained as a task of its family', () => {
    const read = input(web, call({ count: 4, ...distinct }), ...fleet)
    expect(resolveWorkloadNames(read, 'task/web')).toEqual(['family:web'])
    const explained = explainOnInstances(read, options, 'family:web')
    expect(O.isSome(explained) && explained.value.replica).toBe(4)
  })

  it.each([
    [{ count: 11 }, 'count: found 11 tasks, expected from 1 to 10'],
    [
      { placementStrategy: Array(6).fill({ type: 'random' }) },
      'placementStrategy: found a list of 6, expected at most 5',
    ],
    [
      { taskDefinition: 'api' },
      'taskDefinition: found "api", expected a task definition among the documents: add what aws ecs describe-task-definition --task-definition api prints, or name a task definition that was given, such as web',
    ],
    [
      { overrides: { containerOverrides: [{ name: 'mian' }] } },
      'overrides.containerOverrides[0].name: found "mian", expected a container of the task definition: main',
    ],
    [
      { networkConfiguration: { awsvpcConfiguration: { subnets: ['a'] } } },
      'networkConfiguration: found an object, expected nothing, as the networkMode of the task definition is bridge',
    ],
  ])('is refused for %j', (more, line) => {
    expect(complaints(web, call(more))).toEqual([`file 2, ${line}`])
  })

  it('does not depend on the order of the documents', () => {
    const calls = [call({ count: 1 }), call({ count: 2 })]
    const [one, two] = [calls, [...calls].reverse()].map((order) => plan(web, ...order, ...fleet))
    expect(one!.plan).toEqual(two!.plan)
  })
})

describe('a fault of a task definition', () => {
  const wrong = { ...small, cpu: '100' }
  const line = 'file 1, cpu: found "100", expected from 128 to 196608 CPU units'
  it.each([
    {},
    { overrides: {} },
    { overrides: { containerOverrides: [{ name: 'main', memory: 7 }] } },
    { overrides: { cpu: '90' } },
  ])('is told once beside a call with %j', (more) => {
    expect(complaints(task('web', wrong), call(more))).toEqual([line])
  })
  it('is told of each call that makes one by its overrides', () => {
    const overrides = { containerOverrides: [{ name: 'main', cpu: 300 }] }
    const sized = task('web', { ...small, cpu: '256' })
    expect(complaints(sized, call({ overrides }), call({ overrides, count: 1 }))).toEqual(
      ['file 2', 'file 3'].map(
        (file) =>
          `${file}, overrides.cpu: found nothing, expected at least the 300 CPU units of its containers`,
      ),
    )
  })
})

describe('what a call asks of Fargate', () => {
  const sized = { cpu: '256', memory: '512', networkMode: 'awsvpc' }
  const networkConfiguration = { awsvpcConfiguration: { subnets: ['a'] } }
  const onFargate = call({ launchType: 'FARGATE', networkConfiguration })
  it('is asked of its task definition too', () => {
    expect(complaints(task('web', { ...sized, memory: undefined }), onFargate)).toEqual([
      'file 2, taskDefinition: found "web", expected a task definition for Fargate: a task-level memory',
    ])
    const ready = task('web', { ...sized, requiresCompatibilities: ['FARGATE'] })
    expect(complaints(ready, onFargate)).toEqual([])
    const described = task('web', { ...sized, compatibilities: ['EC2', 'FARGATE'] })
    expect(complaints(described, onFargate)).toEqual([])
  })
  it('is FARGATE among its launch types, where any are listed', () => {
    const listed = (more: object) => complaints(task('web', { ...sized, ...more }), onFargate)
    const refused = [
      'file 2, taskDefinition: found "web", expected a task definition for Fargate: FARGATE in its requiresCompatibilities',
    ]
    expect(listed({ requiresCompatibilities: ['EC2'] })).toEqual(refused)
    expect(listed({ compatibilities: ['EXTERNAL', 'EC2'] })).toEqual(refused)
    expect(listed({ requiresCompatibilities: ['EC2'], compatibilities: ['EC2'] })).toEqual(refused)
    expect(listed({})).toEqual([])
    expect(listed({ requiresCompatibilities: [], compatibilities: ['EC2', 'FARGATE'] })).toEqual([])
    const both = { requiresCompatibilities: ['EC2'], compatibilities: ['EC2', 'FARGATE'] }
    expect(listed(both)).toEqual([])
  })
  it('is not asked on instances, where what is made for Fargate runs too', () => {
    const onInstances = call({ launchType: 'EC2', networkConfiguration })
    expect(complaints(task('web', forFargate), onInstances)).toEqual([])
    const elsewhere = { ...sized, requiresCompatibilities: ['EXTERNAL'] }
    expect(complaints(task('web', elsewhere), onInstances)).toEqual([
      'file 2, taskDefinition: found web, which is for EXTERNAL, expected a task definition for EC2',
    ])
  })
})

describe('a call of StartTask', () => {
  const start = (more: object = {}) => ({
    ...{ taskDefinition: 'web', containerInstances: ['i-3', 'i-1'] },
    ...more,
  })
  it('has one task on each instance that it names', () => {
    const made = plan(web, start(), ...fleet)
    expect(held(made)).toEqual(['i-1: family:web', 'i-2: ', 'i-3: family:web'])
    expect(made.warnings).toEqual([])
  })
  it('names instances by their ARNs too, and one of them twice', () => {
    const arn = 'arn:aws:ecs:r:1:container-instance/default/ab12'
    const named = instance('i-9', 'a', { containerInstanceArn: arn })
    const made = plan(web, start({ containerInstances: [arn, 'ab12'], group: 'x' }), named)
    expect(held(made)).toEqual(['i-9: x x'])
  })
  it('finds no place where its instance has none, whatever others have', () => {
    const overrides = { containerOverrides: [{ name: 'main', memory: 5000 }] }
    const large = instance('i-4', 'a', { registeredResources: resources(9999, 9999) })
    const made = plan(web, start({ overrides }), ...fleet, large)
    expect(unplaced(made)).toEqual(['2 family:web: 2 RESOURCE:MEMORY'])
  })
  it('names in vain what is not there, and what is deregistered', () => {
    const gone = instance('i-1', 'a', { status: 'INACTIVE' })
    const made = plan(web, start({ containerInstances: ['i-1', 'i-7', 'i-2'] }), gone, fleet[1]!)
    expect(held(made)).toEqual(['i-1: ', 'i-2: family:web'])
    expect(made.refused.map(({ name, count, reason }) => [name, count, reason])).toEqual([
      ['family:web', 1, 'INACTIVE: i-1'],
      ['family:web', 1, 'MISSING: i-7'],
    ])
  })
  it.each([
    [
      { containerInstances: Array(11).fill('i-1') },
      'containerInstances: found 11 container instances, expected from 1 to 10',
    ],
    [
      { placementStrategy: [{ type: 'random' }] },
      'placementStrategy: found a list of 1, expected nothing, as StartTask names instances',
    ],
    [
      { launchType: 'FARGATE' },
      'launchType: found "FARGATE", expected EC2 or EXTERNAL, as StartTask names instances',
    ],
  ])('is refused for %j', (more, line) => {
    expect(complaints(web, start(more))).toEqual([`file 2, ${line}`])
  })
})

describe('a field that a call does not have', () => {
  it.each([
    [
      call({ cout: 3 }),
      'cout: found a field of this name, expected a field of RunTask, such as count',
    ],
    [
      call({ overrides: { containerOverrides: [{ name: 'main', memroy: 6 }] } }),
      'overrides.containerOverrides[0].memroy: found a field of this name, expected a field of RunTask, such as memory',
    ],
    [
      { taskDefinition: 'web', containerInstances: ['i-1'], count: 1 },
      'count: found a field of this name, expected a field of StartTask, such as cluster',
    ],
    [
      call({ constructor: 1 }),
      'constructor: found a field of this name, expected a field of RunTask, such as cluster',
    ],
  ])('is an error: %j', (request, line) => {
    expect(complaints(web, request)).toEqual([`file 2, ${line}`])
  })
  it('is none that has no say in placement', () => {
    const more = {
      ...{ tags: [{ key: 'a', value: 'b' }], enableExecuteCommand: true, referenceId: 'x' },
      overrides: { containerOverrides: [{ name: 'main', environment: [{ name: 'A' }] }] },
      volumeConfigurations: [{ name: 'v', managedEBSVolume: { sizeInGiB: 1 } }],
    }
    expect(complaints(web, call(more))).toEqual([])
  })
})
