/**
 * Tests the calls that start tasks against the AWS documentation, copied as rows to
 * `test/expected/ecs`.
 */
import { instantOfSeconds } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import {
  alphabets,
  groups,
  idempotency,
  launchTypes,
  launchTypesInRequest,
  limits,
  refused as refusedRows,
  supplyWithoutEither,
} from '../../../../test/expected/ecs/a1-requests.js'
import {
  implicit,
  stages,
  takes,
  withoutStrategy,
} from '../../../../test/expected/ecs/a2-pipeline.js'
import { counted, strategies } from '../../../../test/expected/ecs/a5-strategies.js'
import { awsvpc, fargateNeeds, slots } from '../../../../test/expected/ecs/a7-network.js'
import { asynchronous, byCall, reasons } from '../../../../test/expected/ecs/a8-failures.js'
import { holes } from '../../../../test/expected/ecs/h-holes.js'
import { clusterOptions } from '../cluster/options.js'
import { taskInterfacesOf } from '../lower/interface.js'
import { groupOf } from '../workload/workload.js'
import { container, instance, resources, service, task } from '../plan/plan.fixture.js'
import { describeInstances } from '../cluster/describe.js'
import type { Task } from '../words/task.js'
import { compatibilities } from '../words/task-definition.js'
import { clusterOf } from '../cluster/open.js'
import { input } from '../plan/plan.fixture.js'
import { cluster, done, on, refused } from './call.fixture.js'
import { runTask, startTask } from './untyped.fixture.js'
import { describeContainerInstances, describeTasks } from '../index.js'

const web = { taskDefinition: 'web' }
const small = { containerDefinitions: [container({ cpu: 1, memory: 6 })] }
const one = cluster([task('web', small), instance('i-1')])
const fields = (state: typeof one, request: object, call = runTask): readonly string[] =>
  refused(call(state, request, instantOfSeconds(0))).wrong.map(({ at }) => String(at[0]))

describe('limits', () => {
  const memberOf = { type: 'memberOf', expression: 'attribute:ecs.availability-zone == a' }
  const values: Readonly<Record<string, (length: number) => object>> = {
    count: (count) => ({ count }),
    placementConstraints: (length) => ({ placementConstraints: Array(length).fill(memberOf) }),
    expression: (length) => ({
      placementConstraints: [{ ...memberOf, expression: memberOf.expression.padEnd(length) }],
    }),
    placementStrategy: (length) => ({ placementStrategy: Array(length).fill({ type: 'random' }) }),
    overrides: (length) => ({ overrides: { executionRoleArn: 'x'.repeat(length - 23) } }),
    startedBy: (length) => ({ startedBy: 'x'.repeat(length) }),
    group: (length) => ({ group: 'x'.repeat(length) }),
    clientToken: (length) => ({ clientToken: 'x'.repeat(length) }),
  }
  const rows = limits.filter(({ of, field }) => of !== 'CreateService' && field in values)
  it.each(rows)('$field: at most $most $unit', ({ field, most, least }) => {
    const of = values[field]!
    expect(done(runTask(one, { ...web, ...of(most) }, instantOfSeconds(0)))[1].tasks).not.toEqual(
      [],
    )
    const [wrong] = fields(one, { ...web, ...of(most + 1) })
    expect(wrong).toBe(field === 'expression' ? 'placementConstraints' : field)
    if (least !== undefined) expect(fields(one, { ...web, ...of(least - 1) })).toEqual([field])
  })
  it('of StartTask', () => {
    const { most, least = NaN } = limits.find(({ field }) => field === 'containerInstances')!
    const of = (length: number) => ({ ...web, containerInstances: Array(length).fill('i-1') })
    expect(done(startTask(one, of(most), instantOfSeconds(0)))[1].tasks).toHaveLength(most)
    for (const length of [most + 1, least - 1])
      expect(fields(one, of(length), startTask)).toEqual(['containerInstances'])
  })
  it('constraints of the definition and of the request are counted together', () => {
    const { most } = limits.find(({ field }) => field === 'placementConstraints')!
    const state = cluster([
      task('web', { ...small, placementConstraints: [memberOf] }),
      instance('i-1'),
    ])
    const of = (count: number) => ({ ...web, placementConstraints: Array(count).fill(memberOf) })
    expect(done(runTask(state, of(most - 1), instantOfSeconds(0)))[1].tasks).toHaveLength(1)
    expect(fields(state, of(most))).toEqual(['placementConstraints'])
  })
})

