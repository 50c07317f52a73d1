/**
 * Defines the conformance cases of the ECS adapter and of Fargate: examples of the AWS
 * documentation, checked against the public functions, and a pseudo-random history of API calls.
 */
import {
  callAction,
  clusterOf,
  encodeEcs,
  faultInExpression,
  instancesWhere,
  parseQuery,
  planOnInstances,
  readEcs,
  type ActionName,
  type EcsInput,
} from '@stowage/ecs'
import { isSize, sizesOf, smallestSize, bytesFromMiB, cpuUnits, mebibytes } from '@stowage/fargate'
import { getOrThrow, instantOfSeconds, ticksPerVcpu } from '@stowage/kernel'
import { candidates } from '../../expected/ecs/a2-pipeline.js'
import {
  derived,
  instances as described,
  printed,
  refused,
} from '../../expected/ecs/a4-query-examples.js'
import { packing, spreadOverZones } from '../../expected/ecs/a5-strategies.js'
import { conflicts } from '../../expected/ecs/a7-network.js'
import { sizes, sizesTogether } from '../../expected/ecs/c5-fargate.js'
import { expectSame, type Case } from './case.js'

const inputOf = (...values: readonly unknown[]): EcsInput =>
  getOrThrow(readEcs(values.map((value, i) => ({ from: `document ${i + 1}`, value }))))

const resources = (cpu: number, memory: number) => [
  { name: 'CPU', integerValue: cpu },
  { name: 'MEMORY', integerValue: memory },
]
const instance = (ec2InstanceId: string, zone = 'a', more: object = {}) => ({
  ec2InstanceId,
  registeredResources: resources(2048, 4096),
  attributes: [{ name: 'ecs.availability-zone', value: zone }],
  ...more,
})
const task = (family: string, container: object = {}, more: object = {}) => ({
  family,
  containerDefinitions: [{ name: 'main', cpu: 1, memory: 6, ...container }],
  ...more,
})
const service = (serviceName: string, more: object = {}) => ({
  ...{ serviceName, taskDefinition: serviceName, desiredCount: 1 },
  ...more,
})

/** By instance: the names of the tasks that it holds, with their counts. */
const heldIn = (...values: readonly unknown[]) =>
  planOnInstances(inputOf(...values), { instances: [], seed: 0 }).plan.nodes.map(
    ({ name, holds }) => [name, holds.map((one) => [one.name, one.count])] as const,
  )

const statuses = (): string => {
  const answers = candidates.map(({ status, agentConnected, candidate }) => {
    const held = heldIn(task('web'), instance('i-1', 'a', { status, agentConnected }))
    expectSame(`${status}, ${String(agentConnected)}`, held, [
      ['i-1', candidate ? [['web', 1]] : []],
    ])
    return held
  })
  return JSON.stringify(answers)
}

const strategies = (): string => {
  const zones = spreadOverZones.map(([fuller, emptier], i) => {
    const placementStrategy = [{ type: 'spread', field: 'attribute:ecs.availability-zone' }]
    const web = service('web', { desiredCount: i + 1, placementStrategy })
    const held = heldIn(task('web'), web, instance('i-1', 'a'), instance('i-2', 'b'))
    const counts = held.map(([, [first]]) => first?.[1] ?? 0).sort((a, b) => Number(b) - Number(a))
    expectSame(`${i + 1} over zones`, counts, [fuller, emptier])
    return held
  })
  const packed = packing.map(({ remaining, task: memory, chosen }) => {
    const placementStrategy = [{ type: 'binpack', field: 'memory' }]
    const held = heldIn(
      task('web', { memory }),
      service('web', { placementStrategy }),
      ...Object.entries(remaining).map(([id, mib]) =>
        instance(id, 'a', { remainingResources: resources(2048, mib) }),
      ),
    )
    const holder = held.find(([, holds]) => holds.length > 0)?.[0]
    expectSame(`${memory} MiB`, holder ?? null, chosen ?? null)
    return held
  })
  return JSON.stringify([zones, packed])
}

const ports = (): string => {
  const mapped = (family: string, port: string) => {
    const [hostPort, protocol] = port.split('/')
    return task(family, {
      portMappings: [{ containerPort: 80, hostPort: Number(hostPort), protocol }],
    })
  }
  const answers = conflicts.map(({ one, other, conflict }) => {
    const held = heldIn(mapped('a', one), mapped('b', other), instance('i-1'))
    expectSame(`${one} and ${other}`, held[0]?.[1].length, conflict ? 1 : 2)
    return held
  })
  return JSON.stringify(answers)
}

