/**
 * Tests the search for fields that an object of Amazon ECS does not have: every such field is
 * found, no field of the table is, the table has all fields that the codecs read, and templates
 * have the fields of the API.
 */
import { decodeValue, type Path } from '@stowage/documents'
import fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { apiName } from '../template/spelling.js'
import { CapacityProvider } from '../provider/capacity-provider.js'
import { Cluster } from '../words/cluster.js'
import { ContainerInstance } from '../words/container-instance.js'
import { Service } from '../words/service.js'
import { TaskDefinition } from '../words/task-definition.js'
import { Task } from '../words/task.js'
import { ecsFieldsOfType } from './table.js'
import { typeFields, unknownFields } from './unknown-fields.js'

const types = Object.keys(ecsFieldsOfType)

it('the table has the type of every field', () => {
  const named = types.flatMap((type) => [...typeFields(type).values()])
  expect(named.filter((type) => type !== undefined && !types.includes(type))).toEqual([])
  expect(named).toContain('ContainerDefinition')
})

/** An object with every field of its type, that notes which other fields are looked for. */
const probe = (type: string, at: string, absent: Set<string>): object => {
  const valueAt = (name: string): unknown => {
    const fields = typeFields(type)
    if (!fields.has(name)) absent.add(`${at}${name}`)
    const inner = fields.get(name)
    if (inner === undefined) return undefined
    const value = probe(inner, `${at}${name}.`, absent)
    return isSingle.has(name) ? value : [value]
  }
  return new Proxy(
    {},
    {
      has: (_, name) => typeof name === 'string' && valueAt(name) !== undefined,
      get: (_, name) => (typeof name === 'string' ? valueAt(name) : undefined),
      getOwnPropertyDescriptor: (_, name) => ({
        value: valueAt(String(name)),
        ...{ configurable: true, enumerable: true, writable: true },
      }),
    },
  )
}
const isSingle = new Set([
  ...['networkConfiguration', 'awsvpcConfiguration', 'deploymentConfiguration', 'overrides'],
  ...['deploymentController', 'scale', 'runtimePlatform', 'ephemeralStorage', 'linuxParameters'],
  ...['efsVolumeConfiguration', 'dockerVolumeConfiguration', 'firelensConfiguration', 'host'],
  ...['logConfiguration', 'autoScalingGroupProvider', 'managedInstancesProvider', 'versionInfo'],
])
const absentOf = (type: string, codec: t.Decoder<unknown, unknown>): readonly string[] => {
  const absent = new Set<string>()
  decodeValue(codec, probe(type, '', absent))
  return [...absent].filter((name) => name !== 'cluster')
}

describe('the codecs', () => {
  it('read no field that the table lacks', () => {
    expect(absentOf('task definition', TaskDefinition)).toEqual([])
    // The reader of task sets sets this field; no document has it.
    expect(absentOf('service', Service)).toEqual(['taskSet'])
    expect(absentOf('container instance', ContainerInstance)).toEqual([])
    expect(absentOf('task', Task)).toEqual([])
    expect(absentOf('cluster', Cluster)).toEqual([])
    expect(absentOf('capacity provider', CapacityProvider)).toEqual([])
  })
  it('are seen to read fields, also of what they hold', () => {
    const Extra = t.type({ containerDefinitions: t.array(t.type({ extra: t.undefined })) })
    expect(absentOf('task definition', Extra)).toEqual(['containerDefinitions.extra'])
  })
})

/** The paths of fields of a template's type that a type of the API lacks. */
const onlyInTemplates = (type: string, api: string): readonly string[] =>
  [...typeFields(type)].flatMap(([name, inner]) => {
    const ofApi = typeFields(api)
    if (!ofApi.has(apiName(name))) return [name]
    const innerOfApi = ofApi.get(apiName(name))
    return inner === undefined || innerOfApi === undefined
      ? []
      : onlyInTemplates(inner, innerOfApi).map((path) => `${name}.${path}`)
  })

it('a template has the fields of the API in its own spelling', () => {
  expect(onlyInTemplates('AWS::ECS::TaskDefinition', 'task definition')).toEqual([])
  expect(onlyInTemplates('AWS::ECS::TaskSet', 'task set')).toEqual([])
  // An attribute of the resource, which its schema lists as read-only.
  expect(onlyInTemplates('AWS::ECS::Service', 'service')).toEqual(['Name'])
})

