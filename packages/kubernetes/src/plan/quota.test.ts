/**
 * Tests plans under ResourceQuotas: objects, claims, and pods of DaemonSets are counted as an API
 * server counts them. A pod that a quota refuses is not placed, and the plan says why.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readKubernetes, type KubernetesInput } from '../read/input.js'
import { planOnNodes } from './plan.js'

const object = (apiVersion: string, kind: string, name: string, rest: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name },
  ...rest,
})
const node = (name: string, spec: object = {}) =>
  object('v1', 'Node', name, { spec, status: { allocatable: { cpu: '9', pods: '20' } } })
const podSpec = (more: object = {}) => ({
  containers: [{ name: 'main', resources: { requests: { cpu: '1' } } }],
  ...more,
})
const owning = (kind: string, name: string, rest: object = {}, more: object = {}) =>
  object('apps/v1', kind, name, {
    spec: {
      ...rest,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: podSpec(more) },
    },
  })
const quota = (hard: object) => object('v1', 'ResourceQuota', 'small', { spec: { hard } })
const existing = <Of extends { readonly metadata: object }>(one: Of): Of => ({
  ...one,
  metadata: { ...one.metadata, uid: '1', creationTimestamp: '2026-01-01T00:00:00Z' },
})
const claimSpec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }
const claim = (name: string) => object('v1', 'PersistentVolumeClaim', name, { spec: claimSpec })
const fast = object('storage.k8s.io/v1', 'StorageClass', 'fast', {
  provisioner: 'ebs.csi.aws.com',
  volumeBindingMode: 'WaitForFirstConsumer',
})
const defaultClass = {
  ...fast,
  metadata: {
    name: 'fast',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
}

const read = (...values: readonly unknown[]): KubernetesInput => {
  const input = readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const seen = (...values: readonly unknown[]) => {
  const { plan, held, warnings } = planOnNodes(read(...values))
  return {
    placed: plan.nodes.flatMap(({ name, holds }) =>
      holds.map((one) => `${one.name} x${one.count} on ${name}`),
    ),
    held: held.map(({ name, count, why }) => `${name} x${count}: ${why.reasons.join(', ')}`),
    unplaced: plan.unplaced.map(({ name, count }) => `${name} x${count}`),
    warnings: warnings
      .filter(({ code }) => code === 'ObjectForbidden')
      .map(({ subject, detail }) => `${subject}: ${detail}`),
  }
}

describe('a quota of objects', () => {
  const [web, api] = [
    owning('Deployment', 'web', { replicas: 2 }),
    owning('Deployment', 'api', { replicas: 2 }),
  ]
  it('forbids a workload, which has no pods then', () => {
    expect(seen(node('a'), quota({ 'count/deployments.apps': '1' }), web, api)).toEqual({
      placed: ['default/api x2 on a'],
      held: [
        'default/web x2: deployments.apps "web" is forbidden: exceeded quota: small, requested: count/deployments.apps=1, used: count/deployments.apps=1, limited: count/deployments.apps=1',
      ],
      unplaced: [],
      warnings: [],
    })
  })
  it('counts what exists before what is new, and never refuses it', () => {
    const { placed, held } = seen(
      node('a'),
      quota({ 'count/deployments.apps': '1' }),
      existing(web),
      api,
    )
    expect(placed).toEqual(['default/web x2 on a'])
    expect(held).toHaveLength(1)
  })
  it.each([
    ['Deployment', 'count/replicasets.apps', 'ReplicaSetCreateError: Failed to create new replica'],
    ['StatefulSet', 'count/controllerrevisions.apps', 'FailedCreate: controllerrevisions.apps'],
    ['DaemonSet', 'count/controllerrevisions.apps', 'FailedCreate: controllerrevisions.apps'],
  ])('forbids what the controller of a %s makes first', (kind, name, message) => {
    const { placed, held } = seen(node('a'), quota({ [name]: '0' }), owning(kind, 'web'))
    expect(placed).toEqual([])
    expect(held).toEqual([expect.stringContaining(`default/web x1: ${message}`)])
  })
  it('forbids the next Job of a CronJob, unless it is suspended', () => {
    const cron = (suspend: boolean) =>
      object('batch/v1', 'CronJob', 'tick', {
        spec: {
          ...{ schedule: '@daily', suspend },
          jobTemplate: { spec: { template: { spec: podSpec({ restartPolicy: 'Never' }) } } },
        },
      })
    const jobs = quota({ 'count/jobs.batch': '0' })
    expect(seen(node('a'), jobs, existing(cron(false))).held[0]).toContain(
      'FailedCreate: Error creating job: jobs.batch "tick-" is forbidden',
    )
    expect(seen(node('a'), jobs, cron(true)).held).toEqual([])
  })
  it('leaves an object without pods out, with a warning', () => {
    const service = object('v1', 'Service', 'web', { spec: { selector: { app: 'web' } } })
    const input = seen(node('a'), quota({ services: '0' }), service, web)
    expect(input.placed).toEqual(['default/web x2 on a'])
    expect(input.warnings).toEqual([
      'Service default/web: services "web" is forbidden: exceeded quota: small, requested: services=1, used: services=0, limited: services=0',
    ])
    const none = owning('Deployment', 'none', { replicas: 0 })
    expect(seen(node('a'), quota({ 'count/deployments.apps': '0' }), none).warnings).toHaveLength(1)
  })
  it('counts pods that have ended as objects alone', () => {
    const ended = {
      ...object('v1', 'Pod', 'old', { spec: podSpec() }),
      status: { phase: 'Failed' },
    }
    expect(seen(node('a'), quota({ 'count/pods': '2' }), ended, web).placed).toEqual([
      'default/web x1 on a',
    ])
    expect(seen(node('a'), quota({ pods: '2' }), ended, web).held).toEqual([])
  })
})

describe('a quota of claims', () => {
  const using = (name: string, claimName: string) =>
    object('v1', 'Pod', name, {
      spec: podSpec({ volumes: [{ name: 'v', persistentVolumeClaim: { claimName } }] }),
    })
  it('forbids a claim, without which its pod finds no place', () => {
    const values = [
      node('a'),
      defaultClass,
      claim('one'),
      claim('two'),
      using('p', 'one'),
      using('q', 'two'),
    ]
    const { placed, unplaced, warnings } = seen(quota({ 'requests.storage': '1Gi' }), ...values)
    expect(placed).toEqual(['default/p x1 on a'])
    expect(unplaced).toEqual(['default/q x1'])
    expect(warnings).toEqual([
      expect.stringContaining('PersistentVolumeClaim default/two: persistentvolumeclaims "two" is'),
    ])
  })
  it('forbids by the default class as well, and by a LimitRange', () => {
    const byClass = quota({ 'fast.storageclass.storage.k8s.io/persistentvolumeclaims': '0' })
    const limits = object('v1', 'LimitRange', 'limits', {
      spec: { limits: [{ type: 'PersistentVolumeClaim', min: { storage: '2Gi' } }] },
    })
    expect(seen(defaultClass, byClass, claim('one'), node('a')).warnings).toHaveLength(1)
    expect(seen(fast, byClass, claim('one'), node('a')).warnings).toEqual([])
    expect(seen(defaultClass, limits, claim('one'), node('a')).warnings).toEqual([
      expect.stringContaining('minimum storage usage per PersistentVolumeClaim is 2Gi'),
    ])
    expect(seen(limits, existing(claim('one')), node('a')).warnings).toEqual([])
  })
  const set = (replicas: number) =>
    owning('StatefulSet', 'pg', {
      replicas,
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claimSpec }],
    })
  it('stops a StatefulSet at the first claim that is refused', () => {
    const { placed, held } = seen(
      node('a'),
      defaultClass,
      quota({ 'requests.storage': '2Gi' }),
      set(4),
    )
    expect(placed).toEqual(['default/pg x2 on a'])
    expect(held).toEqual([
      'default/pg x2: FailedCreate: create Claim data-pg-2 for Pod pg-2 in StatefulSet pg failed error: persistentvolumeclaims "data-pg-2" is forbidden: exceeded quota: small, requested: requests.storage=1Gi, used: requests.storage=2Gi, limited: requests.storage=2Gi',
    ])
  })
  describe('without a quota', () => {
    const limits = object('v1', 'LimitRange', 'limits', {
      spec: { limits: [{ type: 'PersistentVolumeClaim', max: { storage: '512Mi' } }] },
    })
    const why = 'maximum storage usage per PersistentVolumeClaim is 512Mi, but request is 1Gi'
    const volumes = [{ name: 'tmp', ephemeral: { volumeClaimTemplate: { spec: claimSpec } } }]
    it('bounds the claims of a StatefulSet that do not exist', () => {
      const all = [node('a'), defaultClass, limits, set(2)]
      expect(seen(...all)).toMatchObject({
        placed: [],
        held: [
          `default/pg x2: FailedCreate: create Claim data-pg-0 for Pod pg-0 in StatefulSet pg failed error: persistentvolumeclaims "data-pg-0" is forbidden: ${why}`,
        ],
      })
      expect(seen(...all, existing(claim('data-pg-0'))).placed).toEqual(['default/pg x1 on a'])
    })
    it('bounds the claims of ephemeral volumes', () => {
      const { placed, held } = seen(
        ...[node('a'), defaultClass, limits],
        owning('Deployment', 'web', {}, { volumes }),
        owning('DaemonSet', 'agent', {}, { volumes }),
        object('v1', 'Pod', 'one', { spec: podSpec({ volumes }) }),
      )
      const failed = (name: string, start: string) =>
        `${name}: FailedBinding: ephemeral volume tmp: create PVC ${start}-tmp: persistentvolumeclaims "${start}-tmp" is forbidden: ${why}`
      expect(placed).toEqual([])
      expect(held).toEqual([
        failed('default/agent x1', 'agent-'),
        failed('default/one x1', 'one'),
        failed('default/web x1', 'web-'),
      ])
    })
  })
  it('does not count a claim twice that exists', () => {
    const { placed } = seen(
      ...[node('a'), defaultClass, quota({ persistentvolumeclaims: '2' })],
      ...[existing(claim('data-pg-0')), set(4)],
    )
    expect(placed).toEqual(['default/pg x2 on a'])
  })
  it('lets pods with ephemeral volumes wait for their claims', () => {
    const volumes = [{ name: 'tmp', ephemeral: { volumeClaimTemplate: { spec: claimSpec } } }]
    const { placed, held } = seen(
      ...[node('a'), defaultClass, quota({ persistentvolumeclaims: '1', pods: '2' })],
      owning('Deployment', 'web', { replicas: 3 }, { volumes }),
    )
    expect(placed).toEqual(['default/web x1 on a'])
    expect(held.map((text) => text.slice(0, 80))).toEqual([
      'default/web x1: FailedBinding: ephemeral volume tmp: create PVC web--tmp: persis',
      'default/web x1: FailedCreate: pods "web-" is forbidden: exceeded quota: small, r',
    ])
  })
})

describe('a DaemonSet', () => {
  it('counts on the nodes where it runs', () => {
    const tainted = { taints: [{ key: 'gpu', effect: 'NoSchedule' }] }
    const { placed, held } = seen(
      ...[node('a'), node('b', tainted), node('c'), quota({ pods: '3' })],
      ...[owning('DaemonSet', 'agent'), owning('DaemonSet', 'log')],
    )
    expect(placed).toEqual([
      'default/agent x1 on a',
      'default/log x1 on a',
      'default/agent x1 on c',
    ])
    expect(held).toEqual([expect.stringContaining('default/log x1: FailedCreate')])
  })
  it('counts a pod that exists once, on a node or on its way there', () => {
    const agent = existing(owning('DaemonSet', 'agent'))
    const ownerReferences = [
      { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: '1', controller: true },
    ]
    const pod = (name: string, spec: object) => ({
      ...object('v1', 'Pod', name, { spec: podSpec(spec) }),
      metadata: { name, ownerReferences, uid: name, labels: { app: 'agent' } },
    })
    const cluster = [node('a'), node('b'), node('c'), agent, pod('x', { nodeName: 'a' })]
    expect(seen(...cluster, quota({ pods: '3' })).held).toEqual([])
    expect(seen(...cluster, pod('y', {}), quota({ pods: '3' })).held).toEqual([])
    expect(seen(...cluster, pod('y', {}), quota({ pods: '2' })).held).toHaveLength(1)
  })
})

describe('a quota of a dump', () => {
  const counting = (hard: object, used: object) => ({
    ...existing(quota(hard)),
    status: { hard, used },
  })
  const web = owning('Deployment', 'web', { replicas: 3 })
  const running = (name: string, nodeName = 'a') =>
    existing(object('v1', 'Pod', name, { spec: podSpec({ nodeName }) }))
  const pending = (...values: readonly object[]) =>
    read(node('a'), node('b'), web, ...values)
      .pending.filter(({ name }) => name === 'default/web')
      .map(({ count, refusal }) => [count, refusal === undefined])
  it('has counted pods that are not in the input', () => {
    expect(pending(counting({ pods: '5' }, { pods: '4' }))).toEqual([
      [1, true],
      [2, false],
    ])
    expect(pending(counting({ cpu: '5' }, { cpu: '3500m' }))).toEqual([
      [1, true],
      [2, false],
    ])
  })
  it('counts those that are in the input once', () => {
    expect(pending(counting({ pods: '5' }, { pods: '2' }), running('x'), running('y'))).toEqual([
      [3, true],
    ])
    expect(pending(counting({ pods: '5' }, { pods: '3' }), running('x'), running('y'))).toEqual([
      [2, true],
      [1, false],
    ])
  })
  it('may have counted less than there is, which counts then', () => {
    expect(pending(counting({ pods: '4' }, { pods: 0 }), running('x'), running('y'))).toEqual([
      [2, true],
      [1, false],
    ])
  })
  it('has counted the pods whose node is taken away', () => {
    const values = [
      node('a'),
      node('b'),
      web,
      running('x', 'b'),
      counting({ pods: '4' }, { pods: '1' }),
    ]
    const documents = values.map((value, i) => ({ from: `${i}`, value }))
    const without = readKubernetes(documents, { withoutNodes: ['b'] })
    if (E.isLeft(without)) throw new Error(JSON.stringify(without.left))
    expect(without.right.pending.map(({ refusal }) => refusal)).toEqual([undefined, undefined])
  })
  it('has counted objects of other kinds', () => {
    const hard = { 'count/deployments.apps': '1' }
    expect(pending(counting(hard, { 'count/deployments.apps': '1' }))).toEqual([[3, false]])
    expect(pending(counting(hard, { pods: '9' }))).toEqual([[3, true]])
  })
})

it('divides any number of replicas at once', () => {
  const { pending } = read(
    quota({ pods: '400000' }),
    owning('Deployment', 'web', { replicas: 1_000_000 }),
  )
  expect(pending.map(({ count }) => count)).toEqual([400_000, 600_000])
})
