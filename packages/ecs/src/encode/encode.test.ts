/**
 * Tests that a state that was encoded and decoded continues exactly as the original: the same calls
 * have the same answers, and lead to the same encoding.
 */
import { instant, type MalformedValue } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callAction, type ActionName } from '../api/actions.js'
import { cluster } from '../api/call.fixture.js'
import { describeInstances } from '../cluster/describe.js'
import type { CallResult, EcsState } from '../cluster/state.js'
import { placeWaiting } from '../cluster/waiting.js'
import { container, instance, resources, service, task } from '../plan/plan.fixture.js'
import { decodeEcs } from './decode.js'
import { encodeEcs } from './encode.js'
import type { Plain } from './plain.js'
import {
  giveUpWaiting,
  interruptTask,
  reportInstance,
  reportTask,
  startServiceTasks,
} from '../api/untyped.fixture.js'

const onFargate = {
  ...{ cpu: '1024', memory: '2048', networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'] },
  containerDefinitions: [container({ cpu: undefined, memory: undefined })],
}
const port = { portMappings: [{ containerPort: 80, hostPort: 80 }] }
const rate = { burst: 3, perSecond: 1 }
const start = cluster(
  [
    task('web', { containerDefinitions: [container({ cpu: 600, memory: 900 })] }),
    task('none', { containerDefinitions: [container({ cpu: 0, memory: 6 })] }),
    task('port', { containerDefinitions: [container(port)] }),
    task('vended', onFargate),
    instance('i-1'),
    instance('i-2', 'b', { registeredResources: resources(4096, 8192) }),
    instance('i-3', 'b', { capacityProviderName: 'p', runningTasksCount: 1 }),
  ],
  {
    seed: 3,
    ties: 'seeded',
    clientTokenLifetime: 9000,
    taskInterfaces: { 'x9.large': { without: 3 } },
    fargate: {
      ...{ launchRate: { FARGATE: rate, FARGATE_SPOT: rate }, subnetRule: 'in turn' },
      vcpusAtOnce: { FARGATE: 2, FARGATE_SPOT: Infinity },
    },
  },
)

const networkConfiguration = { awsvpcConfiguration: { subnets: ['s-1', 's-2', 's-3'] } }
const provider = fc.constantFrom(undefined, 'p')
const runTask = fc.record({
  taskDefinition: fc.constantFrom('web', 'none', 'port'),
  count: fc.integer({ min: 1, max: 4 }),
  clientToken: fc.constantFrom(undefined, 't', 'u'),
  capacityProviderStrategy: provider.map((one) =>
    one === undefined ? undefined : [{ capacityProvider: one, weight: 1 }],
  ),
})
const launch = fc.record({
  taskDefinition: fc.constant('vended'),
  count: fc.integer({ min: 1, max: 2 }),
  networkConfiguration: fc.constant(networkConfiguration),
  capacityProviderStrategy: fc
    .constantFrom('FARGATE', 'FARGATE_SPOT')
    .map((capacityProvider) => [{ capacityProvider, weight: 1 }]),
})
const nth = fc.nat(20)
const step = fc.oneof(
  fc.record({ action: fc.constant<ActionName>('RunTask'), request: fc.oneof(runTask, launch) }),
  fc.record({
    action: fc.constant<ActionName>('UpdateContainerInstancesState'),
    request: fc.record({
      containerInstances: fc.constantFrom(['i-1'], ['i-2']),
      status: fc.constantFrom('ACTIVE', 'DRAINING'),
    }),
  }),
  fc.record({
    action: fc.constant<ActionName>('RegisterTaskDefinition'),
    request: fc.constantFrom(task('web'), task('new')),
  }),
  fc.record({
    action: fc.constant<ActionName>('PutAttributes'),
    request: fc.constant({ attributes: [{ name: 'a', value: 'b', targetId: 'i-1' }] }),
  }),
  fc.record({
    event: fc.constantFrom('stop', 'RUNNING', 'STOPPED', 'interrupt', 'give up'),
    nth,
  }),
  fc.constant({ event: 'place waiting', nth: 0 }),
  fc.constant({ event: 'service', nth: 0 }),
  fc.constant({ event: 'connected', nth: 0 }),
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

const perform = (state: EcsState, one: Step, ms: number): CallResult<unknown> => {
  const at = instant(ms)
  if ('action' in one) return callAction(state, one.action, one.request, at)
  const name = [...state.tasks.keys()][one.nth % Math.max(1, state.tasks.size)] ?? 'none'
  switch (one.event) {
    case 'stop':
      return callAction(state, 'StopTask', { task: name }, at)
    case 'interrupt':
      return interruptTask(state, { task: name }, at)
    case 'give up':
      return giveUpWaiting(state, { task: name }, at)
    case 'place waiting':
      return placeWaiting(state, at)
    case 'service': {
      const shop = service('shop', { taskDefinition: 'web' })
      return startServiceTasks(state, { service: shop, deployment: 'd', count: 2 }, at)
    }
    case 'connected':
      return reportInstance(state, { containerInstance: 'i-2', agentConnected: true }, at)
    default:
      return reportTask(state, { task: name, lastStatus: one.event }, at)
  }
}

const moment = (i: number): number => 400 * i

/** The state after some steps, and the answers and refusals on the way. */
const played = (state: EcsState, steps: readonly Step[], from: number) => {
  let next = state
  const answers = steps.map((one, i) => {
    const result = perform(next, one, moment(from + i))
    if (E.isLeft(result)) return result.left
    next = result.right[0]
    return [result.right[1], describeInstances(next)]
  })
  return { next, answers }
}

const throughJson = (data: Plain): unknown => JSON.parse(JSON.stringify(data))
const decoded = (data: unknown): EcsState => {
  const result = decodeEcs(data)
  return E.isRight(result) ? result.right : expect.fail(JSON.stringify(result.left))
}
const copied = (state: EcsState): EcsState => decoded(throughJson(encodeEcs(state)))

const steps = fc.array(step, { maxLength: 10 })
const continues = (copy: typeof copied) =>
  fc.property(steps, steps, (before, after) => {
    const { next } = played(start, before, 0)
    const [original, other] = [next, copy(next)].map((one) => played(one, after, before.length))
    expect(other!.answers).toEqual(original!.answers)
    expect(encodeEcs(other!.next)).toEqual(encodeEcs(original!.next))
  })

describe('a decoded state', () => {
  it('continues as the original', () => {
    fc.assert(continues(copied), { numRuns: 100 })
  })
  it.each<[string, (state: EcsState) => EcsState]>([
    ['client tokens are forgotten', (state) => ({ ...state, tokens: new Map() })],
    ['no task waits', (state) => ({ ...state, waiting: new Map() })],
    ['ids are given out anew', (state) => ({ ...state, started: 0 })],
    ['tasks are not those of replicas', (state) => ({ ...state, replicas: new Map() })],
    ['definitions are not there', (state) => ({ ...state, families: start.families })],
    ['the clock is turned back', (state) => ({ ...state, at: instant(0) })],
    [
      'launch tokens are all there',
      (state) => ({ ...state, machine: { ...state.machine, buckets: start.machine.buckets } }),
    ],
    [
      'subnets are begun with anew',
      (state) => ({ ...state, machine: { ...state.machine, turns: new Map() } }),
    ],
    [
      'Fargate has nothing that runs',
      (state) => ({ ...state, machine: { ...state.machine, cpu: start.machine.cpu } }),
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(continues((state) => broken(copied(state))))).toBe(true)
  })
  it('has the same encoding', () => {
    fc.assert(
      fc.property(steps, (before) => {
        const data = encodeEcs(played(start, before, 0).next)
        expect(encodeEcs(decoded(throughJson(data)))).toEqual(data)
      }),
      { numRuns: 100 },
    )
  })
})

describe('what is no encoded state', () => {
  const run = { action: 'RunTask', request: { taskDefinition: 'web', count: 2, clientToken: 't' } }
  const wait = {
    taskDefinition: 'web',
    count: 4,
    capacityProviderStrategy: [{ capacityProvider: 'p', weight: 1 }],
  }
  const { next } = played(start, [run as Step, { action: 'RunTask', request: wait }], 0)
  const data = throughJson(encodeEcs(next)) as Record<string, unknown>
  const wrongWith = (value: unknown): readonly MalformedValue[] => {
    const result = decodeEcs(value)
    return E.isLeft(result) ? result.left : []
  }
  const other = <Value>(value: unknown, change: (items: Value[]) => void): Value[] => {
    const copy = structuredClone(value) as Value[]
    change(copy)
    return copy
  }

  it('is read when nothing is changed', () => {
    expect(next.waiting.size).toBeGreaterThan(0)
    expect(wrongWith(data)).toEqual([])
  })
  it.each<[string, readonly (string | number)[], Record<string, unknown>]>([
    ['another format', ['format'], { format: 2 }],
    ['no options', ['options'], { options: undefined }],
    [
      'an option that is none',
      ['options', 'ties'],
      { options: { ...(data['options'] as object), ties: 'none' } },
    ],
    ['a fraction of a millisecond', ['at'], { at: 0.5 }],
    ['bytes that are no base64', ['placed'], { placed: '?' }],
    ['bytes that are no cluster', ['placed', 'magic'], { placed: 'AAAA' }],
    [
      'an instance without a node',
      ['instances', 0, 0],
      { instances: other<[string]>(data['instances'], (all) => (all[0]![0] = 'i-9')) },
    ],
    [
      'an instance less',
      ['instances'],
      { instances: other(data['instances'], (all) => all.pop()) },
    ],
    [
      'a replica that is not there',
      ['replicas', 0],
      { replicas: other<[string, number]>(data['replicas'], (all) => (all[0]![1] = 999)) },
    ],
    [
      'a replica of another instance',
      ['replicas', 0],
      {
        replicas: other<[string, number]>(data['replicas'], (all) => all.reverse().pop()!).map(
          ([arn], i, all) => [
            arn,
            (data['replicas'] as [string, number][])[(i + 1) % all.length]![1],
          ],
        ),
      },
    ],
    [
      'a token of no task',
      ['tokens', 0, 1, 'tasks', 0],
      {
        tokens: other<[string, { tasks: string[] }]>(
          data['tokens'],
          (all) => (all[0]![1].tasks[0] = 'none'),
        ),
      },
    ],
    [
      'a waiting task that is not there',
      ['waiting', 0, 0],
      { waiting: other<[string]>(data['waiting'], (all) => (all[0]![0] = 'none')) },
    ],
    [
      'a key twice',
      ['waiting'],
      { waiting: other<[string]>(data['waiting'], (all) => all.push(all[0]!)) },
    ],
    [
      'a task without a status',
      ['tasks', 0, 'lastStatus'],
      {
        tasks: other<Record<string, unknown>>(data['tasks'], (all) => delete all[0]!['lastStatus']),
      },
    ],
  ])('is refused with the place: %s', (_, at, change) => {
    expect(wrongWith({ ...data, ...change })[0]?.at).toEqual(at)
  })
  it.each([undefined, null, 1, 'text', [], {}])('refuses %j', (value) => {
    expect(wrongWith(value).length).toBeGreaterThan(0)
  })
  it('throws nothing, whatever stands anywhere', () => {
    const values = fc.oneof(
      fc.constantFrom<unknown>(null, -1, 0.5, '', 'x', [], {}),
      fc.jsonValue(),
    )
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(data)), values, (key, value) => {
        decodeEcs({ ...data, [key]: value })
      }),
      { numRuns: 300 },
    )
  })
})
