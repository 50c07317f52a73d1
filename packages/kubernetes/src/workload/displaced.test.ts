/** Tests what becomes of pods whose node is missing from the input or is to be removed. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readKubernetes, type ReadingOptions } from '../read/input.js'

const spec = { containers: [{ name: 'main' }] }
const node = (name: string) => ({ apiVersion: 'v1', kind: 'Node', metadata: { name } })
const pod = (name: string, nodeName: string, kind?: string, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    ...(kind === undefined ? {} : { ownerReferences: [{ kind, name: 'web', controller: true }] }),
    ...metadata,
  },
  spec: { ...spec, nodeName },
})
const web = (kind: string, more: object = {}) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec },
    ...more,
  },
})
const read = (values: readonly object[], options: ReadingOptions = {}) =>
  readKubernetes(
    values.map((value, i) => ({ from: `${i}.yaml`, value })),
    options,
  )
const seen = (values: readonly object[], options: ReadingOptions = {}) => {
  const input = read(values, options)
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  const { pending, running, warnings } = input.right
  return {
    waits: pending.filter(({ count }) => count !== 0).map(({ name, count }) => `${name} ${count}`),
    runs: running.map(({ metadata }) => metadata.name),
    warnings: warnings.map(({ code, text }) => `${code}: ${text.split(': ').at(-1)}`),
  }
}

describe('a pod of a node that is not there', () => {
  it('wants a place, as one of its owner if it has one', () => {
    const pods = [
      pod('a', 'n'),
      pod('b', 'gone', undefined, { uid: 'b' }),
      pod('web-x', 'gone', 'ReplicaSet'),
    ]
    expect(seen([node('n'), ...pods, web('ReplicaSet')])).toEqual({
      waits: ['default/b 1', 'default/web 1'],
      runs: ['a'],
      warnings: ['PodOnUnknownNode: it wants a place', 'PodOnUnknownNode: it wants a place'],
    })
  })
  it('never runs where it is yet to be created, as no scheduler looks at it', () => {
    const refusal =
      'there is no node gone, which its spec.nodeName names, and no scheduler looks for another'
    for (const options of [{}, { withoutNodes: ['gone'] }]) {
      const nodes = [node('n'), ...(options.withoutNodes ?? []).map(node)]
      const input = read([...nodes, pod('b', 'gone')], options)
      expect(input).toMatchObject(
        E.right({ pending: [{ name: 'default/b', count: 1, refusal }], running: [], warnings: [] }),
      )
    }
  })
  it('is replaced by one of the present template', () => {
    const set = web('StatefulSet', { replicas: 2 })
    const pods = [pod('web-0', 'n', 'StatefulSet'), pod('web-1', 'gone', 'StatefulSet')]
    const input = read([node('n'), ...pods, set])
    expect(E.isRight(input) && input.right.pending.map(({ indices }) => indices)).toEqual([[1]])
  })
  it.each([
    ['in mid-rollout', 2, 2, ['default/web 1', 'default/web 1']],
    [
      'by the present template, which the Deployment lacks',
      3,
      2,
      ['default/web 1', 'default/web 1'],
    ],
    ['not at all where its set has been scaled down', 2, 1, ['default/web 1']],
  ])('is replaced %s', (_, replicas, ofOld, waits) => {
    const set = (hash: string, count: number): object => {
      const labels = { app: 'web', 'pod-template-hash': hash }
      const template = { metadata: { labels }, spec: { containers: [{ name: 'c', image: hash }] } }
      return {
        ...{ apiVersion: 'apps/v1', kind: 'ReplicaSet' },
        metadata: { ...owned('Deployment', 'web'), name: `web-${hash}`, labels },
        spec: { replicas: count, selector: { matchLabels: labels }, template },
      }
    }
    const owned = (kind: string, name: string): object => ({
      ownerReferences: [{ apiVersion: 'apps/v1', kind, name, controller: true }],
    })
    const podOf = (hash: string, name: string, nodeName?: string): object => ({
      ...{ apiVersion: 'v1', kind: 'Pod', status: { phase: 'Running' } },
      metadata: {
        ...{ name, uid: name, ...owned('ReplicaSet', `web-${hash}`) },
        labels: { app: 'web', 'pod-template-hash': hash },
      },
      spec: { containers: [{ name: 'c', image: hash }], nodeName },
    })
    const pods = [podOf('old', 'o1', 'n'), podOf('old', 'o2', 'gone'), podOf('new', 'p1')]
    const deployment = web('Deployment', { replicas })
    expect(seen([node('n'), ...pods, set('old', ofOld), set('new', 1), deployment]).waits).toEqual(
      waits,
    )
  })
  it.each([
    ['DaemonSet', {}],
    ['Node', {}],
    [undefined, { deletionTimestamp: '2026-01-01T00:00:00Z' }],
  ])('goes with its node: %s %j', (kind, metadata) => {
    const dump = [node('n'), pod('b', 'gone', kind, metadata)]
    expect(seen(dump)).toEqual({
      waits: [],
      runs: [],
      warnings: ['PodOnUnknownNode: it goes with its node'],
    })
  })
})

describe('a node that is taken away', () => {
  it('leaves its pods without a place, and the others where they are', () => {
    const dump = [node('n'), node('m'), pod('a', 'n'), pod('b', 'm', undefined, { uid: 'b' })]
    expect(seen(dump, { withoutNodes: ['m'] })).toEqual({
      waits: ['default/b 1'],
      runs: ['a'],
      warnings: [],
    })
  })
  it('must be among the documents', () => {
    const input = read([node('node-1')], { withoutNodes: ['node-2', 'node-1'] })
    expect(input).toEqual(
      E.left([
        {
          from: '--without-node',
          at: [],
          found: '"node-2"',
          expected: 'the name of a node among the documents, such as node-1',
        },
      ]),
    )
  })
})
