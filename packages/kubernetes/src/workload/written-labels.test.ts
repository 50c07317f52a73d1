/** Tests the labels that pods get when they are created, and the rules that read these labels. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readKubernetes, type KubernetesInput } from '../read/input.js'
import { hashOfStatefulTemplate } from '../template/stateful-hash.js'
import { hashOfTemplate } from '../template/template.js'
import { withDefaults } from '../wire/defaults.js'
import type { WireObject, WireWorkloadSpec } from '../wire/objects.js'

const read = (...values: readonly unknown[]): KubernetesInput => {
  const input = readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const versions: Readonly<Record<string, string>> = { Job: 'batch/v1', CronJob: 'batch/v1' }
const object = (kind: string, name: string, spec: object, metadata: object = {}) => ({
  apiVersion: versions[kind] ?? (kind === 'ReplicationController' ? 'v1' : 'apps/v1'),
  kind,
  metadata: { name, ...metadata },
  spec,
})
const template = (spec: object = {}, labels: object = { app: 'a' }) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'main' }], ...spec },
})
const labelsOf = (input: KubernetesInput) =>
  input.pending.map(({ labels, count }) => ({ ...Object.fromEntries(labels), count }))
const owner = (kind: string, name: string) => ({
  ownerReferences: [{ apiVersion: versions[kind] ?? 'apps/v1', kind, name, controller: true }],
})
/** A workload of `apps/v1`, whose selector has the labels of the template. */
const selecting = <Spec extends { readonly template: ReturnType<typeof template> }>(
  kind: string,
  name: string,
  spec: Spec,
  metadata: object = {},
) => {
  const selector = { matchLabels: spec.template.metadata.labels }
  return object(kind, name, { selector, ...spec }, metadata)
}
/** A rule by which pods with different values of a label differ. */
const readsLabel = (key: string) => ({
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'zone',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchExpressions: [{ key, operator: 'Exists' }] },
    },
  ],
})

describe('the pods of a Job', () => {
  const uid = '1e7a64b0-7d0b-4f0e-9b0e-4f1f3f0a2b11'
  const written = {
    app: 'a',
    'batch.kubernetes.io/job-name': 'train',
    'job-name': 'train',
    'batch.kubernetes.io/controller-uid': uid,
    'controller-uid': uid,
  }
  it('have its name and its UID', () => {
    const job = object('Job', 'train', { template: template({ restartPolicy: 'Never' }) }, { uid })
    expect(labelsOf(read(job))).toEqual([{ ...written, count: 1 }])
  })
  it('have UIDs that differ between Jobs that are not stored yet', () => {
    const jobs = ['one', 'other'].map((name) =>
      object('Job', name, { template: template({ restartPolicy: 'Never' }) }),
    )
    const uids = read(...jobs).pending.map(({ labels }) => labels.get('controller-uid'))
    expect(new Set(uids).size).toBe(2)
  })
  it('have their own labels alone with a selector by hand', () => {
    const job = object('Job', 'train', {
      manualSelector: true,
      template: template({ restartPolicy: 'Never' }),
    })
    expect(labelsOf(read(job))).toEqual([{ app: 'a', count: 1 }])
  })
  it('have an index each, the lowest open ones first, where a rule reads it', () => {
    const key = 'batch.kubernetes.io/job-completion-index'
    const job = {
      ...object('Job', 'train', {
        completionMode: 'Indexed',
        completions: 9,
        parallelism: 3,
        template: template({ restartPolicy: 'Never', ...readsLabel(key) }),
      }),
      status: { succeeded: 2, completedIndexes: '0,2', failedIndexes: '3-4' },
    }
    const running = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'train-1-x', labels: { [key]: '1' }, ...owner('Job', 'train') },
      spec: { containers: [{ name: 'main' }], nodeName: 'n' },
    }
    const indexes = (...values: readonly unknown[]) =>
      read(...values).pending.map(({ labels }) => labels.get(key))
    expect(indexes(job)).toEqual(['1', '5', '6'])
    expect(indexes(job, running).sort()).toEqual(['5', '6'])
  })
})

