/**
 * Tests changes of documents on both platforms: which objects replace which, against a reference
 * implementation with a map of objects by name, and which changes are refused.
 */
import * as fc from 'fast-check'
import type { SourceDocument } from '@stowage/documents'
import { getOrThrow } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { applyChange, type AppliedChange } from './change.js'
import { unitedDocuments } from './united.js'

const file = (from: string, value: unknown): SourceDocument => ({ from, value })
const object = (kind: string, name: string, more: object = {}, namespace?: string): object => ({
  ...{ apiVersion: kind === 'Pod' || kind === 'Node' ? 'v1' : 'apps/v1', kind },
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  ...more,
})
const list = (...items: readonly object[]): object => ({ apiVersion: 'v1', kind: 'List', items })

const applied = (
  documents: readonly SourceDocument[],
  ...changes: readonly SourceDocument[]
): AppliedChange => getOrThrow(applyChange(documents, changes))
const titles = ({ replaced, added }: AppliedChange) => ({
  replaced: replaced.map(({ title, before, after }) => `${title}: ${before.from} to ${after.from}`),
  added: added.map(({ title, after }) => `${title}: ${after.from}`),
})
const faultsOf = (
  documents: readonly SourceDocument[],
  ...changes: readonly SourceDocument[]
): readonly string[] => {
  const found = applyChange(documents, changes)
  return E.isRight(found)
    ? []
    : found.left.map(
        ({ from, at, found: what, expected }) =>
          `${from} ${at.join('.')}: ${what}, not ${expected}`,
      )
}

describe('a Kubernetes object of a change', () => {
  it('replaces that of its kind, namespace and name, in lists, too', () => {
    const dump = file('dump', list(object('Deployment', 'web', { spec: 1 }), object('Pod', 'web')))
    const change = applied([dump], file('web', object('Deployment', 'web', { spec: 2 }, 'default')))
    expect(titles(change)).toEqual({
      replaced: ['Deployment default/web: dump to web'],
      added: [],
    })
    expect(change.documents).toEqual([
      file('dump', list(object('Pod', 'web'))),
      file('web', object('Deployment', 'web', { spec: 2 }, 'default')),
    ])
    expect(change.replaced[0]?.before.value).toEqual(object('Deployment', 'web', { spec: 1 }))
  })
  it('is applied to what the cluster stores, with the manifests of it that are there', () => {
    const spec = { replicas: 3, paused: false }
    const metadata = { metadata: { name: 'web', uid: 'u' } }
    const stored = file('dump', list({ ...object('Deployment', 'web', { spec }), ...metadata }))
    const manifest = file('web', object('Deployment', 'web', { spec: { paused: true } }))
    const changed = file('change', object('Deployment', 'web', { spec: { minReadySeconds: 5 } }))
    const all = { replicas: 3, paused: true, minReadySeconds: 5 }
    for (const documents of [
      [stored, manifest],
      [manifest, stored],
    ]) {
      expect(unitedDocuments(documents)).toHaveLength(1)
      for (const before of [documents, unitedDocuments(documents)]) {
        const { documents: after } = applied(before, changed)
        expect(after).toMatchObject([{ from: 'change', value: { spec: all } }])
      }
    }
    const two = [manifest, file('other', object('Deployment', 'web', { spec }))]
    expect(unitedDocuments(two)).toBe(two)
    expect(unitedDocuments([stored, manifest, manifest])).toHaveLength(1)
    // Which of two manifests counts is for the reader to refuse, as a plan does.
    const contradicting = [stored, ...two]
    expect(unitedDocuments(contradicting)).toBe(contradicting)
  })
  it('replaces an item of a typed list, whose kind the list says', () => {
    const pods = file('pods', {
      ...{ apiVersion: 'v1', kind: 'PodList' },
      items: [{ metadata: { name: 'a', namespace: 'default' } }],
    })
    const change = applied([pods], file('a', object('Pod', 'a')))
    expect(titles(change)).toEqual({ replaced: ['Pod a: pods to a'], added: [] })
    expect(change.documents).toEqual([file('a', object('Pod', 'a'))])
  })
  it('is applied to a stored object, of which stays what a manifest leaves out', () => {
    const stored = (spec: object): object => ({
      ...{ apiVersion: 'apps/v1', kind: 'Deployment', spec, status: { replicas: 6 } },
      metadata: { name: 'web', uid: 'u' },
    })
    const dump = file('dump', stored({ replicas: 6, paused: true }))
    const manifest = object('Deployment', 'web', { spec: { paused: false } })
    const change = applied([dump], file('web', manifest))
    expect(change.documents).toEqual([file('web', stored({ replicas: 6, paused: false }))])
    const whole = applied([dump], file('web', stored({ paused: false })))
    expect(whole.documents).toEqual([file('web', stored({ paused: false }))])
  })
  it('is added where another namespace, kind or group has the name', () => {
    const other = { ...object('Deployment', 'web'), apiVersion: 'example.com/v1' }
    const before = [
      file('a', object('Deployment', 'web', {}, 'shop')),
      file('b', object('StatefulSet', 'web')),
      file('c', other),
    ]
    const change = applied(before, file('d', object('Deployment', 'web')))
    expect(titles(change)).toEqual({ replaced: [], added: ['Deployment web: d'] })
    expect(change.documents.length).toBe(4)
  })
  it('replaces every copy of an object, and the one configuration', () => {
    const configuration = { apiVersion: 'kubescheduler.config.k8s.io/v1' }
    const scheduler = { ...configuration, kind: 'KubeSchedulerConfiguration' }
    const before = [file('a', object('Node', 'n')), file('b', object('Node', 'n'))]
    const change = applied(
      [...before, file('c', scheduler)],
      file('n', object('Node', 'n', { spec: {} })),
      file('s', { ...scheduler, profiles: [] }),
    )
    expect(change.documents.map(({ from }) => from)).toEqual(['n', 's'])
  })
  it('replaces a Fargate profile of its name', () => {
    const profile = (name: string) => ({ fargateProfile: { fargateProfileName: name } })
    const change = applied([file('a', profile('x'))], file('b', [profile('x'), profile('y')]))
    expect(titles(change)).toEqual({
      replaced: ['Fargate profile x: a to b'],
      added: ['Fargate profile y: b'],
    })
  })
})

