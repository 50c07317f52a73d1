/**
 * Tests the options for points that the AWS documentation leaves open: RunTask follows each option,
 * and each default is the one that `test/expected/ecs/h-holes.ts` lists.
 */
import { instantOfSeconds } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { spokenIn } from '../../../../test/expected/ecs/a4-query-words.js'
import { holes, rules } from '../../../../test/expected/ecs/h-holes.js'
import { container, held, input, instance, resources, service, task } from '../plan/plan.fixture.js'
import { planOnInstances } from '../plan/plan.js'
import { instancesWhere } from '../plan/query.js'
import { sharesOf } from '../supply/shares.js'
import { parseQuery } from '../query/parse.js'
import { cluster, done, on, refused } from '../api/call.fixture.js'
import { placeWaiting } from './waiting.js'
import { stopOrder } from '../service/stop-order.js'
import { clusterOptions, type ClusterOptions } from './options.js'
import { giveUpWaiting, runTask } from '../api/untyped.fixture.js'

/**
 * The others are those of the query language, of Fargate and of pods there, each beside its own
 * options.
 */
const ofCluster = holes.filter(({ section }) => !['A4', 'C5', 'D'].includes(section))

it.each(ofCluster)('$section, $hole: $option is $default', ({ option, ...hole }) => {
  expect(clusterOptions).toHaveProperty(option, hole.default)
})

const small = { containerDefinitions: [container({ cpu: 1, memory: 6 })] }
const web = { taskDefinition: 'web' }
const memberOf = (expression: string) => ({
  placementConstraints: [{ type: 'memberOf', expression }],
})

describe('a call of RunTask goes by the option', () => {
  const instances = ['i-1', 'i-2', 'i-3'].map((name) => instance(name))
  const started = (options: Partial<ClusterOptions>, request: object, ...values: object[]) => {
    const there = values.length > 0 ? values : instances
    return done(
      runTask(
        cluster([task('web', small), ...there], options),
        { ...web, ...request },
        instantOfSeconds(0),
      ),
    )[1]
  }

  it('ties', () => {
    const placementStrategy = [{ type: 'binpack', field: 'memory' }]
    const firsts = (ties: 'rank' | 'seeded') =>
      Array.from(
        { length: 30 },
        (_, seed) => on(started({ ties, seed }, { placementStrategy }).tasks)[0],
      )
    expect(new Set(firsts('rank'))).toEqual(new Set(['i-1']))
    expect(new Set(firsts('seeded'))).toEqual(new Set(['i-1', 'i-2', 'i-3']))
  })

  it('absentBucket', () => {
    const racks = [undefined, undefined, 'r'].map((value, i) =>
      instance(`i-${i}`, 'a', { attributes: value === undefined ? [] : [{ name: 'rack', value }] }),
    )
    const placementStrategy = [{ type: 'spread', field: 'attribute:rack' }]
    const where = (absentBucket: 'own' | 'shared') =>
      on(started({ absentBucket }, { placementStrategy, count: 3 }, ...racks).tasks)
    expect(where('own')).toEqual(['i-0', 'i-1', 'i-2'])
    expect(where('shared')).toEqual(['i-0', 'i-2', 'i-0'])
  })

  it('distinctInstanceReason', () => {
    const request = { count: 2, placementConstraints: [{ type: 'distinctInstance' }] }
    const { failures, refusals } = started(
      { distinctInstanceReason: 'taken' },
      request,
      instances[0]!,
    )
    expect(failures).toEqual([{ reason: 'taken' }])
    expect(refusals[0]!.refusals).toEqual([{ stage: 'placementConstraints', reasons: ['taken'] }])
  })

  it('constraintBlocked, which waits until the constraint holds or somebody gives up', () => {
    const blocked = memberOf('runningTasksCount > 0')
    const options = { constraintBlocked: 'PENDING' } as const
    const there = [instance('i-1'), instance('i-2', 'a', { registeredResources: resources(1, 5) })]
    const fails = started({}, { ...blocked, count: 2 }, ...there)
    expect([fails.tasks, fails.failures.length]).toEqual([[], 2])
    const state = cluster([task('web', small), ...there], options)
    const [waits, { tasks, failures }] = done(
      runTask(state, { ...web, ...blocked, count: 2 }, instantOfSeconds(0)),
    )
    expect([tasks.map(({ lastStatus }) => lastStatus), on(tasks), failures]).toEqual([
      ['PENDING', 'PENDING'],
      ['', ''],
      [],
    ])
    const full = done(
      runTask(cluster([task('web', small), there[1]!], options), web, instantOfSeconds(0)),
    )[1]
    expect([full.tasks, full.failures.length]).toEqual([[], 1])
    const [given, { task: stopped }] = done(
      giveUpWaiting(waits, { task: tasks[1]!.taskArn }, instantOfSeconds(1)),
    )
    expect([stopped.stopCode, stopped.stoppedReason]).toEqual([
      'TaskFailedToStart',
      'RESOURCE:MEMORY',
    ])
    const [busy] = done(runTask(given, web, instantOfSeconds(2)))
    expect(on(done(placeWaiting(busy, instantOfSeconds(3)))[1].tasks)).toEqual(['i-1'])
  })

  it('query, where an expression is asked', () => {
    const request = memberOf("ec2InstanceId =~ '[12]'")
    const found = (anchoring: 'whole' | 'part') =>
      started({ query: { ...clusterOptions.query, anchoring } }, { ...request, count: 9 }).tasks
    expect(found('whole')).toEqual([])
    expect(new Set(on(found('part')))).toEqual(new Set(['i-1', 'i-2']))
  })

  it('query, where an expression is read: of the call, and of the definition', () => {
    const quoted = memberOf("attribute:ecs.availability-zone == 'a (b)'")
    const query = { ...clusterOptions.query, parentheses: 'nowhere' } as const
    const of = (definition: object, request: object) =>
      runTask(
        cluster([task('web', { ...small, ...definition }), ...instances], { query }),
        { ...web, ...request },
        instantOfSeconds(0),
      )
    expect(refused(of({}, quoted)).wrong[0]!.at).toEqual(['placementConstraints', 0, 'expression'])
    expect(refused(of(quoted, {})).message).toContain('placementConstraints')
    expect(done(of({}, {}))[1].tasks).toHaveLength(1)
  })
})

