/**
 * Tests the search for unknown fields: it finds every unknown field and no known one. Also tests
 * that the table of types has all fields that the codecs read.
 */
import type { Path } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { apiKinds, readObjects } from '../words/object.js'
import { fieldsOfType, typeOfKind } from './table.js'
import { schemaFields, type SchemaField } from './fields.js'
import { unknownFields } from './unknown-fields.js'

describe('the table', () => {
  it('has every kind that is read', () => {
    expect(apiKinds.filter((kind) => !Object.hasOwn(typeOfKind, kind))).toEqual([])
  })
  it('has the type of every kind and of every field', () => {
    const types = Object.keys(fieldsOfType).flatMap((type) =>
      [...schemaFields(type).values()].flatMap((field) => field.type ?? []),
    )
    const missing = [...Object.values(typeOfKind), ...types].filter(
      (type) => !Object.hasOwn(fieldsOfType, type),
    )
    expect(missing).toEqual([])
  })
})

/** An object with every field of its type, that notes which other fields are looked for. */
const probe = (type: string, meta: object, at: Path, absent: Set<string>): object => {
  const valueAt = (name: string): unknown => {
    if (Object.hasOwn(meta, name)) return (meta as Readonly<Record<string, unknown>>)[name]
    const field = schemaFields(type).get(name)
    if (field === undefined) absent.add(pathOf([...at, name]))
    if (field?.type === undefined) return undefined
    const inner = probe(field.type, {}, [...at, name], absent)
    if (field.form === 'single') return inner
    return field.form === 'list' ? [inner] : { key: inner }
  }
  return new Proxy(
    {},
    {
      has: (_, name) => valueAt(String(name)) !== undefined,
      get: (_, name) => (typeof name === 'string' ? valueAt(name) : undefined),
      getOwnPropertyDescriptor: (_, name) => ({
        value: valueAt(String(name)),
        configurable: true,
        enumerable: true,
        writable: true,
      }),
    },
  )
}
/** The fields that the codec of a kind looks for and the table does not have. */
const absentOf = (apiKind: string): readonly string[] => {
  const [apiVersion = '', kind = ''] = apiKind.split(' ')
  const absent = new Set<string>()
  const value = probe(typeOfKind[apiKind]!, { apiVersion, kind }, [], absent)
  readObjects({ from: '', value })
  return [...absent]
}

describe('the codecs', () => {
  it.each(apiKinds)('of %s read no field that the table lacks', (kind) => {
    expect(absentOf(kind)).toEqual([])
  })
  it('are seen to read fields', () => {
    const absent = new Set<string>()
    const meta = { apiVersion: 'v1', kind: 'Pod' }
    readObjects({ from: '', value: probe('Service', meta, [], absent) })
    expect(absent).toContain('spec.containers')
  })
})

/** Random objects of a type: some of its fields, down to a depth. */
const anyValue = (type: string, depth: number): fc.Arbitrary<object> =>
  fc
    .subarray([...schemaFields(type)], { maxLength: Math.min(5, schemaFields(type).size) })
    .chain((fields) =>
      fc.record(Object.fromEntries(fields.map(([name, field]) => [name, anyField(field, depth)]))),
    )
const anyLeaf = fc.constantFrom<unknown>(null, '', 0, true)
const anyField = ({ form, type }: SchemaField, depth: number): fc.Arbitrary<unknown> => {
  const inner = type === undefined || depth === 0 ? anyLeaf : anyValue(type, depth - 1)
  if (form === 'list') return fc.array(inner, { maxLength: 2 })
  return form === 'map' ? fc.dictionary(fc.constantFrom('a', 'b/c'), inner, { maxKeys: 2 }) : inner
}
const anyObject: fc.Arbitrary<object> = fc
  .constantFrom(...Object.entries(typeOfKind))
  .chain(([apiKind, type]) => {
    const [apiVersion, kind] = apiKind.split(' ')
    return anyValue(type, 5).map((value) => ({ ...value, apiVersion, kind }))
  })

const pathsIn = (value: object): readonly string[] => unknownFields(value).map(({ path }) => path)

/** The paths of all objects inside a value that have a type, by walking the table and the value. */
const placesIn = (value: unknown, type: string, at: Path): readonly Path[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const inside = Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const field = schemaFields(type).get(name)
    if (field?.type === undefined || typeof inner !== 'object' || inner === null) return []
    const inType = field.type
    if (field.form === 'single') return placesIn(inner, inType, [...at, name])
    return Object.entries(inner).flatMap(([key, item]) =>
      placesIn(item, inType, [...at, name, field.form === 'list' ? Number(key) : key]),
    )
  })
  return [at, ...inside]
}

