/**
 * Tests the sizes, platforms, storage and quotas of the Fargate model against tables of what AWS
 * documents.
 */
import { instant, type Bytes, type CpuTicks } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import {
  absent,
  architectures,
  ephemeralStorage,
  latest,
  quotas,
  sizes,
  sizesTogether,
  spot,
  spreadOver,
} from '../../../../test/expected/ecs/c5-fargate.js'
import { holes } from '../../../../test/expected/ecs/h-holes.js'
import {
  ephemeral,
  ephemeralMostGiB,
  podOverheadMiB,
  podSizes,
  podVcpusMax,
} from '../../../../test/expected/ecs/d-pods-on-fargate.js'
import type { LaunchRequest } from '../launch/request.js'
import { launchNodes, openMachine } from './machine.js'
import { fargateOptions } from '../launch/options.js'
import { refusalText } from '../launch/refusal.js'
import { launchRates } from '../quota/documented.js'
import {
  latestVersion,
  resolvePlatform,
  type Architecture,
  type PlatformRequest,
} from '../platform/platform.js'
import { podLimits, podSizeOptions, podStorage, smallestPodSize } from '../size/pod.js'
import { hasSpot, spotInterruption, spotWarning } from '../platform/spot.js'
import { storageBilled, storageIncluded, storageOf } from '../size/storage.js'
import { sizesOf } from '../size/size.js'
import { bytesFromMiB, cpuUnits, gibibytes, mebibytes, ticksFromCpuUnits } from '../size/unit.js'

describe('the documented sizes', () => {
  it.each(sizes)('of $cpu CPU units are those that there are', ({ cpu, memory, count, os }) => {
    const documented =
      'step' in memory
        ? Array.from({ length: count }, (_, i) => memory.from + i * memory.step)
        : memory
    for (const system of ['linux', 'windows'] as const)
      expect(sizesOf(system).flatMap((size) => (size.cpu === cpu ? [size.memory] : []))).toEqual(
        os.includes(system) ? documented : [],
      )
  })

  it.each(sizes)(
    'of $cpu CPU units are on older versions of Linux when they need none',
    ({ cpu, count, platformVersionMin }) => {
      const before = sizesOf({ os: 'linux', version: '1.3.0' }).filter((size) => size.cpu === cpu)
      expect(before).toHaveLength(platformVersionMin === undefined ? count : 0)
    },
  )

  it('are all', () => {
    expect(sizesOf('linux')).toHaveLength(sizesTogether)
  })
})

/** The defaults of a section's holes, by option. */
const defaultsIn = (section: string) =>
  Object.fromEntries(
    holes.flatMap((hole) => (hole.section === section ? [[hole.option, hole.default]] : [])),
  )

describe('the documented platforms', () => {
  it.each(latest)('of %s end at %s', (os, version) => {
    expect(latestVersion[os]).toBe(version)
    expect(resolvePlatform({ os, version: 'LATEST' })).toMatchObject(E.right({ version }))
  })

  it.each(architectures)('of $os have $architectures', ({ os, architectures: known }) => {
    const there = (['X86_64', 'ARM64'] as const).filter((architecture: Architecture) =>
      E.isRight(resolvePlatform({ os, architecture })),
    )
    expect(there).toEqual(known)
  })

  it('have Spot on Linux, by default on ARM too', () => {
    const has = (wish: PlatformRequest) => {
      const platform = resolvePlatform(wish)
      return E.isRight(platform) && hasSpot(platform.right)
    }
    expect(has({})).toBe(true)
    expect(has({ os: 'windows' })).toBe(false)
    expect(has({ architecture: 'ARM64' })).toBe(defaultsIn('C5')['spotOnArm'])
  })
})

describe('the documented storage', () => {
  const on = (version: string) => ({ os: 'linux', architecture: 'X86_64', version }) as const
  const { absent: included, least, most, platformVersionMin } = ephemeralStorage

  it('is included, or asked for within bounds', () => {
    const modern = on(platformVersionMin)
    expect([storageIncluded, storageOf(modern)]).toEqual([included, E.right(included)])
    for (const storage of [least, most])
      expect(storageOf(modern, storage)).toEqual(E.right(storage))
    for (const storage of [included, least - 1, most + 1, 21.5, NaN])
      expect(E.isLeft(storageOf(modern, storage))).toBe(true)
  })

  it('is not asked for on older platforms', () => {
    expect(storageOf(on('1.3.0'), least)).toMatchObject(E.left({ _tag: 'FixedStorage' }))
    expect(storageOf(on('1.3.0'))).toEqual(E.right(included))
  })
  it('may be requested on Windows where the option goes by the guide, not by the API', () => {
    const windows = { os: 'windows', architecture: 'X86_64', version: '1.0.0' } as const
    const fixed = E.left({ _tag: 'FixedStorage', storage: 100, platform: windows })
    expect(storageOf(windows, 100)).toEqual(fixed)
    expect(storageOf(windows, 100, { windowsStorage: 'allowed' })).toEqual(E.right(100))
    expect(storageOf(windows, 201, { windowsStorage: 'allowed' })).toMatchObject(
      E.left({ _tag: 'NoSuchStorage' }),
    )
  })

  it('is paid for beyond what is included', () => {
    expect([included, least, most].map((size) => storageBilled(gibibytes(size)))).toEqual([
      0,
      least - included,
      most - included,
    ])
  })
})