const roots = [
  ...['task definition', 'service', 'task set', 'container instance', 'task', 'cluster'],
  ...['capacity provider', 'AWS::ECS::TaskDefinition', 'AWS::ECS::Service', 'AWS::ECS::TaskSet'],
]

/** Random objects of a type: some of its fields, each a list or alone. */
const anyValue = (type: string): fc.Arbitrary<unknown> =>
  fc.subarray([...typeFields(type)], { maxLength: Math.min(5, typeFields(type).size) }).chain(
    (fields): fc.Arbitrary<unknown> =>
      fc.record(
        Object.fromEntries(
          fields.map(([name, inner]) => {
            const value = inner === undefined ? anyLeaf : anyValue(inner)
            return [name, fc.oneof(value, fc.array(value, { maxLength: 2 }))]
          }),
        ),
      ),
  )
const anyLeaf = fc.constantFrom<unknown>(null, '', 0, true, { key: 'data' })

interface Place {
  readonly at: Path
  readonly type: string
}
/** The places of all objects inside a value that have a type, by walking the value. */
const placesIn = (value: unknown, type: string, at: Path): readonly Place[] => {
  if (Array.isArray(value)) return value.flatMap((item, i) => placesIn(item, type, [...at, i]))
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
    const inner = typeFields(type).get(name)
    return inner === undefined ? [] : placesIn(member, inner, [...at, name])
  })
  return [{ at, type }, ...inside]
}

/** A copy with one more field at a path. */
const withField = (value: unknown, [step, ...rest]: Path, name: string): unknown => {
  if (step === undefined) return { ...(value as object), [name]: 1 }
  const inner = withField((value as Readonly<Record<string | number, unknown>>)[step], rest, name)
  return Array.isArray(value)
    ? value.map((item: unknown, i) => (i === step ? inner : item))
    : { ...(value as object), [step]: inner }
}

type Find = (type: string, value: unknown) => readonly Path[]
const found: Find = (type, value) => unknownFields(type, value).map(({ at }) => at)

/** A known field with a letter twice is found wherever it is, and nothing else is. */
const findsAll = (find: Find): fc.IProperty<[readonly [string, unknown], number, number]> => {
  const anyRoot = fc
    .constantFrom(...roots)
    .chain((type) => anyValue(type).map((value) => [type, value] as const))
  return fc.property(anyRoot, fc.nat(), fc.nat(), ([type, value], index, letter) => {
    expect(find(type, value)).toEqual([])
    const places = placesIn(value, type, [])
    const { at, type: around } = places[index % places.length]!
    const names = [...typeFields(around).keys()]
    const known = names[letter % names.length]!
    const name = `${known}${known.at(-1)!}`
    expect(find(type, withField(value, at, name))).toEqual([[...at, name]])
  })
}

describe('unknown fields', () => {
  it('are found wherever they are, and no known ones', () => {
    fc.assert(findsAll(found))
  })
  it('are refuted when those in lists are not found', () => {
    const outsideLists: Find = (type, value) =>
      found(type, value).filter((at) => !at.some((step) => typeof step === 'number'))
    expect(isRefuted(findsAll(outsideLists))).toBe(true)
  })
  it('come with the nearest name', () => {
    const names = (type: string, value: object): readonly string[] =>
      unknownFields(type, value).map(({ nearest }) => nearest)
    expect(names('service', { launchTyp: 'EC2', PlacementConstraint: [] })).toEqual([
      ...['launchType', 'placementConstraints'],
    ])
    expect(
      names('task definition', {
        containerDefinitions: [{ memmory: 1, PortMapping: [], resourceRequirement: [] }],
      }),
    ).toEqual(['memory', 'portMappings', 'resourceRequirements'])
  })
  it('are not looked for in types that the table lacks, nor among the keys of maps', () => {
    expect(unknownFields('call of RunTask', { extra: 1 })).toEqual([])
    const container = { dockerLabels: { any: 'x' }, logConfiguration: { options: { any: 'x' } } }
    expect(unknownFields('task definition', { containerDefinitions: [container] })).toEqual([])
  })
})
