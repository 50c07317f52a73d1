/**
 * Tests services over whole simulated days, in which orders are lost, tasks and instances die, and
 * updates come at any hour. At every moment each service keeps to its upper bound, shares of
 * traffic sum to 100, and no instance has two daemons. At the end, after some hours without
 * failures, each service has its desired tasks or says why not.
 *
 * `STOWAGE_DAYS=100000` plays more days than the suite does.
 */
import { instant, type StepEvent, type StepState } from '@stowage/kernel'
import { simulate } from '@stowage/simulator'
import { expect, it } from 'vitest'
import type { EcsMemory } from '../memory/memory.js'
import { container, instance, service, task } from '../plan/plan.fixture.js'
import { lowerContainerInstance } from './container-instance-node.js'
import { describeServices, healthyTaskReport } from './describe-services.js'
import { ecsController } from './ecs-controller.js'

const hour = 3_600_000
const [healedAt, dayEnd] = [16 * hour, 24 * hour]

/** A number below `count`, drawn from a seed and a name. */
const drawn = (seed: number, name: string, count: number): number => {
  let bits = Math.imul(seed + 1, 0x9e3779b1)
  for (const letter of name) bits = Math.imul(bits ^ letter.charCodeAt(0), 0x85ebca6b)
  return ((bits ^ (bits >>> 15)) >>> 0) % count
}

const report = (at: number, about: string, value: unknown): StepEvent => ({
  ...{ at: instant(at), _tag: 'Reported', controller: 'ecs' },
  ...{ about, report: value },
})
const check = { command: ['CMD', 'true'] }
const definition = (at: number, family: string, revision: number, isChecked: boolean) =>
  report(
    at,
    `definition ${family}:${revision}`,
    task(family, {
      containerDefinitions: [
        container({
          ...{ cpu: 8, memory: 8 + revision },
          ...(isChecked ? { healthCheck: check } : {}),
        }),
      ],
    }),
  )

interface DayService {
  readonly name: string
  readonly wish: object
  readonly tasksMax: number
}
const servicesOf = (seed: number): readonly DayService[] => {
  const desiredCount = 1 + drawn(seed, 'count', 5)
  const maximumPercent = 100 + drawn(seed, 'maximum', 150)
  const rolling = {
    ...{ minimumHealthyPercent: drawn(seed, 'minimum', 100), maximumPercent },
    deploymentCircuitBreaker: { enable: drawn(seed, 'breaker', 2) === 1, rollback: true },
  }
  const strategies = [
    { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 10 },
    { strategy: 'LINEAR', linearConfiguration: { stepPercent: 30 } },
    { strategy: 'CANARY', canaryConfiguration: { canaryPercent: 2.5 } },
  ]
  const staged = strategies[drawn(seed, 'strategy', 3)]
  return [
    {
      ...{ name: 'web', tasksMax: Math.floor((desiredCount * maximumPercent) / 100) },
      wish: { desiredCount, deploymentConfiguration: rolling },
    },
    // Each of the two revisions may have as many more while it replaces its own tasks.
    { name: 'shop', tasksMax: 8, wish: { desiredCount: 2, deploymentConfiguration: staged } },
    {
      ...{ name: 'agent', tasksMax: 4 },
      wish: { desiredCount: undefined, schedulingStrategy: 'DAEMON' },
    },
  ]
}

const eventsOf = (seed: number): readonly StepEvent[] => {
  const nodes = ['a', 'b', 'c', 'd'].map(
    (name): StepEvent => ({
      ...{ at: instant(0), _tag: 'NodeJoined', name },
      node: instance(name, name),
    }),
  )
  const all = servicesOf(seed).flatMap(({ name, wish }) =>
    [1, 2, 3].flatMap((revision) => {
      const at = revision === 1 ? 1 : 1 + drawn(seed, `${name} ${revision}`, healedAt)
      const taskDefinition = `${name}:${revision}`
      const isChecked = drawn(seed, `${name} check`, 2) === 1
      return [
        definition(at, name, revision, isChecked),
        report(at, `service ${name}`, service(name, { ...wish, taskDefinition })),
      ]
    }),
  )
  return [...nodes, ...[...all].sort((a, b) => a.at - b.at)]
}

/** What is wrong in a state. */
const faultsIn = (state: StepState, services: readonly DayService[]): readonly string[] => {
  const memory = state.memories.get('ecs') as EcsMemory | undefined
  return services.flatMap(({ name, tasksMax }) => {
    const record = memory?.services.get(name)
    if (record === undefined) return []
    const active = [...record.tasks.values()].filter(({ phase }) => phase !== 'leaving')
    const tenths = record.traffic.reduce((sum, { percent }) => sum + Math.round(percent * 10), 0)
    const nodes = active.map(({ node }) => node)
    return [
      ...(active.length <= tasksMax ? [] : [`${name} has ${active.length} tasks`]),
      ...(record.traffic.length === 0 || tenths === 1000 ? [] : [`${name} shifts ${tenths}`]),
      ...(name !== 'agent' || new Set(nodes).size === nodes.length ? [] : ['two daemons on one']),
    ]
  })
}

/** What was wrong in a day, at the first moment that has a fault, or in the end. */
const faultsOfDay = (seed: number): readonly string[] => {
  const services = servicesOf(seed)
  const { moments, state, fault } = simulate({
    ...{ seed, controllers: [ecsController()], events: eventsOf(seed), until: instant(dayEnd) },
    options: { lowerNode: lowerContainerInstance },
    latencies: { start: [1000, 90_000], ready: [1000, 60_000], stop: [500, 30_000] },
    faults: {
      ...{ lost: 0.05, delayed: 0.1, repeated: 0.1, reordered: 0.1 },
      ...{ nodeDeaths: 0.4, nodeReturns: 1, replicaDeaths: 0.1, until: healedAt },
    },
    react: (cause, { ready, state: now }) => {
      if (cause._tag !== 'ReplicaRunning') return []
      const fact = healthyTaskReport(now, cause.replica)
      return fact === undefined ? [] : [{ at: ready, _tag: 'Reported', controller: 'ecs', ...fact }]
    },
  })
  if (fault !== undefined) return [JSON.stringify(fault)]
  for (const moment of moments) {
    const faults = faultsIn(moment.state, services)
    if (faults.length > 0) return faults.map((text) => `${moment.at}: ${text}`)
  }
  return describeServices(state).flatMap(({ serviceName, deployments, events, ...counts }) => {
    const [primary] = deployments
    const isDone =
      deployments.length === 1 &&
      primary!.rolloutState === 'COMPLETED' &&
      counts.runningCount === counts.desiredCount
    const isStuck = / was unable to (stop or start|place)/.test(events[0]?.message ?? '')
    const isFailed = primary!.rolloutState === 'FAILED'
    return isDone || isStuck || isFailed ? [] : [`${serviceName} ends as ${primary!.rolloutState}`]
  })
}

const days = Number(process.env['STOWAGE_DAYS'] ?? 100)

it(
  `keeps its promises through ${days} days of faults`,
  () => {
    for (let seed = 0; seed < days; seed++)
      expect({ seed, faults: faultsOfDay(seed) }).toEqual({ seed, faults: [] })
  },
  days * 5000,
)
