/**
 * Tests the model of Fargate (`VendingMachine`): a task has a node of its own as long as it lives,
 * quotas limit the launches, each task gets a subnet, and each refusal has its text.
 */
import { instant, type Instant } from '@stowage/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import type { LaunchRequest } from '../launch/request.js'
import { interruptionOf, launchNodes, launchQueue, openMachine, releaseNode } from './machine.js'
import { refusalText } from '../launch/refusal.js'
import type { TaskSize } from '../size/size.js'
import { cpuUnits, mebibytes } from '../size/unit.js'
import type { LaunchResult, VendingMachine } from './state.js'

const size = (cpu: number, memory: number): TaskSize => ({
  cpu: cpuUnits(cpu),
  memory: mebibytes(memory),
})
const asking = (task: string, more: Partial<LaunchRequest> = {}): LaunchRequest => ({
  task,
  size: size(256, 512),
  subnets: ['a', 'b'],
  ...more,
})
const launchNode = (
  machine: VendingMachine,
  request: LaunchRequest,
  at: Instant,
): readonly [VendingMachine, LaunchResult] => {
  const [after, [result]] = launchNodes(machine, [request], at)
  return [after, result!]
}
const errors = (more: Partial<LaunchRequest>, machine: VendingMachine = openMachine()) => {
  const [, launched] = launchNode(machine, asking('one', more), instant(0))
  return launched._tag === 'Refused' ? launched.refusals.map(refusalText) : launched._tag
}
const tasks = (count: number, more: Partial<LaunchRequest> = {}): readonly LaunchRequest[] =>
  Array.from({ length: count }, (_, i) => asking(`task-${i}`, more))
const subnetsOf = (launched: readonly LaunchResult[]): readonly string[] =>
  launched.map((one) => (one._tag === 'Vended' ? one.node.subnet : one._tag))

describe('a launch', () => {
  it('vends one node, cut to its task', () => {
    const [after, launched] = launchNode(
      openMachine(),
      asking('one', { ephemeralStorage: 50 }),
      instant(7),
    )
    const node = {
      ...{ task: 'one', capacity: 'FARGATE', size: size(256, 512), ephemeralStorage: 50 },
      ...{ platform: { os: 'linux', architecture: 'X86_64', version: '1.4.0' } },
      ...{ subnet: 'a', serial: 0, at: 7 },
    }
    expect(launched).toEqual({ _tag: 'Vended', node })
    expect([...after.nodes]).toEqual([['one', node]])
  })
  it.each([NaN, 0.5, Infinity, 2 ** 53])('at %s is refused, and takes no token', (number) => {
    const launchRate = {
      FARGATE: { burst: 1, perSecond: 0 },
      FARGATE_SPOT: { burst: 1, perSecond: 0 },
    }
    const [after, launched] = launchNode(
      openMachine({ launchRate }),
      asking('one'),
      instant(number),
    )
    expect(launched).toEqual({
      _tag: 'Refused',
      refusals: [{ _tag: 'InvalidInstant', at: number }],
    })
    expect(launchNode(after, asking('one'), instant(0))[1]._tag).toBe('Vended')
  })
  it('leaves the machine that was before as it was', () => {
    const before = openMachine()
    launchNodes(before, tasks(5), instant(0))
    expect(before).toEqual(openMachine())
  })
  it('is not of a task that is there', () => {
    const [machine] = launchNode(openMachine(), asking('one'), instant(0))
    expect(errors({}, machine)).toEqual(['there is a task one already.'])
  })
})

describe('a task that stops', () => {
  it('takes its node with it, and frees what it had of the quota', () => {
    const large = { size: size(4096, 8192) }
    const [one] = launchNode(openMachine(), asking('one', large), instant(0))
    expect(launchNode(one, asking('two', large), instant(0))[1]).toEqual({
      ...{ _tag: 'OverQuota', capacity: 'FARGATE', running: 4, max: 6 },
    })
    const [none, gone] = releaseNode(one, 'one')
    expect([gone?.task, none.nodes.size]).toEqual(['one', 0])
    expect(launchNode(none, asking('two', large), instant(0))[1]._tag).toBe('Vended')
  })
  it('has to be there', () => {
    const machine = openMachine()
    expect(releaseNode(machine, 'nobody')).toEqual([machine, undefined])
  })
  it('is told before it is taken back, on Spot alone', () => {
    const [machine] = launchNodes(
      openMachine(),
      [asking('safe'), asking('cheap', { capacity: 'FARGATE_SPOT' })],
      instant(0),
    )
    expect(interruptionOf(machine, 'safe', instant(10))).toBeUndefined()
    expect(interruptionOf(machine, 'cheap', instant(10))).toMatchObject({ at: 10, gone: 120_010 })
    const older = openMachine({ spotStopCode: 'TerminationNotice' })
    const [cheap] = launchNode(older, asking('cheap', { capacity: 'FARGATE_SPOT' }), instant(0))
    expect(interruptionOf(cheap, 'cheap', instant(0))?.stopCode).toBe('TerminationNotice')
  })
})