it.each(alphabets)('$field has the characters that it may have', ({ field, right, wrong }) => {
  for (const text of right)
    expect(done(runTask(one, { ...web, [field]: text }, instantOfSeconds(0)))).toBeTruthy()
  for (const text of wrong) expect(fields(one, { ...web, [field]: text })).toEqual([field])
})

it.each(groups)('a task of $family, $service and $asked has the group $group', (row) => {
  const { family, service: name, asked, group } = row
  const named = name === undefined ? [] : [service(name, { taskDefinition: family })]
  const documents = input(task(family, small), ...named, instance('i-1'))
  expect(groupOf(documents.workloads[0]!)).toBe(asked === undefined ? group : `family:${family}`)
  const request = { taskDefinition: family, ...(asked === undefined ? {} : { group: asked }) }
  const [{ group: started }] = done(runTask(clusterOf(documents), request, instantOfSeconds(0)))[1]
    .tasks as [Task]
  expect(started).toBe(name === undefined ? group : `family:${family}`)
})

describe('what is refused', () => {
  const requests: Readonly<Record<string, readonly object[]>> = {
    'propagateTags is SERVICE': [{ propagateTags: 'SERVICE' }],
    'launchType and capacityProviderStrategy are both given': [
      { launchType: 'FARGATE', capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
    ],
    'distinctInstance has an expression': [
      { placementConstraints: [{ type: 'distinctInstance', expression: 'attribute:a exists' }] },
    ],
    'a strategy, a constraint or a capacity provider is given': [
      { placementStrategy: [{ type: 'random' }] },
      { placementConstraints: [{ type: 'distinctInstance' }] },
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
    ],
    'the launch type is neither EC2 nor EXTERNAL': [{ launchType: 'FARGATE' }],
  }
  it.each(refusedRows)('$of: $when', ({ of, when }) => {
    for (const request of requests[when]!) {
      const call = of === 'StartTask' ? startTask : runTask
      const full = of === 'StartTask' ? { ...web, containerInstances: ['i-1'] } : web
      const { exception, message } = refused(
        call(one, { ...full, ...request }, instantOfSeconds(0)),
      )
      expect(exception).toBe('InvalidParameterException')
      expect(message).toContain(
        of === 'RunTask' && when.startsWith('launch') ? 'launchType' : Object.keys(request)[0]!,
      )
    }
  })
})

it('knows the launch types, and takes one by a capacity provider alone', () => {
  expect(compatibilities).toEqual(expect.arrayContaining([...launchTypes]))
  const byProvider = launchTypes.filter(
    (type) => !(launchTypesInRequest as readonly string[]).includes(type),
  )
  for (const launchType of byProvider)
    expect(fields(one, { ...web, launchType })).toEqual(['launchType'])
})

it(`comes without either from the ${supplyWithoutEither}`, () => {
  const state = cluster(
    [task('web', small), instance('i-1'), instance('i-2', 'a', { capacityProviderName: 'own' })],
    {
      [supplyWithoutEither]: [{ capacityProvider: 'own', weight: 1 }],
    },
  )
  const started = (more: object) =>
    on(done(runTask(state, { ...web, ...more }, instantOfSeconds(0)))[1].tasks)
  const placementStrategy = [{ type: 'spread', field: 'instanceId' }]
  expect(started({ placementStrategy })).toEqual(['i-2'])
  expect(started({ placementStrategy, launchType: 'EC2' })).toEqual(['i-1'])
})

describe('the same client token', () => {
  const call = { ...web, count: 2, clientToken: 't' }
  const [state, first] = done(runTask(one, call, instantOfSeconds(10)))
  it.each(idempotency)('with $parameters parameters: $answer', ({ parameters, carries }) => {
    if (parameters === 'same') {
      const [after, again] = done(runTask(state, call, instantOfSeconds(20)))
      expect([again.tasks, after.tasks.size]).toEqual([first.tasks, 2])
      return
    }
    const { exception, ...more } = refused(
      runTask(state, { ...call, count: 1 }, instantOfSeconds(20)),
    )
    expect(exception).toBe('ConflictException')
    expect(more[carries as 'resourceIds']).toEqual(first.tasks.map(({ taskArn }) => taskArn))
  })
  const withEnvironment = (value: string) => ({
    ...call,
    overrides: { containerOverrides: [{ name: 'main', environment: [{ name: 'A', value }] }] },
  })
  it('stands for all parameters, those too that have no say in placement', () => {
    const [after] = done(runTask(one, withEnvironment('1'), instantOfSeconds(10)))
    expect(refused(runTask(after, withEnvironment('2'), instantOfSeconds(20))).exception).toBe(
      'ConflictException',
    )
    expect(done(runTask(after, withEnvironment('1'), instantOfSeconds(20)))[0].tasks.size).toBe(2)
  })
  it('takes a parameter that is null for one that is not there', () => {
    const withNulls = { ...call, group: null, overrides: null }
    expect(done(runTask(state, withNulls, instantOfSeconds(20)))[1].tasks).toEqual(first.tasks)
  })
  it('is another one when its lifetime is over', () => {
    expect(clusterOptions.clientTokenLifetime).toBe(
      holes.find(({ option }) => option === 'clientTokenLifetime')!.default,
    )
    const short = { ...state, options: { ...state.options, clientTokenLifetime: 60_000 } }
    expect(done(runTask(short, call, instantOfSeconds(69)))[0].tasks.size).toBe(2)
    expect(done(runTask(short, call, instantOfSeconds(70)))[0].tasks.size).toBe(4)
  })
  it('is not remembered of a call that started nothing', () => {
    const full = cluster([
      task('web'),
      instance('i-1', 'a', { registeredResources: resources(1, 1) }),
    ])
    const [after, answer] = done(runTask(full, call, instantOfSeconds(0)))
    expect([answer.tasks, after.tokens.size]).toEqual([[], 0])
  })
})

describe('the pipeline', () => {
  it('asks in the order of the stages', () => {
    const state = cluster([
      task('web', { containerDefinitions: [container({ memory: 4097 })] }),
      instance('i-1'),
      instance('i-2', 'b', { registeredResources: resources(2048, 8192) }),
    ])
    const placementConstraints = [
      { type: 'memberOf', expression: 'attribute:ecs.availability-zone == c' },
    ]
    const { failures, refusals } = done(
      runTask(state, { ...web, placementConstraints }, instantOfSeconds(0)),
    )[1]
    expect(stages.map(({ stage }) => stage).slice(0, 2)).toEqual(['resources', 'constraints'])
    expect(failures.map(({ reason }) => reason)).toEqual([
      'RESOURCE:MEMORY',
      'MemberOf placement constraint unsatisfied.',
    ])
    expect(refusals.map((each) => each.refusals.length)).toEqual([2, 1])
    const perInstance = reasons.flatMap(({ reason, each }) => (each ? [reason] : []))
    for (const { arn, reason } of failures)
      expect(arn !== undefined).toBe(perInstance.includes(reason))
  })
  it.each(takes)('$launchType: constraints $constraints, strategies $strategies', (row) => {
    const definition = {
      ...{ cpu: '256', memory: '512', networkMode: 'awsvpc' },
      requiresCompatibilities: launchTypes,
    }
    const state = cluster([task('web', definition), instance('i-1')], {
      capacityProviders: { managed: 'MANAGED_INSTANCES' },
    })
    const supply =
      row.launchType === 'MANAGED_INSTANCES'
        ? { capacityProviderStrategy: [{ capacityProvider: 'managed', weight: 1 }] }
        : { launchType: row.launchType }
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['s'] } }
    const wrong = (more: object) => {
      const called = runTask(
        state,
        { ...web, networkConfiguration, ...supply, ...more },
        instantOfSeconds(0),
      )
      return called._tag === 'Left' ? called.left.wrong.map(({ at }) => at[0]) : []
    }
    expect(wrong({ placementConstraints: [{ type: 'distinctInstance' }] })).toEqual(
      row.constraints ? [] : ['placementConstraints'],
    )
    expect(wrong({ placementStrategy: [{ type: 'random' }] })).toEqual(
      row.strategies ? [] : ['placementStrategy'],
    )
  })
  it('breaks what does not bind, and nothing that does', () => {
    // The zone has room on the instance alone that packing would take last.
    const tight = { registeredResources: resources(2048, 5) }
    const state = cluster([task('web', small), instance('i-1', 'a', tight), instance('i-2')])
    const placementStrategy = [{ type: 'binpack', field: 'memory' }]
    const spread = [{ type: 'spread', field: 'instanceId' }]
    expect(
      on(done(runTask(state, { ...web, placementStrategy }, instantOfSeconds(0)))[1].tasks),
    ).toEqual(['i-2'])
    const twice = done(
      runTask(state, { ...web, count: 2, placementStrategy: spread }, instantOfSeconds(0)),
    )[1]
    const distinct = [{ type: 'distinctInstance' }]
    const once = done(
      runTask(state, { ...web, count: 2, placementConstraints: distinct }, instantOfSeconds(0)),
    )[1]
    const binding = Object.fromEntries(stages.map((row) => [row.stage, row.binding]))
    expect(binding['strategies']).toBe(twice.tasks.length < 2)
    expect(binding['constraints']).toBe(once.tasks.length < 2)
  })
  it('places a task by itself randomly', () => {
    expect(withoutStrategy.find((row) => row.task === 'standalone')!.spread).toBe('randomly')
    const names = ['i-1', 'i-2', 'i-3', 'i-4']
    const drawn = (seed: number) => {
      const state = cluster([task('web', small), ...names.map((name) => instance(name))], { seed })
      return on(done(runTask(state, { ...web, count: 10 }, instantOfSeconds(0)))[1].tasks)
    }
    expect(drawn(1)).toEqual(drawn(1))
    expect(drawn(1)).not.toEqual(drawn(2))
    expect(new Set([...drawn(1), ...drawn(2), ...drawn(3)])).toEqual(new Set(names))
  })
  it('asks for what nobody wrote', () => {
    const port = { portMappings: [{ containerPort: 80, hostPort: 80 }] }
    const arm = { runtimePlatform: { cpuArchitecture: 'ARM64' } }
    const gpu = { resourceRequirements: [{ type: 'GPU', value: '1' }] }
    const needs = [{ name: 'ecs.capability.task-eni' }]
    const other = { name: 'ecs.capability.x' }
    const m5 = { name: 'ecs.instance-type', value: 'm5.large' }
    const zoned = { name: 'ecs.availability-zone', value: 'a' }
    const inB = { networkConfiguration: { awsvpcConfiguration: { subnets: ['in-b'] } } }
    const inA = { networkConfiguration: { awsvpcConfiguration: { subnets: ['in-a'] } } }
    const reason = (definition: object, on: object, request: object = {}, count = 1) => {
      const state = cluster([task('web', { ...small, ...definition }), instance('i-1', 'a', on)], {
        subnetZones: { 'in-a': 'a', 'in-b': 'b' },
      })
      return done(runTask(state, { ...web, ...request, count }, instantOfSeconds(0)))[1].failures[0]
        ?.reason
    }
    const containing = (more: object) => ({
      containerDefinitions: [container({ cpu: 1, memory: 6, ...more })],
    })
    const awsvpc = { networkMode: 'awsvpc' }
    const answers: Readonly<Record<string, string | undefined>> = {
      'the agent is connected': reason({}, { agentConnected: false }),
      'the attributes that the task definition requires': reason(
        { requiresAttributes: needs },
        { attributes: [other] },
      ),
      'the operating system family and the CPU architecture': reason(arm, {
        attributes: [{ name: 'ecs.cpu-architecture', value: 'x86_64' }],
      }),
      'for awsvpc: the zone of the subnet is that of the instance': reason(awsvpc, {}, inB),
      'free network interfaces': reason(awsvpc, { attributes: [m5, zoned] }, inA, 3),
      'free host ports': reason(containing(port), {}, {}, 2),
      'free GPUs': reason(containing(gpu), {}),
    }
    expect(implicit.map((each) => answers[each])).toEqual([
      ...[
        'AGENT',
        'ATTRIBUTE',
        'ATTRIBUTE',
        'LOCATION',
        'RESOURCE:ENI',
        'RESOURCE:PORTS',
        'RESOURCE:GPU',
      ],
    ])
    expect(reason({ requiresAttributes: needs }, { attributes: [other, ...needs] })).toBe(undefined)
    expect(reason({ requiresAttributes: needs }, {})).toBe(undefined)
    expect(reason(awsvpc, { attributes: [m5, zoned] }, inA, 2)).toBe(undefined)
    expect(reasons.map((row) => row.reason)).toEqual(expect.arrayContaining(Object.values(answers)))
  })
})

