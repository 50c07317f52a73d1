/**
 * Tests plans of the dump of a running cluster: tasks that exist already, also on missing and
 * DRAINING instances, and objects that need no new task, such as an INACTIVE service.
 */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complaints, held, input, instance, service, task, unplaced } from './plan.fixture.js'
import { planOnInstances } from './plan.js'

const plan = (...values: readonly unknown[]) =>
  planOnInstances(input(...values), { instances: [], seed: 0 })
const running = (group: string, definition: string, on: string | undefined, id: string) => ({
  taskArn: `arn:aws:ecs:r:1:task/c/${id}`,
  taskDefinitionArn: `arn:aws:ecs:r:1:task-definition/${definition}`,
  ...(on === undefined
    ? {}
    : { containerInstanceArn: `arn:aws:ecs:r:1:container-instance/c/${on}` }),
  ...{ group, lastStatus: 'RUNNING', desiredStatus: 'RUNNING' },
})
const codes = ({ warnings }: ReturnType<typeof plan>) => warnings.map(({ code }) => code)

describe('a task definition', () => {
  const tasks = [
    running('service:web', 'web:3', 'i-1', 'a'),
    running('service:web', 'web:4', 'i-1', 'b'),
    running('family:report', 'report:1', 'i-1', 'c'),
  ]
  const four = task('web', { revision: 4 })
  const web = service('web', { taskDefinition: 'web:4', desiredCount: 2 })

  it('that tasks are of wants none by itself', () => {
    const made = plan(
      { tasks },
      four,
      task('web', { revision: 3 }),
      task('report', { revision: 1 }),
      web,
      instance('i-1'),
    )
    expect(held(made)).toEqual(['i-1: family:report web web'])
  })

  it('that only an older deployment names wants none', () => {
    const deployments = [
      { status: 'PRIMARY', taskDefinition: 'web:4', runningCount: 1 },
      { status: 'ACTIVE', taskDefinition: 'web:2', runningCount: 2 },
    ]
    const made = plan(four, task('web', { revision: 2 }), { ...web, deployments }, instance('i-1'))
    expect(held(made)).toEqual(['i-1: web web'])
    expect(made.warnings).toMatchObject([{ code: 'DeploymentUnderWay', detail: '2 of web:2' }])
  })

  it('that is registered beside the one of its service wants none, and is told as ignored', () => {
    const read = input(four, task('web', { revision: 9 }), web)
    expect(read.workloads.map(({ name }) => name)).toEqual(['web'])
    expect(read.ignored).toEqual([{ from: 'file 2', kind: 'revision that nothing names' }])
  })

  it('that nothing names wants one', () => {
    expect(held(plan(task('job', { revision: 9 }), four, web, instance('i-1')))).toEqual([
      'i-1: job web web',
    ])
  })
})

describe('a task on an instance that is not among the documents', () => {
  const web = service('web', { desiredCount: 2, cluster: 'c' })
  it('is not placed again, with a warning', () => {
    const tasks = [running('service:web', 'web:1', 'i-9', 'a')]
    const made = plan({ tasks }, task('web'), web, instance('i-1'))
    expect(held(made)).toEqual(['i-1: web'])
    expect(made.warnings).toMatchObject([
      { code: 'TaskOnUnknownInstance', subject: 'container instance i-9' },
    ])
  })
  it('is placed while it waits for capacity', () => {
    const tasks = [running('service:web', 'web:1', undefined, 'a')]
    expect(held(plan({ tasks }, task('web'), web, instance('i-1')))).toEqual(['i-1: web web'])
  })

  const anyTasks = fc.array(fc.constantFrom('i-1', 'i-2', 'i-9'), { maxLength: 5 })
  const countsAll = (planner: typeof plan) =>
    fc.property(anyTasks, fc.integer({ min: 1, max: 6 }), (on, desiredCount) => {
      const tasks = on.map((name, i) => running('service:web', 'web:1', name, String(i)))
      const small = task('web', { containerDefinitions: [{ name: 'main', cpu: 1, memory: 6 }] })
      const made = planner(
        { tasks },
        small,
        service('web', { desiredCount }),
        instance('i-1'),
        instance('i-2'),
      )
      const here = made.plan.nodes
        .flatMap(({ holds }) => holds)
        .reduce((sum, { count }) => sum + count, 0)
      const away = on.filter((name) => name === 'i-9').length
      expect(here + away).toBe(Math.max(desiredCount, on.length))
    })
  it('counts for its service, wherever it is', () => fc.assert(countsAll(plan)))
  it('is refuted when such a task is forgotten', () => {
    const forgetful: typeof plan = (first, ...values) => {
      const { tasks } = first as { readonly tasks: readonly object[] }
      return plan({ tasks: tasks.filter((one) => !JSON.stringify(one).includes('i-9')) }, ...values)
    }
    expect(isRefuted(countsAll(forgetful))).toBe(true)
  })
})