describe('subnets', () => {
  it('are shared evenly, by each capacity for itself', () => {
    const [machine, first] = launchNodes(openMachine(), tasks(3), instant(0))
    expect(subnetsOf(first)).toEqual(['a', 'b', 'a'])
    const [, spot] = launchNode(machine, asking('cheap', { capacity: 'FARGATE_SPOT' }), instant(0))
    expect(subnetsOf([spot])).toEqual(['a'])
    const [freed] = releaseNode(releaseNode(machine, 'task-0')[0], 'task-2')
    expect(subnetsOf([launchNode(freed, asking('next'), instant(0))[1]])).toEqual(['a'])
  })
  it.each([
    ['in turn', ['a', 'b', 'a', 'b']],
    ['first', ['a', 'a', 'a', 'a']],
  ] as const)('are taken %s, when that is the rule', (subnetRule, expected) => {
    const [machine, launched] = launchNodes(openMachine({ subnetRule }), tasks(3), instant(0))
    const [freed] = releaseNode(machine, 'task-1')
    const [, next] = launchNode(freed, asking('next'), instant(0))
    expect(subnetsOf([...launched, next])).toEqual(expected)
  })
  it('number their nodes, and no number comes back', () => {
    const [machine] = launchNodes(openMachine(), tasks(2), instant(0))
    const [, next] = launchNode(releaseNode(machine, 'task-0')[0], asking('next'), instant(0))
    expect(next).toMatchObject({ node: { subnet: 'a', serial: 1 } })
  })
})

describe('the rate of launches', () => {
  const many = openMachine({ vcpusAtOnce: { FARGATE: 1000, FARGATE_SPOT: 1000 } })
  it('is a burst, then a token at a time', () => {
    const [after, launched] = launchNodes(many, tasks(102), instant(0))
    expect(launched.filter(({ _tag }) => _tag === 'Vended')).toHaveLength(100)
    expect(launched.slice(100)).toEqual(Array(2).fill({ _tag: 'Throttled', until: 50 }))
    expect(launchNode(after, asking('late'), instant(50))[1]._tag).toBe('Vended')
  })
  it('is of each capacity by itself', () => {
    const [after] = launchNodes(many, tasks(100), instant(0))
    const [, spot] = launchNode(after, asking('cheap', { capacity: 'FARGATE_SPOT' }), instant(0))
    expect(spot._tag).toBe('Vended')
  })
  it('can be waited for', () => {
    const [, launched] = launchQueue(many, tasks(103), instant(0))
    const at = launched.map((one) => (one._tag === 'Vended' ? one.node.at : one._tag))
    expect(at.slice(98)).toEqual([0, 0, 50, 100, 150])
    const never = openMachine({
      launchRate: { ...many.options.launchRate, FARGATE: { burst: 1, perSecond: 0 } },
    })
    expect(launchQueue(never, tasks(2), instant(0))[1].map(({ _tag }) => _tag)).toEqual([
      'Vended',
      'Throttled',
    ])
  })
})

describe('capacity', () => {
  const vcpusThere = { FARGATE: Infinity, FARGATE_SPOT: 0.5 }
  it('that AWS has not is not vended, and takes no token', () => {
    const spot = tasks(3, { capacity: 'FARGATE_SPOT' })
    const [after, launched] = launchNodes(openMachine({ vcpusThere }), spot, instant(0))
    expect(launched.map(({ _tag }) => _tag)).toEqual(['Vended', 'Vended', 'NoCapacity'])
    expect(after.buckets.FARGATE_SPOT.level).toBe(98_000)
    expect(launchNode(after, asking('other'), instant(0))[1]._tag).toBe('Vended')
    const [freed] = releaseNode(after, 'task-1')
    expect(
      launchNode(freed, asking('again', { capacity: 'FARGATE_SPOT' }), instant(0))[1]._tag,
    ).toBe('Vended')
  })
  it('that runs already counts, and took its tokens before', () => {
    const [before] = launchNodes(openMachine(), tasks(23), instant(0))
    const machine = openMachine({}, [...before.nodes.values()])
    expect(machine.buckets.FARGATE.level).toBe(100_000)
    const [, launched] = launchNodes(machine, [asking('one'), asking('two')], instant(0))
    expect(launched).toMatchObject([{ node: { subnet: 'b', serial: 11 } }, { _tag: 'OverQuota' }])
  })
})