describe('an object of Amazon ECS in a change', () => {
  const definition = (family: string, more: object = {}) => ({
    ...{ family, containerDefinitions: [{ name: 'main', memory: 6 }] },
    ...more,
  })
  const arn = (kind: string, id: string) => `arn:aws:ecs:r:1:${kind}/${id}`
  it('replaces the newest revision of a family, and takes its number', () => {
    const described = (revision: number) =>
      definition('web', { revision, taskDefinitionArn: arn('task-definition', `web:${revision}`) })
    const before = [file('a', { taskDefinition: described(2), tags: [] }), file('b', described(1))]
    const change = applied(before, file('c', definition('web', { cpu: '256' })))
    expect(titles(change).replaced).toEqual(['task definition web: a to c'])
    expect(change.documents).toEqual([
      file('b', described(1)),
      file('c', { ...described(2), cpu: '256' }),
    ])
  })
  it('replaces the revision that it names, and any other under the number of that one', () => {
    const before = [file('a', definition('web', { revision: 1 })), file('b', definition('web'))]
    const exact = applied(before, file('c', definition('web', { revision: 1, cpu: '256' })))
    expect(titles(exact).replaced).toEqual(['task definition web: a to c'])
    const other = applied(before.slice(1), file('c', definition('web', { revision: 4 })))
    expect(other.documents).toEqual([file('c', definition('web'))])
  })
  it('adds a revision that is not there and that a service of the change names', () => {
    const described = (revision: number) => definition('web', { revision })
    const before = [file('a', described(1)), file('b', service('web', { taskDefinition: 'web:1' }))]
    const next = file('d', service('web', { taskDefinition: arn('task-definition', 'web:2') }))
    const both = applied(before, file('c', described(2)), next)
    expect(titles(both)).toMatchObject({ replaced: ['service web: b to d'] })
    expect(both.documents).toEqual([before[0], file('c', described(2)), next])
    const alone = applied(before, file('c', described(2)))
    expect(titles(alone).replaced).toEqual(['task definition web: a to c'])
  })
  const service = (name: string, more: object = {}) => ({
    ...{ serviceName: name, taskDefinition: 'web', desiredCount: 1 },
    ...more,
  })
  it('replaces the service of its name and cluster, and stays in that cluster', () => {
    const clusterArn = arn('cluster', 'shop')
    const before = file('a', { services: [service('web', { clusterArn }), service('api')] })
    const change = applied([before], file('b', service('web', { desiredCount: 3 })))
    expect(titles(change).replaced).toEqual(['service web: a to b'])
    expect(change.documents).toEqual([
      file('a', { services: [service('api')] }),
      file('b', service('web', { desiredCount: 3, cluster: clusterArn })),
    ])
    const named = applied([before], file('b', service('web', { cluster: 'shop' })))
    expect(titles(named).replaced).toEqual(['service web: a to b'])
    const elsewhere = applied([before], file('b', service('web', { cluster: 'other' })))
    expect(titles(elsewhere)).toEqual({ replaced: [], added: ['service web: b'] })
  })
  it('must name its cluster where several have a service of the name', () => {
    const before = ['one', 'two'].map((cluster) => file(cluster, service('web', { cluster })))
    expect(faultsOf(before, file('b', service('web')))).toEqual([
      'b : service web, not its cluster, one of one, two',
    ])
  })
  it('replaces instances and tasks by their ids, and is a call of its own', () => {
    const instance = { containerInstanceArn: arn('container-instance', 'x/1'), ec2InstanceId: 'i' }
    const task = { taskArn: arn('task', 'x/7'), lastStatus: 'RUNNING' }
    const call = { taskDefinition: 'web', count: 2 }
    const change = applied(
      [file('a', [instance, task, call])],
      file('b', { ...instance, status: 'DRAINING' }),
      file('c', { ...task, lastStatus: 'STOPPED' }),
      file('d', [call, call]),
    )
    expect(titles(change)).toEqual({
      replaced: ['container instance i: a to b', 'task 7: a to c'],
      added: ['call of RunTask: d', 'call of RunTask: d'],
    })
    expect(change.documents[0]).toEqual(file('a', [call]))
  })
})