describe('the documented quotas', () => {
  it('are the defaults', () => {
    const { onDemandVcpus, spotVcpus, launches, launchesInSomeRegions } = quotas
    expect(fargateOptions.vcpusAtOnce).toEqual({ FARGATE: onDemandVcpus, FARGATE_SPOT: spotVcpus })
    expect(fargateOptions.launchRate).toEqual({ FARGATE: launches, FARGATE_SPOT: launches })
    expect(launchRates.some).toEqual(launchesInSomeRegions)
  })

  it('leave open what the options decide', () => {
    const { burst, perSecond } = fargateOptions.launchRate.FARGATE
    const options = { ...fargateOptions, launchRate: `${burst} then ${perSecond} per second` }
    expect(options).toMatchObject(defaultsIn('C5'))
    expect(defaultsIn('D')).toMatchObject(podSizeOptions)
  })
})

it('interrupts Spot tasks as documented', () => {
  const { warning, signal, reason, stopCode } = spot
  expect(spotInterruption('a', instant(5))).toEqual({
    ...{ task: 'a', at: 5, signal, gone: 5 + warning * 1000 },
    ...{ stopCode, stoppedReason: reason },
  })
  expect(spotWarning).toBe(warning * 1000)
})

describe('what Fargate takes', () => {
  const request: LaunchRequest = {
    ...{ task: 'a', size: { cpu: cpuUnits(256), memory: mebibytes(512) } },
    [spreadOver]: ['x', 'y'],
  }
  const asking: Readonly<Record<string, Partial<LaunchRequest>>> = {
    GPU: { gpus: 1 },
    'placement constraints': { placementConstraints: [{ type: 'distinctInstance' }] },
    'placement strategies': { placementStrategy: [{ type: 'random' }] },
  }

  it(`is spread over ${spreadOver}`, () => {
    const two = [request, { ...request, task: 'b' }]
    const [, launched] = launchNodes(openMachine(), two, instant(0))
    expect(launched).toMatchObject([{ node: { subnet: 'x' } }, { node: { subnet: 'y' } }])
  })

  it.each(absent)('is without %s', (what) => {
    const launch = { ...request, ...asking[what] }
    const [after, [launched]] = launchNodes(openMachine(), [launch], instant(0))
    expect(launched?._tag).toBe('Refused')
    expect(after.nodes.size).toBe(0)
    const [error] = launched?._tag === 'Refused' ? launched.refusals.map(refusalText) : []
    expect(error).toMatch(/not (supported|available)/)
  })
})

describe('the documented sizes of pods', () => {
  const ticks = (vcpus: number): CpuTicks => ticksFromCpuUnits(cpuUnits(vcpus * 1024))
  const bytes = (gb: number): Bytes => bytesFromMiB(mebibytes(gb * 1024))
  const long = podSizes.filter(({ init = [] }) => init.length === 0)

  it.each(long)('for $containers is $size', ({ containers, size }) => {
    const [cpu, memory] = [
      containers.map((each) => each.cpu),
      containers.map((each) => each.memory),
    ]
    const sum = (all: readonly number[]) => all.reduce((one, other) => one + other)
    expect(smallestPodSize(ticks(sum(cpu)), bytes(sum(memory)))).toEqual({
      cpu: size.cpu * 1024,
      memory: size.memory * 1024,
    })
  })

  it.each(ephemeral)('have, for %s GiB of storage, %s', (storage = 0, node) => {
    expect(podStorage(gibibytes(storage))).toBe(node)
    expect(podLimits.storageMax).toBe(ephemeralMostGiB)
  })

  it('add so much memory, and end at so many vCPUs', () => {
    expect(podLimits.overhead).toBe(bytesFromMiB(mebibytes(podOverheadMiB)))
    expect(sizesOf('linux', podSizeOptions).at(-1)?.cpu).toBe(podVcpusMax * 1024)
  })
})