/** A copy with one more field at a path. */
const withField = (value: unknown, [step, ...rest]: Path, name: string): unknown => {
  if (step === undefined) return { ...(value as object), [name]: 1 }
  const inner = withField((value as Readonly<Record<string | number, unknown>>)[step], rest, name)
  return Array.isArray(value)
    ? value.map((item: unknown, i) => (i === step ? inner : item))
    : { ...(value as object), [step]: inner }
}

const findsAll = (find: (value: object) => readonly string[]): fc.IProperty<[object, number]> =>
  fc.property(anyObject, fc.nat(), (value, index) => {
    const { apiVersion, kind } = value as Readonly<Record<string, unknown>>
    const places = placesIn(value, typeOfKind[`${String(apiVersion)} ${String(kind)}`]!, [])
    const at = places[index % places.length]!
    expect(find(value)).toEqual([])
    expect(find(withField(value, at, 'unknownName') as object)).toEqual([
      pathOf([...at, 'unknownName']),
    ])
  })

describe('unknown fields', () => {
  it('are found wherever they are, and no known ones', () => {
    fc.assert(findsAll(pathsIn))
  })
  it('are refuted when those in lists are not found', () => {
    const outsideLists = (value: object): readonly string[] =>
      pathsIn(value).filter((path) => !path.includes('[0]'))
    expect(isRefuted(findsAll(outsideLists))).toBe(true)
  })
  it('are not looked for in kinds that the table lacks', () => {
    expect(unknownFields({ apiVersion: 'v1', kind: 'ConfigMap', extra: 1 })).toEqual([])
    expect(unknownFields('text')).toEqual([])
  })
})

const pod = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', spec })
const deployment = (spec: object) => ({ apiVersion: 'apps/v1', kind: 'Deployment', spec })
const container = (fields: object) => pod({ containers: [{ name: 'a', ...fields }] })

describe('the versions of a kind', () => {
  const autoscaler = (version: string, spec: object) => ({
    ...{ apiVersion: `autoscaling/${version}`, kind: 'HorizontalPodAutoscaler' },
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 3, ...spec },
  })
  const ofFirst = { targetCPUUtilizationPercentage: 80 }
  const ofSecond = { behavior: {}, metrics: [] }
  it('have the fields of their own', () => {
    expect(pathsIn(autoscaler('v1', ofFirst))).toEqual([])
    expect(pathsIn(autoscaler('v2', ofSecond))).toEqual([])
    expect(pathsIn(autoscaler('v2', ofFirst))).toEqual(['spec.targetCPUUtilizationPercentage'])
    expect(pathsIn(autoscaler('v1', ofSecond))).toEqual(['spec.behavior', 'spec.metrics'])
    expect(unknownFields(autoscaler('v1', { minReplica: 1 }))).toEqual([
      { path: 'spec.minReplica', nearest: 'spec.minReplicas' },
    ])
  })
  it('are both read', () => {
    for (const version of ['v1', 'v2'])
      expect(
        readObjects({ from: '', value: { ...autoscaler(version, {}), metadata: { name: 'a' } } })
          .objects,
      ).toHaveLength(1)
  })
})

describe('what is meant', () => {
  it.each<readonly [object, string | undefined]>([
    // A like name in the same object.
    [pod({ priorityClass: 'high' }), 'spec.priorityClassName'],
    [pod({ nodeselector: {} }), 'spec.nodeSelector'],
    [pod({ tolerationz: [] }), 'spec.tolerations'],
    [container({ resource: {} }), 'spec.containers[0].resources'],
    [container({ resources: { request: {} } }), 'spec.containers[0].resources.requests'],
    // The same name further in.
    [container({ requests: {} }), 'spec.containers[0].resources.requests'],
    [container({ limits: {}, resources: { limits: {} } }), undefined],
    [deployment({ nodeSelector: {} }), 'spec.template.spec.nodeSelector'],
    [deployment({ template: { tolerations: [] } }), 'spec.template.spec.tolerations'],
    [deployment({ image: 'x' }), undefined],
    [pod({ image: 'x', containers: [{}] }), 'spec.containers[0].image'],
    [pod({ labels: {} }), 'metadata.labels'],
    // The same name further out.
    [container({ hostNetwork: true }), 'spec.hostNetwork'],
    [deployment({ template: { spec: { replicas: 3 } } }), 'spec.replicas'],
    // A key of a map.
    [container({ resources: { cpu: 1 } }), 'spec.containers[0].resources.limits.cpu'],
    [deployment({ selector: { app: 'web' } }), 'spec.selector.matchLabels.app'],
    // What has a name of its own already, a value of another form, a name that says nothing.
    [container({ names: 'b' }), undefined],
    [pod({ tolerationz: 'x' }), undefined],
    [pod({ name: 'x' }), undefined],
    [pod({ somethingElse: {} }), undefined],
  ])('of %j', (object, meant) => {
    expect(unknownFields(object).map((field) => field.nearest)).toEqual([meant])
  })
})