const queries = (): string => {
  const input = inputOf(
    ...described.map(({ groups = [], attributes, ...one }) => ({
      ...{ ...one, registeredResources: resources(2048, 4096) },
      containerInstanceArn: `arn:aws:ecs:us-east-1:1:container-instance/c/${one.ec2InstanceId}`,
      runningTasksCount: groups.length,
      ...(one.agentVersion === undefined
        ? {}
        : { versionInfo: { agentVersion: one.agentVersion } }),
      attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
    })),
    ...described.flatMap(({ ec2InstanceId, groups = [] }) =>
      groups.map((group, i) => ({
        taskArn: `arn:aws:ecs:us-east-1:1:task/c/${ec2InstanceId}-${i}`,
        taskDefinitionArn: 'arn:aws:ecs:us-east-1:1:task-definition/any:1',
        containerInstanceArn: `arn:aws:ecs:us-east-1:1:container-instance/c/${ec2InstanceId}`,
        ...{ group, lastStatus: 'RUNNING', desiredStatus: 'RUNNING', cpu: '1', memory: '6' },
      })),
    ),
  )
  const selected = [...printed, ...derived].map(({ expression, selects }) => {
    const found = getOrThrow(instancesWhere(input, expression)).map((one) => one.ec2InstanceId)
    expectSame(expression, found, [...selects].sort())
    return [expression, found]
  })
  const faults = refused.map(({ expression, at }) => {
    const read = parseQuery(expression)
    if (read._tag === 'Right') throw new Error(`${expression} was read`)
    expectSame(expression, read.left.at, at)
    return faultInExpression(expression, read.left)
  })
  return JSON.stringify([selected, faults])
}

/** A cluster through 400 calls of a seed, some of which are refused. */
const history = (): string => {
  const zones = ['a', 'b', 'c']
  let state = clusterOf(
    inputOf(
      ...[1, 2, 3].map((size) => task(`web-${size}`, { cpu: 128 * size, memory: 256 * size })),
      ...zones.flatMap((zone) => [1, 2, 3].map((i) => instance(`i-${zone}${i}`, zone))),
    ),
  )
  const running: string[] = []
  const lines: string[] = []
  for (let seed = 22, call = 0; call < 400; call++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    const draw = seed >>> 8
    const stops = draw % 3 === 0 && running.length > 0
    const name: ActionName = stops ? 'StopTask' : 'RunTask'
    const strategy = placementStrategies[draw % placementStrategies.length]!
    const request = stops
      ? { task: running.splice(draw % running.length, 1)[0] }
      : { taskDefinition: `web-${1 + (draw % 4)}`, count: 1 + (draw % 5), ...strategy }
    const called = callAction(state, name, request, instantOfSeconds(call))
    if (called._tag === 'Left') {
      lines.push(`${called.left.exception}: ${called.left.message}`)
      continue
    }
    const [after, answer] = called.right
    state = after
    lines.push(JSON.stringify(answer))
    if ('tasks' in answer)
      for (const { taskArn } of answer.tasks as readonly { readonly taskArn: string }[])
        running.push(taskArn)
  }
  return [...lines, JSON.stringify(encodeEcs(state))].join('\n')
}
const placementStrategies = [
  {},
  { placementStrategy: [{ type: 'random' }] },
  { placementStrategy: [{ type: 'binpack', field: 'memory' }] },
  { placementConstraints: [{ type: 'distinctInstance' }] },
  {
    placementStrategy: [
      { type: 'spread', field: 'attribute:ecs.availability-zone' },
      { type: 'binpack', field: 'cpu' },
    ],
  },
  { placementConstraints: [{ type: 'memberOf', expression: 'ec2InstanceId =~ i-[ab].*' }] },
]

const fargateSizes = (): string => {
  const all = sizesOf('linux')
  expectSame('sizes', all.length, sizesTogether)
  for (const { cpu, memory } of sizes) {
    const least = 'from' in memory ? memory.from : memory[0]!
    if (!isSize('linux', { cpu: cpuUnits(cpu), memory: mebibytes(least) }))
      throw new Error(`${cpu} units with ${least} MiB are no size`)
  }
  const covering = [1, 2, 3, 5, 9, 17, 33].map((vcpus) =>
    smallestSize('linux', (vcpus * ticksPerVcpu) as never, bytesFromMiB(mebibytes(9_000))),
  )
  return JSON.stringify([all, sizesOf('windows'), covering])
}

export const ecsCases: readonly Case[] = [
  { name: 'ecs: statuses of instances', answer: statuses },
  { name: 'ecs: placement strategies', answer: strategies },
  { name: 'ecs: host ports', answer: ports },
  { name: 'ecs: cluster query language', answer: queries },
  { name: 'ecs: a history of 400 calls', answer: history },
  { name: 'fargate: task sizes', answer: fargateSizes },
]