describe('a template in a change', () => {
  const template = (family: string) => ({
    Resources: { Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Family: family } } },
  })
  const [a, b] = [file('x/a.yaml', template('a')), file('x/b.yaml', template('b'))]
  it('replaces that of its base name, in whose place it is evaluated', () => {
    const change = applied([a, b], file('new/b.yaml', template('c')))
    expect(titles(change).replaced).toEqual(['template b.yaml: x/b.yaml to new/b.yaml'])
    expect(change.documents).toEqual([a, file('x/b.yaml', template('c'))])
    expect([...change.files]).toEqual([['x/b.yaml', 'new/b.yaml']])
  })
  it('replaces the only one, whatever its name', () => {
    expect(titles(applied([a], file('new.yaml', template('c')))).replaced.length).toBe(1)
    expect(titles(applied([a, b], file('new.yaml', template('c')))).added.length).toBe(1)
  })
  it('is found by the end of its path among several of its name', () => {
    const other = file('y/a.yaml', template('y'))
    const change = applied([a, other], file('new/y/a.yaml', template('c')))
    expect(titles(change).replaced).toEqual(['template a.yaml: y/a.yaml to new/y/a.yaml'])
    expect(faultsOf([a, other], file('a.yaml', template('c')))).toEqual([
      'a.yaml : template a.yaml, not a path that ends as one of x/a.yaml, y/a.yaml',
    ])
  })
})

