/**
 * Tests volume claims in plans: which claims are created, on which nodes their pods may run, and
 * which warnings there are.
 */
import { getOrThrow } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { planOnNodes } from '../plan/plan.js'
import { readKubernetes } from '../read/input.js'

const object = (apiVersion: string, kind: string, metadata: object, rest: object = {}) => ({
  ...{ apiVersion, kind, metadata },
  ...rest,
})
const node = (name: string, zone: string) =>
  object(
    'v1',
    'Node',
    { name, labels: { zone } },
    { status: { allocatable: { cpu: '4', memory: '8Gi', pods: '20' } } },
  )
const nodes = [node('one', 'a'), node('two', 'b')]
const template = (spec: object = {}) => ({
  metadata: { labels: { app: 'x' } },
  spec: { containers: [{ name: 'main' }], ...spec },
})
const claimSpec = (storageClassName?: string, storage = '1Gi') => ({
  ...(storageClassName === undefined ? {} : { storageClassName }),
  accessModes: ['ReadWriteOnce'],
  resources: { requests: { storage } },
})
const claim = (name: string, storageClassName?: string) =>
  object('v1', 'PersistentVolumeClaim', { name }, { spec: claimSpec(storageClassName) })
const storageClass = (name: string, rest: object = {}, annotations: object = {}) =>
  object(
    'storage.k8s.io/v1',
    'StorageClass',
    { name, annotations },
    {
      ...{ provisioner: 'csi.example.com', ...rest },
    },
  )
const inZone = (zone: string) => ({
  nodeAffinity: {
    required: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: [zone] }] }],
    },
  },
})
const volume = (name: string, spec: object = {}) =>
  object(
    'v1',
    'PersistentVolume',
    { name },
    {
      spec: {
        ...{ storageClassName: 'manual', accessModes: ['ReadWriteOnce'] },
        hostPath: { path: '/data' },
        ...{ capacity: { storage: '1Gi' }, ...spec },
      },
    },
  )
/** A volume that a provisioner made, of a claim that is gone. */
const provisioned = (name: string) => ({
  ...volume(name, { claimRef: { namespace: 'default', name: 'gone', uid: '1' } }),
  metadata: { name, annotations: { 'pv.kubernetes.io/provisioned-by': 'csi.example.com' } },
})
const claiming = (claimName: string) => ({
  volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }],
})
const scratch = (storageClassName?: string) => ({
  volumes: [
    { name: 'tmp', ephemeral: { volumeClaimTemplate: { spec: claimSpec(storageClassName) } } },
  ],
})
const pod = (name: string, spec: object) =>
  object('v1', 'Pod', { name }, { spec: template(spec).spec })
const stateful = (spec: object) =>
  object(
    'apps/v1',
    'StatefulSet',
    { name: 'pg' },
    {
      spec: { selector: { matchLabels: { app: 'x' } }, template: template(), ...spec },
    },
  )
const owned = (name: string) => ({
  volumeClaimTemplates: [{ metadata: { name }, spec: claimSpec('manual') }],
})

/** Which workload holds how many pods on each node, how many are left, and the warnings. */
const planned = (...values: readonly unknown[]) => {
  const input = getOrThrow(
    readKubernetes([...nodes, ...values].map((value, i) => ({ from: `${i}.yaml`, value }))),
  )
  const { plan, warnings } = planOnNodes(input)
  return {
    on: Object.fromEntries(
      plan.nodes.map(({ name, holds }) => [name, holds.map((one) => `${one.name} x${one.count}`)]),
    ),
    left: plan.unplaced.map(({ name, count }) => `${name} x${count}`),
    warnings: warnings.map(({ code, subject, detail }) =>
      [code, subject, ...(detail === undefined ? [] : [detail])].join('; '),
    ),
  }
}

describe('the claims of a StatefulSet', () => {
  const volumes = [
    volume('first', { ...inZone('b'), claimRef: { namespace: 'default', name: 'data-pg-0' } }),
    volume('second', { ...inZone('a'), claimRef: { namespace: 'default', name: 'data-pg-1' } }),
  ]
  it('bring each pod to its own volume', () => {
    expect(planned(stateful({ replicas: 2, ...owned('data') }), ...volumes)).toEqual({
      on: { one: ['default/pg x1'], two: ['default/pg x1'] },
      ...{ left: [], warnings: [] },
    })
  })
  it('are numbered from the start of its ordinals', () => {
    const set = stateful({ replicas: 1, ordinals: { start: 1 }, ...owned('data') })
    expect(planned(set, ...volumes).on).toEqual({ one: ['default/pg x1'], two: [] })
  })
  it('are those of the pods that do not exist yet', () => {
    const running = object(
      'v1',
      'Pod',
      {
        ...{
          name: 'pg-0',
          ownerReferences: [
            { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'pg', controller: true },
          ],
        },
      },
      { spec: template({ nodeName: 'two', ...claiming('data-pg-0') }).spec },
    )
    const set = stateful({ replicas: 2, ...owned('data') })
    expect(planned(set, running, ...volumes).on).toEqual({
      one: ['default/pg x1'],
      two: ['default/pg x1'],
    })
  })
  it('replace a volume of the template, and leave the others', () => {
    const both = [
      ...claiming('gone').volumes,
      { name: 'other', persistentVolumeClaim: { claimName: 'other' } },
    ]
    const set = stateful({ ...owned('data'), template: template({ volumes: both }) })
    const other = volume('other', inZone('b'))
    expect(planned(set, ...volumes, other, claim('other', 'manual')).on).toEqual({
      one: [],
      two: ['default/pg x1'],
    })
    expect(planned(set, ...volumes).left).toEqual(['default/pg x1'])
  })
  it('are assumed to be provisioned while nothing is known of storage', () => {
    const set = stateful({ replicas: 2, ...owned('data') })
    expect(planned(set)).toMatchObject({
      left: [],
      warnings: [0, 1].map(
        (i) => `StorageClassAssumed; PersistentVolumeClaim default/data-pg-${i}; class manual`,
      ),
    })
    for (const beside of [claim('idle'), claim('idle', 'manual'), provisioned('v')])
      expect(planned(set, beside).left).toEqual([])
    expect(planned(set, storageClass('other')).warnings).toEqual(
      [0, 1].map(
        (i) => `StorageClassUnknown; PersistentVolumeClaim default/data-pg-${i}; class manual`,
      ),
    )
  })
})