describe('a task on an instance that is DRAINING', () => {
  const draining = instance('i-2', 'a', { status: 'DRAINING' })
  it('is planned elsewhere when it is of a service', () => {
    const tasks = [
      running('service:web', 'web:1', 'i-1', 'a'),
      running('service:web', 'web:1', 'i-2', 'b'),
    ]
    const made = plan(
      { tasks },
      task('web'),
      service('web', { desiredCount: 2, cluster: 'c' }),
      instance('i-1'),
      draining,
    )
    expect(held(made)).toEqual(['i-1: web web', 'i-2: '])
    expect(made.plan.nodes[1]).toMatchObject({
      status: 'DRAINING',
      leaving: [{ name: 'web', count: 1 }],
    })
    expect(codes(made)).toEqual(['TaskOnDrainingInstance'])
  })
  it('finds no place where there is no room', () => {
    const tasks = [running('service:web', 'web:1', 'i-2', 'a')]
    const made = plan({ tasks }, task('web'), service('web'), draining)
    expect(unplaced(made)).toEqual(['1 web: 1 NOT ACTIVE'])
  })
  it('stays when it is of no service, with a warning', () => {
    const tasks = [running('family:job', 'job:1', 'i-2', 'a')]
    const made = plan({ tasks }, task('job'), instance('i-1'), draining)
    expect([held(made), codes(made)]).toEqual([
      ['i-1: ', 'i-2: family:job'],
      ['TaskOnDrainingInstance'],
    ])
  })
  it('stays when it is of a DAEMON', () => {
    const tasks = [running('service:web', 'web:1', 'i-2', 'a')]
    const strategy = { schedulingStrategy: 'DAEMON', desiredCount: undefined }
    const daemon = service('web', { ...strategy, cluster: 'c' })
    const made = plan({ tasks }, task('web'), daemon, instance('i-1'), draining)
    expect(held(made)).toEqual(['i-1: web', 'i-2: web'])
    expect(made.warnings[0]?.text).toContain('no other replaces it')
  })
})

describe('the replacements for tasks on an instance that is DRAINING', () => {
  const draining = instance('i-2', 'a', { status: 'DRAINING' })
  const tasks = [
    running('service:web', 'web:1', 'i-1', 'a'),
    running('service:web', 'web:1', 'i-2', 'b'),
    running('service:web', 'web:1', 'i-2', 'c'),
  ]
  const waits = (bounds: object | undefined, more: object = {}, there = tasks) =>
    plan(
      { tasks: there },
      task('web'),
      service('web', { desiredCount: 3, deploymentConfiguration: bounds, ...more }),
      ...[instance('i-1'), draining],
    ).warnings.flatMap(({ code, detail }) => (code === 'ReplacementsWait' ? [detail] : []))
  const of = (min: number, max: number) =>
    `minimumHealthyPercent ${min}, maximumPercent ${max} of 3`
  it.each<readonly [number, number, readonly string[]]>([
    [100, 200, []],
    [0, 170, []],
    [100, 150, [`1 of 2 at once, the rest as old ones stop (${of(100, 150)})`]],
    [50, 100, [`none of 2 before old ones stop, 1 of which may at once (${of(50, 100)})`]],
    [0, 100, [`none of 2 before old ones stop, 2 of which may at once (${of(0, 100)})`]],
    [
      100,
      100,
      [`none of 2, as none may stop first (${of(100, 100)}): lower the one or raise the other`],
    ],
  ])('are within %i %% and %i %% of its count', (min, max, lines) => {
    const bounds = { minimumHealthyPercent: min, maximumPercent: max }
    expect(waits(bounds)).toEqual(lines)
  })
  it('are within 100 and 200 % where none are written', () => {
    expect([waits(undefined), waits({})]).toEqual([[], []])
  })
  it('do not wait for tasks that are PENDING there, which stop at once', () => {
    const pending = tasks.map((one) => ({ ...one, lastStatus: 'PENDING' }))
    expect(waits({ maximumPercent: 100 }, {}, pending)).toEqual([])
  })
  it('are none for tasks that the service no longer wants', () => {
    expect(waits({ maximumPercent: 100 }, { desiredCount: 1 })).toEqual([])
  })
})