it('goes in a plan too by ties and by the reason', () => {
  const apart = { desiredCount: 4, placementConstraints: [{ type: 'distinctInstance' }] }
  const placementStrategy = [{ type: 'binpack', field: 'memory' }]
  const documents = (more: object) =>
    input(
      task('web', small),
      service('web', { ...more, placementStrategy }),
      ...['i-1', 'i-2', 'i-3'].map((name) => instance(name)),
    )
  const planned = (more: object, seed: number) =>
    planOnInstances(documents(more), {
      ...{ instances: [], seed, ties: 'seeded', distinctInstanceReason: 'taken' },
    })
  const seeds = Array.from({ length: 30 }, (_, seed) => seed)
  const first = seeds.map((seed) => held(planned({ desiredCount: 1 }, seed)).join())
  expect(new Set(first).size).toBe(3)
  expect(JSON.stringify(planned(apart, 0).plan.unplaced)).toContain('"taken"')
})

describe('where there is no option', () => {
  const queried = (text: string) => parseQuery(text)
  const stopped = (seed: number) =>
    stopOrder(
      ['a', 'b', 'c'].map((name) => ({ task: name, instance: name, cpu: 1, memory: 1 })),
      new Map(),
      [{ type: 'random' }],
      1,
      { ...clusterOptions, seed },
    )[0]
  const sized = (more: object) =>
    done(
      runTask(
        cluster([task('web', { ...small, ...more }), instance('i-1')]),
        web,
        instantOfSeconds(0),
      ),
    )[1].tasks
  const checks: Readonly<Record<string, () => void>> = {
    'whether and binds more tightly than or': () => {
      const [a, b, c] = ['a', 'b', 'c'].map((name) => `attribute:${name} exists`)
      expect(queried(`${a} or ${b} and ${c}`)).toEqual(queried(`${a} or (${b} and ${c})`))
      expect(queried(`${a} and ${b} or ${c}`)).toEqual(queried(`(${a} and ${b}) or ${c}`))
    },
    'which tasks are stopped where the strategy is random': () => {
      const seeds = Array.from({ length: 600 }, (_, seed) => stopped(seed))
      for (const name of ['a', 'b', 'c'])
        expect(Math.abs(seeds.filter((one) => one === name).length - 200)).toBeLessThan(60)
    },
    'what is set aside for a task with a size of its own': () => {
      expect(sized({ cpu: '512', memory: '1024' })).toMatchObject([{ cpu: 512, memory: 1024 }])
      expect(sized({ memory: '1024' })).toMatchObject([{ cpu: 1, memory: 1024 }])
    },
    'a base of a provider whose weight is 0': () => {
      expect(sharesOf([{ base: 2, weight: 0 }, { weight: 1 }], 5)).toEqual([2, 3])
    },
    'one provider alone, whose weight is 0': () => {
      expect(sharesOf([{ weight: 0 }], 5)).toEqual([5])
    },
  }
  it.each(rules)('$section, $hole: $rule', ({ hole }) => {
    checks[hole]!()
  })
})

it('speaks one language where expressions are written', () => {
  const expression = 'ec2InstanceId in [i-1, i-3]'
  const instances = ['i-1', 'i-2', 'i-3'].map((name) => instance(name))
  const state = cluster([task('web', small), ...instances])
  const found: Readonly<Record<(typeof spokenIn)[number], () => readonly (string | undefined)[]>> =
    {
      'PlacementConstraint.expression': () =>
        on(
          done(
            runTask(state, { ...web, ...memberOf(expression), count: 9 }, instantOfSeconds(0)),
          )[1].tasks,
        ),
      'ListContainerInstances.filter': () => {
        const listed = instancesWhere(input(...instances), expression)
        return listed._tag === 'Right' ? listed.right.map((each) => each.ec2InstanceId) : []
      },
    }
  for (const place of spokenIn) expect(new Set(found[place]())).toEqual(new Set(['i-1', 'i-3']))
})
