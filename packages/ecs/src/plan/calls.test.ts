/** Calls of RunTask among the documents. */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { complaints, held, input, instance, service, task, unplaced } from './example.js'
import { explainOnInstances, namesMeant } from './explain.js'
import { planOnInstances } from './plan.js'

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
    expect(namesMeant(read, 'task/web')).toEqual(['family:web'])
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
      { launchType: 'FARGATE', ...distinct },
      'placementConstraints: found a list of 1, expected no constraints, as Fargate takes none',
    ],
    [
      { taskDefinition: 'api' },
      'taskDefinition: found "api", expected a task definition that was given, such as web',
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

  it('is none where instances are named', () => {
    const started = { taskDefinition: 'web', group: 'x', containerInstances: ['i-1'] }
    expect(input(web, started).ignored).toHaveLength(1)
  })
})