describe('a service that wants fewer tasks than there are', () => {
  const tasks = [
    running('service:web', 'web:1', 'i-1', 'a'),
    running('service:web', 'web:1', 'i-2', 'b'),
  ]
  const draining = instance('i-2', 'a', { status: 'DRAINING' })
  const holds = (desiredCount: number, second: object) =>
    plan({ tasks }, task('web'), service('web', { desiredCount }), instance('i-1'), second).plan
      .nodes
  it.each([0, 1])('holds all of them, as they are there until they stop: %i', (desiredCount) => {
    expect(holds(desiredCount, instance('i-2'))).toMatchObject([
      { name: 'i-1', holds: [{ name: 'web', count: 1 }] },
      { name: 'i-2', holds: [{ name: 'web', count: 1 }] },
    ])
  })
  it('says which of them leave, as they are to stop', () => {
    const [one, other] = tasks
    const stops = [{ ...one, desiredStatus: 'STOPPED' }, other]
    const ended = { ...running('service:web', 'web:1', 'i-1', 'c'), lastStatus: 'STOPPED' }
    const made = plan(
      { tasks: [...stops, ended, running('service:web', 'web:1', 'i-1', 'd')] },
      { task: 'd', reason: 'enough' },
      ...[task('web'), service('web', { desiredCount: 1 }), instance('i-1'), instance('i-2')],
    )
    expect(made.plan.nodes).toMatchObject([
      { name: 'i-1', holds: [], leaving: [{ name: 'web', count: 2 }] },
      { name: 'i-2', holds: [{ name: 'web', count: 1 }] },
    ])
  })
  it('says that those on an instance that is DRAINING leave', () => {
    expect(holds(0, draining)).toMatchObject([
      { holds: [{ name: 'web', count: 1 }] },
      { holds: [], leaving: [{ name: 'web', count: 1 }] },
    ])
  })
})

