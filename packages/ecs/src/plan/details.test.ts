/**
 * Tests what exactly refuses a task (attributes, parts of expressions, ports), and the warnings
 * about platforms.
 */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { attributeDetails } from '../raise/attributes.js'
import { explainOnInstances } from './explain.js'
import { container, held, input, instance, resources, service, task } from './plan.fixture.js'
import { planOnInstances } from './plan.js'

const options = { instances: [], seed: 0 }
const having = (id: string, attributes: readonly object[], more: object = {}) =>
  instance(id, 'a', { attributes, ...more })
const value = (name: string, text?: string) =>
  text === undefined ? { name } : { name, value: text }
const explanationOf = (name: string, ...values: readonly unknown[]) => {
  const found = explainOnInstances(input(...values), options, name)
  if (O.isNone(found)) throw new Error(`no explanation of ${name}`)
  return found.value
}
/** For each instance, each refusal with its details. */
const refusalsOf = (name: string, ...values: readonly unknown[]) =>
  explanationOf(name, ...values).explanation.nodes.map(({ all }) =>
    all.map(({ reasons, details = [] }) => [...reasons, ...details]),
  )

describe('the zone of an instance', () => {
  it('is named, and the zones of the subnets', () => {
    const subnets = ['a', 'b'].map((zone) => ({
      ...{ SubnetId: `in-${zone}`, AvailabilityZone: zone },
      ...{ CidrBlock: '10.0.0.0/20', State: 'available' },
    }))
    const web = service('web', {
      networkConfiguration: { awsvpcConfiguration: { subnets: ['in-a', 'in-b'] } },
    })
    const values = [task('web', { networkMode: 'awsvpc' }), web, { Subnets: subnets }]
    expect(refusalsOf('web', ...values, instance('i-1', 'c'), instance('i-2', 'b'))).toEqual([
      [['LOCATION', 'ecs.availability-zone is c, and its subnets are in a, b']],
      [],
    ])
  })
})

describe('attributes that an instance lacks', () => {
  const api = task('api', {
    runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
    requiresAttributes: [value('ecs.capability.firelens.fluentbit'), value('stack', 'prod')],
  })
  it('are named, with what it has instead', () => {
    const old = having('i-1', [
      value('ecs.cpu-architecture', 'arm64'),
      value('ecs.os-type', 'windows'),
      value('ecs.capability.task-eni'),
      value('stack', 'test'),
    ])
    expect(refusalsOf('api', api, old)).toEqual([
      [
        [
          'ATTRIBUTE',
          'ecs.cpu-architecture is arm64, not x86_64',
          'ecs.os-type is windows, not linux',
          'ecs.capability.firelens.fluentbit is missing',
          'stack is test, not prod',
        ],
      ],
    ])
  })
  it('are named in what would have to change', () => {
    const { remedies } = explanationOf('api', api, having('i-1', [value('stack')]))
    expect(remedies?.drop?.rules[0]?.details).toContain('stack is missing, not prod')
  })

  const names = ['ecs.cpu-architecture', 'ecs.os-type', 'ecs.os-family', 'ecs.capability.x', 'own']
  const values: Readonly<Record<string, readonly string[]>> = {
    'ecs.cpu-architecture': ['x86_64', 'arm64'],
    'ecs.os-type': ['linux', 'windows'],
    'ecs.os-family': ['LINUX', 'WINDOWS_SERVER_2022_CORE'],
  }
  const anyAttribute = (name: string) =>
    fc
      .option(fc.constantFrom(...(values[name] ?? ['', 'a', 'b'])), { nil: undefined })
      .map((text) => value(name, text))
  const anyAttributes = fc
    .subarray(names)
    .chain((some) => fc.tuple(...some.map(anyAttribute)))
    .map((some) => some.filter((one) => 'value' in one || values[one.name] === undefined))
  const anyPlatform = fc.record(
    {
      cpuArchitecture: fc.constantFrom('X86_64', 'ARM64'),
      operatingSystemFamily: fc.constantFrom('LINUX', 'WINDOWS_SERVER_2022_CORE'),
    },
    { requiredKeys: [] },
  )
  const areThere = (detail: typeof attributeDetails) =>
    fc.property(
      anyAttributes,
      anyAttributes,
      anyPlatform,
      (attributes, requiresAttributes, runtimePlatform) => {
        const read = input(
          task('api', { runtimePlatform, requiresAttributes }),
          having('i-1', attributes),
        )
        const found = explainOnInstances(read, options, 'api')
        const refusals = O.isSome(found) ? (found.value.explanation.nodes[0]?.all ?? []) : []
        const isRefused = refusals.some(({ reasons }) => reasons.includes('ATTRIBUTE'))
        const details = detail(read.workloads[0]!.definition, read.instances[0]!)
        expect(details.length > 0).toBe(isRefused)
      },
    )
  it('are named if and only if attributes refuse', () => fc.assert(areThere(attributeDetails)))
  it('is refuted when the platform is forgotten', () => {
    const forgetful: typeof attributeDetails = (definition, one) =>
      attributeDetails({ ...definition, runtimePlatform: undefined }, one)
    expect(isRefuted(areThere(forgetful))).toBe(true)
  })
})