it('counts the tasks of the group that was asked for', () => {
  expect(counted.find((row) => row.task === 'standalone')!.counts).toBe('tasks of the group')
  const placementStrategy = [{ type: 'spread', field: 'instanceId' }]
  const state = cluster([task('web', small), instance('i-1'), instance('i-2')])
  const [after] = done(
    runTask(state, { ...web, group: 'a', placementStrategy }, instantOfSeconds(0)),
  )
  const where = (group: string) =>
    on(done(runTask(after, { ...web, group, placementStrategy }, instantOfSeconds(0)))[1].tasks)
  expect([where('a'), where('b')]).toEqual([['i-2'], ['i-1']])
})

it.each(strategies)('$type takes the field $field', ({ type, field }) => {
  const names = field === 'none' ? [undefined] : field.map((name) => name.replace('<name>', 'x'))
  for (const name of names) {
    const placementStrategy = [name === undefined ? { type } : { type, field: name }]
    expect(
      done(runTask(one, { ...web, placementStrategy }, instantOfSeconds(0)))[1].tasks,
    ).toHaveLength(1)
  }
})

it.each(slots)('$type, with a trunk: $trunking, holds $tasks', ({ type, trunking, tasks }) => {
  const attributes = [
    { name: 'ecs.instance-type', value: type },
    ...(trunking ? [{ name: 'ecs.awsvpc-trunk-id', value: 'eni-1' }] : []),
  ]
  expect(taskInterfacesOf({ registeredResources: [], attributes })).toBe(tasks)
})