describe('a service', () => {
  const set = (id: string, revision: number, computedDesiredCount: number, more: object = {}) => ({
    ...{ id, status: 'ACTIVE', taskDefinition: `web:${revision}`, computedDesiredCount, ...more },
  })
  const external = (...taskSets: readonly object[]) => ({
    services: [
      {
        ...{ serviceName: 'ext', status: 'ACTIVE', desiredCount: 4, taskSets },
        deploymentController: { type: 'EXTERNAL' },
      },
    ],
  })
  const definitions = [task('web', { revision: 3 }), task('web', { revision: 4 })]

  it('starts the tasks of its task set', () => {
    const made = plan(external(set('ecs-svc/1', 4, 2)), ...definitions, instance('i-1'))
    expect(held(made)).toEqual(['i-1: ext ext'])
  })
  it('starts the tasks of each task set, and counts those of each', () => {
    const tasks = [
      { ...running('service:ext', 'web:3', 'i-1', 'a'), startedBy: 'ecs-svc/1' },
      running('service:ext', 'web:4', 'i-1', 'b'),
    ]
    const sets = [
      set('ecs-svc/1', 3, 1),
      set('ecs-svc/2', 4, 2),
      set('ecs-svc/3', 4, 0, { status: 'DRAINING' }),
    ]
    const made = plan({ tasks }, external(...sets), ...definitions, instance('i-1'))
    expect(held(made)).toEqual(['i-1: ext/web:3 ext/web:4 ext/web:4'])
  })
  it('starts the share of its count that the scale of a set says', () => {
    const scaled = set('ecs-svc/1', 4, 0, {
      computedDesiredCount: undefined,
      scale: { value: 30, unit: 'PERCENT' },
    })
    expect(held(plan(external(scaled), ...definitions, instance('i-1')))).toEqual(['i-1: ext ext'])
  })
  describe('whose task sets are documents of their own', () => {
    const described = (id: string, revision: number, count: number, more: object = {}) => ({
      ...set(id, revision, count),
      ...{ taskSetArn: `arn:aws:ecs:r:1:task-set/c/ext/${id}`, launchType: 'EC2' },
      ...{ serviceArn: 'arn:aws:ecs:r:1:service/c/ext', clusterArn: 'arn:aws:ecs:r:1:cluster/c' },
      ...more,
    })
    const answer = { taskSets: [described('ecs-svc/1', 4, 2)], failures: [] }
    const here = { ...instance('i-1'), cluster: 'c' }
    it('starts their tasks', () => {
      expect(held(plan(external(), answer, ...definitions, here))).toEqual(['i-1: ext ext'])
    })
    it('counts one once that it lists itself', () => {
      const listed = external(set('ecs-svc/1', 4, 2))
      expect(held(plan(listed, answer, answer, ...definitions, here))).toEqual(['i-1: ext ext'])
    })
    it('is planned by them alone, with the tasks that they have', () => {
      const tasks = [{ ...running('service:ext', 'web:4', 'i-1', 'a'), startedBy: 'ecs-svc/1' }]
      const made = plan(answer, { tasks }, ...definitions, here)
      expect([held(made), codes(made)]).toEqual([['i-1: ext ext'], []])
      const { serviceArn: _, ...nameless } = described('ecs-svc/1', 4, 1)
      expect(held(plan({ taskSet: nameless }, ...definitions, here))).toEqual(['i-1: ext'])
    })
    it('wants nothing by one that is DRAINING, whose definition wants no task either', () => {
      const leaving = { taskSets: [described('ecs-svc/2', 3, 0, { status: 'DRAINING' })] }
      const read = input(leaving, answer, ...definitions)
      expect(read.workloads.map(({ name }) => name)).toEqual(['ext'])
    })
    it('is one of the cluster that they name', () => {
      const other = { ...instance('i-2'), cluster: 'other' }
      expect(held(plan(answer, ...definitions, here, other))).toEqual(['i-1: ext ext', 'i-2: '])
    })
  })
  it('without a task set under the controller EXTERNAL wants no task', () => {
    expect(codes(plan(external(), task('job'), instance('i-1')))).toEqual(['ServiceWithoutTasks'])
  })
  it('that is INACTIVE wants no task, and its name is free', () => {
    const gone = { ...service('web', { taskDefinition: 'web:3' }), status: 'INACTIVE' }
    const made = plan(
      gone,
      service('web', { taskDefinition: 'web:4' }),
      ...definitions,
      instance('i-1'),
    )
    expect([held(made), codes(made)]).toEqual([['i-1: web'], ['ServiceWithoutTasks']])
    expect(complaints(gone)).toEqual([])
  })
  it('keeps a definition that is INACTIVE, of which no new one is made', () => {
    const gone = task('web', { revision: 3, status: 'INACTIVE' })
    const named = service('web', { taskDefinition: 'web:3' })
    const expected =
      'file 2, taskDefinition: found "web:3", expected a task definition that is ACTIVE, as web:3 is not'
    expect(complaints(gone, named)).toEqual([expected])
    expect(complaints(gone, { ...named, deploymentConfiguration: {} })).toEqual([expected])
    for (const printed of [{ status: 'ACTIVE' }, { runningCount: 0 }, { serviceArn: 'web' }])
      expect(held(plan(gone, { ...named, ...printed }, instance('i-1')))).toEqual(['i-1: web'])
  })
})

describe('a task of no service', () => {
  const nodes = (...values: readonly unknown[]) =>
    plan(...values, instance('i-1')).plan.nodes.map(({ holds, leaving = [] }) => [holds, leaving])
  const job = running('family:job', 'job:1', 'i-1', 'a')

  it('is in the plan under its group, beside those that are new', () => {
    const call = { taskDefinition: 'job', count: 1 }
    expect(nodes({ tasks: [job] }, task('job'))).toEqual([
      [[{ name: 'family:job', count: 1, running: 1 }], []],
    ])
    expect(nodes({ tasks: [job] }, task('job'), call)).toEqual([
      [
        [
          { name: 'family:job', count: 1 },
          { name: 'family:job #2', count: 1, running: 1 },
        ],
        [],
      ],
    ])
  })
  it('of a service that is not among the documents is under its group too', () => {
    const web = running('service:web', 'web:1', 'i-1', 'b')
    expect(nodes({ tasks: [web] }, task('web'))).toEqual([
      [[{ name: 'service:web', count: 1, running: 1 }], []],
    ])
  })
  it('may reserve nothing, as a task of a definition without sizes does', () => {
    const none = { ...job, cpu: '0', memory: '0' }
    expect(nodes({ tasks: [none] }, task('job'))).toEqual([
      [[{ name: 'family:job', count: 1, running: 1 }], []],
    ])
    expect(complaints(task('job', { cpu: '0' }))).toEqual([
      'file 1, cpu: found "0", expected CPU units, such as "256", or vCPUs, such as "1 vCPU"',
    ])
  })
  it('leaves when it is to stop', () => {
    expect(nodes({ tasks: [{ ...job, desiredStatus: 'STOPPED' }] }, task('job'))).toEqual([
      [[], [{ name: 'family:job', count: 1 }]],
    ])
  })
})
