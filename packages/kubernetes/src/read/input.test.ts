/**
 * Tests reading documents: an input with errors has no result, and the order of documents and keys
 * does not matter.
 */
import type { SourceDocument } from '@stowage/documents'
import { isDeepStrictEqual } from 'node:util'
import { pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { planOnNodes } from '../plan/plan.js'
import { readKubernetes, type KubernetesInput } from './input.js'

/** A planted bug is looked for longer, and found once. */

const documentsOf = (values: readonly unknown[]): readonly SourceDocument[] =>
  values.map((value, i) => ({ from: `${i}.yaml`, value }))
const read = (...values: readonly unknown[]): KubernetesInput => {
  const input = readKubernetes(documentsOf(values))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const wrongIn = (...values: readonly unknown[]): readonly string[] => {
  const input = readKubernetes(documentsOf(values))
  return E.isLeft(input)
    ? input.left.map((bad) => `${bad.from} ${pathOf(bad.at)}: ${bad.found}, not ${bad.expected}`)
    : []
}
const object = (apiVersion: string, kind: string, metadata: object, rest: object = {}) => ({
  apiVersion,
  kind,
  metadata,
  ...rest,
})
const selector = { matchLabels: { app: 'a' } }

/** What has a domain is limited to what is requested. */
const template = (requests: object = {}, spec: object = {}) => {
  const limits = Object.fromEntries(
    Object.entries(requests).filter(([resource]) => resource.includes('/')),
  )
  return {
    metadata: { labels: { app: 'a' } },
    spec: { containers: [{ name: 'main', resources: { requests, limits } }], ...spec },
  }
}
const node = (name: string, allocatable: object, spec: object = {}) =>
  object('v1', 'Node', { name }, { spec, status: { allocatable } })
const pod = (name: string, requests: object = {}, spec: object = {}) =>
  object('v1', 'Pod', { name }, { spec: template(requests, spec).spec })
const deployment = (name: string, replicas: number, requests: object = {}, spec: object = {}) =>
  object(
    'apps/v1',
    'Deployment',
    { name },
    { spec: { replicas, selector, template: template(requests, spec) } },
  )

describe('bad input', () => {
  it('leaves nothing, and all of it is said', () => {
    expect(wrongIn(pod('a'), pod('b', { cpu: '-1' }), 5)).toEqual([
      '1.yaml spec.containers[0].resources.requests.cpu: "-1", not a quantity of 0 or more, such as 500m, 2 or 1.5Gi',
      '2.yaml : 5, not an object with apiVersion and kind',
    ])
  })
  it('is a name that two different objects have', () => {
    const list = object('v1', 'List', {}, { items: [pod('a', { cpu: '1' })] })
    expect(wrongIn(pod('a'), list)).toEqual([
      '1.yaml items[0].metadata.name: "a", not a name of its own: Pod default/a is also in 0.yaml',
    ])
    expect(wrongIn(node('n', {}), node('n', { cpu: '1' }), node('n', {}))).toEqual([
      '1.yaml metadata.name: "n", not a name of its own: Node n is also in 0.yaml',
    ])
    const inDefault = object(
      'apps/v1',
      'Deployment',
      { name: 'a', namespace: '' },
      { spec: { replicas: 2, selector, template: template() } },
    )
    expect(wrongIn(deployment('a', 1), inDefault)).toHaveLength(1)
  })
  it('is no name in another namespace or of another kind', () => {
    const elsewhere = object(
      'v1',
      'Pod',
      { name: 'a', namespace: 'shop' },
      { spec: template().spec },
    )
    expect(wrongIn(pod('a'), deployment('a', 1), elsewhere)).toEqual([])
  })
  it('is a contradiction in a template', () => {
    const main = { name: 'main', resources: { requests: { cpu: 2 }, limits: { cpu: 1 } } }
    expect(wrongIn(deployment('a', 1, {}, { containers: [main] }))).toEqual([
      '0.yaml spec.template.spec.containers[0].resources.requests.cpu: "2", not at most its limit, 1',
    ])
  })
})

describe('what is read and not honoured', () => {
  it('is a warning with its path', () => {
    const spec = { runtimeClassName: 'gvisor', schedulingGroup: { podGroupName: 'gang' } }
    const claims = {
      spec: { selector, template: template({}, { nodeName: 'n' }) },
    }
    const { warnings } = read(
      pod('a', {}, { ...spec, schedulerName: 'default-scheduler' }),
      object('apps/v1', 'StatefulSet', { name: 'b' }, claims),
    )
    expect(warnings.map(({ subject, text }) => `${subject}: ${text}`)).toEqual([
      'Pod default/a: spec.runtimeClassName is read but not honoured yet',
      'Pod default/a: spec.schedulingGroup is read but not honoured yet',
      'StatefulSet default/b: spec.template.spec.nodeName is read but not honoured yet',
    ])
  })
  it('is a kind that is not known, which is ignored', () => {
    expect(read(object('v1', 'ConfigMap', {}), pod('a')).ignored).toEqual([
      { from: '0.yaml', kind: 'ConfigMap' },
    ])
  })
})

it('labels every namespace with its name, also one that only pods name', () => {
  const shop = object('v1', 'Namespace', { name: 'shop', labels: { team: 'a' } })
  const elsewhere = object('v1', 'Pod', { name: 'b', namespace: 'red' }, { spec: template().spec })
  const key = 'kubernetes.io/metadata.name'
  expect(read(shop, pod('a'), elsewhere).around.namespaces).toEqual(
    new Map([
      ['default', new Map([[key, 'default']])],
      ['red', new Map([[key, 'red']])],
      [
        'shop',
        new Map([
          ['team', 'a'],
          [key, 'shop'],
        ]),
      ],
    ]),
  )
})

const spreading = {
  maxSkew: 1,
  topologyKey: 'kubernetes.io/hostname',
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: {},
}
const apart = {
  requiredDuringSchedulingIgnoredDuringExecution: [
    { topologyKey: 'kubernetes.io/hostname', labelSelector: {} },
  ],
}
const crowded: readonly object[] = [
  node('n1', { cpu: '2', memory: '4Gi', pods: '9', 'a.com/x': '1' }),
  node('n2', { pods: '3', 'b.com/y': '1', cpu: '4', memory: '2Gi' }),
  deployment('small', 4, { cpu: '300m', memory: '100Mi' }),
  deployment('large', 3, { memory: '1Gi', cpu: '1' }),
  deployment('devices', 2, { 'd.com/z': '1', 'a.com/x': '1', 'c.com/z': '1' }),
  pod('running', { cpu: '1', 'd.com/z': '1' }, { nodeName: 'n2' }),
  pod('also-running', { 'c.com/z': '1' }, { nodeName: 'n1' }),
  pod('urgent', { cpu: '500m' }, { priorityClassName: 'system-node-critical' }),
  pod('spread', {}, { topologySpreadConstraints: [spreading] }),
  pod('apart', {}, { affinity: { podAntiAffinity: { ...apart } } }),
  pod('lost', {}, { nodeName: 'gone', priorityClassName: 'gone' }),
  object('v1', 'Service', { name: 'small' }, { spec: { selector: { app: 'a' } } }),
  object('v1', 'Secret', { name: 'small' }),
  object('v1', 'ConfigMap', { name: 'large' }),
]
type Planned = (values: readonly unknown[]) => unknown
const planned: Planned = (values) => {
  const input = unlabelled(values)
  return { ...planOnNodes(input), ignored: input.ignored }
}

/** Where a document came from is part of what is said of it, so here all come from one place. */
const unlabelled = (values: readonly unknown[]): KubernetesInput => {
  const input = readKubernetes(values.map((value) => ({ from: 'here', value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}

/** The same value, its keys and those inside it in reverse. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  )
}
const anyOrder = fc.shuffledSubarray([...crowded], { minLength: crowded.length })
const doesNotDepend = (plan: Planned) =>
  fc.property(anyOrder, fc.infiniteStream(fc.boolean()), (values, turns) => {
    const turned = values.map((value) => (turns.next().value === true ? reversed(value) : value))
    return isDeepStrictEqual(plan(turned), plan(crowded))
  })

describe('the order of documents and of keys', () => {
  it('does not change the plan, or what is said beside it', () => {
    expect(JSON.stringify(planned(crowded))).toContain('Insufficient c.com/z')
    fc.assert(doesNotDepend(planned))
  })
  it('is refuted when pods are planned in the order in which they come', () => {
    const asGiven: Planned = (values) => {
      const input = unlabelled(values)
      const order = values.map((value) => (value as ReturnType<typeof pod>).metadata)
      const rank = ({ metadata: { name } }: KubernetesInput['pending'][number]): number =>
        order.findIndex((metadata) => (metadata as { readonly name: string }).name === name)
      const wanting = [...input.pending].sort((a, b) => rank(a) - rank(b))
      return { ...planOnNodes({ ...input, pending: wanting }), ignored: input.ignored }
    }
    expect(isRefuted(doesNotDepend(asGiven))).toBe(true)
  })
  it('is refuted when kinds are ignored in the order in which they come', () => {
    const asGiven: Planned = (values) => ({
      ...planOnNodes(unlabelled(values)),
      ignored: values
        .map((value) => (value as { readonly kind: string }).kind)
        .filter((kind) => kind === 'Secret' || kind === 'ConfigMap'),
    })
    expect(isRefuted(doesNotDepend(asGiven))).toBe(true)
  })
})

describe('a field that a kind does not have', () => {
  it('is a warning with the place where it belongs', () => {
    const { warnings } = read(pod('a', {}, { priorityClass: 'high' }))
    expect(warnings).toEqual([
      {
        code: 'UnknownField',
        from: '0.yaml',
        subject: 'Pod default/a',
        text: 'unknown field "spec.priorityClass", which kubectl refuses, is ignored; perhaps spec.priorityClassName is meant',
      },
    ])
  })
})

describe('an object that is there twice', () => {
  it.each([
    object('v1', 'Namespace', { name: 'a' }),
    object('v1', 'Service', { name: 'a' }, { spec: { selector: { a: 'b', c: 'd' } } }),
    object('storage.k8s.io/v1', 'StorageClass', { name: 'a' }, { provisioner: 'p' }),
    object('scheduling.k8s.io/v1', 'PriorityClass', { name: 'a' }, { value: 1 }),
    node('a', { cpu: '1' }),
    pod('a', { cpu: '1' }),
    deployment('a', 2),
  ])('is one object: $kind', (twice) => {
    const input = read(twice, object('v1', 'List', {}, { items: [structuredClone(twice)] }))
    // What a driver of devices answers is a function, new for each input.
    const once = read(twice)
    expect({ ...input, around: undefined }).toEqual({ ...once, around: undefined })
    expect(input.around.namespaces).toEqual(once.around.namespaces)
    expect(input.around.services).toEqual(once.around.services)
  })
  it('may have its fields in another order', () => {
    const { metadata, ...rest } = pod('a')
    expect(wrongIn(pod('a'), { metadata, ...rest })).toEqual([])
  })
  it.each<readonly [string, object, object]>([
    [
      'with its namespace',
      pod('a'),
      { ...pod('a'), metadata: { name: 'a', namespace: 'default' } },
    ],
    ['with amounts of the same size', pod('a', { cpu: '1' }), pod('a', { cpu: '1000m' })],
    ['with a default', deployment('a', 1), deployment('a', 1, {}, { restartPolicy: 'Always' })],
  ])('may be written otherwise: %s', (_, one, other) => {
    expect(wrongIn(one, other)).toEqual([])
    expect(read(one, other).pending).toHaveLength(1)
  })
  it('is not one with another default', () => {
    const one = deployment('a', 1, {}, { priority: 1 })
    expect(wrongIn(one, deployment('a', 1, {}, { priority: 2 }))).toHaveLength(1)
  })
  it.each<readonly [string, object]>([
    ['a field more', { spec: { a: 1, b: null } }],
    ['another value', { spec: { a: 2 } }],
    ['an item more', { spec: { a: 1 }, list: [1] }],
  ])('is not one with %s', (_, rest) => {
    const one = object('v1', 'Namespace', { name: 'a' }, { spec: { a: 1 }, list: [] })
    expect(
      wrongIn(one, object('v1', 'Namespace', { name: 'a' }, { list: [], ...rest })),
    ).toHaveLength(1)
  })
})

describe('an object without a name', () => {
  const run = object('v1', 'Pod', { generateName: 'run-' }, { spec: template({ cpu: '1' }).spec })
  const names = (...values: readonly unknown[]) => read(...values).pending.map(({ name }) => name)

  it('has a name of its own under its prefix, each time that it is there', () => {
    expect(names(run)).toEqual(['default/run-*'])
    expect(names(run, run, pod('run'), run)).toEqual([
      'default/run',
      'default/run-*',
      'default/run-*2',
      'default/run-*3',
    ])
  })
  it('makes pods that the API server admits', () => {
    const job = { ...template(), spec: { ...template().spec, restartPolicy: 'Never' } }
    const migrate = object('batch/v1', 'Job', { generateName: 'm-' }, { spec: { template: job } })
    const { pending } = read(migrate, migrate)
    expect(pending.map(({ refusal, labels }) => [refusal, labels.get('job-name')])).toEqual([
      [undefined, 'm-00000'],
      [undefined, 'm-00002'],
    ])
  })
  it('has its name where it has both', () => {
    const both = object('v1', 'Pod', { generateName: 'run-', name: 'a' }, { spec: template().spec })
    expect(names(both)).toEqual(['default/a'])
  })
  it('and without a prefix is a fault', () => {
    const fault = '0.yaml metadata.name: nothing, not a name'
    expect(wrongIn(object('v1', 'Pod', {}, { spec: template().spec }))).toEqual([fault])
    expect(wrongIn(object('v1', 'Pod', { generateName: '' }, { spec: template().spec }))).toEqual([
      fault,
    ])
  })
})

describe('a hook of Helm', () => {
  const hook = (hooks: string, metadata: object = {}) =>
    object(
      'v1',
      'Pod',
      { name: 'a', annotations: { 'helm.sh/hook': hooks }, ...metadata },
      { spec: template().spec },
    )

  it.each(['test', 'test-success', 'pre-delete', 'post-delete,post-rollback'])(
    'that only %s runs is not planned',
    (hooks) => {
      const { pending, warnings } = read(hook(hooks))
      expect(pending).toEqual([])
      expect(warnings).toEqual([
        {
          code: 'HelmHookNotPlanned',
          from: '0.yaml',
          subject: 'Pod default/a',
          text: `a hook of Helm for ${hooks.replace(',', ', ')}, so it is not planned`,
        },
      ])
    },
  )
  it.each([
    ['pre-install', 1],
    ['pre-install,post-install', 2],
    ['post-install', 2],
  ])('for %s is planned beside the release, or over before', (hooks, count) => {
    const { pending, warnings } = read(hook(hooks), pod('web', { cpu: '1' }))
    expect(pending).toHaveLength(count)
    expect(warnings.filter(({ code }) => code === 'HelmHookNotPlanned')).toHaveLength(2 - count)
  })
  it.each(['pre-install', 'post-upgrade', 'test, post-install', ''])('%j is planned', (hooks) => {
    expect(read(hook(hooks)).pending).toHaveLength(1)
  })
  it.each([
    ['PreSync', 1],
    ['Skip', 1],
    ['SyncFail', 1],
    ['Sync', 2],
    ['PostSync', 2],
  ])('of Argo CD for %s is planned beside the release, or not', (phase, count) => {
    const annotations = { 'argocd.argoproj.io/hook': phase }
    const of = object('v1', 'Pod', { name: 'a', annotations }, { spec: template().spec })
    const { pending, warnings } = read(of, pod('web', { cpu: '1' }))
    expect(pending).toHaveLength(count)
    expect(warnings.map(({ text }) => text.split(',')[0])).toEqual(
      count === 2 ? [] : [`a hook of Argo CD for ${phase}`],
    )
  })
  it('of a cluster takes its room', () => {
    expect(read(hook('test', { uid: '1' })).pending).toHaveLength(1)
  })
})