describe('the claims of documents without a class', () => {
  it('are assumed to be provisioned as those of templates are', () => {
    const using = (name: string) => pod(name, claiming(name))
    expect(planned(claim('a'), using('a'), claim('b', 'fast'), using('b'))).toMatchObject({
      left: [],
      warnings: [
        'StorageClassAssumed; PersistentVolumeClaim default/a; default class',
        'StorageClassAssumed; PersistentVolumeClaim default/b; class fast',
      ],
    })
  })
  it('take the volumes of a class by hand, and no others', () => {
    const made = planned(
      volume('v', inZone('b')),
      ...['a', 'b'].flatMap((name) => [claim(name, 'manual'), pod(name, claiming(name))]),
    )
    expect(made).toEqual({
      on: { one: [], two: ['default/a x1'] },
      left: ['default/b x1'],
      warnings: ['StorageClassUnknown; PersistentVolumeClaim default/b; class manual'],
    })
  })
})

describe('generic ephemeral volumes', () => {
  const deployment = (spec: object) =>
    object(
      'apps/v1',
      'Deployment',
      { name: 'web' },
      { spec: { replicas: 2, selector: { matchLabels: { app: 'x' } }, template: template(spec) } },
    )
  const waiting = storageClass('late', { volumeBindingMode: 'WaitForFirstConsumer' })
  it('of a Pod as of a Deployment get claims', () => {
    expect(
      planned(waiting, pod('solo', scratch('late')), deployment(scratch('late'))),
    ).toMatchObject({ left: [], warnings: [] })
  })
  it('of a class that binds at once stay within what the class allows', () => {
    const allowed = storageClass('at-once', {
      allowedTopologies: [{ matchLabelExpressions: [{ key: 'zone', values: ['b'] }] }],
    })
    expect(
      planned(allowed, pod('solo', scratch('at-once')), deployment(scratch('at-once'))),
    ).toEqual({
      on: { one: [], two: ['default/solo x1', 'default/web x2'] },
      ...{ left: [], warnings: [] },
    })
  })
  it('get the default class', () => {
    const marked = storageClass(
      'late',
      { volumeBindingMode: 'WaitForFirstConsumer' },
      { 'storageclass.kubernetes.io/is-default-class': 'true' },
    )
    expect(planned(marked, pod('solo', scratch()), deployment(scratch()))).toMatchObject({
      left: [],
      warnings: [],
    })
  })
  it('may take a volume that exists', () => {
    expect(planned(volume('v', inZone('b')), pod('solo', scratch('manual'))).on).toEqual({
      one: [],
      two: ['default/solo x1'],
    })
  })
  it('say why they are not provisioned', () => {
    expect(
      planned(storageClass('other'), pod('solo', scratch('none')), deployment(scratch())).warnings,
    ).toEqual([
      'StorageClassMissing; volume tmp of Deployment default/web',
      'StorageClassUnknown; PersistentVolumeClaim default/solo-tmp; class none',
    ])
  })
})

describe('a claim of a class that binds at once', () => {
  const shared = storageClass('shared')
  it('is provisioned before its pods are placed, and where is assumed', () => {
    expect(planned(shared, claim('files', 'shared'), pod('a', claiming('files')))).toEqual({
      on: { one: ['default/a x1'], two: [] },
      left: [],
      warnings: ['VolumePlaceAssumed; PersistentVolumeClaim default/files; class shared'],
    })
  })
  it('is not spoken of when no pod uses it', () => {
    expect(planned(shared, claim('files', 'shared'), pod('a', {})).warnings).toEqual([])
  })
  it('says that no class is known, or that its volume is gone', () => {
    const named = { ...claim('files'), spec: { ...claimSpec('shared'), volumeName: 'gone' } }
    expect(
      planned(storageClass('other'), claim('files'), pod('a', claiming('files'))),
    ).toMatchObject({
      left: ['default/a x1'],
      warnings: ['StorageClassMissing; PersistentVolumeClaim default/files'],
    })
    expect(planned(named, pod('a', claiming('files'))).warnings).toEqual([
      'ClaimUnbound; PersistentVolumeClaim default/files; volume gone',
    ])
  })
})
