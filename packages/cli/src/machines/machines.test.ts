/** The built-in machines, and catalogues in their two shapes. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { builtIn } from './built-in.js'
import { catalogueOf, machineOf, type Catalogue } from './catalogue.js'
import { fleetOf } from './fleet.js'

const own = {
  InstanceType: 'own.large',
  VCpuInfo: { DefaultVCpus: 3 },
  MemoryInfo: { SizeInMiB: 5000 },
  NetworkInfo: { MaximumNetworkInterfaces: 9, Ipv4AddressesPerInterface: 7 },
  ProcessorInfo: { SupportedArchitectures: ['arm64'] },
}
const machine = {
  name: 'own.large',
  vcpus: 3,
  memoryMiB: 5000,
  architecture: 'arm64',
  interfaces: 9,
  addressesPerInterface: 7,
  gpus: 0,
}

const right = <Value>(made: E.Either<unknown, Value>): Value => {
  if (E.isRight(made)) return made.right
  throw new Error(JSON.stringify(made.left))
}

describe('a catalogue', () => {
  it.each([
    ['as describe-instance-types prints it', { InstanceTypes: [own] }],
    ['as a list', [own]],
    ['keyed by type', { 'own.large': own }],
  ])('%s', (_, value) => {
    const catalogue = right(catalogueOf({ from: 'c.json', value }))
    expect(right(machineOf('c.json', 'own.large', catalogue.get('own.large')))).toEqual(machine)
    expect(right(fleetOf(['own.large=2'], { from: 'c.json', catalogue }))).toEqual([
      { machine, count: 2, before: 0 },
    ])
  })
  it('is refused when it is none', () => {
    expect(catalogueOf({ from: 'c.json', value: { hello: 'world' } })).toEqual(
      E.left(expect.objectContaining({ from: 'c.json', found: 'an object' })),
    )
  })
  it('says where a type is not as expected', () => {
    const broken = { ...own, VCpuInfo: { DefaultVCpus: 'three' } }
    expect(machineOf('c.json', 'own.large', broken)).toEqual(
      E.left([
        {
          from: 'c.json',
          at: ['own.large', 'VCpuInfo', 'DefaultVCpus'],
          found: '"three"',
          expected: 'Int',
        },
      ]),
    )
  })
  it('counts the interfaces of the default network card', () => {
    const NetworkInfo = {
      ...own.NetworkInfo,
      DefaultNetworkCardIndex: 1,
      NetworkCards: [{ MaximumNetworkInterfaces: 5 }, { MaximumNetworkInterfaces: 4 }],
    }
    expect(right(machineOf('c.json', 'own.large', { ...own, NetworkInfo })).interfaces).toBe(4)
  })
})

it('adds up machines of one type, and counts those before', () => {
  const fleet = right(fleetOf(['m5.large=2,t3.micro', 'm5.large'], undefined))
  expect(fleet.map(({ machine: { name }, count, before }) => [name, count, before])).toEqual([
    ['m5.large', 3, 0],
    ['t3.micro', 1, 3],
  ])
})

const file = resolve(
  process.env['STOWAGE_SHARED'] ?? '../shared',
  'data/moto-ec2-instance-types/instance_types.json',
)

describe.skipIf(!existsSync(file))('against a full catalogue', () => {
  const catalogue: Catalogue = existsSync(file)
    ? right(catalogueOf({ from: file, value: JSON.parse(readFileSync(file, 'utf8')) as unknown }))
    : new Map()
  it('every built-in machine is as listed', () => {
    const listed = [...builtIn.keys()].map((name) =>
      right(machineOf(file, name, catalogue.get(name))),
    )
    expect(listed).toEqual([...builtIn.values()])
  })
  it('every type can be read', () => {
    expect(catalogue.size).toBeGreaterThan(1000)
    for (const [name, type] of catalogue) expect(E.isRight(machineOf(file, name, type))).toBe(true)
  })
})
