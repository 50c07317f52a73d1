/** Tests the built-in machine types, and catalogues in each of their formats. */
import type { Ec2InstanceType } from '@stowage/fargate'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { getOrThrow, pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { ecs } from '../platform/ecs.js'
import { kubernetes } from '../platform/kubernetes.js'
import { encodeTypes } from '../../../../test/instance-types/encode.js'
import { builtIn, unpackedTypes } from './built-in.js'
import { catalogueOf, decodeType, type Catalogue } from './catalogue.js'
import { fleetOf, findType } from './fleet.js'

const own = {
  InstanceType: 'own.large',
  VCpuInfo: { DefaultVCpus: 3 },
  MemoryInfo: { SizeInMiB: 5000 },
  NetworkInfo: { MaximumNetworkInterfaces: 9, Ipv4AddressesPerInterface: 7 },
  ProcessorInfo: { SupportedArchitectures: ['arm64'] },
}
const type = {
  name: 'own.large',
  vcpus: 3,
  memoryMiB: 5000,
  architecture: 'arm64',
  interfaces: 9,
  addressesPerInterface: 7,
  gpus: 0,
  ebsVolumes: 27,
}

const notWhole = 'a whole number from 1 to 1000000'

describe('a catalogue', () => {
  it.each([
    ['as describe-instance-types prints it', { InstanceTypes: [own] }],
    ['as a list', [own]],
    ['keyed by type', { 'own.large': own }],
  ])('%s', (_, value) => {
    const catalogue = getOrThrow(catalogueOf([{ from: 'c.json', value }]))
    expect(getOrThrow(fleetOf(['own.large=2'], catalogue))).toEqual([{ type, count: 2, before: 0 }])
  })
  it('is refused when it is none', () => {
    expect(catalogueOf([{ from: 'c.json', value: { hello: 'world' } }])).toEqual(
      E.left([expect.objectContaining({ from: 'c.json', found: 'an object' })]),
    )
  })
  it('may be in several documents, each of which is blamed for its own', () => {
    const broken = { ...own, InstanceType: 'own.small', MemoryInfo: { SizeInMiB: -1 } }
    const catalogue = getOrThrow(
      catalogueOf([
        { from: 'a.json', value: [own] },
        { from: 'b.json', value: [broken] },
      ]),
    )
    expect(getOrThrow(fleetOf(['own.large'], catalogue))).toHaveLength(1)
    expect(fleetOf(['own.small'], catalogue)).toEqual(
      E.left([expect.objectContaining({ from: 'b.json', found: '-1' })]),
    )
  })
  it('has every type once', () => {
    const documents = ['a.json', 'b.json'].map((from) => ({ from, value: [own] }))
    expect(catalogueOf(documents)).toEqual(
      E.left([
        {
          from: 'b.json',
          at: [],
          found: '"own.large"',
          expected: 'every instance type once: it is also in a.json',
        },
      ]),
    )
  })
  it.each([
    [{ VCpuInfo: { DefaultVCpus: 'three' } }, 'VCpuInfo.DefaultVCpus', '"three"', notWhole],
    [{ VCpuInfo: { DefaultVCpus: 0 } }, 'VCpuInfo.DefaultVCpus', '0', notWhole],
    [{ VCpuInfo: { DefaultVCpus: 1.5 } }, 'VCpuInfo.DefaultVCpus', '1.5', notWhole],
    [{ VCpuInfo: { DefaultVCpus: 1e9 } }, 'VCpuInfo.DefaultVCpus', '1000000000', notWhole],
    [{ VCpuInfo: [] }, 'VCpuInfo', 'an empty list', 'an object'],
    [{ MemoryInfo: {} }, 'MemoryInfo.SizeInMiB', 'nothing', 'a whole number from 1 to 85899345'],
    [{ NetworkInfo: undefined }, 'NetworkInfo', 'nothing', 'an object'],
    [
      { NetworkInfo: { MaximumNetworkInterfaces: 2, Ipv4AddressesPerInterface: 0 } },
      'NetworkInfo.Ipv4AddressesPerInterface',
      '0',
      notWhole,
    ],
    [
      { NetworkInfo: { ...own.NetworkInfo, NetworkCards: [{ MaximumNetworkInterfaces: 0 }] } },
      'NetworkInfo.NetworkCards[0].MaximumNetworkInterfaces',
      '0',
      notWhole,
    ],
    [
      { ProcessorInfo: { SupportedArchitectures: 'arm64' } },
      'ProcessorInfo.SupportedArchitectures',
      '"arm64"',
      'a list of architectures',
    ],
    [
      { GpuInfo: { Gpus: [{ Count: -1 }] } },
      'GpuInfo.Gpus[0].Count',
      '-1',
      'a whole number from 0 to 1000000',
    ],
  ])('says where a type is not as expected: %j', (change, path, found, expected) => {
    const read = decodeType('own', { from: 'c.json', value: { ...own, ...change } })
    const result = pipe(
      read,
      E.mapLeft((bad) => bad.map(({ at, ...rest }) => ({ ...rest, path: pathOf(at) }))),
    )
    expect(result).toEqual(E.left([{ from: 'c.json', path: `own.${path}`, found, expected }]))
  })
  it('counts the interfaces of the default network card', () => {
    const NetworkInfo = {
      ...own.NetworkInfo,
      DefaultNetworkCardIndex: 1,
      NetworkCards: [{ MaximumNetworkInterfaces: 5 }, { MaximumNetworkInterfaces: 4 }],
    }
    const value = { ...own, NetworkInfo }
    expect(getOrThrow(decodeType('own.large', { from: 'c.json', value })).interfaces).toBe(4)
  })
  it('has no machine at its bounds that either vocabulary refuses', () => {
    const value = {
      ...own,
      VCpuInfo: { DefaultVCpus: 1_000_000 },
      MemoryInfo: { SizeInMiB: 85_899_345 },
      NetworkInfo: { MaximumNetworkInterfaces: 1_000_000, Ipv4AddressesPerInterface: 1_000_000 },
    }
    const fleet = getOrThrow(fleetOf(['own'], new Map([['own', { from: 'c.json', value }]])))
    for (const vocabulary of [kubernetes, ecs]) {
      const { plan } = getOrThrow(
        vocabulary.read([], {
          fleet,
          typeNamed: (name) => findType(name, undefined),
          typeNames: [],
          zones: ['a'],
          trunking: false,
          seed: 1,
          fargate: {},
          withoutNodes: [],
          rollouts: false,
          admissionPlugins: [],
          parameters: { from: '', values: new Map() },
        }),
      ).onMachines()
      expect(plan.nodes).toHaveLength(1)
    }
  })
})

it('adds up machines of one type, and counts those before', () => {
  const fleet = getOrThrow(fleetOf(['m5.large=2,t3.micro', 'm5.large'], undefined))
  expect(fleet.map(({ type: { name }, count, before }) => [name, count, before])).toEqual([
    ['m5.large', 3, 0],
    ['t3.micro', 1, 3],
  ])
})

/** What AWS's pages on instance types say, by hand. */
const knownTypes = [
  ...[
    ['t3.micro', 2, 1024, 'x86_64', 2, 2, 27, 0],
    ['t4g.small', 2, 2048, 'arm64', 3, 4, 27, 0],
    ['m4.large', 2, 8192, 'x86_64', 2, 10, 39, 0],
    ['m5.large', 2, 8192, 'x86_64', 3, 10, 27, 0, 10],
    ['m6g.medium', 1, 4096, 'arm64', 2, 4, 27, 0, 4],
    ['c5.18xlarge', 72, 147_456, 'x86_64', 15, 50, 27, 0, 120],
    ['c6i.8xlarge', 32, 65_536, 'x86_64', 8, 30, 27, 0, 90],
    ['m7i.16xlarge', 64, 262_144, 'x86_64', 15, 50, 48, 0, 120],
    ['r7g.16xlarge', 64, 524_288, 'arm64', 15, 50, 27, 0, 120],
    ['m7a.48xlarge', 192, 786_432, 'x86_64', 15, 50, 128, 0, 120],
    ['g4dn.xlarge', 4, 16_384, 'x86_64', 3, 10, 25, 1, 40],
    ['g5.48xlarge', 192, 786_432, 'x86_64', 7, 50, 9, 8, 120],
    ['p4d.24xlarge', 96, 1_179_648, 'x86_64', 15, 50, 28, 8],
  ].map(([name, vcpus, memoryMiB, architecture, interfaces, addresses, ebsVolumes, ...rest]) => ({
    ...{ name, vcpus, memoryMiB, architecture, interfaces, ebsVolumes, gpus: rest[0] },
    addressesPerInterface: addresses,
    ...(rest[1] === undefined ? {} : { trunkInterfaces: rest[1] }),
  })),
]

describe('the built-in types', () => {
  it.each(knownTypes)('have $name as AWS describes it', (type) => {
    expect(builtIn.get(String(type.name))).toEqual(type)
  })
  it('are of every family, without those of macOS', () => {
    expect(builtIn.size).toBeGreaterThan(1300)
    const families = new Set([...builtIn.keys()].map((name) => name.split('.')[0]))
    for (const family of ['a1', 'c8g', 'g6', 'i4i', 'inf2', 'm8i', 'p5', 'r8g', 't3a', 'u7i-12tb'])
      expect(families).toContain(family)
    expect([...families].filter((family) => family?.startsWith('mac'))).toEqual([])
  })
  it('have amounts of real machines', () => {
    for (const {
      name,
      vcpus,
      memoryMiB,
      interfaces,
      addressesPerInterface,
      ebsVolumes,
      gpus,
    } of builtIn.values())
      for (const amount of [
        ...[vcpus, memoryMiB, interfaces, addressesPerInterface, ebsVolumes, gpus + 1],
      ])
        expect([name, Number.isInteger(amount) && amount > 0]).toEqual([name, true])
  })
})

describe('packed types', () => {
  const anyType = fc.record({
    family: fc.constantFrom('a', 'b'),
    size: fc.constantFrom('s', 'm', 'l'),
    architecture: fc.constantFrom<'x86_64' | 'arm64'>('x86_64', 'arm64'),
    ...{ vcpus: fc.constantFrom(1, 2, 4), memoryMiB: fc.constantFrom(1024, 2048, 4096, 5000) },
    ...{ interfaces: fc.integer({ min: 1, max: 3 }), gpus: fc.nat(2) },
    ebsVolumes: fc.constantFrom(27, 39),
    trunkInterfaces: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  })
  const anyTypes = fc
    .uniqueArray(anyType, { selector: ({ family, size }) => `${family}.${size}` })
    .map((types) =>
      types.map(({ family, size, trunkInterfaces, ...type }) => ({
        ...{ name: `${family}.${size}`, addressesPerInterface: 4, ...type },
        ...(trunkInterfaces === undefined ? {} : { trunkInterfaces }),
      })),
    )
  const byName = (types: readonly Ec2InstanceType[]) =>
    Object.fromEntries(types.map((type) => [type.name, type]))
  const unpacks = (damage: (line: string) => string) =>
    fc.property(anyTypes, (types) => {
      const { shapes, families } = encodeTypes(types)
      expect(byName(unpackedTypes(shapes, families.map(damage)))).toEqual(byName(types))
    })
  it('are unpacked as they were', () => fc.assert(unpacks((line) => line)))
  it.each([
    ['without their GPUs', (line: string) => line.split(' ').slice(0, 5).join(' ')],
    ['with the volumes of the first size', (line: string) => line.replace(/(27|39),[\d,]+/, '$1')],
  ])('are refuted %s', (_, damage) => {
    expect(isRefuted(unpacks(damage))).toBe(true)
  })
})

const file = resolve(
  process.env['STOWAGE_SHARED'] ?? '../shared',
  'data/moto-ec2-instance-types/instance_types.json',
)

/** The catalogue has both network cards of these as one; newer ones tell them apart. */
const cardsCountedAsOne = /^(i7ie|i8ge)\.(48xlarge|metal-48xl)$/

describe.skipIf(!existsSync(file))(`a full catalogue (skipped without ${file})`, () => {
  const catalogue: Catalogue = existsSync(file)
    ? getOrThrow(
        catalogueOf([{ from: file, value: JSON.parse(readFileSync(file, 'utf8')) as unknown }]),
      )
    : new Map()
  it('every built-in machine is as listed', () => {
    const both = [...builtIn.values()].filter(({ name }) => catalogue.has(name))
    expect(both.length).toBeGreaterThan(1000)
    for (const { trunkInterfaces: _, ...type } of both)
      if (!cardsCountedAsOne.test(type.name))
        expect(getOrThrow(decodeType(type.name, catalogue.get(type.name)!))).toEqual(type)
  })
  it('every type can be read', () => {
    expect(catalogue.size).toBeGreaterThan(1000)
    for (const [name, type] of catalogue) expect(E.isRight(decodeType(name, type))).toBe(true)
  })
})
