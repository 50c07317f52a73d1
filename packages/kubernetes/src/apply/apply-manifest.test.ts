/**
 * Tests the application of manifests to stored objects: fields against a slow twin that looks at
 * every path by itself, and lists, ports and the fields of the API server by examples.
 */
import { isObject, own } from '@stowage/documents'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyManifest, hasLastApplied } from './apply-manifest.js'

const annotation = 'kubectl.kubernetes.io/last-applied-configuration'
const storedWith = (last: object | undefined, object: object): object => ({
  ...object,
  metadata: {
    ...{ name: 'web', uid: 'u' },
    ...(last === undefined ? {} : { annotations: { [annotation]: JSON.stringify(last) } }),
  },
})
const specOf = (object: unknown): unknown => (isObject(object) ? own(object, 'spec') : undefined)
const applied = (stored: object, manifest: object, last?: object): unknown =>
  specOf(
    applyManifest(storedWith(last === undefined ? undefined : { spec: last }, { spec: stored }), {
      metadata: { name: 'web' },
      spec: manifest,
    }),
  )

const anyFields = fc.dictionary(
  fc.constantFrom('a', 'b', 'c'),
  fc.dictionary(fc.constantFrom('x', 'y', '__proto__'), fc.integer({ min: 1, max: 3 })),
)
type Fields = Readonly<Record<string, Readonly<Record<string, number>>>>
const paths = ['a', 'b', 'c'].flatMap((one) =>
  ['x', 'y', '__proto__'].map((other) => [one, other] as const),
)
const at = (fields: unknown, [one, other]: (typeof paths)[number]): unknown => {
  const inner = isObject(fields) ? own(fields, one) : undefined
  return isObject(inner) ? own(inner, other) : undefined
}
/** Field by field: the manifest's value, else the stored one unless it was applied last. */
const byTheBook = (stored: Fields, last: Fields, manifest: Fields): readonly unknown[] =>
  paths.map((path) => {
    const isDropped = at(last, path) !== undefined || isLast(last, manifest, path)
    return at(manifest, path) ?? (isDropped ? undefined : at(stored, path))
  })
/** Whether a whole object was applied last, and the manifest has it no more. */
const isLast = (last: Fields, manifest: Fields, [one]: (typeof paths)[number]): boolean =>
  Object.hasOwn(last, one) && !Object.hasOwn(manifest, one)
const agrees = (apply: typeof applied): fc.IProperty<[Fields, Fields, Fields]> =>
  fc.property(anyFields, anyFields, anyFields, (stored, last, manifest) => {
    const spec = apply(stored, manifest, last)
    expect(paths.map((path) => at(spec, path))).toEqual(byTheBook(stored, last, manifest))
  })

describe('the fields of a manifest', () => {
  it('are applied as each field by itself', () => fc.assert(agrees(applied)))
  it('are refuted when what was applied last is not read', () => {
    expect(isRefuted(agrees((stored, manifest) => applied(stored, manifest)))).toBe(true)
  })
  it('are refuted when the manifest replaces the whole object', () => {
    expect(isRefuted(agrees((_, manifest) => manifest))).toBe(true)
  })
  it('change nothing of an object that has them', () => {
    const stored = storedWith(undefined, { spec: { replicas: 6, paused: false } })
    expect(applyManifest(stored, { metadata: { name: 'web' }, spec: { paused: false } })).toBe(
      stored,
    )
  })
  it('that are null are removed', () => {
    expect(applied({ replicas: 6, paused: true }, { paused: null })).toEqual({ replicas: 6 })
  })
})

describe('the fields of the API server', () => {
  it('stay, whatever the manifest writes there', () => {
    const stored = { metadata: { name: 'web', uid: 'u', generation: 3 }, status: { replicas: 1 } }
    const manifest = { metadata: { name: 'web', creationTimestamp: null, uid: 'v' }, status: {} }
    expect(applyManifest(stored, manifest)).toEqual(stored)
  })
  it('count a generation more when the spec changes, and only then', () => {
    const stored = { metadata: { name: 'web', generation: 3 }, spec: { a: 1 } }
    const generationAfter = (manifest: object) =>
      own(own(applyManifest(stored, manifest) as object, 'metadata') as object, 'generation')
    expect(generationAfter({ metadata: { labels: { a: 'b' } } })).toBe(3)
    expect(generationAfter({ spec: { a: 2 } })).toBe(4)
  })
})

describe('the lists of a manifest', () => {
  const container = (name: string, more: object = {}) => ({ name, ...more })
  it('are merged by their keys, and keep what others have added', () => {
    const stored = {
      containers: [
        container('main', { image: 'a', terminationMessagePath: '/x' }),
        container('mesh'),
      ],
    }
    expect(applied(stored, { containers: [container('main', { image: 'b' })] })).toEqual({
      containers: [
        container('main', { image: 'b', terminationMessagePath: '/x' }),
        container('mesh'),
      ],
    })
  })
  it('lose an item that was applied last', () => {
    const both = { containers: [container('main'), container('side')] }
    const one = { containers: [container('main')] }
    expect(applied(both, one, both)).toEqual(one)
    expect(applied(both, one)).toEqual(both)
  })
  it('replace those without a key', () => {
    const toleration = (key: string) => ({ tolerations: [{ key }] })
    expect(applied(toleration('a'), toleration('b'))).toEqual(toleration('b'))
  })
  it('tell ports of one number apart by their protocols', () => {
    const port = (protocol: string, name: string) => ({ containerPort: 53, protocol, name })
    const stored = { ports: [port('TCP', 'a'), port('UDP', 'b')] }
    expect(applied(stored, { ports: [{ containerPort: 53, name: 'c' }] })).toEqual({
      ports: [{ containerPort: 53, protocol: 'TCP', name: 'c' }, port('UDP', 'b')],
    })
  })
  it('leave a volume or a strategy only the fields of the manifest', () => {
    expect(
      applied(
        { volumes: [{ name: 'v', emptyDir: {} }], strategy: { type: 'RollingUpdate', x: {} } },
        { volumes: [{ name: 'v', configMap: {} }], strategy: { type: 'Recreate' } },
      ),
    ).toEqual({ volumes: [{ name: 'v', configMap: {} }], strategy: { type: 'Recreate' } })
  })
})

it('an annotation that is no object says nothing', () => {
  const noted = (text: string) => ({ metadata: { annotations: { [annotation]: text } } })
  expect(['{', '1', '{}'].map((text) => hasLastApplied(noted(text)))).toEqual([false, false, true])
})
