/** Tests services that scale over time: tasks that share a load, schedules, and deployments. */
import { instant, startSteps, step } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lowerContainerInstance } from '../controller/container-instance-node.js'
import { describeServices } from '../controller/describe-services.js'
import { joined, openWorld, reported, type World } from '../controller/drive.fixture.js'
import { evaluateScaling } from '../scaling/evaluate.js'
import type { ScalingServicesMemory } from './scaling-memory.js'
import {
  scalingController,
  type Evaluate,
  type ScalingControllerOptions,
} from './scaling-controller.js'

const resource = 'service/default/web'
const common = {
  ServiceNamespace: 'ecs',
  ResourceId: resource,
  ScalableDimension: 'ecs:service:DesiredCount',
}
const call = (action: string, request: object) =>
  reported(`scaling ${action}`, { action, request: { ...common, ...request } })
const target = call('RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 16 })
const policy = call('PutScalingPolicy', {
  ...{ PolicyName: 'cpu', PolicyType: 'TargetTrackingScaling' },
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 50,
    PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
  },
})
const definition = (version: number) => ({
  family: 'web',
  networkMode: 'none',
  containerDefinitions: [{ name: 'main', image: `web:${version}`, cpu: 64, memory: 64 }],
})
const service = (more: object = {}) =>
  reported('service web', { serviceName: 'web', taskDefinition: 'web:1', desiredCount: 3, ...more })
const node = (id: string) =>
  joined(id, {
    ec2InstanceId: id,
    status: 'ACTIVE',
    agentConnected: true,
    registeredResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 4096 },
    ],
    attributes: [],
  })

const open = (options: ScalingControllerOptions = {}, evaluate?: Evaluate): World => {
  const world = openWorld(scalingController(options, evaluate))
  world.tell([node('i-1'), node('i-2')]).run(0)
  world.tell([reported('definition web:1', definition(1)), service()]).run(1000)
  return world.tell([target]).run(2000).tell([policy]).run(3000)
}
const desired = (world: World): number => describeServices(world.state())[0]!.desiredCount
const memoryOf = (world: World) => world.state().memories.get('ecs') as ScalingServicesMemory

/** Shares a load of percents by the tasks that run, a report before each minute. */
const drive = (world: World, load: number, minutes: number): World => {
  for (let i = 0; i < minutes; i++) {
    const running = world.active().filter(({ runningAt }) => runningAt !== undefined).length
    const value = load / Math.max(1, running)
    world.tell([reported(`metric ${resource} cpu`, { value })]).run(world.now() + 60_000)
  }
  return world
}

describe('a service that scales', () => {
  it('gets the count that its policy wants, and its tasks follow', () => {
    const world = drive(open(), 300, 8)
    expect([desired(world), world.active().length]).toEqual([6, 6])
    expect(memoryOf(world).activities).toMatchObject([{ from: 3, to: 6, resource }])
    drive(world, 100, 25)
    expect([desired(world), world.active().length]).toEqual([2, 2])
  })
  it('never scales in without a value', () => {
    const world = open()
    world.run(60 * 60_000)
    expect(desired(world)).toBe(3)
  })
  it('scales out and not in while a deployment is in progress', () => {
    const world = drive(open(), 150, 5)
    world.tell([
      reported('definition web:2', {
        ...definition(2),
        containerDefinitions: [{ ...definition(2).containerDefinitions[0], cpu: 4000 }],
      }),
    ])
    world.run(world.now() + 1000)
    world.tell([
      service({
        taskDefinition: 'web:2',
        deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200 },
      }),
    ])
    drive(world, 30, 40)
    expect(desired(world)).toBe(3)
    drive(world, 400, 6)
    expect(desired(world)).toBeGreaterThan(3)
  })
  it('obeys a scheduled action at its time, and keeps its bounds', () => {
    const world = open()
    const action = call('PutScheduledAction', {
      ...{ ScheduledActionName: 'open', Schedule: 'at(1970-01-01T00:30:00)' },
      ScalableTargetAction: { MinCapacity: 7 },
    })
    world.tell([action]).run(29 * 60_000 + 59_000)
    expect(desired(world)).toBe(3)
    world.run(30 * 60_000)
    expect(desired(world)).toBe(7)
    drive(world, 10, 40)
    expect(desired(world)).toBe(7)
  })
  it('has a hash that JSON can carry', () => {
    const world = drive(open(), 300, 4)
    expect(JSON.stringify(scalingController().toData(memoryOf(world)))).toContain('"cpu"')
  })
  it.each([
    ['scaling x', { action: 'PutPolicy', request: {} }, '"action"]'],
    [
      'scaling x',
      { action: 'PutScalingPolicy', request: { ...common, PolicyName: 'p' } },
      'ObjectNotFoundException',
    ],
    ['metric service/default/web cpu', { value: 'x' }, '"value"]'],
    ['scaling-alarm service/default/web cpu', { Threshold: 3 }, 'ComparisonOperator'],
    ['nothing x', {}, 'about'],
  ])('refuses a report about %s: %j', (about, report, fault) => {
    const run = step([scalingController()], { lowerNode: lowerContainerInstance })
    const event = { at: instant(1), ...reported(about, report) }
    const result = run(startSteps({ now: instant(1) }), [event])
    expect(result._tag).toBe('Left')
    expect(JSON.stringify(result)).toContain(
      JSON.stringify(fault).slice(1, -1).replaceAll('\\"', '"'),
    )
  })
})

/** A load that rises or falls and comes back: the count follows without going beyond, and stays. */
const comesBack = (evaluate: Evaluate) =>
  fc.property(fc.integer({ min: 30, max: 700 }), fc.integer({ min: 30, max: 700 }), (low, high) => {
    const world = open({}, evaluate)
    drive(world, low, 45)
    drive(world, high, 45)
    const from = memoryOf(world).activities.length
    drive(world, low, 45)
    const count = desired(world)
    const moves = memoryOf(world)
      .activities.slice(from)
      .map(({ from: before, to }) => to - before)
    const isStraight = moves.every((move) => move > 0) || moves.every((move) => move < 0)
    const orders = world.effects().filter(({ _tag }) => _tag !== 'WakeAt').length
    drive(world, low, 20)
    const isQuiet = world.effects().filter(({ _tag }) => _tag !== 'WakeAt').length === orders
    return isStraight && isQuiet && low / count <= 50 && desired(world) === count
  })

describe('scaling there and back by the same metric', () => {
  it('comes to rest where the load is served', { timeout: 60_000 }, () => {
    fc.assert(comesBack(evaluateScaling), { numRuns: 20, seed: 5 })
  })
  it('is refuted when scaling in takes one task too many', { timeout: 60_000 }, () => {
    const eager: Evaluate = (view) => {
      const decision = evaluateScaling(view)
      const isIn = decision.desiredCount < view.desiredCount && decision.desiredCount > 1
      return isIn ? { ...decision, desiredCount: decision.desiredCount - 1 } : decision
    }
    expect(isRefuted(comesBack(eager), { runsMax: 20, seed: 5 })).toBe(true)
  })
})