describe('a change is refused', () => {
  it('with the place of what has no identity', () => {
    const nameless = { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'a-' } }
    expect(
      faultsOf(
        [],
        file('a', list(object('Pod', 'x'), nameless)),
        file('b', { services: [{ taskDefinition: 'web', desiredCount: 1 }] }),
        file('c', { hello: 1 }),
      ),
    ).toEqual([
      'c : an object, not an object of Kubernetes or Amazon ECS, or a CloudFormation template, for --change',
      'a items.1: an object, not an object with kind and metadata.name, by which a change finds the one that it replaces',
      'b services.0: an object, not a service with serviceName, by which a change finds the one that it replaces',
    ])
  })
  it('when an object is in it twice', () => {
    expect(
      faultsOf([], file('a', object('Pod', 'x')), file('b', object('Pod', 'x', {}, 'default'))),
    ).toEqual(['b : Pod default/x, not every object of a change once: it is also in a'])
    const shop = { serviceName: 'web', taskDefinition: 'web', desiredCount: 1 }
    expect(
      faultsOf([file('a', { ...shop, cluster: 'x' })], file('b', shop), {
        ...file('c', { ...shop, cluster: 'x' }),
      }),
    ).toEqual(['c : service web, not every object of a change once: it is also in b'])
  })
})

const anyName = fc.record({
  kind: fc.constantFrom('Deployment', 'StatefulSet', 'Pod'),
  name: fc.constantFrom('a', 'b', '__proto__'),
  namespace: fc.constantFrom(undefined, 'default', 'shop'),
})
const keyOf = ({
  kind,
  name,
  namespace = 'default',
}: {
  kind: string
  name: string
  namespace?: string | undefined
}) => `${kind} ${namespace}/${name}`
const anyObjects = fc.uniqueArray(anyName, { selector: keyOf, maxLength: 6 })
/** How the objects are divided into documents: each by itself, a list, or a list of lists. */
const anyShape = fc.constantFrom<(all: readonly object[]) => readonly unknown[]>(
  (all) => all,
  (all) => (all.length === 0 ? [] : [list(...all)]),
  (all) => (all.length === 0 ? [] : [[list(...all.slice(0, 1)), ...all.slice(1)]]),
)

const objectsIn = (value: unknown): readonly object[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn)
  const { items } = value as { readonly items?: unknown }
  return Array.isArray(items) ? items.flatMap(objectsIn) : [value as object]
}

/** The objects after the change, by a map. */
const agrees = (apply: typeof applyChange) =>
  fc.property(anyObjects, anyObjects, anyShape, anyShape, (own, changed, shape, other) => {
    const made = (all: typeof own, side: string): readonly object[] =>
      all.map(({ kind, name, namespace }) => object(kind, name, { side }, namespace))
    const byName = new Map<string, string>()
    for (const one of own) byName.set(keyOf(one), 'own')
    for (const one of changed) byName.set(keyOf(one), 'changed')
    const found = getOrThrow(
      apply(
        shape(made(own, 'own')).map((value, i) => file(`own ${i}`, value)),
        other(made(changed, 'changed')).map((value, i) => file(`changed ${i}`, value)),
      ),
    )
    const after = found.documents
      .flatMap(({ value }) => objectsIn(value))
      .map((value) => {
        const { kind, metadata, side } = value as {
          kind: string
          metadata: { name: string; namespace?: string }
          side: string
        }
        return [keyOf({ kind, ...metadata }), side] as const
      })
    expect(after.length).toBe(byName.size)
    expect(new Map(after)).toEqual(byName)
    const known = new Set(own.map(keyOf))
    expect(found.replaced.length).toBe(changed.filter((one) => known.has(keyOf(one))).length)
    expect(found.added.length).toBe(changed.length - found.replaced.length)
  })

describe('a change and a map by names', () => {
  it('agree', () => fc.assert(agrees(applyChange), { numRuns: 500 }))
  it('are refuted where what was replaced stays', () => {
    const keeping: typeof applyChange = (documents, changes) =>
      pipe(
        applyChange(documents, changes),
        E.map((change) => ({
          ...change,
          documents: [...documents, ...change.documents.slice(-changes.length)],
        })),
      )
    expect(isRefuted(agrees(keeping))).toBe(true)
  })
})