describe('Fargate refuses', () => {
  it.each([
    [
      'a size that is not in the table',
      { size: size(256, 8192) },
      'No Fargate configuration exists for given values: 256 CPU, 8192 memory. The nearest: 256 CPU, 2048 memory; 1024 CPU, 8192 memory.',
    ],
    [
      'a size that an older platform has not',
      { size: size(8192, 16_384), platform: { version: '1.3.0' } },
      'No Fargate configuration exists for given values: 8192 CPU, 16384 memory. The nearest: 4096 CPU, 16384 memory.',
    ],
    [
      'a DAEMON',
      { schedulingStrategy: 'DAEMON' },
      'DAEMON is not supported with FARGATE launch type.',
    ],
    [
      'a placement constraint',
      { placementConstraints: [{ type: 'memberOf' }] },
      'Placement constraints are not supported with FARGATE launch type.',
    ],
    [
      'a placement strategy',
      { placementStrategy: [{ type: 'spread' }] },
      'Placement strategies are not supported with FARGATE launch type.',
    ],
    [
      'too much storage',
      { ephemeralStorage: 201 },
      'sizeInGiB: found 201, expected a whole number from 21 to 200.',
    ],
    [
      'storage on an older platform',
      { ephemeralStorage: 50, platform: { version: '1.3.0' } },
      'it cannot be set on linux 1.3.0 on X86_64.',
    ],
    [
      'a version that is not there yet',
      { platform: { version: '1.5.0' } },
      'there is no platform version 1.5.0 for linux.',
    ],
    [
      'a version that is none',
      { platform: { version: 'newest' } },
      'there is no platform version newest for linux.',
    ],
    [
      'Windows on ARM',
      { size: size(1024, 2048), platform: { os: 'windows', architecture: 'ARM64' } },
      'there is no windows 1.0.0 on ARM64.',
    ],
    [
      'Windows on Spot',
      { size: size(1024, 2048), platform: { os: 'windows' }, capacity: 'FARGATE_SPOT' },
      'no Spot for windows 1.0.0 on X86_64.',
    ],
    ['a GPU', { gpus: 1 }, 'GPU is not available on FARGATE.'],
    ['a task without a subnet', { subnets: [] }, 'subnets: found none, expected at least one.'],
  ] as const)('%s', (_, more, message) => {
    expect(errors(more)).toEqual([message])
  })
  it('all that is wrong at once', () => {
    expect(errors({ size: size(1, 1), gpus: 1, subnets: [] })).toHaveLength(3)
  })
  it('ARM on Spot, and 32 vCPU, when an option says so', () => {
    const wide = { size: size(32_768, 61_440) }
    expect(errors(wide, openMachine({ vcpusMax: 16 }))).toHaveLength(1)
    const arm = { platform: { architecture: 'ARM64' }, capacity: 'FARGATE_SPOT' } as const
    expect(errors(arm)).toBe('Vended')
    expect(errors(arm, openMachine({ spotOnArm: false }))).toHaveLength(1)
  })
})

type Move = readonly [task: number, stops: boolean, after: number]
const anyMoves = fc.array(fc.tuple(fc.nat(9), fc.boolean(), fc.nat(200)), { maxLength: 60 })

/**
 * After any history the nodes are those of the tasks that run, and what is counted of them adds up.
 */
const nodesAreTasks = (stop: typeof releaseNode) =>
  fc.property(anyMoves, (moves: readonly Move[]) => {
    let machine = openMachine({
      launchRate: {
        FARGATE: { burst: 4, perSecond: 20 },
        FARGATE_SPOT: { burst: 1, perSecond: 1 },
      },
    })
    const running = new Set<string>()
    let at = 0
    for (const [number, stops, after] of moves) {
      const task = `task-${number}`
      at += after
      if (stops) {
        machine = stop(machine, task)[0]
        running.delete(task)
        continue
      }
      const [next, launched] = launchNode(machine, asking(task), instant(at))
      machine = next
      if (launched._tag === 'Vended') running.add(task)
    }
    const counted = [...machine.running.values()].reduce((sum, count) => sum + count, 0)
    return (
      counted === running.size &&
      machine.cpu.FARGATE === running.size * 256 &&
      machine.nodes.size === running.size &&
      [...running].every((task) => machine.nodes.get(task)?.task === task)
    )
  })

it('has a node for each task that runs, and no other', () => {
  fc.assert(nodesAreTasks(releaseNode))
})
it('is refuted when a node outlives its task', () => {
  expect(isRefuted(nodesAreTasks((machine, task) => [machine, machine.nodes.get(task)]))).toBe(true)
})
