/**
 * Tests the cost of a plan against a slow computation that adds up single replicas, and the lists
 * of items without a price.
 */
import * as fc from 'fast-check'
import type { FargateTerms } from '@stowage/ecs'
import { cpuUnits, mebibytes, sizesOf, type VendedTasks } from '@stowage/fargate'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import type { BillTerms, PlatformPlan } from '../platform/plan.js'
import { billOf } from './bill.js'
import type { PriceList } from '../machines/price-list.js'

const planned = (
  vended: readonly VendedTasks[],
  nodes: readonly (readonly [string, number])[],
  spotOf: (name: string) => number = () => 0,
): PlatformPlan => ({
  plan: {
    nodes: nodes.map(([name, count]) => ({
      ...{ name, gauges: [] },
      holds: count === 0 ? [] : [{ name: 'web', count }],
    })),
    unplaced: [],
  },
  launched: vended.map(({ name, count }) => ({
    ...{ name, count: Math.min(spotOf(name), count) },
    capacityProvider: 'FARGATE_SPOT',
  })),
  ...{ vended, refused: [], held: [], preemptions: [], warnings: [] },
})

const vendedOf = (name: string, count: number, cpu: number, memory: number): VendedTasks => {
  const nothing = { cpu: 0, memory: 0 } as unknown as VendedTasks['demand']
  const size = { cpu: cpuUnits(cpu), memory: mebibytes(memory) }
  return {
    name,
    count,
    size,
    demand: nothing,
    wasted: nothing,
    overhead: 0 as VendedTasks['overhead'],
  }
}

const termsOf = (platform: FargateTerms['platform'], storage: number): FargateTerms => ({
  ...{ platform, storage },
})

const termsIn = (
  terms: readonly (readonly [string, FargateTerms])[],
  types: readonly (readonly [string, string])[],
): BillTerms => ({ terms: new Map(terms), types: new Map(types) })

const prices: PriceList = {
  currency: 'EUR',
  ...{ region: 'eu-west-1', date: '2026-01-31' },
  instances: { 'm5.large': 0.5 },
  instancesSpot: undefined,
  fargate: {
    'linux/x86_64': { perVcpuHour: 4, perGbHour: 0.25 },
    'linux/arm64': undefined,
    'windows/x86_64': undefined,
  },
  fargateSpot: {
    'linux/x86_64': { perVcpuHour: 1, perGbHour: 0.125 },
    'linux/arm64': undefined,
    'windows/x86_64': undefined,
  },
  ephemeralStorage: { perGbHour: 0.0625 },
}

describe('a bill', () => {
  it('is of the instances that hold something, and of all', () => {
    const world = planned(
      [],
      [
        ['i-1', 2],
        ['i-2', 0],
      ],
    )
    const types = [
      ['i-1', 'm5.large'],
      ['i-2', 'm5.large'],
    ] as const
    const bill = billOf(world, termsIn([], types), prices)
    expect([bill.total.priced, bill.allInstances.priced]).toEqual([0.5, 1])
    expect(bill.prices).toEqual({ currency: 'EUR', region: 'eu-west-1', date: '2026-01-31' })
  })
  it('counts vCPUs, GB, Spot and what storage is not included', () => {
    const world = planned([vendedOf('web', 3, 512, 1024)], [], () => 2)
    const mixed = billOf(world, termsIn([['web', termsOf('linux/x86_64', 10)]], []), prices)
    expect(mixed.total).toEqual({ priced: 2.25 + 2 * 0.625 + 3 * 10 * 0.0625, missing: [] })
    expect(mixed.fargate).toEqual(mixed.total)
  })
  it.each<readonly [string, PlatformPlan, FargateTerms['platform'], PriceList, readonly string[]]>([
    [
      'a type',
      planned(
        [],
        [
          ['i-1', 1],
          ['i-2', 1],
        ],
      ),
      'linux/x86_64',
      { ...prices, instances: { 'M5.large': 1 } },
      ['i-2, of no known type', 'm5.large'],
    ],
    [
      'a type that objects have',
      planned([], [['i-3', 1]]),
      'linux/x86_64',
      prices,
      ['constructor'],
    ],
    [
      'a platform',
      planned([vendedOf('web', 2, 256, 512)], [], () => 1),
      'linux/arm64',
      prices,
      ['Fargate Spot linux/arm64', 'Fargate linux/arm64'],
    ],
    [
      'everything',
      planned([vendedOf('web', 2, 256, 512)], [['i-1', 1]], () => 1),
      'linux/x86_64',
      {
        ...{ currency: 'EUR', region: undefined, date: undefined },
        instances: undefined,
        instancesSpot: undefined,
        fargate: undefined,
        fargateSpot: undefined,
        ephemeralStorage: undefined,
      },
      ['Fargate Spot linux/x86_64', 'Fargate linux/x86_64', 'ephemeral storage', 'm5.large'],
    ],
  ])('names what has no price: %s', (_, world, platform, list, missing) => {
    const types = [
      ['i-1', 'm5.large'],
      ['i-3', 'constructor'],
    ] as const
    const ec2 = billOf(world, termsIn([['web', termsOf(platform, 1)]], types), list)
    expect(ec2.total.missing).toEqual(missing)
  })
  it('asks for no price of what nobody has', () => {
    const world = planned([vendedOf('web', 2, 256, 512)], [['i-1', 0]])
    const terms = termsOf('linux/x86_64', 0)
    const { fargate } = prices
    const only = {
      ...{ currency: 'EUR', region: undefined, date: undefined },
      instances: undefined,
      instancesSpot: undefined,
      fargate,
      fargateSpot: undefined,
      ephemeralStorage: undefined,
    }
    const ec2 = billOf(world, termsIn([['web', terms]], [['i-1', 'm5.large']]), only)
    expect(ec2.total.missing).toEqual([])
    expect(ec2.allInstances.missing).toEqual(['m5.large'])
  })
})

const anyService = fc.record({
  count: fc.integer({ min: 1, max: 9 }),
  size: fc.constantFrom(...sizesOf('linux')),
  spot: fc.nat(9),
  storage: fc.nat(180),
})

/**
 * One replica after the other: all of these prices are whole sixteenths, so that no sum is rounded.
 */
const slowly = (
  services: readonly {
    readonly count: number
    readonly size: { readonly cpu: number; readonly memory: number }
    readonly spot: number
    readonly storage: number
  }[],
): number => {
  let sum = 0
  for (const { count, size, spot, storage } of services)
    for (let replica = 0; replica < count; replica++) {
      const [vcpu, gb] = replica < spot ? [1, 0.125] : [4, 0.25]
      sum += (size.cpu * vcpu) / 1024 + (size.memory * gb) / 1024 + storage * 0.0625
    }
  return sum
}

const agrees = (spotAt: (spot: number) => number) =>
  fc.property(fc.array(anyService), (services) => {
    const vended = services.map(({ count, size }, i) =>
      vendedOf(String(i), count, size.cpu, size.memory),
    )
    const terms = services.map(
      ({ storage }, i) => [String(i), termsOf('linux/x86_64', storage)] as const,
    )
    const world = planned(vended, [], (name) => spotAt(services[Number(name)]!.spot))
    const bill = billOf(world, termsIn(terms, []), prices)
    expect(bill.total).toEqual({ priced: slowly(services), missing: [] })
  })

describe('bills and single replicas', () => {
  it('agree', () => fc.assert(agrees((spot) => spot)))
  it('are refuted when all is paid on demand', () => {
    expect(isRefuted(agrees(() => 0))).toBe(true)
  })
})