describe('the pods of a CronJob', () => {
  const cron = (spec: object = {}) =>
    object('CronJob', 'nightly', {
      jobTemplate: { spec: { parallelism: 2, template: template({ restartPolicy: 'Never' }) } },
      ...spec,
    })
  const job = (status: object = {}) => ({
    ...object(
      'Job',
      'nightly-1',
      { template: template({ restartPolicy: 'Never' }) },
      owner('CronJob', 'nightly'),
    ),
    status,
  })
  const counts = (...values: readonly unknown[]) =>
    read(...values).pending.map(({ kind, name, count }) => `${kind} ${name} ${count}`)
  it('are those of its next Job', () => {
    expect(counts(cron())).toEqual(['CronJob default/nightly 2'])
    expect(read(cron()).pending[0]?.labels.get('job-name')).toBe('nightly-next')
    expect(counts(cron({ suspend: true }))).toEqual(['CronJob default/nightly 0'])
  })
  it('come beside those of a running Job, unless it allows one at a time', () => {
    const both = ['CronJob default/nightly 2', 'Job default/nightly-1 1']
    expect(counts(cron(), job())).toEqual(both)
    const alone = ['CronJob default/nightly 0', 'Job default/nightly-1 1']
    expect(counts(cron({ concurrencyPolicy: 'Forbid' }), job())).toEqual(alone)
    const ended = job({ conditions: [{ type: 'Complete', status: 'True' }] })
    expect(counts(cron({ concurrencyPolicy: 'Forbid' }), ended)).toEqual([
      'CronJob default/nightly 2',
      'Job default/nightly-1 0',
    ])
  })
})

describe('the pods of a StatefulSet', () => {
  const set = (spec: object, more: object = {}) =>
    selecting('StatefulSet', 'db', { replicas: 3, ...more, template: template(spec) })
  const key = 'statefulset.kubernetes.io/pod-name'
  const names = (...values: readonly unknown[]) =>
    read(...values).pending.flatMap(({ labels, count }) =>
      count === 0 ? [] : [`${labels.get(key)} ${count}`],
    )
  it('have names and ordinals where a rule reads them, and are one workload elsewhere', () => {
    expect(names(set({}))).toEqual(['undefined 3'])
    expect(names(set(readsLabel(key)))).toEqual(['db-0 1', 'db-1 1', 'db-2 1'])
    expect(names(set(readsLabel(key), { ordinals: { start: 7 } }))).toContain('db-9 1')
  })
  it('are told apart by claims of their own as well, with their labels and names', () => {
    const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }
    const more = { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec }] }
    const { pending } = read(set({}, more))
    expect(
      pending.map(({ labels, named, spec: { volumes } }) => [
        labels.get(key),
        named?.name,
        volumes.map(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName),
      ]),
    ).toEqual(['db-0', 'db-1', 'db-2'].map((name) => [name, name, [`data-${name}`]]))
    expect(read(set({}, { ...more, replicas: 0 })).pending).toMatchObject([
      { name: 'default/db', count: 0 },
    ])
  })
  it('are those that are missing; one that leaves has its name until it is gone', () => {
    const pod = (name: string, metadata: object = {}) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, ...owner('StatefulSet', 'db'), ...metadata },
      spec: { containers: [{ name: 'main' }], nodeName: 'n' },
    })
    const leaving = { deletionTimestamp: '2026-01-01T00:00:00Z' }
    const pods = [pod('db-1'), pod('db-2', leaving), pod('db-8')]
    expect(names(set(readsLabel(key)), ...pods)).toEqual(['db-0 1'])
  })
})

describe('the version of a template', () => {
  const deployment = selecting('Deployment', 'web', { template: template() })
  const replicaSet = (hash: string, spec: object = {}) =>
    selecting(
      'ReplicaSet',
      `web-${hash}`,
      { replicas: 0, template: template(spec, { app: 'a', 'pod-template-hash': hash }) },
      { labels: { 'pod-template-hash': hash }, ...owner('Deployment', 'web') },
    )
  const hashes = (key: string, ...values: readonly unknown[]) =>
    read(...values).pending.map(({ labels }) => labels.get(key))
  it('is computed for a Deployment', () => {
    expect(hashes('pod-template-hash', deployment)).toEqual([hashOfTemplate(template())])
  })
  it('is that of the ReplicaSet whose template is the same, in a dump', () => {
    const others = [replicaSet('old', { nodeSelector: { a: 'b' } }), replicaSet('new')]
    expect(hashes('pod-template-hash', deployment, ...others)).toEqual(['new'])
    expect(hashes('pod-template-hash', deployment, others[0])).toEqual([hashOfTemplate(template())])
  })
  it('is the name of a ControllerRevision for a StatefulSet, and its hash for a DaemonSet', () => {
    const revision = (kind: string) => ({
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name: 'db-5f',
        labels: { 'controller-revision-hash': '5f' },
        ...owner(kind, 'db'),
      },
      data: { spec: { template: { $patch: 'replace', ...template() } } },
    })
    const key = 'controller-revision-hash'
    const owned = (kind: string) => selecting(kind, 'db', { template: template() })
    const set = owned('StatefulSet')
    expect(hashes(key, set, revision('StatefulSet'))).toEqual(['db-5f'])
    expect(hashes(key, owned('DaemonSet'), revision('DaemonSet'))).toEqual(['5f'])
    const stored = (withDefaults(set as WireObject).spec as WireWorkloadSpec).template!
    expect(hashes(key, set)).toEqual([`db-${hashOfStatefulTemplate(stored)}`])
  })
  it('is selected by the ReplicaSet that will own the pods', () => {
    const selector = { matchLabels: { app: 'a' } }
    const [web] = read(object('Deployment', 'web', { selector, template: template() })).pending
    expect(web?.ownerSelector?.matchExpressions.map(({ key }) => key)).toEqual([
      'pod-template-hash',
    ])
  })
})