describe('a memberOf constraint', () => {
  const constrained = (...expressions: readonly string[]) =>
    service('web', {
      placementConstraints: expressions.map((expression) => ({ type: 'memberOf', expression })),
    })
  const machine = having('i-1', [value('stack', 'test'), value('zone', 'a')])
  it.each<[string, readonly string[], readonly string[][]]>([
    [
      'the part that fails',
      ['attribute:stack == prod and attribute:zone == a'],
      [['attribute:stack == prod (it is test)']],
    ],
    ['a missing attribute', ['attribute:disk exists'], [['attribute:disk exists (it has none)']]],
    [
      'an alternative as a whole',
      ['attribute:zone == b or attribute:stack == prod'],
      [['attribute:zone == b or attribute:stack == prod']],
    ],
    [
      'which of several',
      ['attribute:zone == a', 'attribute:zone == b', 'attribute:zone == c'],
      [['attribute:zone == b (it is a)'], ['attribute:zone == c (it is a)']],
    ],
    ['an affinity', ['task:group == service:x'], [['task:group == service:x']]],
  ])('names %s', (_, expressions, details) => {
    expect(refusalsOf('web', task('web'), constrained(...expressions), machine)).toEqual([
      details.map((texts) => ['MemberOf placement constraint unsatisfied.', ...texts]),
    ])
  })
})

describe('host ports', () => {
  const ports = (count: number, first = 1000) => ({
    containerDefinitions: [
      container({
        portMappings: Array.from({ length: count }, (_, i) => ({
          containerPort: first + i,
          hostPort: first + i,
        })),
      }),
    ],
  })
  it('that the instance reserves are given away by no task', () => {
    const registeredResources = [
      ...resources(2048, 4096),
      { name: 'PORTS', stringSetValue: ['22', '1001'] },
    ]
    const remainingResources = [
      ...resources(2048, 4096),
      { name: 'PORTS', stringSetValue: ['22', '1001', '1002'] },
    ]
    const machine = instance('i-1', 'a', { registeredResources, remainingResources })
    const refusalsOn = (one: object) =>
      explanationOf('web', task('web', ports(3)), one).explanation.nodes[0]?.all
    expect(refusalsOn(machine)).toMatchObject([
      {
        removable: false,
        details: [
          'host port 1001 of TCP is reserved by the instance',
          'host port 1002 of TCP is taken',
        ],
      },
    ])
    expect(refusalsOn(instance('i-1', 'a', { remainingResources }))).toMatchObject([
      { removable: true },
    ])
  })
  it('that are taken are named', () => {
    const taken = instance('i-1', 'a', {
      remainingResources: [...resources(2048, 4096), { name: 'PORTS', stringSetValue: ['1001'] }],
    })
    expect(refusalsOf('web', task('web', ports(3)), taken)).toEqual([
      [['RESOURCE:PORTS', 'host port 1001 of TCP is taken']],
    ])
  })
  it('beyond what an instance reserves are no remedy', () => {
    const found = explanationOf('web', task('web', ports(120)), instance('i-1'))
    expect(found.explanation.nodes[0]?.all).toEqual([
      {
        ...{ plugin: 'resources', reasons: ['RESOURCE:PORTS'], removable: false },
        details: [
          'it reserves 120 host ports, and an instance has at most 100, those of the agent included',
        ],
      },
    ])
    expect(found.remedies?.add).toBeUndefined()
    expect(found.remedies?.drop).toBeUndefined()
  })
  it('of the agent are not to be had by fewer tasks', () => {
    const agent = ['22', '2375', '2376', '51678', '51679', '51680']
    const own = instance('i-1', 'a', {
      registeredResources: [...resources(2048, 4096), { name: 'PORTS', stringSetValue: agent }],
    })
    expect(
      explanationOf('web', task('web', ports(95)), own).explanation.nodes[0]?.all,
    ).toMatchObject([{ reasons: ['RESOURCE:PORTS'], removable: false }])
    expect(held(planOnInstances(input(task('web', ports(94)), own), options))).toEqual(['i-1: web'])
  })
})

describe('an instance of another capacity provider', () => {
  it('is named as such', () => {
    const capacityProviderStrategy = [{ capacityProvider: 'gpu', weight: 1 }]
    const general = instance('i-1', 'a', { capacityProviderName: 'general' })
    const web = service('web', { capacityProviderStrategy })
    expect(refusalsOf('web', task('web'), web, general)).toEqual([
      [['it is of general, not of gpu']],
    ])
  })
})

describe('instances of several platforms', () => {
  const fleet = [
    having('i-1', [value('ecs.cpu-architecture', 'arm64'), value('ecs.os-type', 'linux')]),
    having('i-2', [value('ecs.cpu-architecture', 'x86_64'), value('ecs.os-type', 'windows')]),
  ]
  const codes = (definition: object, more: object = {}) =>
    planOnInstances(
      input(task('web', definition), service('web', more), ...fleet),
      options,
    ).warnings.map(({ code }) => code)
  const only = (expression: string) => ({
    placementConstraints: [{ type: 'memberOf', expression }],
  })
  it('are told of, unless the definition or a constraint names one', () => {
    expect(codes({})).toEqual(['PlatformNotNamed', 'PlatformNotNamed'])
    const runtimePlatform = { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' }
    expect(codes({ runtimePlatform })).toEqual([])
    expect(codes({}, only('attribute:ecs.os-type == linux'))).toEqual([])
    expect(codes({}, only('attribute:ecs.os-type exists'))).toHaveLength(2)
  })
})