describe('networks', () => {
  const definition = { ...small, networkMode: 'awsvpc' }
  const state = cluster([task('web', definition), task('bridged', small), instance('i-1')])
  const configured = (subnets: number, securityGroups: number) => ({
    ...web,
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: Array(subnets).fill('s'),
        securityGroups: Array(securityGroups).fill('g'),
      },
    },
  })
  it('have so many subnets and security groups at most', () => {
    const { subnetsMax, securityGroupsMax } = awsvpc
    const right = configured(subnetsMax, securityGroupsMax)
    expect(done(runTask(state, right, instantOfSeconds(0)))[1].tasks).toHaveLength(1)
    for (const wrong of [
      configured(subnetsMax + 1, 1),
      configured(1, securityGroupsMax + 1),
      configured(0, 0),
    ])
      expect(fields(state, wrong)).toEqual(['networkConfiguration'])
  })
  it('are told of where the mode is awsvpc, and nowhere else', () => {
    expect(fields(state, web)).toEqual(['networkConfiguration'])
    expect(fields(state, { ...configured(1, 0), taskDefinition: 'bridged' })).toEqual([
      'networkConfiguration',
    ])
  })
  it.each(['bridge', 'host', 'awsvpc', 'none'])('of the mode %s on Fargate', (networkMode) => {
    const supported = networkMode === fargateNeeds ? ['FARGATE'] : ['EC2']
    const sized = { ...{ cpu: '256', memory: '512' }, compatibilities: supported, networkMode }
    const request = networkMode === 'awsvpc' ? configured(1, 1) : web
    const called = runTask(
      cluster([task('web', sized)]),
      { ...request, launchType: 'FARGATE' },
      instantOfSeconds(0),
    )
    expect(called._tag).toBe(networkMode === fargateNeeds ? 'Right' : 'Left')
  })
})

it('has a documented failure for each call that names what is not there', () => {
  const [missing] = byCall.find(({ call }) => call === 'Describe*')!.reasons
  expect(describeTasks(one, ['x']).failures.map(({ reason }) => reason)).toEqual([missing])
  const instances = describeContainerInstances(one, ['i-1', 'i-9'])
  expect(instances.containerInstances).toEqual(describeInstances(one))
  expect(instances.failures).toEqual([
    { arn: 'arn:aws:ecs:us-east-1:000000000000:container-instance/default/i-9', reason: missing },
  ])
  const inactive = cluster([task('web'), instance('i-1', 'a', { status: 'INACTIVE' })])
  const named = { ...web, containerInstances: ['i-1', 'i-9'] }
  const { failures } = done(startTask(inactive, named, instantOfSeconds(0)))[1]
  expect(failures.map(({ reason }) => reason)).toEqual(['INACTIVE', 'MISSING'])
  expect(asynchronous).toEqual(
    expect.arrayContaining(['NO ACTIVE INSTANCES', 'EMPTY CAPACITY PROVIDER']),
  )
})