describe('an autoscaler', () => {
  const autoscaler = (spec: object, kind = 'Deployment', apiVersion = 'autoscaling/v2') => ({
    apiVersion,
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'scaler' },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind, name: 'web' }, maxReplicas: 9, ...spec },
  })
  const web = (replicas?: number) =>
    selecting('Deployment', 'web', { replicas, template: template() })
  const count = (...values: readonly unknown[]) => read(...values).pending[0]?.count
  it.each([
    [undefined, 6, 6],
    [2, 6, 6],
    [7, 6, 7],
    [12, 6, 9],
    [0, 6, 0],
    [2, undefined, 2],
  ])('of %s replicas and at least %s makes %s', (replicas, minReplicas, replicasMin) => {
    expect(count(web(replicas), autoscaler({ minReplicas }))).toBe(replicasMin)
    expect(count(web(replicas), autoscaler({ minReplicas }, 'Deployment', 'autoscaling/v1'))).toBe(
      replicasMin,
    )
  })
  it('is said, with its bounds, and so is one without a workload', () => {
    const codes = (...values: readonly unknown[]) =>
      read(...values).warnings.map(({ code, detail }) => `${code}: ${detail}`)
    expect(codes(web(), autoscaler({ minReplicas: 3 }))).toEqual([
      "ReplicasAutoscaled: 3 of HorizontalPodAutoscaler default/scaler's 3 to 9",
    ])
    expect(codes(web(), autoscaler({}, 'Rollout'))).toEqual([
      'AutoscalerWithoutTarget: Rollout web',
    ])
  })
  it('may be one of several, which move the replicas in turn', () => {
    const low = { ...autoscaler({ minReplicas: 2, maxReplicas: 2 }), metadata: { name: 'low' } }
    const input = read(web(3), autoscaler({ minReplicas: 5 }), low)
    expect(input.pending.map(({ count }) => count)).toEqual([5])
    expect(input.warnings.map(({ code, detail }) => `${code}: ${detail}`)).toEqual([
      "ReplicasAutoscaled: 5 of HorizontalPodAutoscaler default/low's 2 to 2 and HorizontalPodAutoscaler default/scaler's 5 to 9",
    ])
  })
  it('is off where the workload has no replicas', () => {
    const [warning] = read(web(0), autoscaler({ minReplicas: 3 })).warnings
    expect(warning?.text).toBe(
      'its replicas are 0, at which its autoscaler is off: none is planned',
    )
  })
  it('scales a StatefulSet by more ordinals', () => {
    const set = selecting('StatefulSet', 'web', { replicas: 1, template: template() })
    const [only] = read(set, autoscaler({ minReplicas: 3 }, 'StatefulSet')).pending
    expect(only?.indices).toEqual([0, 1, 2])
  })
})

it('is no owner of another API group', () => {
  const job = object('Job', 'train', {
    parallelism: 1,
    completions: 1,
    template: template({ restartPolicy: 'Never' }),
  })
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'p',
      ownerReferences: [
        { apiVersion: 'batch.volcano.sh/v1alpha1', kind: 'Job', name: 'train', controller: true },
      ],
    },
    spec: { containers: [{ name: 'main' }], nodeName: 'n' },
  }
  expect(read(job, pod).running.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'Pod default/p',
  ])
})

it('is a ReplicationController that makes pods by its template', () => {
  const controller = object('ReplicationController', 'old', { replicas: 4, template: template() })
  const [old] = read(controller).pending
  expect([old?.count, old?.ownerLabels]).toEqual([4, new Map([['app', 'a']])])
})
